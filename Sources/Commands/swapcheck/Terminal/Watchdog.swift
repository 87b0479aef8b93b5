import Diagnostics
import Exploration
import Glibc
import Synchronization

/// Ends the process where something was to end and did not: not all that can take long asks whether
/// it is to end, such as reading a model.
enum Watchdog {
  /// What is left of the time for what ends by itself and then says what it has found.
  private static let graceMicroseconds = 2_000_000
  private static let pauseMicroseconds = 50_000

  /// Does something that is to end when a condition is met.
  ///
  /// - Parameter lastWords: What is known if the end does not come, and where there is no memory to
  ///   say more; asked for on another thread, too.
  static func watch<Result>(
    _ stop: StopCondition, _ lastWords: @escaping @Sendable (ExplorationLimit) -> LastWords,
    _ body: () throws -> Result
  ) rethrows -> Result {
    MemoryReserve.set(lastWords(.noMemory))
    let watch = Watch(stop, lastWords)
    watch.begin()
    defer {
      watch.end()
      MemoryReserve.set(nil)
    }
    return try body()
  }

  private final class Watch: Sendable {
    private let stop: StopCondition
    private let lastWords: @Sendable (ExplorationLimit) -> LastWords
    /// Whether one of the two has come to its end: what is watched, or the patience.
    private let isOver = Atomic<Bool>(false)

    init(
      _ stop: StopCondition, _ lastWords: @escaping @Sendable (ExplorationLimit) -> LastWords
    ) {
      self.stop = stop
      self.lastWords = lastWords
    }

    /// Starts the thread that watches; where the system has none, nobody does.
    func begin() {
      let argument = Unmanaged.passRetained(self)
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, argument.toOpaque())
      if status == 0 { pthread_detach(thread) } else { argument.release() }
    }

    func end() {
      // Where the other thread was first, it ends the process.
      while isOver.exchange(true, ordering: .sequentiallyConsistent) { pause() }
    }

    private func run() {
      var waited = 0
      // Reading what the groups take is a tenth of a millisecond.
      let isInGroup = ProcessLimits.isBoundedByGroup
      while !isOver.load(ordering: .relaxed) {
        usleep(useconds_t(pauseMicroseconds))
        if isInGroup, !MemoryReserve.isShort, ProcessLimits.isAboutToBeKilled {
          MemoryReserve.noteShort()
        }
        waited = stop.isDue() ? waited + pauseMicroseconds : 0
        guard waited > graceMicroseconds,
          !isOver.exchange(true, ordering: .sequentiallyConsistent)
        else { continue }
        lastWords(.ended(stop)).say()
      }
    }
  }
}
