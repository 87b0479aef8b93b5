import Synchronization

/// Lets one of several threads do something while the others stand still, at places of their own
/// choice.
final class Rendezvous: @unchecked Sendable {
  private let monitor = Monitor()
  private let isWanted = Atomic<Bool>(false)
  // Held by the monitor.
  private var active = 0
  private var standing = 0
  private var isHeld = false

  /// A thread begins to take part.
  func enter() {
    monitor.locked {
      while isHeld { monitor.wait() }
      active += 1
    }
  }

  /// A thread takes part no more.
  func leave() {
    monitor.locked {
      active -= 1
      monitor.wakeAll()
    }
  }

  /// Stands still if another thread wants it. To be called often.
  @inline(__always)
  func pass() {
    if isWanted.load(ordering: .relaxed) { monitor.locked { standWhileHeld() } }
  }

  /// Does something while all others stand still. Where several threads ask for it, they do it one
  /// after another.
  func alone(_ body: () -> Void) {
    monitor.locked {
      standWhileHeld()
      isHeld = true
      isWanted.store(true, ordering: .relaxed)
      while standing < active - 1 { monitor.wait() }
      body()
      isHeld = false
      isWanted.store(false, ordering: .relaxed)
      monitor.wakeAll()
    }
  }

  private func standWhileHeld() {
    guard isHeld else { return }
    standing += 1
    monitor.wakeAll()
    while isHeld { monitor.wait() }
    standing -= 1
  }
}
