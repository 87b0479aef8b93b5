package import Yams

/// Reads values of settings: of `swapcheck.yml` and of `layout.yml`.
///
/// Each is of one shape, and another one is an error and never passed over. All functions throw
/// `SettingError`, with the place of the value.
package enum Setting {
  /// Checks that a mapping has no keys but some.
  package static func checkKeys(
    of mapping: Node.Mapping, _ allowed: some Collection<String>
  ) throws(SettingError) {
    for (key, _) in mapping {
      let name = try self.name(key)
      guard allowed.contains(name) else {
        throw SettingError(key, "`\(name)` is none of \(allowed.sorted().joined(separator: ", "))")
      }
    }
  }

  /// A key of a mapping.
  package static func name(_ key: Node) throws(SettingError) -> String {
    guard let name = key.scalar?.string else {
      throw SettingError(key, "a setting's name is needed")
    }
    return name
  }

  /// One value, as it is written.
  package static func text(_ key: String, _ node: Node) throws(SettingError) -> String {
    guard let scalar = node.scalar else {
      throw SettingError(node, "`\(key)` is one value, and no list or mapping")
    }
    guard node.null == nil || scalar.isQuoted else {
      throw SettingError(node, "`\(key)` has no value")
    }
    return scalar.string
  }

  /// A path to a file.
  package static func path(_ key: String, _ node: Node) throws(SettingError) -> String {
    let path = try text(key, node)
    guard !path.isEmpty else { throw SettingError(node, "`\(key)` is a path") }
    guard path != "~", !path.hasPrefix("~/") else {
      throw SettingError(
        node,
        "`\(key)` begins with `~`, which only a shell knows: write the folder's path, or"
          + " `./~` for a folder of that name")
    }
    return path
  }

  /// A whole number, decimal or hexadecimal behind `0x`.
  package static func number(_ key: String, _ node: Node) throws(SettingError) -> Int {
    try number(key, node, try text(key, node))
  }

  /// A whole number that a text is, which is the node's or a part of it.
  static func number(
    _ key: String, _ node: Node, _ text: String, _ range: ClosedRange<Int>
  ) throws(SettingError) -> Int {
    try within(range, key, node, try number(key, node, text))
  }

  private static func number(
    _ key: String, _ node: Node, _ text: String
  ) throws(SettingError) -> Int {
    if node.scalar?.isQuoted == true {
      throw SettingError(node, "`\(key)` is a whole number, and not a text in quotes")
    }
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    // YAML 1.1 reads `010` as 8 and `1:30` as 90.
    let isDecimal =
      digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      && (digits == "0" || !digits.hasPrefix("0"))
    let number =
      isDecimal
      ? Int(text)
      : digits.hasPrefix("0x") && digits.dropFirst(2).allSatisfy(\.isHexDigit)
        ? Int((text.hasPrefix("-") ? "-" : "") + digits.dropFirst(2), radix: 16) : nil
    guard let number else {
      throw SettingError(node, "`\(key)` is a whole number of 64 bits, and not `\(text)`")
    }
    return number
  }

  /// A whole number that is there or not.
  package static func number(
    _ mapping: Node.Mapping, _ key: String, in range: ClosedRange<Int> = 0...Int.max
  ) throws(SettingError) -> Int? {
    guard let node = mapping[key] else { return nil }
    return try within(range, key, node, try number(key, node))
  }

  private static func within(
    _ range: ClosedRange<Int>, _ key: String, _ node: Node, _ number: Int
  ) throws(SettingError) -> Int {
    guard range.contains(number) else {
      let end = range.upperBound == .max ? "" : " and at most \(range.upperBound)"
      throw SettingError(node, "`\(key)` is at least \(range.lowerBound)\(end)")
    }
    return number
  }

  /// Seconds above 0, with or without a fraction: `5`, `0.5`.
  package static func seconds(_ key: String, _ node: Node) throws(SettingError) -> Double {
    guard let seconds = try decimal(key, node), seconds > 0 else {
      throw SettingError(node, "`\(key)` is a number of seconds above 0")
    }
    return seconds
  }

  /// So many of 100, with or without a fraction.
  package static func percent(_ key: String, _ node: Node) throws(SettingError) -> Double {
    guard let percent = try decimal(key, node), percent <= 100 else {
      throw SettingError(node, "`\(key)` is a number from 0 to 100")
    }
    return percent
  }

  /// A number without a sign, as it is written in decimal; nil for anything else.
  private static func decimal(_ key: String, _ node: Node) throws(SettingError) -> Double? {
    let text = try text(key, node)
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    return isPlain && node.scalar?.isQuoted != true ? Double(text) : nil
  }

  /// One of some words; nil if the setting is not there.
  package static func word(
    _ mapping: Node.Mapping, _ key: String, _ words: [String]
  ) throws(SettingError) -> String? {
    guard let node = mapping[key] else { return nil }
    let text = try text(key, node)
    guard words.contains(text) else {
      throw SettingError(
        node, "`\(key)` is one of \(words.map { "`\($0)`" }.joined(separator: ", "))")
    }
    return text
  }

  /// Texts in a list, or one text by itself.
  package static func texts(_ key: String, _ node: Node) throws(SettingError) -> [(String, Node)] {
    guard let list = node.sequence else { return [(try text(key, node), node)] }
    var texts: [(String, Node)] = []
    for entry in list { texts.append((try text(key, entry), entry)) }
    return texts
  }
}

extension Node.Scalar {
  fileprivate var isQuoted: Bool { style == .singleQuoted || style == .doubleQuoted }
}
