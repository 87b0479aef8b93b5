package import Diagnostics

/// A rule in its source form: a guard and an action, over parameters that rulesets and `choose`
/// bind. A start state is a rule without a guard that acts on a state in which all is undefined.
package final class Rule: Sendable {
  /// The name in the text, or `rule 3` counted from 1 where it has none.
  package let name: String

  /// Who acts: what stands before the colon of the name, as in `new: I relieve you`.
  package let actor: String?

  /// Outermost first.
  package let parameters: [RuleParameter]

  /// Nil is always true. It is evaluated on the state that the action then acts on, so what a
  /// function called in it changes is changed for the action too.
  package let guardExpression: Expression?

  /// Slots of the frame that guard and action share; parameters come first, one slot each.
  package let frameSlotCount: Int

  package let body: [Statement]
  /// Of the enabled instances of all rules, those of the least number alone fire.
  package let priority: Int64
  package let span: SourceSpan

  package init(
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

  /// A start state that gives each slot the value that it has in a state.
  package static func start(_ name: String, in state: [Int64]) -> Rule {
    let number = ScalarType(kind: .range, lower: .min + 1, upper: .max)
    // What is undefined is so already.
    let body = state.indices.filter { state[$0] != Slot.undefined }.map { slot in
      Statement(
        .assign(
          Place(base: .state, offset: slot, type: .scalar(number), span: .none),
          Expression(.literal(state[slot]), at: .none)), at: .none)
    }
    return Rule(
      name: name, parameters: [], guardExpression: nil, frameSlotCount: 0, body: body, span: .none)
  }
}

/// A name that a ruleset or `choose` binds. Its slot in the frame is its position in the list.
package struct RuleParameter: Sendable {
  package let name: String
  package let type: ScalarType
  package let values: Values

  package enum Values: Sendable {
    /// All from the first to the second.
    case all(Int64, Int64)
    /// So many from the first on, each by the step above or below the one before.
    case stepped(first: Int64, step: Int64, count: Int)
  }

  package init(name: String, type: ScalarType, values: Values) {
    self.name = name
    self.type = type
    self.values = values
  }

  /// The number of values.
  package var count: Int {
    switch values {
    case .all(let lower, let upper): return lower <= upper ? Int(upper - lower) + 1 : 0
    case .stepped(_, _, let count): return count
    }
  }

  /// The value at a position in the order in which the parameter is tried.
  package func value(at position: Int) -> Int64 {
    switch values {
    case .all(let lower, _): return lower + Int64(position)
    case .stepped(let first, let step, _): return first + Int64(position) * step
    }
  }
}

/// A rule with its parameters bound.
package struct RuleInstance: Sendable, Hashable {
  /// The rule's position in its list.
  package let rule: Int
  /// One value for each parameter of the rule.
  package let bindings: [Int64]

  package init(rule: Int, bindings: [Int64]) {
    self.rule = rule
    self.bindings = bindings
  }
}
