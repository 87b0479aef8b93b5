import TransitionSystem

/// What has become of a declaration, by its text.
package struct DeclarationChange: Sendable {
  package let kind: Kind
  package let name: String
  package let changes: [Change]

  package enum Kind: String, Sendable {
    case constant, variable, function, rule
    case startState = "startstate"
  }

  package enum Change: Sendable, Hashable {
    case added
    case removed
    /// From one name.
    case renamed(from: String, isGuess: Bool)
    /// What is there besides changed from the first text to the second.
    case value(String, String)
    case guardLost(String)
    case guardGained(String)
    case statementLost(String)
    case statementGained(String)
    /// Statements stand in another order.
    case reordered
  }

  /// Constants whose values the text changes, with those of the head: a model with other rules is
  /// compared at the size that it has after the change. Empty where nothing else has changed.
  package static func resized(_ pair: ModelPair) -> [String: Int64] {
    var values: [String: Int64] = [:]
    for constant in pair.head.system.constants {
      let old = pair.base.system.constants.first { $0.name == constant.name }
      if let old, old.value != constant.value { values[constant.name] = constant.value }
    }
    guard !values.isEmpty else { return [:] }
    let others = functions(pair).isEmpty && allRules(pair).isEmpty
    return others ? [:] : values
  }

  package static func all(of pair: ModelPair) -> [DeclarationChange] {
    constants(pair) + variables(pair) + functions(pair) + allRules(pair)
  }

  private static func allRules(_ pair: ModelPair) -> [DeclarationChange] {
    rules(
      .startState, pair.base.system.startStates, pair.head.system.startStates,
      pair.startStates, pair)
      + rules(.rule, pair.base.system.rules, pair.head.system.rules, pair.rules, pair)
  }

  private static func constants(_ pair: ModelPair) -> [DeclarationChange] {
    named(
      .constant, pair.base.system.constants, pair.head.system.constants, \.name
    ) { old, new in
      let (first, second) = (old.type.describe(old.value), new.type.describe(new.value))
      return first == second ? [] : [.value(first, second)]
    }
  }

  private static func variables(_ pair: ModelPair) -> [DeclarationChange] {
    named(
      .variable, pair.base.system.variables.filter { !$0.isHidden },
      pair.head.system.variables.filter { !$0.isHidden }, \.name
    ) { old, new in
      let (first, second) = (old.type.summary, new.type.summary)
      return first == second ? [] : [.value(first, second)]
    }
  }

  private static func functions(_ pair: ModelPair) -> [DeclarationChange] {
    named(
      .function, pair.base.system.functions, pair.head.system.functions, \.name
    ) { old, new in
      statements(old.body, new.body, pair)
    }
  }

  private static func named<Item>(
    _ kind: Kind, _ old: [Item], _ new: [Item], _ name: (Item) -> String,
    _ compare: (Item, Item) -> [Change]
  ) -> [DeclarationChange] {
    var changes: [DeclarationChange] = []
    for item in old {
      guard let twin = new.first(where: { name($0) == name(item) }) else {
        changes.append(.init(kind: kind, name: name(item), changes: [.removed]))
        continue
      }
      let found = compare(item, twin)
      if !found.isEmpty { changes.append(.init(kind: kind, name: name(item), changes: found)) }
    }
    let known = Set(old.map(name))
    for item in new where !known.contains(name(item)) {
      changes.append(.init(kind: kind, name: name(item), changes: [.added]))
    }
    return changes
  }

  private static func rules(
    _ kind: Kind, _ old: [Rule], _ new: [Rule], _ matching: RuleMatching, _ pair: ModelPair
  ) -> [DeclarationChange] {
    var changes: [DeclarationChange] = []
    for (number, partner) in matching.headOfBase.enumerated() {
      let rule = old[number]
      guard let twin = partner.map({ new[$0] }) else {
        changes.append(.init(kind: kind, name: rule.name, changes: [.removed]))
        continue
      }
      let isGuess = matching.guessed.contains { $0.base == number }
      var found: [Change] =
        rule.name == twin.name ? [] : [.renamed(from: rule.name, isGuess: isGuess)]
      let (before, after) = (
        pair.texts(of: rule.guardExpression?.conjuncts.map(\.span) ?? [], isHead: false),
        pair.texts(of: twin.guardExpression?.conjuncts.map(\.span) ?? [], isHead: true)
      )
      found += before.filter { !after.contains($0) }.map { .guardLost($0) }
      found += after.filter { !before.contains($0) }.map { .guardGained($0) }
      found += statements(rule.body, twin.body, pair)
      if !found.isEmpty { changes.append(.init(kind: kind, name: twin.name, changes: found)) }
    }
    for (number, partner) in matching.baseOfHead.enumerated() where partner == nil {
      changes.append(.init(kind: kind, name: new[number].name, changes: [.added]))
    }
    return changes
  }

  /// Statements that are gone or new, those within others named by themselves.
  private static func statements(
    _ old: [Statement], _ new: [Statement], _ pair: ModelPair
  ) -> [Change] {
    let before = pair.texts(of: old.map(\.span), isHead: false)
    let after = pair.texts(of: new.map(\.span), isHead: true)
    guard before != after else { return [] }
    let difference = after.difference(from: before)
    var lost: [(offset: Int, text: String)] = []
    var gained: [(offset: Int, text: String)] = []
    for change in difference {
      switch change {
      case .remove(let offset, let text, _): lost.append((offset, text))
      case .insert(let offset, let text, _): gained.append((offset, text))
      }
    }
    if lost.map(\.text).sorted() == gained.map(\.text).sorted() { return [.reordered] }
    // One that became another one: what changed is within it.
    if lost.count == 1, gained.count == 1,
      let inner = within(old[lost[0].offset], new[gained[0].offset], pair)
    {
      return inner
    }
    return lost.map { .statementLost($0.text) } + gained.map { .statementGained($0.text) }
  }

  /// What changed within two compound statements of one form; nil where they have no such parts.
  private static func within(
    _ old: Statement, _ new: Statement, _ pair: ModelPair
  ) -> [Change]? {
    switch (old.kind, new.kind) {
    case (.conditional(let first, let firstRest), .conditional(let second, let secondRest)):
      guard first.count == second.count else { return nil }
      var changes: [Change] = []
      for (before, after) in zip(first, second) {
        let conditions =
          pair.texts(of: [before.condition.span], isHead: false)
          + pair.texts(of: [after.condition.span], isHead: true)
        if conditions[0] != conditions[1] {
          changes.append(.value("if \(conditions[0])", "if \(conditions[1])"))
        }
        changes += statements(before.body, after.body, pair)
      }
      return changes + statements(firstRest, secondRest, pair)
    case (.forLoop(_, let first), .forLoop(_, let second)),
      (.whileLoop(_, let first), .whileLoop(_, let second)):
      let found = statements(first, second, pair)
      return found.isEmpty ? nil : found
    default: return nil
    }
  }
}

extension ValueType {
  /// The type in a few words.
  fileprivate var summary: String {
    switch self {
    case .scalar(let type): type.summary
    case .array(let index, let element): "array [\(index.summary)] of \(element.summary)"
    case .record(let fields):
      "record \(fields.map { "\($0.name): \($0.type.summary)" }.joined(separator: "; ")) end"
    case .multiset(let capacity, let element): "multiset [\(capacity)] of \(element.summary)"
    }
  }
}

extension ScalarType {
  fileprivate var summary: String {
    switch kind {
    case .enumeration(let members):
      (name.map { "\($0) " } ?? "") + "{\(members.joined(separator: ", "))}"
    case .boolean: "boolean"
    case .range: "\(lower)..\(upper)"
    case .scalarset: "\(name ?? "scalarset") (\(valueCount ?? 0))"
    case .union, .multisetIndex, .address: name ?? "union"
    }
  }
}
