package import Yams

/// What a number may be: one value, `1..2`, at least `1..`, or at most `..500`.
package struct Bounds: Sendable, Hashable, CustomStringConvertible {
  /// Nil for no least value.
  package let least: Int?
  /// Nil for no greatest value.
  package let greatest: Int?

  /// - Precondition: One of the two is there, and the least is no more than the greatest.
  package init(least: Int?, greatest: Int?) {
    precondition(least != nil || greatest != nil, "bounds bound something")
    if let least, let greatest { precondition(least <= greatest, "bounds are in order") }
    (self.least, self.greatest) = (least, greatest)
  }

  /// One value alone.
  package init(_ value: Int) { self.init(least: value, greatest: value) }

  /// Reads a whole number, decimal, or bounds such as `1..2`, `1..` or `..500`; nil for what is none.
  package init?(_ text: some StringProtocol) {
    guard let dots = text.firstRange(of: "..") else {
      guard let value = Int(text) else { return nil }
      self.init(value)
      return
    }
    let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
    let (least, greatest) = (Int(left), Int(right))
    guard least != nil || left.isEmpty, greatest != nil || right.isEmpty,
      least != nil || greatest != nil, least ?? .min <= greatest ?? .max
    else { return nil }
    self.init(least: least, greatest: greatest)
  }

  /// The value, where there is one alone.
  package var value: Int? { least == greatest ? least : nil }

  package func contains(_ value: Int) -> Bool {
    value >= least ?? .min && value <= greatest ?? .max
  }

  package var description: String {
    if let value { return "\(value)" }
    return "\(least.map { "\($0)" } ?? "")..\(greatest.map { "\($0)" } ?? "")"
  }
}

extension Setting {
  /// A whole number, or bounds of one: `10`, `10..20`, `10..`, `..500`.
  ///
  /// - Parameter range: What the numbers may be.
  package static func bounds(
    _ key: String, _ node: Node, in range: ClosedRange<Int> = Int.min...Int.max
  ) throws(SettingError) -> Bounds {
    let text = try text(key, node)
    guard let dots = text.firstRange(of: "..") else {
      return Bounds(try number(key, node, text, range))
    }
    let ends = [text[..<dots.lowerBound], text[dots.upperBound...]]
    var numbers: [Int?] = []
    for end in ends {
      numbers.append(end.isEmpty ? nil : try number(key, node, String(end), range))
    }
    guard numbers[0] != nil || numbers[1] != nil else {
      throw SettingError(node, "`\(key)` has no number beside `..`")
    }
    if let least = numbers[0], let greatest = numbers[1], least > greatest {
      throw SettingError(node, "`\(key)` goes from the least to the greatest, and not `\(text)`")
    }
    return Bounds(least: numbers[0], greatest: numbers[1])
  }
}
