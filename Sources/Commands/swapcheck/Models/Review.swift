import ArgumentParser
import Checking
import Comparison
import Diagnostics
import Exploration
import Options
import Report
import Scenarios

struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what a change of a model does, and what of it is worse.",
    discussion: """
      Examples:
        swapcheck review before.m after.m
        swapcheck review Models/hotswap.m --patch Models/hotswap/early-free.patch
        swapcheck review Models/kexec.m --set HEADER=0 --against HEADER=1
        swapcheck review origin/main..HEAD --format markdown

      A run is a start state and the rules that fire, in order. Each model is looked
      at with the sizes that swapcheck.yml has for it; of a range of git its
      scenarios, variants and layouts are reviewed, too.
      Exit code 0: nothing is worse; 1: something is; 2: error; 3: undecided.
      """)

  @Argument(
    help: "Two models, or one with --patch or --against, or a range of git: BASE..HEAD.",
    completion: .file(extensions: ["m"]))
  var subjects: [String]

  @OptionGroup var model: ModelOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup var colors: ColorOptions

  @Option(
    help: ArgumentHelp(
      "The value that a constant had before the change, or has in the first of two models; may be repeated.",
      valueName: "NAME=VALUE"))
  var against: [String] = []

  @Option(
    help: ArgumentHelp(
      "What is looked at of a step: rules, actors, messages, names of variables, or an expression.",
      valueName: "WHAT"))
  var observe = "rules"

  @Option(
    help: ArgumentHelp(
      "An expression that is looked at in the model before the change, instead of that of --observe.",
      valueName: "EXPRESSION"))
  var observeAgainst: String?

  @Option(
    help: ArgumentHelp(
      "A rule whose steps nobody sees; may be repeated.", valueName: "RULE"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "A rule that has another name now; may be repeated.", valueName: "OLD=NEW"))
  var rename: [String] = []

  @Option(help: "text, markdown, mail or json.")
  var format = ReviewFormat.text

  @Option(help: "The file of scenarios that sizes are taken from (default: swapcheck.yml).")
  var scenarios: String?

  @Option(help: "Takes the sizes with this tag alone.")
  var tag: String?

  func validate() throws {
    guard (1...2).contains(subjects.count) else {
      throw ValidationError("review takes two models, or one and what to compare it with")
    }
    let isRange = subjects.count == 1 && RevisionRange.isOne(subjects[0])
    let isPair = subjects.count == 2
    let ways = [
      isPair, !model.patching.patches.isEmpty, !against.isEmpty && !isPair, isRange,
    ]
    guard ways.filter({ $0 }).count == 1 else {
      throw ValidationError(
        "review compares two models, one with --patch or --against, or a git range")
    }
  }

  func run() throws {
    do {
      try reviewed()
    } catch let failure as CommandFailure {
      throw failure.wrapped()
    }
  }

  private func reviewed() throws {
    MemoryReserve.set(.error)
    let settings = try search.settings(model)
    let renamed = try renamedRules()
    let observed = try ObservedSteps(
      observe, before: observeAgainst, ignoring: Set(ignore))
    UserInterrupt.listen()
    var code = Exit.verified
    try LargeStack.run {
      let run = ReviewRun(
        settings: settings, observed: observed, renamed: renamed, scenarios: scenarios,
        tag: tag, whole: .forCommand(seconds: settings.timeoutSeconds))
      let report: ReviewReport
      do {
        report = try self.report(run)
      } catch is ReadingStopped {
        // Of what has not been read nothing is known, so that nothing is said of the rest either.
        let what = subjects.first ?? "the range"
        // Whoever was asked whether it is to end was a copy of it.
        _ = run.whole.isDue()
        LastWords(UnreadModel(path: what, .ended(run.whole)).text, code: Exit.inconclusive).say()
      }
      Console.clearStatus()
      switch format {
      case .text:
        let style = Console.reportStyle
        Console.write(
          report.document.text(
            width: min(80, style.width), height: style.isTerminal ? style.height : .max))
      case .mail: Console.write(report.document.text(width: 72, hasColumns: true))
      case .markdown: Console.write(report.document.markdown)
      case .json: Console.write(program: report.json.text + "\n")
      }
      code = report.exitCode
    }
    if UserInterrupt.isRequested { code = Exit.interrupted }
    try Exit.end(with: code)
  }

  private func report(_ run: ReviewRun) throws -> ReviewReport {
    let head = try model.overrides()
    if subjects.count == 2 {
      let texts = try subjects.map { try ModelFile.read($0, .named()) }
      // Models that are no versions of each other have other constants.
      let base =
        against.isEmpty ? head : try ModelOptions.overrides(against, flag: "--against")
      let reviewed = try run.review(subjects[1], (texts[0], base), (texts[1], head))
      var entries = ReviewRun.entries(
        reviewed, subjects[1], try? StatedExpectation(texts[0]), try? StatedExpectation(texts[1]))
      entries += run.proofEntries(
        reviewed, ProofFinder.all(forModelAt: subjects[0]), texts[0], texts[1])
      if let note = try ReviewRun.note(beside: subjects[0], subjects[1]) { entries.append(note) }
      return ReviewReport(of: "\(subjects[0]) and \(subjects[1])", entries)
    }
    let path = subjects[0]
    if RevisionRange.isOne(path) { return try run.review(range: path, head) }
    if !against.isEmpty {
      let text = try ModelFile.read(path, .named())
      var base = head
      base.merge(try ModelOptions.overrides(against, flag: "--against")) { $1 }
      return ReviewReport(of: path, [try run.review(path, (text, base), (text, head))])
    }
    let text = try ModelFile.read(path, .named())
    let patched = try ModelFile.applied(
      try ModelFile.readPatches(model.patching.patches), to: text)
    let reviewed = try run.review(path, (text, head), (patched, head))
    return ReviewReport(
      of: path,
      [reviewed]
        + run.proofEntries(reviewed, ProofFinder.all(forModelAt: path), text, patched))
  }

  private func renamedRules() throws -> [String: String] {
    var renamed: [String: String] = [:]
    for text in rename {
      guard let equals = text.firstIndex(of: "=") else {
        throw ValidationError("--rename takes OLD=NEW: \(DisplayText(text))")
      }
      renamed[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return renamed
  }
}

/// A range of git on a command line.
enum RevisionRange {
  /// Whether an argument names a range, and no file.
  static func isOne(_ argument: String) -> Bool {
    argument.contains("..") && !argument.hasSuffix(".m") && !argument.hasPrefix("../")
      && !argument.hasPrefix("./")
  }
}

enum ReviewFormat: String, CaseIterable, ExpressibleByArgument {
  case text, markdown, mail, json
}

extension ReviewReport {
  var exitCode: ExitCode {
    switch standing {
    case .well: Exit.verified
    case .worse: Exit.violated
    case .undecided: Exit.inconclusive
    }
  }
}
