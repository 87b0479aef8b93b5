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
    match(base, head, by: { $0.hasName(in: $1) ? given[$0.name] ?? $0.name : nil }) {
      $0.hasName(in: $1) ? $0.name : nil
    }
    matchUnnamed(base, head)
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
  }

  /// Rules without a name: each by its place among them where that fits as many texts as anything,
  /// else by a longest common sequence of texts, with what stands between in order.
  private mutating func matchUnnamed(
    _ base: (rules: [Rule], source: SourceText), _ head: (rules: [Rule], source: SourceText)
  ) {
    let old = base.rules.indices.filter { !base.rules[$0].hasName(in: base.source) }
    let new = head.rules.indices.filter { !head.rules[$0].hasName(in: head.source) }
    let texts = (
      old.map { base.source.text(of: base.rules[$0].span) },
      new.map { head.source.text(of: head.rules[$0].span) }
    )
    let difference = texts.1.difference(from: texts.0)
    let inPlace = zip(texts.0, texts.1).filter { $0 == $1 }.count
    var pairs: [(Int, Int)] = []
    if old.count == new.count, inPlace >= old.count - difference.removals.count {
      pairs = Array(zip(old, new))
    } else {
      var (gone, added): (Set<Int>, Set<Int>) = ([], [])
      for change in difference {
        switch change {
        case .remove(let offset, _, _): gone.insert(offset)
        case .insert(let offset, _, _): added.insert(offset)
        }
      }
      var (first, second) = (0, 0)
      while first < old.count || second < new.count {
        let isGone = first < old.count && gone.contains(first)
        let isAdded = second < new.count && added.contains(second)
        // What is gone where something is new has become that.
        if isGone == isAdded, first < old.count, second < new.count {
          pairs.append((old[first], new[second]))
        }
        if isGone || !isAdded { first += 1 }
        if isAdded || !isGone { second += 1 }
      }
    }
    for (number, partner) in pairs
    where base.rules[number].hasParameters(of: head.rules[partner]) {
      pair(number, partner)
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
  /// Whether the text has a name for it; others are made.
  fileprivate func hasName(in source: SourceText) -> Bool {
    source.text(of: span).contains("\"\(name)\"")
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
