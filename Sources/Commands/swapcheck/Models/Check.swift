import ArgumentParser
import Diagnostics
import Exploration
import Report

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explores every interleaving of a model, or runs the scenarios of swapcheck.yml.",
    discussion: """
      Examples:
        swapcheck check Models/hotswap.m
        swapcheck check Models/hotswap.m --set CPUS=3 --set PROCS=2 --format json
        swapcheck check Models/hotswap.m --patch Models/hotswap/early-free.patch
        swapcheck check --tag nightly

      Without a model, all scenarios of swapcheck.yml that have no tag `nightly` are run.
      """)

  @Argument(help: "Murphi models.", completion: .file(extensions: ["m"]))
  var models: [String] = []

  @OptionGroup var model: ModelOptions
  @OptionGroup var search: SearchOptions

  @Option(help: "text or json.")
  var format = OutputFormat.text

  @Option(help: "Runs the scenarios with this tag alone.")
  var tag: String?

  @Option(help: "The file of scenarios.")
  var scenarios = "swapcheck.yml"

  @Option(
    name: .customLong("dump-smt"),
    help: ArgumentHelp(
      "Writes each question that is put to Z3 into this folder, as SMT-LIB.", valueName: "DIR"))
  var dumpSMT: String?

  @Option(
    help: ArgumentHelp(
      "A layout that symbolic constants keep to: ITEM_base and ITEM_size are its items'.",
      valueName: "layout.yml"),
    completion: .file(extensions: ["yml"]))
  var layout: String?

  func validate() throws {
    if layout != nil, models.isEmpty { throw ValidationError("--layout goes with models") }
    if dumpSMT != nil, models.count != 1 {
      throw ValidationError("--dump-smt goes with one model")
    }
    if !model.patching.patches.isEmpty, models.count != 1 {
      throw ValidationError("--patch goes with one model")
    }
    if !models.isEmpty, tag != nil {
      throw ValidationError("--tag chooses among scenarios and goes without models")
    }
  }

  func run() throws {
    let overrides = try model.overrides()
    if let first = models.first {
      MemoryReserve.set(lastWords(of: first, .noMemory, [], Exit.verified))
    }
    try LargeStack.run {
      if models.isEmpty {
        try ScenarioRun(path: scenarios, tag: tag, format: format).run()
      } else {
        try checkModels(overrides)
      }
    }
  }

  private func checkModels(_ overrides: [String: Int64]) throws {
    var reports: [JSONValue] = []
    let exploration = search.exploration
    var worst = Exit.verified
    // What is wrong with a model is said once, however often it is named.
    var refused: Set<String> = []
    let folder = try dumpSMT.map { try QueryFolder($0) }
    UserInterrupt.listen()
    for path in models where !refused.contains(path) {
      let stop = search.stop
      let (before, worstBefore) = (reports, worst)
      let report: CheckReport?
      do {
        report = try Watchdog.watch(stop, { lastWords(of: path, $0, before, worstBefore) }) {
          try check(path, overrides, exploration, stop, folder)
        }
      } catch is ReadingStopped {
        let unread = UnreadModel(path: path, .ended(stop))
        switch format {
        case .text: Console.write(unread.text)
        case .json: reports.append(unread.json)
        }
        worst = worse(worst, Exit.inconclusive)
        if UserInterrupt.isRequested { break }
        continue
      } catch let error as ModelCheck.Refusal {
        Console.error(error.text)
        report = nil
      }
      guard let report else {
        worst = worse(worst, Exit.error)
        refused.insert(path)
        continue
      }
      switch format {
      case .text: Console.write(report.text(usesColor: Console.outputUsesColor))
      case .json: reports.append(report.json)
      }
      worst = worse(worst, ModelCheck.exitCode(of: report))
      if UserInterrupt.isRequested { break }
    }
    if folder?.hasFailed == true { worst = Exit.error }
    if format == .json { Console.write(program: JSONDocument.check(reports).text + "\n") }
    if UserInterrupt.isRequested { throw Exit.interrupted }
    if worst != Exit.verified { throw worst }
  }

  /// What is found of a model; nil after a message.
  private func check(
    _ path: String, _ overrides: [String: Int64], _ exploration: ExplorationOptions,
    _ stop: StopCondition, _ folder: QueryFolder?
  ) throws -> CheckReport? {
    guard
      let loaded = try ModelFile.load(
        path, patches: model.patching.patches, overrides: overrides, dialect: model.dialect,
        .named(timeoutSeconds: search.timeout), stop: stop)
    else { return nil }
    return try ModelCheck.check(
      loaded, exploration, stop, symmetry: search.symmetry, reduction: search.reduction,
      layout: layout, dumpFolder: folder)
  }

  /// Of a model, that nothing was found before the end was wanted, and of the others what was.
  private func lastWords(
    of path: String, _ limit: ExplorationLimit, _ reports: [JSONValue], _ worst: ExitCode
  ) -> LastWords {
    let unread = UnreadModel(path: path, limit)
    let code = limit == .cancelled ? Exit.interrupted : worse(worst, Exit.inconclusive)
    return switch format {
    case .text: LastWords(unread.text, code: code)
    case .json:
      LastWords(
        program: JSONDocument.check(reports + [unread.json]).text + "\n", code: code)
    }
  }

  /// Of several models, an error outweighs a violation, and that an inconclusive search.
  private func worse(_ left: ExitCode, _ right: ExitCode) -> ExitCode {
    let order = [Exit.verified, Exit.inconclusive, Exit.violated, Exit.error]
    let leftRank = order.firstIndex(of: left) ?? 0
    let rightRank = order.firstIndex(of: right) ?? 0
    return leftRank >= rightRank ? left : right
  }
}

/// What is said of a model of which nothing was found before the end was wanted.
struct UnreadModel {
  let path: String
  /// Why, with the verdict before it.
  let headline: String

  init(path: String, _ limit: ExplorationLimit) {
    self.path = path
    headline = "inconclusive: \(Wording.limit(limit))"
  }

  var text: DisplayText { "\(path): \(headline)\n" }

  var json: JSONValue {
    .object([
      ("model", .string(path)), ("verdict", .string("inconclusive")),
      ("reason", .string(headline)),
    ])
  }
}

/// The JSON documents that the commands write.
enum JSONDocument {
  static func check(_ reports: [JSONValue]) -> JSONValue {
    .object([
      ("format", .string("swapcheck-check")),
      ("version", .number(CheckReport.formatVersion)),
      ("models", .array(reports)),
    ])
  }
}
