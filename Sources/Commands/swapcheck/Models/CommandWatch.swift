import Checking
import Diagnostics
import Exploration
import Report

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
