import ArgumentParser
import Diagnostics
import Exploration
import Report
import TransitionSystem

/// Checks one model, with live progress on a terminal.
enum ModelCheck {
  static func check(
    _ system: TransitionSystem, _ source: SourceText, _ options: ExplorationOptions
  ) -> CheckReport {
    let result = Explorer.explore(
      SearchSpace(system), options: options,
      report: { Console.status(progressLine($0)) },
      isCancelled: { UserInterrupt.isRequested })
    Console.clearStatus()
    return CheckReport(system: system, source: source, result: result)
  }

  static func exitCode(of report: CheckReport) -> ExitCode {
    switch report.result.verdict {
    case .holds: Exit.verified
    case .violated: Exit.violated
    case .inconclusive: Exit.inconclusive
    }
  }

  private static func progressLine(_ progress: ExplorationProgress) -> String {
    let rate = Int(Double(progress.ruleFiringCount) / max(progress.seconds, 0.001))
    return "\(Wording.grouped(progress.stateCount)) states, \(Wording.grouped(rate)) rules/s, "
      + "depth \(progress.depth), \(Wording.grouped(progress.queueCount)) to expand, "
      + Wording.byteCount(progress.byteCount)
  }
}
