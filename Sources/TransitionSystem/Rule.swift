public import Diagnostics

/// A rule in its source form: a guard and an action, over parameters that rulesets and `choose`
/// bind. A start state is a rule without a guard that acts on a state in which all is undefined.
public final class Rule: Sendable {
  /// The name in the text, or `rule 3` counted from 1 where it has none.
  public let name: String

  /// Who acts: what stands before the colon of the name, as in `new: I relieve you`.
  public let actor: String?

  /// Outermost first.
  public let parameters: [RuleParameter]

  /// Nil is always true. It is evaluated on the state that the action then acts on, so what a
  /// function called in it changes is changed for the action too.
  public let guardExpression: Expression?

  /// Slots of the frame that guard and action share; parameters come first, one slot each.
  public let frameSlotCount: Int

  public let body: [Statement]
  /// Of the enabled instances of all rules, those of the least number alone fire.
  public let priority: Int64
  public let span: SourceSpan

  public init(
    name: String, parameters: [RuleParameter], guardExpression: Expression?, frameSlotCount: Int,
    body: [Statement], priority: Int64 = 0, span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.guardExpression = guardExpression
    self.frameSlotCount = frameSlotCount
    self.body = body
    self.priority = priority
    self.span = span
    if let colon = name.firstIndex(of: ":"), colon != name.startIndex {
      actor = String(name[..<colon])
    } else {
      actor = nil
    }
  }
}

/// A name that a ruleset or `choose` binds. Its slot in the frame is its position in the list.
public struct RuleParameter: Sendable {
  public let name: String
  public let type: ScalarType
  public let values: Values

  public enum Values: Sendable {
    /// All from the first to the second.
    case all(Int64, Int64)
    /// So many from the first on, each by the step above or below the one before.
    case stepped(first: Int64, step: Int64, count: Int)
  }

  public init(name: String, type: ScalarType, values: Values) {
    self.name = name
    self.type = type
    self.values = values
  }

  /// The number of values.
  public var count: Int {
    switch values {
    case .all(let lower, let upper): return lower <= upper ? Int(upper - lower) + 1 : 0
    case .stepped(_, _, let count): return count
    }
  }

  /// The value at a position in the order in which the parameter is tried.
  public func value(at position: Int) -> Int64 {
    switch values {
    case .all(let lower, _): return lower + Int64(position)
    case .stepped(let first, let step, _): return first + Int64(position) * step
    }
  }
}

/// A rule with its parameters bound.
public struct RuleInstance: Sendable, Hashable {
  /// The rule's position in its list.
  public let rule: Int
  /// One value for each parameter of the rule.
  public let bindings: [Int64]

  public init(rule: Int, bindings: [Int64]) {
    self.rule = rule
    self.bindings = bindings
  }
}
