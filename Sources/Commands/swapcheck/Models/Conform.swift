import ArgumentParser
import Diagnostics
import EventLogs
import Exploration
import LogConformance
import Options
import Report
import RunFormats

struct Conform: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether a log of a real run is a run of a model.",
    discussion: """
      Examples:
        swapcheck conform Models/cpuhp.m trace.txt --map Models/cpuhp/events.yml
        trace-cmd report | swapcheck conform MODEL.m - --map events.yml --set CPUS=8

      Logs: ftrace's trace, trace-cmd report, perf script, a kernel's log with
      tp_printk, and lines of JSON. The map says what events mean: docs/logs.md.

      Exit codes: 0 the log is a run of the model; 1 it is none, ends in the
      middle, or shows a violation; 2 error; 3 not decided within the limits; 130
      interrupted.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Argument(help: "A log, or - for standard input.", completion: .file())
  var log: String

  @Option(
    help: ArgumentHelp("What events mean for the model.", valueName: "FILE"),
    completion: .file(extensions: ["yml"]))
  var map: String

  @Option(
    help: ArgumentHelp(
      "What the numbers of a field are called, a line each such as `168: sched:active`; may be"
        + " repeated. Without it, as the map says.",
      valueName: "FIELD=FILE"))
  var names: [String] = []

  @OptionGroup var model: ModelOptions
  @OptionGroup var colors: ColorOptions

  @Option(.timeout) var timeout: String?
  @Option(.memory) var memory: String?
  @Option(.executor) var executor: String?

  @Option(
    name: .customLong("trace"),
    help: ArgumentHelp(
      "Writes a run that explains the log, as far as it fits; what the name ends in says the form.",
      valueName: "FILE"), completion: .file())
  var traceFile: String?

  @Flag(name: .shortAndLong, help: "All that is known, in place of what fits on a screen.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "The verdict alone.")
  var quiet = false

  @Option(help: "text or json.")
  var format = OutputFormat.text

  private var given: [(CheckOption, String?)] {
    [(.timeout, timeout), (.memory, memory), (.executor, executor)]
  }

  func validate() throws {
    try Given.check(given)
    if verbose, quiet { throw ValidationError("--verbose and --quiet contradict each other") }
    _ = try nameFiles()
  }

  /// What `--names` says.
  private func nameFiles() throws(ValidationError) -> [String: String] {
    var files: [String: String] = [:]
    for text in names {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw ValidationError("--names takes FIELD=FILE: \(DisplayText(text).description)")
      }
      files[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return files
  }

  func run() throws {
    let overrides = try model.overrides()
    var chosen = CheckSettings()
    try Given.apply(given + [(.dialect, model.dialect)], to: &chosen)
    let settings = chosen
    let files = try nameFiles()
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    try WatchedRun.run(stop, { self.noReport($0) }) {
      try conform(overrides, settings, files, stop)
    }
  }

  private func conform(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ files: [String: String],
    _ stop: StopCondition
  ) throws {
    let loaded = try ModelFile.load(
      path, patches: model.patching.patches, overrides: overrides,
      dialect: settings.dialect.dialect, .named(timeoutSeconds: settings.timeoutSeconds), stop: stop
    )
    let report = try LogCheck(
      log: log, map: map, names: files,
      findsRun: !quiet || traceFile != nil || format == .json
    )
    .report(loaded, overrides: overrides, settings, stop: stop)
    Console.clearStatus()
    if let traceFile {
      guard let run = report.run else {
        throw CommandFailure(
          "error: there is no run to be written to \(traceFile): the log is too long, or the time"
            + " was up")
      }
      try RunFiles.write([run], to: traceFile, nil)
    }
    var style = Console.reportStyle
    style.detail = quiet ? .verdict : verbose ? .full : .brief
    switch format {
    case .text: Console.write(report.text(style))
    case .json: Console.write(program: report.json.text + "\n")
    }
    try Exit.end(with: LogCheck.exitCode(of: report))
  }

  /// That the end was wanted before there was an answer.
  private func noReport(_ limit: ExplorationLimit) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    return LastWords("\(log): \(Wording.inconclusive(limit))\n", code: code)
  }
}
