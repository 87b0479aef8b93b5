import ArgumentParser
import Diagnostics
import Exploration
import Options
import Report
import RunFormats
import Runs

extension RunFormat: ExpressibleByArgument {}

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Prints, converts and compares runs that were kept.",
    usage: "swapcheck trace <path> [<options>]",
    discussion: """
      Examples:
        swapcheck check MODEL.m --trace run.json
        swapcheck trace run.json
        swapcheck trace run.json --output run.txt
        swapcheck trace run.json --html
        swapcheck trace run.json --compare other.json
        swapcheck trace run.json --replay MODEL.m

      A run is kept by `swapcheck check --trace`, or is one of those in what
      `swapcheck check --format json` writes.

      Exit codes: 0; 1 where runs that are compared differ, or a replay does not go
      through; 2 error.
      """)

  @Argument(
    help: "A kept run, or - for standard input.", completion: .file(extensions: ["json"]))
  var path: String

  @Option(
    help: ArgumentHelp(
      "\(RunFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "NAME"))
  var format: RunFormat?

  @Option(
    help: ArgumentHelp(
      "Which run of the file, from 1, where it has several.", valueName: "NUMBER"))
  var number: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Writes a file; what its name ends in says the form, if --format does not.",
      valueName: "FILE"), completion: .file())
  var output: String?

  @Flag(help: "Writes the page of the run: without --output, beside it.")
  var html = false

  @Option(
    help: ArgumentHelp(
      "Says where another kept run parts from this one.", valueName: "FILE"),
    completion: .file(extensions: ["json"]))
  var compare: String?

  @Option(
    help: ArgumentHelp(
      "Takes the run once more in a model, which may have changed since, and says at which step and "
        + "why it does not go through. The constants are those of the run, but for --set.",
      valueName: "MODEL"), completion: .file(extensions: ["m"]))
  var replay: String?

  @OptionGroup var model: ModelOptions

  func validate() throws {
    if html, format != nil { throw ValidationError("--html is --format html: give one of them") }
    let isShown = format != nil || output != nil || html
    if replay != nil, isShown || compare != nil {
      throw ValidationError("--replay goes without --format, --html, --output and --compare")
    }
    if replay == nil, !model.settings.isEmpty || !model.patching.patches.isEmpty {
      throw ValidationError("--set and --patch are about the model of --replay")
    }
    if compare != nil, isShown {
      throw ValidationError(
        "--compare prints what differs; it goes without --format, --html and --output")
    }
    if let number, number < 1 { throw ValidationError("--number counts from 1") }
  }

  func run() throws {
    MemoryReserve.set(.error)
    try LargeStack.run {
      let run = try RunFiles.read(path, number)
      if let replay {
        try take(run, in: replay)
      } else if let compare {
        try tell(RunDivergence(run, try RunFiles.read(compare, nil)))
      } else if let output {
        try RunFiles.write([run], to: output, html ? .html : format)
      } else if html, path != "-" {
        let page = (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".html"
        try RunFiles.write([run], to: page, .html)
        Console.write("\(page): the page of the run\n")
      } else {
        let format = html ? .html : format ?? .text
        Console.write(program: format.write(run, width: Console.outputWidth))
      }
    }
  }

  /// Says where two runs part.
  private func tell(_ divergence: RunDivergence) throws {
    guard !divergence.isNone else { return Console.write("the runs are the same\n") }
    let count = divergence.commonCount
    Console.write("the first \(count) step\(count == 1 ? "" : "s") are the same; then\n")
    Console.write(sentence: "\(path): \(title(divergence.next))", indent: "  ")
    Console.write(sentence: "\(compare ?? ""): \(title(divergence.otherNext))", indent: "  ")
    for difference in divergence.differences {
      Console.write(
        sentence: "\(difference.place) is \(difference.value) and \(difference.other)",
        indent: "    ")
    }
    throw Exit.violated
  }

  /// Takes a run once more.
  private func take(_ run: ShownRun, in path: String) throws {
    var settings = CheckSettings()
    try Given.apply([(.dialect, model.dialect)], to: &settings)
    let dialect = settings.dialect.dialect
    let text = try ModelFile.read(path, patches: model.patching.patches)
    let plain = try ModelFile.load(text, overrides: [:], dialect: dialect, stop: .init())
    let given = try model.overrides()
    var overrides = RunFiles.overrides(of: run, in: plain.system)
    overrides.merge(given) { _, given in given }
    let whole = try ModelFile.load(text, overrides: overrides, dialect: dialect, stop: .init())
    let loaded = try whole.without(RunFiles.absentRules(of: run, in: whole.system))
    guard let valuation = RunFiles.valuation(of: run, in: loaded.system) else {
      throw CommandFailure(
        "\(self.path): error: the run has no values for the symbolic constants of \(path)")
    }
    let wording = Wording(system: loaded.system, source: loaded.source)
    let told = RunReplayText(RunReplay(run, in: wording, valuation: valuation), wording)
    Console.write(sentence: "\(path): \(told.message)")
    for part in told.parts {
      let truth: DisplayText =
        switch part.truth {
        case .holds: "holds"
        case .fails: "does not hold"
        case .interrupted(let cause): "has no value: \(cause.message)"
        }
      Console.write(sentence: "`\(loaded.source.text(of: part.span))` \(truth)", indent: "  ")
    }
    if let difference = told.difference { Console.write(sentence: "\(difference)", indent: "  ") }
    if !told.isComplete { throw Exit.violated }
  }

  private func title(_ step: ShownRun.Step?) -> DisplayText {
    step.map { "\($0.title)\($0.fails ? ", which fails" : "")" } ?? "ends"
  }
}
