import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Murphi
import MutationTesting
import Options
import Report
import Scenarios
import TransitionSystem

struct Mutate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the small wrong changes of a model, and shows those that nothing notices.",
    discussion: """
      Examples:
        swapcheck mutate Models/hotswap.m
        swapcheck mutate Models/hotswap.m --set CPUS=3 --format json
        swapcheck mutate Models/hotswap.m --min-score 75

      Each change is checked at the sizes at which scenarios expect that the model holds: those with
      the tag `quick`, if there are any, the smallest first. docs/mutation.md says which changes there
      are. Exit code 1 below --min-score, 3 where --timeout ends before all have been tried.
      """)

  // The waist has an `Argument`, too.
  @ArgumentParser.Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions

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
  }

  func run() throws {
    let overrides = try model.overrides()
    var settings = CheckSettings()
    try Given.apply(
      [(.threads, threads), (.timeout, timeout), (.dialect, model.dialect)], to: &settings)
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    UserInterrupt.listen()
    try LargeStack.run {
      do {
        let found = try Watchdog.watch(stop, lastWords) {
          try report(overrides, settings, stop)
        }
        try write(found)
        try Exit.end(with: code(found))
      } catch is ReadingStopped {
        lastWords(.ended(stop)).say()
      }
    }
  }

  private func lastWords(_ limit: ExplorationLimit) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    let unread = UnreadModel(path: path, limit)
    switch format {
    case .text: return LastWords(unread.text, code: code)
    case .json:
      let document = JSONValue.document(
        "mutate", version: MutationReport.formatVersion,
        [("model", .string(path)), ("reason", .string(unread.headline))])
      return LastWords(program: document.text + "\n", code: code)
    }
  }

  private func report(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ stop: StopCondition
  ) throws -> MutationReport {
    let source = try ModelFile.read(path, patches: model.patching.patches)
    var plan = MutationPlan()
    plan.stop = stop
    plan.threadCount = settings.threadCount ?? Machine.threadCount
    plan.usesCache = usesCache
    plan.programVersion = Swapcheck.configuration.version
    do {
      let run = try MutationRun(source, try sizes(overrides, settings, source), plan) {
        constants, dialect in
        try load(source, constants, dialect.dialect, stop)
      }
      return try run.report { Console.status($0) }
    } catch let failure as MutationRun.SizeFailure {
      throw self.failure(failure, source)
    } catch let objection as Objection {
      // Of a mutant, of which nothing else is said.
      throw CommandFailure(
        "error: a counterexample is not confirmed by its replay (\(objection)); this is a mistake "
          + "in swapcheck")
    }
  }

  private func failure(
    _ failure: MutationRun.SizeFailure, _ source: SourceText
  ) -> any Error {
    Console.clearStatus()
    switch failure {
    case .stopped: return ReadingStopped()
    case .objection(let objection, let system):
      return ModelCheck.failure(objection, system, source)
    case .notVerified(let size):
      return CommandFailure(
        lines: [
          "\(source.path): error: the model is not verified at size `\(size)`, and what is wrong with "
            + "it already, nobody notices in a change",
          "hint: swapcheck check \(shellWord(path)) shows what is wrong",
        ])
    }
  }

  private func load(
    _ source: SourceText, _ constants: [String: Int64], _ dialect: Dialect?, _ stop: StopCondition
  ) throws -> (TransitionSystem, Dialect) {
    let loaded = MurphiModel.load(source, overrides: constants, dialect: dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    guard let system = loaded.system else {
      throw CommandFailure(
        DiagnosticRenderer(usesColor: Console.errorUsesColor)
          .render(loaded.diagnostics, of: source))
    }
    return (system, loaded.meaning.dialect)
  }

  // MARK: - Sizes

  /// The sizes that are asked for, with the part of the memory that each thread may have.
  private func sizes(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ source: SourceText
  ) throws -> [MutationSize] {
    var sizes =
      overrides.isEmpty
      ? try ModelScenarios(path, file: scenarios, source).chosen(tag: tag).map(MutationSize.init)
      : []
    if sizes.isEmpty, let tag {
      throw CommandFailure(
        "\(path): error: no scenario with the tag `\(tag)` expects that the model holds")
    }
    if sizes.isEmpty {
      let name = model.settings.isEmpty ? "as it stands" : model.settings.joined(separator: " ")
      sizes = [MutationSize(name: name, constants: overrides)]
    }
    let share = Machine.memoryByteCount / (settings.threadCount ?? Machine.threadCount)
    for position in sizes.indices {
      sizes[position].settings.memoryByteCount = share
      sizes[position].settings.threadCount = 1
      if model.dialect != nil { sizes[position].settings.dialect = settings.dialect }
    }
    return sizes
  }

  // MARK: - What is written

  private func write(_ report: MutationReport) throws(CommandFailure) {
    Console.clearStatus()
    switch format {
    case .text: Console.write(report.text())
    case .json: Console.write(program: report.json.text + "\n")
    }
    guard let folder = survivors else { return }
    try OutputFile.makeFolder(folder)
    for (number, result) in report.survivors.enumerated() {
      let digits = String(number + 1)
      let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      let message = "\(report.question(of: result.mutant))\n\n"
      try OutputFile.write(
        message + String(decoding: report.patch(of: result.mutant), as: UTF8.self),
        to: "\(folder)/\(name).patch", .inFolder)
    }
  }

  private func code(_ report: MutationReport) -> ExitCode {
    if UserInterrupt.isRequested { return Exit.interrupted }
    if let leastScore, report.score.isBelow(percent: leastScore) { return Exit.violated }
    return report.score.untried > 0 ? Exit.inconclusive : Exit.verified
  }
}
