import ArgumentParser
import Diagnostics
import Exploration
import Glibc
import NativeCode
import PathConditions
import Report
import SMT
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

  static func check(
    _ loaded: LoadedModel, _ options: ExplorationOptions, _ stop: StopCondition,
    symmetry: SearchSpace.Symmetry, reduction: SearchSpace.Reduction = .none,
    layout: String? = nil, dumpFolder: QueryFolder? = nil
  ) throws -> CheckReport {
    let (system, source) = (loaded.system, loaded.source)
    let paths = try SymbolicModel.pathConditions(
      of: system, source, options, stop, layout: layout, dumpFolder: dumpFolder)
    func explore() -> ExplorationResult {
      Explorer.explore(
        SearchSpace(
          system, symmetry: symmetry, reduction: reduction, paths: paths, stop: stop),
        options: options, report: { Console.status(progressLine($0)) })
    }
    // A question to Z3 may take half a minute.
    let result =
      if let interrupter = paths?.interrupter {
        UserInterrupt.withNotice({ interrupter.interrupt() }, explore)
      } else {
        explore()
      }
    Console.clearStatus()
    if let failure = result.engineFailure { tellOnce(failure, source) }
    if case .holds = result.verdict, result.statistics.stateCount == 0 {
      throw paths == nil
        ? noStartState(of: system, source, stop) : SymbolicModel.noState(of: system, source)
    }
    if case .violated(let counterexample) = result.verdict {
      confirm(counterexample, of: system, options)
    }
    return CheckReport(
      system: system, source: source, result: result, meaning: loaded.meaningText,
      warnings: loaded.warnings(for: remarks(of: result, system)))
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
    of system: TransitionSystem, _ source: SourceText, _ stop: StopCondition,
    valuation: [Int128] = []
  ) -> Refusal {
    let loss = StartStateLoss(in: system, valuation: valuation, stop: stop)
    return Refusal(
      lines: StartStateLossText(loss, wording: Wording(system: system, source: source)).lines)
  }

  /// Says why the rules are not compiled, for the first model that this happens to.
  private static func tellOnce(
    _ failure: ExplorationResult.EngineFailure, _ source: SourceText
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

  /// Replays a counterexample: one that the interpreter does not confirm is our mistake, and is not
  /// shown as a verdict.
  private static func confirm(
    _ counterexample: Counterexample, of system: TransitionSystem, _ options: ExplorationOptions
  ) {
    if case .uncovered = counterexample.violation.kind { return }
    do throws(ReplayError) {
      try Replay(system: system, valuation: counterexample.execution.valuation)
        .confirm(counterexample, deadlock: options.deadlock)
    } catch {
      Console.error(
        "error: the counterexample found is not confirmed by its replay (\(error)); this is a "
          + "mistake in swapcheck, and there is no verdict")
      exit(Exit.error.rawValue)
    }
  }

  static func exitCode(of report: CheckReport) -> ExitCode {
    switch report.result.verdict {
    case .holds: Exit.verified
    case .violated: Exit.violated
    case .inconclusive: Exit.inconclusive
    }
  }

  private static func progressLine(_ progress: ExplorationProgress) -> DisplayText {
    let rate = Int(Double(progress.ruleFiringCount) / max(progress.seconds, 0.001))
    return """
      \(Wording.grouped(progress.stateCount)) states, \(Wording.grouped(rate)) rules/s, \
      depth \(progress.depth), \(Wording.grouped(progress.queueCount)) to expand, \
      \(Wording.byteCount(progress.byteCount))
      """
  }
}
