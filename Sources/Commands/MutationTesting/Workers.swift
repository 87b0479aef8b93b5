import Exploration
import Glibc
import Synchronization

/// Threads that take one task after the other, until there are no more.
final class Workers: Sendable {
  private let count: Int
  private let next = Atomic<Int>(0)
  private let task: @Sendable (Int) -> Void

  private init(_ count: Int, _ task: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.task = task
  }

  /// Does so many tasks, in about their order, on this thread and on others beside it.
  ///
  /// - Parameter task: Given the task's number, on any thread.
  static func run(_ count: Int, threadCount: Int, _ task: @escaping @Sendable (Int) -> Void) {
    let workers = Workers(count, task)
    var threads: [pthread_t] = []
    for _ in 1..<max(2, threadCount) where threads.count + 1 < min(threadCount, count) {
      let owner = Unmanaged.passRetained(workers)
      let thread = LargeStack.start(owner.toOpaque()) { argument in
        guard let argument else { return nil }
        Unmanaged<Workers>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }
      guard let thread else {
        owner.release()
        break
      }
      threads.append(thread)
    }
    workers.work()
    for thread in threads { pthread_join(thread, nil) }
  }

  private func work() {
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      task(number)
    }
  }
}
