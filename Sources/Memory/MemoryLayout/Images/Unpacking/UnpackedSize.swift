/// How many bytes something compressed unpacks to, and how that is known.
package enum UnpackedSize: Hashable, Sendable {
  /// - Parameter from: Where the number is from, as in "which its zstd frame states".
  case exactly(UInt64, from: String)
  case atMost(UInt64, from: String)
  /// Where counting was ended.
  case moreThan(UInt64, from: String)
  /// Why the number is not known, as a sentence.
  case unknown(String)

  /// The number, whatever is known of it.
  package var byteCount: UInt64? {
    switch self {
    case .exactly(let count, _), .atMost(let count, _), .moreThan(let count, _): count
    case .unknown: nil
    }
  }

  /// What one behind the other unpacks to, of the same kind of compression.
  func adding(_ other: UnpackedSize) -> UnpackedSize {
    guard let mine = byteCount, let others = other.byteCount else {
      return byteCount == nil ? self : other
    }
    let (sum, overflows) = mine.addingReportingOverflow(others)
    let total = overflows ? .max : sum
    switch (self, other) {
    case (.moreThan(_, let from), _), (_, .moreThan(_, let from)):
      return .moreThan(total, from: from)
    case (.atMost(_, let from), _), (_, .atMost(_, let from)): return .atMost(total, from: from)
    case (.exactly(_, let from), _): return .exactly(total, from: from)
    case (.unknown, _): return other
    }
  }
}

/// What may be spent on finding out what something unpacks to: a small file may claim, and have,
/// more than any machine.
package struct UnpackingLimits: Sendable {
  /// Counting ends at so many bytes.
  package let byteCount: UInt64
  let deadline: ContinuousClock.Instant
  let seconds: Double

  package init(byteCount: UInt64 = 1 << 40, seconds: Double = 20) {
    self.byteCount = byteCount
    self.seconds = seconds
    deadline = .now + .seconds(seconds)
  }

  /// Of the time.
  var secondsLeft: Double {
    let (seconds, attoseconds) = (deadline - .now).components
    return max(0, Double(seconds) + Double(attoseconds) / 1e18)
  }

  /// That counting ends here, if it does.
  func end(at count: UInt64) -> UnpackedSize? {
    if count > byteCount { return .moreThan(byteCount, from: "where counting was ended") }
    guard ContinuousClock.now > deadline else { return nil }
    return .moreThan(count, from: "where counting was ended after \(seconds) s")
  }
}
