package import MemoryLayout

/// Numbers of bytes as people write them.
package enum ByteCountText {
  private static let units: [(name: String, shift: Int)] = [
    ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10),
  ]

  /// Reads `4096`, `0x1000`, `20MiB`, `20 MiB`, or `20M` as Linux's command line has it; nil for
  /// anything else, and beyond 64 bits.
  ///
  /// Units are powers of two, in capital or small letters. `20MB` is none: some mean 20 million.
  package static func parse(_ text: some StringProtocol) -> UInt64? {
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let body = text.dropFirst(isHexadecimal ? 2 : 0)
    let digits = body.prefix { isHexadecimal ? $0.isHexDigit && $0.isASCII : isDigit($0) }
    guard !digits.isEmpty, let number = UInt64(digits, radix: isHexadecimal ? 16 : 10) else {
      return nil
    }
    var unit = body.dropFirst(digits.count)
    if unit.isEmpty { return number }
    if unit.first == " " { unit = unit.dropFirst() }
    guard let shift = shift(unit.lowercased()) else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << shift)
    return overflows ? nil : bytes
  }

  /// Of a unit in small letters: `m` or `mib`.
  static func shift(_ unit: String) -> Int? {
    let letters = "kmgtpe"
    guard let first = unit.first, let index = letters.firstIndex(of: first),
      unit.dropFirst().isEmpty || unit.dropFirst() == "ib"
    else { return nil }
    return 10 * (letters.distance(from: letters.startIndex, to: index) + 1)
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// Reads `20MiB..200MiB`, of which the first is not above the second.
  package static func parseRange(_ text: String) -> ClosedRange<UInt64>? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    guard let low = parse(text[..<dots.lowerBound]), let high = parse(text[dots.upperBound...]),
      low <= high
    else { return nil }
    return low...high
  }

  /// Reads `0x1000-0x1fff`, a range by its first and last byte.
  package static func parseAddresses(_ text: some StringProtocol) -> AddressRange? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = parse(parts[0]), let last = parse(parts[1]) else {
      return nil
    }
    return AddressRange(start: start, last: last)
  }

  /// The number in the largest unit that leaves it whole: `5000000 bytes`, `64 MiB`.
  package static func format(_ byteCount: UInt128) -> String {
    for unit in units where byteCount > 0 && byteCount % (1 << unit.shift) == 0 {
      return "\(byteCount >> unit.shift) \(unit.name)"
    }
    return byteCount == 1 ? "1 byte" : "\(byteCount) bytes"
  }

  /// The number in the largest unit of which there is one, with one decimal: `6.7 GiB`, `12 bytes`.
  package static func approximate(_ byteCount: UInt128) -> String {
    guard let unit = units.first(where: { byteCount >> $0.shift > 0 }) else {
      return format(byteCount)
    }
    let tenths = (byteCount * 10 + (1 << (unit.shift - 1))) >> unit.shift
    return "\(tenths / 10).\(tenths % 10) \(unit.name)"
  }

  /// What is needed, in few digits and never less than it is: `64 MiB`, `31.9 MiB`, `68.1 MiB`.
  package static func needed(_ byteCount: UInt128) -> String { short(byteCount, roundsUp: true) }

  /// What is free, in few digits and never more than it is.
  package static func free(_ byteCount: UInt128) -> String { short(byteCount, roundsUp: false) }

  /// What is needed and what is free of it, in as many digits as tell them apart.
  package static func figures(
    needed: UInt128, free: UInt128
  ) -> (needed: String, free: String) {
    let (short, other) = (self.needed(needed), self.free(free))
    return needed > free && short == other
      ? (format(needed), format(free)) : (short, other)
  }

  private static func short(_ byteCount: UInt128, roundsUp: Bool) -> String {
    let whole = format(byteCount)
    guard let unit = units.first(where: { byteCount >> $0.shift > 0 }),
      byteCount % (1 << unit.shift) != 0
    else { return whole }
    let tenths = (byteCount * 10 + (roundsUp ? (1 << unit.shift) - 1 : 0)) >> unit.shift
    return tenths % 10 == 0
      ? "\(tenths / 10) \(unit.name)" : "\(tenths / 10).\(tenths % 10) \(unit.name)"
  }

  /// As a kernel's command line takes it: `64M`, `20K`, `5000000`.
  package static func option(_ byteCount: UInt128) -> String {
    for unit in units.dropFirst() where byteCount > 0 && byteCount % (1 << unit.shift) == 0 {
      return "\(byteCount >> unit.shift)\(unit.name.prefix(1))"
    }
    return "\(byteCount)"
  }
}
