import Glibc
import Synchronization

/// Set by the signal handler, which may touch nothing but atomics.
private let isInterrupted = Atomic<Bool>(false)

/// Ctrl-C: the search ends at its next chance and says what it has found; a second one ends the
/// process at once.
enum UserInterrupt {
  static var isRequested: Bool { isInterrupted.load(ordering: .relaxed) }

  /// Begins to listen for SIGINT and SIGTERM. Before the first search there is nothing to tell, and
  /// they end the process.
  static func listen() {
    let handler: @convention(c) (Int32) -> Void = { _ in
      if isInterrupted.exchange(true, ordering: .relaxed) { _exit(130) }
    }
    signal(SIGINT, handler)
    signal(SIGTERM, handler)
  }
}
