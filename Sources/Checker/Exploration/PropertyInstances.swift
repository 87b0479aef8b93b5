package import TransitionSystem

/// A property with the parameters of its rulesets bound.
package struct PropertyInstance: Sendable, Hashable {
  /// The property's number in the system.
  package let property: Int
  package let bindings: [Int64]
}

/// The properties of a system, bound and sorted by what they are for.
package struct PropertyInstances: Sendable {
  package let assumptions: [PropertyInstance]
  package let invariants: [PropertyInstance]
  package let covers: [PropertyInstance]
  package let liveness: [PropertyInstance]
  package let measures: [PropertyInstance]

  package init(_ system: TransitionSystem) {
    func instances(_ kind: Property.Kind) -> [PropertyInstance] {
      system.properties.indices.filter { system.properties[$0].kind == kind }.flatMap { property in
        TransitionSystem.bindings(of: system.properties[property].parameters).map {
          PropertyInstance(property: property, bindings: $0)
        }
      }
    }
    assumptions = instances(.assumption)
    invariants = instances(.invariant)
    covers = instances(.cover)
    liveness = instances(.liveness)
    measures = instances(.measure)
  }

  /// Those of a kind, in the order of their numbers.
  package subscript(kind: Property.Kind) -> [PropertyInstance] {
    switch kind {
    case .assumption: assumptions
    case .invariant: invariants
    case .cover: covers
    case .liveness: liveness
    case .measure: measures
    }
  }
}
