import Synchronization

/// When whoever waits for a result wants no more of it: after a time, when asked to, or where there is
/// no more memory.
///
/// Whatever can take long asks it now and then, within a step too, and ends; what was found up to
/// there is the result. Once met it stays so, so that all threads and all that called one another
/// come to their ends.
package final class StopCondition: Sendable {
  /// What has met it.
  package enum Reason: Int, Sendable {
    case cancelled = 1
    case timeIsUp = 2
    case memoryIsShort = 3
  }

  /// Seconds from when it was made; nil is no limit.
  package let seconds: Double?
  /// What is said of the limit: those of the first one, where this is one made anew.
  package let limitSeconds: Double?
  /// When it was made.
  package let started = ContinuousClock.now
  private let isCancelled: @Sendable () -> Bool
  private let isMemoryShort: @Sendable () -> Bool
  /// A reason's number; 0 while there is none.
  private let met = Atomic<Int>(0)
  private let isSuspended = Atomic<Bool>(false)

  /// - Parameters:
  ///   - seconds: The time that may be taken; nil is no limit.
  ///   - isCancelled: Asked by any thread; `true` is for good.
  ///   - isMemoryShort: Whether what is left of the memory is for showing what has been found. Asked
  ///     like the other.
  ///   - limitSeconds: What is said of the limit, if that is something else than `seconds`.
  package init(
    seconds: Double? = nil, isCancelled: @escaping @Sendable () -> Bool = { false },
    isMemoryShort: @escaping @Sendable () -> Bool = { false }, limitSeconds: Double? = nil
  ) {
    self.seconds = seconds
    self.limitSeconds = limitSeconds ?? seconds
    self.isMemoryShort = isMemoryShort
    self.isCancelled = isCancelled
  }

  /// Why it is met, as far as anyone has found out.
  package var reason: Reason? { Reason(rawValue: met.load(ordering: .relaxed)) }

  /// Seconds since it was made.
  package var elapsed: Double {
    let elapsed = ContinuousClock.now - started
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  /// Whether it is met, found out anew: that takes some tens of nanoseconds.
  package func isDue() -> Bool {
    if isSuspended.load(ordering: .relaxed) { return false }
    if reason != nil { return true }
    let found: Reason
    if isCancelled() {
      found = .cancelled
    } else if isMemoryShort() {
      found = .memoryIsShort
    } else if let seconds, elapsed >= seconds {
      found = .timeIsUp
    } else {
      return false
    }
    _ = met.compareExchange(expected: 0, desired: found.rawValue, ordering: .relaxed)
    return true
  }

  /// Whether it is met, for who asks very often: it is found out anew once in 64 calls.
  ///
  /// - Parameter calls: Belongs to the caller.
  @inline(__always)
  package func isDue(_ calls: inout Int) -> Bool {
    calls &+= 1
    return calls & 63 == 0 ? isDue() : reason != nil
  }

  /// One that is met when this one would be, suspended or not: for what is still to be found out when
  /// the rest is to be shown.
  package func again() -> StopCondition {
    StopCondition(
      seconds: seconds.map { max(0, $0 - elapsed) }, isCancelled: isCancelled,
      isMemoryShort: isMemoryShort, limitSeconds: limitSeconds)
  }

  /// Has nothing be ended any more: what has been found is to be shown.
  package func suspend() { isSuspended.store(true, ordering: .relaxed) }

  /// Does something that is not to be ended half done; what is met meanwhile is found out afterwards.
  package func whileSuspended<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = isSuspended.exchange(true, ordering: .relaxed)
    defer { isSuspended.store(before, ordering: .relaxed) }
    return try body()
  }
}
