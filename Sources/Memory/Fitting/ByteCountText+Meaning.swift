/// What people mean by a text that is no number of bytes.
extension ByteCountText {
  /// Whether a text is meant as a number or a range of bytes, whether or not it is one: digits, with a
  /// sign, separators, a fraction or any unit.
  package static func isMeant(by text: String) -> Bool {
    if text == "unknown" { return true }
    if let dots = text.firstRange(of: "..") {
      let sides = [text[..<dots.lowerBound], text[dots.upperBound...]]
      return sides.allSatisfy { $0.isEmpty || Number($0) != nil }
        && sides.contains { !$0.isEmpty }
    }
    return parse(text) != nil || Number(text[...]) != nil
  }

  /// What to write in place of a text, such as `8MiB, or 8M` for `8MB`; nil if nobody can tell.
  package static func suggestion(for text: String) -> String? {
    guard parse(text) == nil, let number = Number(text[...]), !number.isNegative else { return nil }
    guard number.shift > 0 else {
      return number.fraction.isEmpty ? UInt64(number.whole).map { "\($0)" } : nil
    }
    let letter = units(number.shift)
    if number.fraction.isEmpty {
      return UInt64(number.whole).map { "\($0)\(letter)iB, or \($0)\(letter)" }
    }
    // A fraction in the next smaller unit, or in the one below that.
    guard let whole = UInt64(number.whole), whole < 1 << 20, number.fraction.count <= 9,
      let fraction = UInt64(number.fraction)
    else { return nil }
    let tens = (0..<number.fraction.count).reduce(UInt64(1)) { product, _ in product * 10 }
    let smaller = number.shift - 10
    let count = whole << 10 + (fraction << 10 + tens / 2) / tens
    return smaller == 0 ? "\(count)" : "\(count)\(units(smaller))iB"
  }

  private static func units(_ shift: Int) -> Character {
    let letters = Array("KMGTPE")
    return letters[min(shift / 10, letters.count) - 1]
  }

  /// A number as people write it, in parts.
  private struct Number {
    var isNegative = false
    var whole = ""
    var fraction = ""
    /// Of its unit, as a power of two; 0 for bytes.
    var shift = 0

    init?(_ text: Substring) {
      var rest = text
      if let sign = rest.first, "+-\u{2212}".contains(sign) {
        isNegative = sign != "+"
        rest = rest.dropFirst()
      }
      guard rest.first?.isASCII == true, rest.first?.isNumber == true else { return nil }
      let body = rest.prefix { $0.isASCII && $0.isNumber || "_,'. ".contains($0) }
      let parts = body.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2 else { return nil }
      whole = parts[0].filter { $0.isNumber }
      fraction = parts.count == 2 ? parts[1].filter { $0.isNumber } : ""
      let unit = rest.dropFirst(body.count).lowercased()
      if unit.isEmpty || unit == "b" || unit == "byte" || unit == "bytes" { return }
      // `mb` means two things, and `mi` is half of a unit.
      let isHalf = unit.count == 2 && (unit.hasSuffix("b") || unit.hasSuffix("i"))
      guard let found = ByteCountText.shift(isHalf ? String(unit.dropLast()) : unit) else {
        return nil
      }
      shift = found
    }
  }
}
