import ArgumentParser
import Checking
import Diagnostics
import Exploration
import NativeCode
import Report
import Synchronization
import Trace
import TransitionSystem

/// Checks one model, with live progress on a terminal.
enum ModelCheck {
  /// Why there is no report.
  struct Refusal: Error {
    /// A sentence, and places in lines of their own.
    let lines: [String]

    init(_ lines: String...) { self.init(lines: lines) }

    init(lines: [String]) { self.lines = lines }

    var text: DisplayText { DisplayText(lines: lines) }
  }

  /// - Throws: `Refusal`.
  static func check(
    _ loaded: LoadedModel, _ options: ExplorationOptions, _ stop: StopCondition,
    symmetry: SearchSpace.Symmetry, reduction: SearchSpace.Reduction = .none,
    layout: String? = nil, dumpFolder: QueryFolder? = nil
  ) throws -> CheckReport {
    let (system, source) = (loaded.system, loaded.source)
    var request = CheckRequest(system)
    (request.options, request.symmetry, request.reduction) = (options, symmetry, reduction)
    request.stop = stop
    if let dumpFolder { request.record = dumpFolder.write }
    if let layout, SymbolicModel.isSymbolic(system) {
      request.facts = try LayoutOfModel.facts(layout, system, source)
    } else if layout != nil {
      request.facts = []
    }
    let watch = CommandWatch()
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(try CheckPlan.make(request, watch), watch)
    } catch {
      Console.clearStatus()
      throw refusal(error, system, source)
    }
    Console.clearStatus()
    if let failure = outcome.result.compilationFailure { tellOnce(failure, source) }
    return CheckReport(
      system: system, source: source, outcome: outcome, meaning: loaded.meaningText,
      warnings: loaded.warnings(for: remarks(of: outcome.result, system)))
  }

  /// An objection in the words of the command line.
  static func refusal(
    _ objection: Objection, _ system: TransitionSystem, _ source: SourceText
  ) -> Refusal {
    switch objection {
    case .reductionNeedsDepth:
      Refusal("error: --reduction por needs the depth of states: --store exact or compact")
    case .symbolicNeedsExactStore:
      Refusal("\(source.path): error: a model with symbolic constants needs --store exact")
    case .noSymbolicConstants:
      Refusal(
        "\(source.path): error: the model has no symbolic constants: --layout says nothing of it")
    case .layout(let error): SymbolicModel.refusal(error, source)
    case .noStartState(let loss): noStartState(loss, system, source)
    case .noStartStateForAnyLayout: SymbolicModel.noState(of: system, source)
    case .notConfirmed(let error):
      Refusal(
        "error: the counterexample found is not confirmed by its replay (\(error)); this is a "
          + "mistake in swapcheck, and there is no verdict")
    }
  }

  /// The remarks that a search has met; that an undefined value is taken elsewhere where it is an
  /// error, too.
  private static func remarks(
    of result: ExplorationResult, _ system: TransitionSystem
  ) -> [Remark] {
    guard case .violated(let counterexample) = result.verdict,
      case .interruption(let failure) = counterexample.violation.kind,
      let remark = system.remarks.first(where: {
        $0.kind == .undefinedIsTaken && $0.span == failure.span
      })
    else { return result.remarks }
    return result.remarks + [remark]
  }

  /// That the assumptions leave no start state: whatever the model says would hold.
  static func noStartState(
    _ loss: StartStateLoss, _ system: TransitionSystem, _ source: SourceText
  ) -> Refusal {
    Refusal(lines: StartStateLossText(loss, wording: Wording(system: system, source: source)).lines)
  }

  /// Says why the rules are not compiled, for the first model that this happens to.
  private static func tellOnce(
    _ failure: ExplorationResult.CompilationFailure, _ source: SourceText
  ) {
    let isFirst = hasTold.withLock { told in
      defer { told = true }
      return !told
    }
    guard isFirst else { return }
    let consequence =
      failure.isInterpreted
      ? "could not be compiled, and are interpreted, which is slow"
      : "could not be compiled at the first attempt"
    Console.error("warning: the rules \(consequence): \(failure.error)")
    if case .compilerFailed = failure.error {
      let patches = source.patches.map { " --patch \($0)" }.joined()
      Console.error(
        "  all that it says: swapcheck emit-c \(source.path)\(patches) | cc -w -x c -fsyntax-only -"
      )
    }
  }

  private static let hasTold = Mutex(false)

  static func exitCode(of report: CheckReport) -> ExitCode {
    switch report.result.verdict {
    case .holds: Exit.verified
    case .violated: Exit.violated
    case .inconclusive: Exit.inconclusive
    }
  }
}

/// Shows where a search stands, and listens for Ctrl-C.
struct CommandWatch: CheckWatch {
  func note(_ progress: ExplorationProgress) {
    let rate = Int(Double(progress.ruleFiringCount) / max(progress.seconds, 0.001))
    Console.status(
      """
      \(Wording.grouped(progress.stateCount)) states, \(Wording.grouped(rate)) rules/s, \
      depth \(progress.depth), \(Wording.grouped(progress.queueCount)) to expand, \
      \(Wording.byteCount(progress.byteCount))
      """)
  }

  func listening<Result>(
    _ interrupt: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    try UserInterrupt.withNotice(interrupt, body)
  }
}
