package import TransitionSystem

/// Scalarsets of which a state may have elements that are alike: they can be exchanged without
/// changing it. A rule has the same successors for all of them, up to renaming, so it is tried for
/// the first and counted for all.
///
/// Which elements are alike is given, for each element, by how many are like it from it on.
package struct AlikeElements: Sendable {
  /// For each scalarset, by the identity of its type, where its elements stand in what
  /// `Canonicalizer.countAlike` counts.
  private let offsets: [Int: Int]
  /// Elements of all of them.
  package let count: Int

  /// - Parameters:
  ///   - offsets: Each type with the place of its first element.
  ///   - count: Elements of all types.
  package init(offsets: [(type: ScalarType, offset: Int)] = [], count: Int = 0) {
    self.offsets = Dictionary(
      offsets.map { ($0.type.identity, $0.offset) }, uniquingKeysWith: { first, _ in first })
    self.count = count
  }

  /// For each parameter of a rule, where its elements stand; nil for one that is tried for all of
  /// its values.
  package func offsets(of rule: Rule) -> [Int?] {
    // A union may hold an element that another parameter names too.
    let hasUnion = rule.parameters.contains {
      if case .union = $0.type.kind { true } else { false }
    }
    return rule.parameters.map { parameter in
      guard !hasUnion, case .scalarset = parameter.type.kind, case .all = parameter.values,
        parameter.count == parameter.type.valueCount
      else { return nil }
      return offsets[parameter.type.identity]
    }
  }
}
