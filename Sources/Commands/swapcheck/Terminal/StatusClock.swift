import Synchronization

/// How long a command has run, and when to say that again.
enum StatusClock {
  private static let start = ContinuousClock.now
  private static let secondsBetweenLines: Int64 = 60
  /// Of the last line.
  private static let last = Mutex(Int64(0))
  /// When a line was shown that the next one takes the place of.
  private static let lastShown = Mutex(ContinuousClock.Instant?.none)

  /// Begins to count.
  static func begin() { _ = start }

  private static var seconds: Int64 { (ContinuousClock.now - start).components.seconds }

  /// `12 s`, `3 min 5 s` or `2 h 7 min`.
  static var elapsed: String { words(seconds) }

  static func words(_ seconds: Int64) -> String {
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }

  /// Whether what was shown last has stood for a tenth of a second: of what is gone sooner nobody reads a word.
  static func canBeRead() -> Bool {
    let now = ContinuousClock.now
    return lastShown.withLock { last in
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
  }

  /// Whether a minute has gone by since the last time that it had.
  static func isDue() -> Bool {
    let now = seconds
    return last.withLock { last in
      guard now - last >= secondsBetweenLines else { return false }
      last = now
      return true
    }
  }
}
