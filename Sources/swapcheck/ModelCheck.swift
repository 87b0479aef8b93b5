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
  static func check(
    _ system: TransitionSystem, _ source: SourceText, _ options: ExplorationOptions,
    symmetry: SearchSpace.Symmetry, reduction: SearchSpace.Reduction = .none,
    layout: String? = nil, dumpFolder: QueryFolder? = nil
  ) throws -> CheckReport {
    UserInterrupt.listen()
    let paths = try SymbolicModel.pathConditions(
      of: system, source, options, layout: layout, dumpFolder: dumpFolder)
    func explore() -> ExplorationResult {
      Explorer.explore(
        SearchSpace(system, symmetry: symmetry, reduction: reduction, paths: paths),
        options: options, report: { Console.status(progressLine($0)) },
        isCancelled: { UserInterrupt.isRequested })
    }
    // A question to Z3 may take half a minute.
    let result =
      if let interrupter = paths?.interrupter {
        UserInterrupt.withNotice({ interrupter.interrupt() }, explore)
      } else {
        explore()
      }
    Console.clearStatus()
    if let failure = result.engineFailure { tellOnce(failure) }
    if paths != nil, case .holds = result.verdict, result.statistics.stateCount == 0 {
      throw SymbolicModel.noState(of: system, source)
    }
    if case .violated(let counterexample) = result.verdict {
      confirm(counterexample, of: system, options)
    }
    return CheckReport(system: system, source: source, result: result)
  }

  /// Says why the rules are not compiled, for the first model that this happens to.
  private static func tellOnce(_ failure: NativeCodeError) {
    let isFirst = hasTold.withLock { told in
      defer { told = true }
      return !told
    }
    if isFirst { Console.error("note: the rules are interpreted, which is slow: \(failure)") }
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
