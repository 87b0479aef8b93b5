package import Diagnostics
package import TransitionSystem

/// Which rules of two systems are the same step to whoever looks on: of one name, or, where a name
/// says nothing, of one text. What is left may be a rule with another name, which is guessed where
/// the rest of the rule did not change, and shown.
package struct RuleMatching: Sendable {
  /// For each rule of the base, the rule of the head; nil where it is gone.
  package private(set) var headOfBase: [Int?]
  /// For each rule of the head, the rule of the base; nil where it is new.
  package private(set) var baseOfHead: [Int?]
  /// Pairs of different names, which were guessed.
  package private(set) var guessed: [(base: Int, head: Int)] = []

  /// - Parameters:
  ///   - base: Rules, or start states, and the text that they stand in.
  ///   - given: Names of the base with the names that the head has in their place.
  package init(
    _ base: (rules: [Rule], source: SourceText), _ head: (rules: [Rule], source: SourceText),
    given: [String: String] = [:]
  ) {
    headOfBase = Array(repeating: nil, count: base.rules.count)
    baseOfHead = Array(repeating: nil, count: head.rules.count)
    match(base, head, by: { rule, _ in rule.hasName ? given[rule.name] ?? rule.name : nil }) {
      rule, _ in rule.hasName ? rule.name : nil
    }
    let text: (Rule, SourceText) -> String? = { rule, source in source.text(of: rule.span) }
    match(base, head, by: text, and: text)
    let before = headOfBase
    let body: (Rule, SourceText) -> String? = { rule, source in
      // The name is the first thing in the text of a rule that has one.
      let text = source.text(of: rule.span)
      guard let name = text.firstRange(of: "\"\(rule.name)\"") else { return nil }
      return String(text[..<name.lowerBound] + text[name.upperBound...])
    }
    match(base, head, by: body, and: body)
    for (number, partner) in headOfBase.enumerated() {
      if before[number] == nil, let partner { guessed.append((number, partner)) }
    }
    let isTaken = { [headOfBase, baseOfHead] in
      (headOfBase.indices.filter { headOfBase[$0] == nil },
        baseOfHead.indices.filter { baseOfHead[$0] == nil })
    }
    // Rules without a name that stand in the same order.
    let (goneRules, newRules) = isTaken()
    let unnamed = (
      goneRules.filter { !base.rules[$0].hasName }, newRules.filter { !head.rules[$0].hasName })
    if unnamed.0.count == unnamed.1.count {
      for (number, partner) in zip(unnamed.0, unnamed.1)
      where base.rules[number].hasParameters(of: head.rules[partner]) { pair(number, partner) }
    }
  }

  private mutating func match(
    _ base: (rules: [Rule], source: SourceText), _ head: (rules: [Rule], source: SourceText),
    by baseKey: (Rule, SourceText) -> String?, and headKey: (Rule, SourceText) -> String?
  ) {
    // Several of one key are paired in order.
    var open: [String: [Int]] = [:]
    for (number, rule) in head.rules.enumerated().reversed() where baseOfHead[number] == nil {
      if let key = headKey(rule, head.source) { open[key, default: []].append(number) }
    }
    for (number, rule) in base.rules.enumerated() where headOfBase[number] == nil {
      guard let key = baseKey(rule, base.source), let partner = open[key]?.last,
        rule.hasParameters(of: head.rules[partner])
      else { continue }
      open[key]?.removeLast()
      pair(number, partner)
    }
  }

  private mutating func pair(_ base: Int, _ head: Int) {
    headOfBase[base] = head
    baseOfHead[head] = base
  }
}

extension Rule {
  /// Whether the text has a name for it. Names that are made count from 1.
  fileprivate var hasName: Bool {
    for kind in ["rule ", "startstate "] where name.hasPrefix(kind) {
      if Int(name.dropFirst(kind.count)) != nil { return false }
    }
    return true
  }

  /// Whether it has the same instances.
  fileprivate func hasParameters(of other: Rule) -> Bool {
    parameters.count == other.parameters.count
      && zip(parameters, other.parameters).allSatisfy { first, second in
        first.count == second.count && first.type.lower == second.type.lower
          && first.type.upper == second.type.upper && first.type.name == second.type.name
          && (first.count == 0 || first.value(at: 0) == second.value(at: 0))
          && first.isConsecutive == second.isConsecutive
      }
  }
}

extension RuleParameter {
  fileprivate var isConsecutive: Bool {
    count < 2 || value(at: 1) == value(at: 0) + 1
  }
}
