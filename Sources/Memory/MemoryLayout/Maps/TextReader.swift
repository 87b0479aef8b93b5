/// Takes a line of a listing apart, from its start.
struct TextReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Skips blanks; whether there was one.
  @discardableResult mutating func skipBlanks() -> Bool {
    let count = bytes.count
    bytes = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return bytes.count < count
  }

  /// Skips exactly this text; whether it stood there.
  mutating func skip(_ text: StaticString) -> Bool {
    let prefix = bytes.prefix(text.utf8CodeUnitCount)
    let isThere = text.withUTF8Buffer { prefix.elementsEqual($0) }
    if isThere { bytes = bytes.dropFirst(prefix.count) }
    return isThere
  }

  /// Reads one to sixteen hexadecimal digits; nil if there are none or more.
  mutating func hexadecimal() -> UInt64? { number(radix: 16) }

  /// Reads decimal digits of a number of 64 bits.
  mutating func decimal() -> UInt64? { number(radix: 10) }

  private mutating func number(radix: UInt64) -> UInt64? {
    var value: UInt64 = 0
    var count = 0
    while let digit = bytes.first.flatMap({ Self.digit($0) }), digit < radix {
      let (product, overflows) = value.multipliedReportingOverflow(by: radix)
      let (sum, carries) = product.addingReportingOverflow(digit)
      if overflows || carries { return nil }
      value = sum
      count += 1
      bytes = bytes.dropFirst()
    }
    return count > 0 ? value : nil
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// What is left, without blanks around it; bytes that are no UTF-8 are replaced.
  var rest: String { trimmed(bytes) }

  var isAtEnd: Bool { bytes.isEmpty }

  /// What is left.
  var remaining: ArraySlice<UInt8> { bytes }

  /// Skips up to and including the next such text; whether there was one.
  mutating func skip(through text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      guard let first = wanted.first else { return true }
      var at = bytes.startIndex
      while let start = bytes[at...].firstIndex(of: first) {
        if bytes[start...].starts(with: wanted) {
          bytes = bytes[(start + wanted.count)...]
          return true
        }
        at = start + 1
      }
      return false
    }
  }
}

/// The text without blanks around it; bytes that are no UTF-8 are replaced.
func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
  func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
  var text = bytes.drop(while: isBlank)
  while let last = text.last, isBlank(last) { text = text.dropLast() }
  return String(decoding: text, as: UTF8.self)
}

/// The start of a line for a message; whoever shows it makes it safe to show.
func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
  let limit = 60
  let text = String(trimmed(bytes.prefix(4 * limit)).unicodeScalars.prefix(limit))
  return bytes.count > limit ? text + "…" : text
}
