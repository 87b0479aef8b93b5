import Checking
import Diagnostics
import Exploration
import Options
import Report

/// Short runs, among which one is looked for in which something goes wrong, where a proof does not succeed.
enum ShortRuns {
  private static let depth = 20
  private static let seconds = 20.0

  /// - Returns: Nil where there is none, or none was found in time.
  static func violation(
    of model: LoadedModel, _ settings: CheckSettings, _ stop: StopCondition
  ) throws -> CheckReport? {
    let soon = StopCondition(seconds: seconds, isCancelled: { stop.isDue() })
    var request = settings.request(model.system, stop: soon)
    request.engine = .bounded
    request.solverDepth = depth
    request.asksSafetyAlone = true
    let report = try ModelCheck.check(model, request)
    if case .violated = report.outcome.verdict { return report }
    return nil
  }
}
