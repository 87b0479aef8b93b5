import Analysis
import Diagnostics
import TransitionSystem

// A condition that is decided by the values of constants is how a size of a model leaves something
// out, and no mistake. So the model is elaborated with other values too, one constant at a time.

extension ModelLinter {
  mutating func lintConditions() {
    var decided = DecidedConditions(system, source).found
    if decided.isEmpty { return }
    var byConstants: [DecidedConditions.Condition] = []
    for other in systemsWithOtherConstants() {
      let stillDecided = DecidedConditions(other, source).parts
      byConstants += decided.filter { !stillDecided.contains($0) }
      decided.removeAll { !stillDecided.contains($0) }
    }
    for condition in decided { warn(.constantCondition, condition.message, at: condition.span) }
    for condition in byConstants {
      note(
        .constantCondition, condition.message,
        at: condition.span)
    }
  }

  /// More of them take longer than a user waits.
  private static let maximumSystemCount = 100

  /// The model with other values of its constants, for those that it has no errors with.
  private func systemsWithOtherConstants() -> some Sequence<TransitionSystem> {
    let numbers = system.constants.map { ($0.name, $0.value) }
    // What is switched by two constants is found with both in the other position.
    let switches = numbers.filter { $0.1 == 0 || $0.1 == 1 }
    var others = [
      switches.map { ($0.0, 1 - $0.1) }, switches.map { ($0.0, 0) }, switches.map { ($0.0, 1) },
    ]
    for (name, value) in numbers {
      let neighbours = [value &- 1, value &+ 1].filter { $0 >= 0 }
      for other in Set([0, 1, 2] + neighbours).subtracting([value]).sorted() {
        others.append([(name, other)])
      }
    }
    return others.prefix(Self.maximumSystemCount).lazy.compactMap { values in
      let changed = overrides.merging(values) { $1 }
      return Elaborator.elaborate(model, source: source, overrides: changed, dialect: dialect)
        .system
    }
  }
}

/// Guards and properties, and parts of them, that are the same in all states, by the types of what they
/// read.
private struct DecidedConditions {
  struct Condition: Hashable {
    let message: String
    let span: SourceSpan
  }

  /// None is a part of another one.
  private(set) var found: [Condition] = []
  /// Those that are parts of others too.
  private(set) var parts: Set<Condition> = []
  private let system: TransitionSystem
  private let source: SourceText

  init(_ system: TransitionSystem, _ source: SourceText) {
    self.system = system
    self.source = source
    for rule in system.rules {
      if let condition = rule.guardExpression {
        look(at: condition, "the guard of \"\(rule.name)\"")
      }
    }
    for property in system.properties where property.kind != .measure {
      look(at: property.expression, "\(property.kind.rawValue) \"\(property.name)\"")
    }
  }

  private mutating func look(at condition: Expression, _ what: String) {
    if case .literal = condition.kind { return }
    let isDecided = note(condition, what, isPart: false)
    lookAtParts(of: condition, isWithinDecided: isDecided)
  }

  private mutating func lookAtParts(of condition: Expression, isWithinDecided: Bool) {
    for operand in condition.logicalOperands {
      if case .literal = operand.kind { continue }
      // What reads constants alone is meant to be the same in all states.
      guard operand.span != .none, operand.readsAnything else { continue }
      let words = source.text(of: operand.span).split(whereSeparator: \.isWhitespace)
      let isDecided = note(
        operand, "`\(words.joined(separator: " "))`", isPart: isWithinDecided)
      lookAtParts(of: operand, isWithinDecided: isWithinDecided || isDecided)
    }
  }

  /// Whether a condition is the same in all states.
  private mutating func note(_ expression: Expression, _ what: String, isPart: Bool) -> Bool {
    guard let value = expression.constantValue(in: system) else { return false }
    let condition = Condition(message: "\(what) is always \(value)", span: expression.span)
    parts.insert(condition)
    if !isPart { found.append(condition) }
    return true
  }
}

extension Expression {
  /// What it is in every state, by the types of what it reads; nil where it depends on the state.
  fileprivate func constantValue(in system: TransitionSystem) -> Bool? {
    let range = valueRange(in: system)
    if range == 0...0 { return false }
    return range.contains(0) ? nil : true
  }

  fileprivate var readsAnything: Bool {
    var found = false
    forEachPart { part in
      if case .place = part { found = true }
    }
    return found
  }

  /// The operands of *and*, *or*, *not* and *implies*, and what a quantifier is about.
  fileprivate var logicalOperands: [Expression] {
    switch kind {
    case .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      [left, right]
    case .not(let operand): [operand]
    case .quantified(_, _, let inner): [inner]
    default: []
    }
  }
}
