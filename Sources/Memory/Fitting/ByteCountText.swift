package import MemoryLayout

/// Numbers of bytes as people write them.
package enum ByteCountText {
  private static let units: [(name: String, shift: Int)] = [
    ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10),
  ]

  /// Reads `4096`, `0x1000`, `20MiB` or `20 MiB`; nil for anything else, and beyond 64 bits.
  package static func parse(_ text: some StringProtocol) -> UInt64? {
    if text.hasPrefix("0x") {
      let digits = text.dropFirst(2)
      // `UInt64` takes a sign, too.
      guard digits.utf8.first.map({ $0 != UInt8(ascii: "+") }) == true else { return nil }
      return UInt64(digits, radix: 16)
    }
    let unit = units.first { text.hasSuffix($0.name) }
    var digits = text.dropLast(unit?.name.count ?? 0)
    if unit != nil, digits.last == " " { digits = digits.dropLast() }
    guard let first = digits.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= first,
      let number = UInt64(digits)
    else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << (unit?.shift ?? 0))
    return overflows ? nil : bytes
  }

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

  /// As a kernel's command line takes it: `64M`, `20K`, `5000000`.
  package static func option(_ byteCount: UInt128) -> String {
    for unit in units.dropFirst() where byteCount > 0 && byteCount % (1 << unit.shift) == 0 {
      return "\(byteCount >> unit.shift)\(unit.name.prefix(1))"
    }
    return "\(byteCount)"
  }
}
