package import TransitionSystem

/// The left sides of the implications that invariants consist of. An invariant whose left side is
/// never true holds of every state and says nothing.
package struct Antecedents {
  /// One for each invariant of the form `forall … do left -> right end`, quantifiers being
  /// optional.
  package let properties: [(invariant: Int, condition: Property)]

  package init(_ system: TransitionSystem) {
    properties = system.properties.indices.compactMap { number in
      let property = system.properties[number]
      guard property.kind == .invariant, let condition = property.expression.antecedent else {
        return nil
      }
      let antecedent = Property(
        kind: .cover, name: property.name, parameters: property.parameters, expression: condition,
        frameSlotCount: property.frameSlotCount, span: property.span)
      return (number, antecedent)
    }
  }
}

extension Expression {
  /// That the left side holds for some values of the quantifiers; nil if this is no implication.
  fileprivate var antecedent: Expression? {
    switch kind {
    case .implies(let left, _):
      return left
    case .quantified(.forall, let loop, let body):
      return body.antecedent.map { Expression(.quantified(.exists, loop, $0), at: span) }
    default:
      return nil
    }
  }
}
