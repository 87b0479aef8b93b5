import Diagnostics

/// Hashes of a text with edits, in time that does not depend on the length of the text.
///
/// Source: Karp, Rabin, "Efficient randomized pattern-matching algorithms" (1987), modulo 2^61 - 1. Two
/// texts of a model have the same by a chance of about 2^-40.
struct EditedTextHash {
  private static let modulus: UInt64 = (1 << 61) - 1
  private static let base: UInt64 = 0x0123_4567_89AB_CDEF

  /// For each offset the hash of all bytes before it.
  private var prefixes: [UInt64] = [0]
  /// `base` to the power of each number up to that of the bytes.
  private var powers: [UInt64] = [1]

  init(_ text: SourceText) {
    prefixes.reserveCapacity(text.bytes.count + 1)
    powers.reserveCapacity(text.bytes.count + 1)
    for (offset, byte) in text.bytes.enumerated() {
      prefixes.append(Self.append(byte, to: prefixes[offset]))
      powers.append(Self.product(powers[offset], Self.base))
    }
  }

  /// That of the text itself.
  var whole: UInt64 { prefixes[prefixes.count - 1] }

  /// - Parameter edits: In the order of the text.
  func hash(_ edits: [TextEdit]) -> UInt64 {
    var hash: UInt64 = 0
    var next = 0
    for edit in edits {
      append(next..<edit.span.start, to: &hash)
      for byte in edit.replacement.utf8 { hash = Self.append(byte, to: hash) }
      next = edit.span.end
    }
    append(next..<(prefixes.count - 1), to: &hash)
    return hash
  }

  /// Appends bytes of the text.
  private func append(_ range: Range<Int>, to hash: inout UInt64) {
    let power = powers[range.count]
    let before = Self.product(prefixes[range.lowerBound], power)
    let part = (prefixes[range.upperBound] + Self.modulus - before) % Self.modulus
    hash = (Self.product(hash, power) + part) % Self.modulus
  }

  private static func append(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    // No byte is 0, so that no text has the hash of a shorter one.
    (product(hash, base) + UInt64(byte) + 1) % modulus
  }

  private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return ((high << 3 | low >> 61) + (low & modulus)) % modulus
  }
}
