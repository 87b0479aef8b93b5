public import TransitionSystem

/// A property with the parameters of its rulesets bound.
public struct PropertyInstance: Sendable, Hashable {
  /// The property's number in the system.
  public let property: Int
  public let bindings: [Int64]
}

/// The properties of a system, bound and sorted by what they are for.
public struct PropertyInstances: Sendable {
  public let assumptions: [PropertyInstance]
  public let invariants: [PropertyInstance]
  public let covers: [PropertyInstance]
  public let liveness: [PropertyInstance]
  public let measures: [PropertyInstance]

  public init(_ system: TransitionSystem) {
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
}
