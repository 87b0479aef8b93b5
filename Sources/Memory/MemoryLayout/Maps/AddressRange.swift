/// A range of physical addresses with at least one byte.
///
/// The last byte is held, not the one behind it, so that a range may end at 2^64 - 1, as some
/// listings do. `end` and `byteCount` are wider than an address for the same reason.
package struct AddressRange: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Address of the first byte.
  package let start: UInt64

  /// Address of the last byte; never below `start`.
  package let last: UInt64

  /// The range `start...last`; nil if it is empty.
  package init?(start: UInt64, last: UInt64) {
    guard start <= last else { return nil }
    self.start = start
    self.last = last
  }

  /// The `byteCount` bytes from `start` on; nil if there is none, or if they leave 64 bits.
  package init?(start: UInt64, byteCount: UInt64) {
    guard byteCount > 0 else { return nil }
    let (last, overflows) = start.addingReportingOverflow(byteCount - 1)
    guard !overflows else { return nil }
    self.start = start
    self.last = last
  }

  /// Every address of 64 bits.
  package static let all = AddressRange(unchecked: 0, .max)

  /// All addresses below another one; of 0 all that there are, as below 2^64.
  package static func below(_ end: UInt64) -> AddressRange {
    AddressRange(unchecked: 0, end == 0 ? .max : end - 1)
  }

  init(unchecked start: UInt64, _ last: UInt64) {
    self.start = start
    self.last = last
  }

  /// Address behind the last byte; at most 2^64.
  package var end: UInt128 { UInt128(last) + 1 }

  /// At least 1, at most 2^64.
  package var byteCount: UInt128 { UInt128(last - start) + 1 }

  package func contains(_ address: UInt64) -> Bool { start <= address && address <= last }

  /// Whether all of another range lies within this one.
  package func contains(_ other: AddressRange) -> Bool {
    start <= other.start && other.last <= last
  }

  package func overlaps(_ other: AddressRange) -> Bool {
    start <= other.last && other.start <= last
  }

  /// What two ranges have in common; nil if nothing.
  package func intersection(_ other: AddressRange) -> AddressRange? {
    AddressRange(start: max(start, other.start), last: min(last, other.last))
  }

  /// The largest part whose start and end are multiples of an alignment; nil if there is none.
  ///
  /// - Precondition: `alignment` is a power of two.
  package func trimmed(to alignment: UInt64) -> AddressRange? {
    precondition(alignment.nonzeroBitCount == 1, "an alignment is a power of two")
    let mask = UInt128(alignment - 1)
    let lower = (UInt128(start) + mask) & ~mask
    let upper = end & ~mask
    guard lower < upper else { return nil }
    return AddressRange(unchecked: UInt64(lower), UInt64(upper - 1))
  }

  /// By start; of those with the same start, the longer one first.
  package static func < (one: AddressRange, other: AddressRange) -> Bool {
    one.start != other.start ? one.start < other.start : one.last > other.last
  }

  /// As `/proc/iomem` writes it: hexadecimal, with the last byte.
  package var description: String { "\(hexadecimal(start))-\(hexadecimal(last))" }
}

/// A number as `0x` and at least eight digits.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
}
