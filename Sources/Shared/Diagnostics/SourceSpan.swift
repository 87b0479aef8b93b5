/// A half-open range of byte offsets into one source text.
///
/// Spans are eight bytes, so that every node of a model can carry one.
package struct SourceSpan: Hashable, Sendable {
  private let lower: UInt32
  private let upper: UInt32

  /// Makes a span of the bytes `start..<end`.
  ///
  /// - Parameters:
  ///   - start: Byte offset of the first byte; at most `SourceText.maximumByteCount`.
  ///   - end: Byte offset behind the last byte; a smaller one than `start` gives an empty span.
  package init(start: Int, end: Int) {
    lower = UInt32(clamping: start)
    upper = UInt32(clamping: max(start, end))
  }

  /// The span of something that no text stands for.
  package static let none = SourceSpan(start: 0, end: 0)

  /// Byte offset of the first byte.
  package var start: Int { Int(lower) }

  /// Byte offset behind the last byte.
  package var end: Int { Int(upper) }

  /// The smallest span that covers both.
  package func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(start: min(start, other.start), end: max(end, other.end))
  }
}
