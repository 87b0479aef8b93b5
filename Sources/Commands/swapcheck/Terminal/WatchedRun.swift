import Diagnostics
import Exploration

/// Runs what reads a model and may take long: on a stack that is large enough, and ended by Ctrl-C, where the time
/// is up and where memory is short.
enum WatchedRun {
  /// - Parameters:
  ///   - stop: What `body` asks whether it is to end.
  ///   - lastWords: What is said where the end was wanted before there was an answer.
  static func run(
    _ stop: StopCondition, _ lastWords: @escaping @Sendable (ExplorationLimit) -> LastWords,
    _ body: @escaping () throws -> Void
  ) throws {
    UserInterrupt.listen()
    MemoryReserve.set(lastWords(.noMemory))
    try LargeStack.run {
      do {
        try Watchdog.watch(stop, lastWords) { try body() }
      } catch is ReadingStopped {
        lastWords(.ended(stop)).say()
      }
    }
  }
}
