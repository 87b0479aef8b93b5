import Synchronization

/// Lets one of several threads do something while the others stand still, at places of their own
/// choice; what it has to do may be shared with them.
final class Rendezvous: PartedWork, @unchecked Sendable {
  private let monitor = Monitor()
  private let isWanted = Atomic<Bool>(false)
  // Held by the monitor.
  private var active = 0
  private var standing = 0
  private var isHeld = false
  private var work: Work?

  /// Parts of what one thread does alone.
  private struct Work {
    let part: (Int) -> Void
    /// Parts that nobody has taken, and parts that are not done.
    var open: Range<Int>
    var unfinished: Int
  }

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

  /// Does parts of what this thread does alone, together with those that stand still. Only within
  /// `alone`.
  func doParts(_ count: Int, _ part: (Int) -> Void) {
    withoutActuallyEscaping(part) { part in
      work = Work(part: part, open: 0..<count, unfinished: count)
      monitor.wakeAll()
      while doPart() {}
      while work?.unfinished ?? 0 > 0 { monitor.wait() }
      work = nil
    }
  }

  /// Does a part that nobody has taken; false if there is none.
  private func doPart() -> Bool {
    guard let number = work?.open.popFirst(), let part = work?.part else { return false }
    monitor.unlocked { part(number) }
    work?.unfinished -= 1
    if work?.unfinished == 0 { monitor.wakeAll() }
    return true
  }

  private func standWhileHeld() {
    guard isHeld else { return }
    standing += 1
    monitor.wakeAll()
    while isHeld {
      if !doPart() { monitor.wait() }
    }
    standing -= 1
  }
}
