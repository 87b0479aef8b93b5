import Checking
import Diagnostics
import Exploration
import Report

/// Shows where a search stands, and listens for Ctrl-C.
struct CommandWatch: CheckWatch {
  /// What is looked at, where that is one of several.
  var subject: DisplayText = ""
  /// After so many seconds the search ends at the latest.
  var seconds: Double?
  /// After so many states.
  var stateCount: Int?
  /// When states take so many bytes.
  var byteCount: Int?

  func note(_ progress: ExplorationProgress) {
    guard StatusClock.canBeRead() else { return }
    if progress.ranks != nil {
      let parts = [subject, Wording.ofRanks(progress), remainder(progress) ?? ""]
      return Console.status(parts.filter { !$0.isEmpty }.joined(separator: ", "))
    }
    let rate = Int(Double(progress.ruleFiringCount) / max(progress.seconds, 0.001))
    // A narrow terminal shows the first of them.
    var parts: [DisplayText] = [
      "\(Wording.grouped(progress.stateCount)) state\(progress.stateCount == 1 ? "" : "s")",
      "\(Wording.grouped(rate)) rules/s",
      "depth \(progress.depth)", "\(Wording.byteCount(progress.byteCount))",
      "\(Wording.grouped(progress.queueCount)) to expand",
    ]
    if let rate = progress.memoryRate, let byteCount {
      parts.append(Wording.capacity(rate, in: byteCount))
    }
    if let remainder = remainder(progress) { parts.insert(remainder, at: 0) }
    if !subject.isEmpty { parts.insert(subject, at: 0) }
    Console.status(parts.joined(separator: ", "))
  }

  /// How long it can take at most, by what limits there are; of a search alone nobody knows.
  private func remainder(_ progress: ExplorationProgress) -> DisplayText? {
    var left = seconds.map { max(0, $0 - progress.secondsHere) }
    if let stateCount, progress.stateCount > 0, progress.seconds > 1 {
      let share = Double(progress.stateCount) / Double(stateCount)
      let rest = progress.seconds / share - progress.seconds
      left = min(left ?? rest, max(0, rest))
    }
    guard let left, left < 1e9 else { return nil }
    return "\(StatusClock.words(Int64(left.rounded(.up)))) left at most"
  }

  func listening<Result>(
    _ interrupt: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    try UserInterrupt.withNotice(interrupt, body)
  }
}
