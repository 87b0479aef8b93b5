import MemoryLayout
package import Settings
package import Yams

/// Reads `conflict`, which `layout.yml` and `swapcheck.yml` both have.
package enum ConflictSetting {
  /// The names of the rules, in the order in which they stand there.
  ///
  /// - Throws: `SettingError` where it is no list of names, empty, or names what is no rule.
  package static func names(_ node: Node) throws(SettingError) -> [String] {
    try rules(node).map(\.name)
  }

  /// The rules, in the order in which they stand there.
  static func rules(_ node: Node) throws(SettingError) -> [PlacementRule] {
    let texts = try Setting.texts("conflict", node)
    guard !texts.isEmpty else {
      throw SettingError(node, "`conflict` is a list of rules, such as [low-memory, disjoint]")
    }
    var rules: [PlacementRule] = []
    for (name, entry) in texts {
      guard let rule = PlacementRule(name: name) else {
        let names = PlacementRule.allCases.map(\.name).joined(separator: ", ")
        throw SettingError(entry, "`\(name)` is no rule; there are \(names)")
      }
      rules.append(rule)
    }
    return rules
  }
}
