package import Diagnostics
package import Evaluation
package import TransitionSystem

/// What a part of a condition comes to in a state.
package struct ConditionPart: Sendable, Equatable {
  package let role: Role
  /// The part in the text.
  package let span: SourceSpan
  package let truth: Truth

  /// What the part is for the whole.
  package enum Role: String, Sendable, Hashable {
    /// One of those that all have to hold.
    case conjunct
    /// In front of an arrow: where it does not hold, nothing is asked of what stands behind.
    case premise
    /// Behind an arrow.
    case conclusion
  }

  package enum Truth: Sendable, Equatable {
    case holds
    /// With the smallest part that is false by itself, and what it reads.
    case fails(Explanation)
    /// It has no value: what stands before it is there to keep it from being evaluated.
    case interrupted(Interruption.Cause)
  }

  /// Whether it is why the whole does not hold.
  package var fails: Bool { if case .fails = truth { true } else { false } }
}

/// A condition taken apart: the conjuncts of a guard, or what an invariant says.
package struct ConditionParts: Sendable {
  private let parts: [(role: ConditionPart.Role, condition: Property)]

  /// Of a rule without a guard there are none.
  package init(ofGuardOf rule: Rule) {
    parts = Self.parts(
      of: rule.guardExpression.map { [(.conjunct, $0)] } ?? [], rule.name, rule.parameters,
      rule.frameSlotCount)
  }

  package init(of property: Property) {
    parts = Self.parts(
      of: Self.members(of: property.expression), property.name, property.parameters,
      property.frameSlotCount)
  }

  private static func members(
    of condition: Expression
  ) -> [(role: ConditionPart.Role, expression: Expression)] {
    guard case .implies(let premise, let conclusion) = condition.kind else {
      return [(.conjunct, condition)]
    }
    return [(.premise, premise), (.conclusion, conclusion)]
  }

  private static func parts(
    of members: [(role: ConditionPart.Role, expression: Expression)], _ name: String,
    _ parameters: [RuleParameter], _ frameSlotCount: Int
  ) -> [(role: ConditionPart.Role, condition: Property)] {
    members.flatMap { member in
      member.expression.conjuncts.map { conjunct in
        let condition = Property(
          kind: .invariant, name: name, parameters: parameters, expression: conjunct,
          frameSlotCount: frameSlotCount, span: conjunct.span)
        return (member.role, condition)
      }
    }
  }

  /// What each part comes to by itself, in the order of the text.
  ///
  /// - Parameter bindings: The values of the parameters.
  package func inspect(
    _ state: [Int64], _ bindings: [Int64], by interpreter: Interpreter
  ) -> [ConditionPart] {
    parts.map { part in
      // A function that is called in a condition may change the state.
      interpreter.load(state)
      let truth: ConditionPart.Truth
      do throws(Interruption) {
        if try interpreter.evaluate(part.condition, bindings) != 0 {
          truth = .holds
        } else {
          interpreter.load(state)
          let explanation = interpreter.explain(
            part.condition, bindings, goesIntoCalls: true)
          truth = explanation.map { .fails($0) } ?? .holds
        }
      } catch {
        truth = .interrupted(error.cause)
      }
      return ConditionPart(role: part.role, span: part.condition.span, truth: truth)
    }
  }
}

extension Interpreter {
  /// Makes a state the interpreter's.
  package func load(_ state: [Int64]) {
    for slot in state.indices { slots[slot] = state[slot] }
  }

  /// A copy of the interpreter's state.
  package var state: [Int64] {
    Array(UnsafeBufferPointer(start: slots, count: system.slotCount))
  }
}
