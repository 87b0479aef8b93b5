/// Of Linux, as far as rules depend on it: `6.12` of `6.12.43+deb13-amd64`.
package struct KernelVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int

  package init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

  /// Reads `6.12`, `v6.12-rc3`, or what `uname -r` and an image say; nil if it does not begin with
  /// two numbers.
  package init?(_ text: some StringProtocol) {
    let numbers = (text.first == "v" ? text.dropFirst() : text[...])
      .split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard numbers.count >= 2, let major = Self.number(numbers[0]),
      numbers[0].allSatisfy(\.isNumber), let minor = Self.number(numbers[1])
    else { return nil }
    self.init(major, minor)
  }

  /// What a text begins with, of up to four digits.
  private static func number(_ text: some StringProtocol) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return digits.count <= 4 ? Int(digits) : nil
  }

  package static func < (one: KernelVersion, other: KernelVersion) -> Bool {
    (one.major, one.minor) < (other.major, other.minor)
  }

  package var description: String { "\(major).\(minor)" }

  /// Of which the rules here are, where nothing else is said.
  package static let newest = KernelVersion(7, 2)
}
