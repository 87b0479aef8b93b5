import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Glibc
import MutationTesting
import Options
import Report

struct Mutate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes small wrong changes, and shows those that nothing notices.",
    discussion: """
      Examples:
        swapcheck mutate Models/hotswap.m
        swapcheck mutate Models/hotswap.m --set CPUS=3 --format json
        swapcheck mutate Models/hotswap.m --min-score 75
        swapcheck mutate --timeout 1800

      Each change is checked at the sizes at which scenarios expect that the model
      holds: those with the tag `quick`, if there are any, the smallest first.
      docs/mutation.md says which changes there are. Without a model, all models of
      swapcheck.yml are looked at that are expected to hold, in a line each. Exit
      code 1 below --min-score, or where that is not given below what `min-scores`
      of swapcheck.yml says, 3 where --timeout ends before all have been tried.
      """)

  // The waist has an `Argument`, too.
  @ArgumentParser.Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String?

  @OptionGroup var model: ModelOptions
  @OptionGroup var colors: ColorOptions

  @Option(help: "text or json.")
  var format = OutputFormat.text

  @Option(help: "Takes the scenarios with this tag alone.")
  var tag: String?

  @Option(help: "The file of scenarios (default: swapcheck.yml, if there is one).")
  var scenarios: String?

  @Option(.threads) var threads: String?
  @Option(.timeout) var timeout: String?

  @Option(
    name: .customLong("min-score"),
    help: ArgumentHelp(
      "Exit code 1 where fewer of 100 wrong changes are noticed.", valueName: "PERCENT"))
  var leastScore: Double?

  @Flag(
    name: .customLong("cache"), inversion: .prefixedNo,
    help: "Makes use of what is known of the same changes from earlier.")
  var usesCache = true

  @Flag(
    name: .customLong("suggest"),
    help: "Looks for properties that would notice what nothing notices.")
  var suggests = false

  @Option(
    help: ArgumentHelp(
      "Writes each change that nothing notices into this folder, as a patch.", valueName: "DIR"))
  var survivors: String?

  func validate() throws {
    try Given.check([(.threads, threads), (.timeout, timeout)])
    if let leastScore, !(0...100).contains(leastScore) {
      throw ValidationError("--min-score is a number from 0 to 100")
    }
    if !model.settings.isEmpty, tag != nil || scenarios != nil {
      throw ValidationError("--set says the size, and goes without --tag and --scenarios")
    }
    let isOfOne =
      !model.settings.isEmpty || !model.patching.patches.isEmpty || survivors != nil || suggests
    if path == nil, isOfOne {
      throw ValidationError("--set, --patch, --survivors and --suggest go with a model")
    }
  }

  func run() throws {
    do {
      try tried()
    } catch let failure as CommandFailure {
      throw failure.wrapped()
    }
  }

  private func tried() throws {
    let overrides = try model.overrides()
    var settings = CheckSettings()
    try Given.apply(
      [(.threads, threads), (.timeout, timeout), (.dialect, model.dialect)], to: &settings)
    UserInterrupt.listen()
    guard let path else {
      let all = MutationOfAll(
        scenarios: scenarios, tag: tag, settings: settings, usesCache: usesCache,
        leastScore: leastScore, format: format)
      return try LargeStack.run { try all.run() }
    }
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    let progress = MutationProgress()
    try LargeStack.run {
      do {
        let list = model.settings.isEmpty ? try ScenarioList(file: scenarios) : nil
        let found = try Watchdog.watch(stop, { lastWords(path, $0, progress, stop) }) {
          try report(path, list, overrides, settings, stop, progress)
        }
        try write(found)
        try Exit.end(with: code(found, leastScore ?? self.leastScore(of: path, list)))
      } catch is ReadingStopped {
        lastWords(path, .ended(stop), progress, stop).say()
      }
    }
  }

  /// What is known where the rest is not waited for.
  private func lastWords(
    _ path: String, _ limit: ExplorationLimit, _ progress: MutationProgress, _ stop: StopCondition
  ) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    let report = progress.report(limit, seconds: stop.elapsed)
    let unread = UnreadModel(path: path, limit)
    switch format {
    case .text: return LastWords(report?.text() ?? unread.text, code: code)
    case .json:
      let document =
        report?.json
        ?? JSONValue.document(
          "mutate", version: MutationReport.formatVersion,
          [("model", .string(path)), ("reason", .string(unread.headline))])
      return LastWords(program: document.text + "\n", code: code)
    }
  }

  private func report(
    _ path: String, _ list: ScenarioList?, _ overrides: [String: Int64],
    _ settings: CheckSettings, _ stop: StopCondition, _ progress: MutationProgress
  ) throws -> MutationReport {
    let source = try ModelFile.read(path, patches: model.patching.patches)
    var sizes =
      list?.scenarios(of: path, source).chosen(tag: tag).map(MutationSize.init) ?? []
    if sizes.isEmpty, let tag {
      throw CommandFailure(
        "\(path): error: no scenario with the tag `\(tag)` expects that the model holds")
    }
    if sizes.isEmpty {
      let name = model.settings.isEmpty ? "as it stands" : model.settings.joined(separator: " ")
      sizes = [MutationSize(name: name, constants: overrides)]
    }
    return try ModelMutation(
      source: source, sizes: sizes, settings: settings, usesCache: usesCache, suggests: suggests,
      stop: stop, progress: progress
    ).report()
  }

  /// What the file says is said of the model as it stands, at the sizes that are chosen without a word.
  private func leastScore(of path: String, _ list: ScenarioList?) -> Double? {
    model.patching.patches.isEmpty && tag == nil ? list?.leastScore(of: path) : nil
  }

  // MARK: - What is written

  private func write(_ report: MutationReport) throws(CommandFailure) {
    Console.clearStatus()
    switch format {
    case .text: Console.write(report.text())
    case .json: Console.write(program: report.json.text + "\n")
    }
    if suggests {
      let found = report.suggestions.count
      Console.error("note: suggestions for \(found) of \(report.survivors.count) survivors\n")
    }
    guard let folder = survivors else { return }
    try OutputFile.makeFolder(folder)
    for (number, result) in report.survivors.enumerated() {
      let message = "\(report.question(of: result.mutant))\n\n"
      try OutputFile.write(
        message + String(decoding: report.patch(of: result.mutant), as: UTF8.self),
        to: Self.survivor(number, in: folder), .inFolder)
    }
    let next = Self.survivor(report.survivors.count, in: folder)
    if access(next, F_OK) == 0 {
      Console.error("note: \(next) and those behind it are from another run, and stay\n")
    }
  }

  /// The file of a survivor, counted from 0.
  private static func survivor(_ number: Int, in folder: String) -> String {
    let digits = String(number + 1)
    return "\(folder)/\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).patch"
  }

  private func code(_ report: MutationReport, _ leastScore: Double?) -> ExitCode {
    if UserInterrupt.isRequested { return Exit.interrupted }
    // Of those that were not tried some may be noticed.
    if report.score.untried > 0 { return Exit.inconclusive }
    if let leastScore, report.score.isBelow(percent: leastScore) {
      Console.error(report.shortfall(leastScore))
      return Exit.violated
    }
    return Exit.verified
  }
}

extension MutationReport {
  /// That its score is below what it is to be at least.
  func shortfall(_ leastScore: Double) -> DisplayText {
    let percent = score.percent.map { "\($0) %" } ?? "none"
    let least = Wording.decimal(leastScore)
    let sentence: DisplayText =
      "\(source.path): the score is \(percent), and is to be at least \(least) %"
    return sentence.wrapped(rest: "  ", 80).joined(separator: "\n")
  }
}
