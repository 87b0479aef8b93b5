package import TransitionSystem

/// What something that was observed says of the model: rules of which one has fired, what was so before and
/// after, or only what is so.
package struct ObservedEvent: Sendable, Hashable {
  /// Of these one has fired; nil where none has, and something was looked at.
  package let rules: [RulePattern]?
  /// Where all of this holds it may be that none has, although there are rules: what is asked for again changes
  /// nothing. Nil for nowhere.
  package let nothingWhere: [BoundCondition]?
  /// What held when it happened: of a step, before it.
  package let before: [BoundCondition]
  /// What held behind the step.
  package let after: [BoundCondition]

  package init(
    rules: [RulePattern]?, nothingWhere: [BoundCondition]? = nil, before: [BoundCondition] = [],
    after: [BoundCondition] = []
  ) {
    (self.rules, self.nothingWhere) = (rules, nothingWhere)
    (self.before, self.after) = (before, after)
  }
}

/// Instances of a rule: those in which some parameters have given values.
package struct RulePattern: Sendable, Hashable {
  package let rule: Int
  package let bindings: [Binding]

  /// A parameter by its position.
  package struct Binding: Sendable, Hashable {
    package let parameter: Int
    package let value: Int64

    package init(parameter: Int, value: Int64) {
      (self.parameter, self.value) = (parameter, value)
    }
  }

  package init(rule: Int, bindings: [Binding] = []) {
    (self.rule, self.bindings) = (rule, bindings)
  }

  package func matches(_ instance: RuleInstance) -> Bool {
    instance.rule == rule && bindings.allSatisfy { instance.bindings[$0.parameter] == $0.value }
  }
}

/// A condition by its number among those that are asked about, with its parameters bound.
package struct BoundCondition: Sendable, Hashable {
  package let condition: Int
  package let bindings: [Int64]

  package init(condition: Int, bindings: [Int64]) {
    (self.condition, self.bindings) = (condition, bindings)
  }
}

/// A rule that leaves nothing that is observed.
package struct UnseenRule: Sendable, Hashable {
  package let rule: Int
  /// How often it fires at most between two events; nil for as often as it likes.
  package let most: Int?
  /// The number of a condition about the rule's parameters, of which it is so where it holds; nil for always.
  package let condition: Int?

  package init(rule: Int, most: Int? = nil, condition: Int? = nil) {
    (self.rule, self.most, self.condition) = (rule, most, condition)
  }
}
