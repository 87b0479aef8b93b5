extension TransitionSystem {
  /// The system without some of its rules. All else is as it was: properties are the same, so what is
  /// covered within these rules alone is never reached.
  ///
  /// - Parameter names: Rules; all of one name go.
  package func without(rulesNamed names: Set<String>) -> TransitionSystem {
    guard !names.isEmpty else { return self }
    return TransitionSystem(
      // The hidden variable is added again.
      variables: variables.filter { !$0.isHidden }, functions: functions,
      startStates: startStates, rules: rules.filter { !names.contains($0.name) },
      properties: properties, covers: covers, constants: constants,
      scalarsetMixes: scalarsetMixes, symbolicConstants: symbolicConstants,
      layoutAssumptions: layoutAssumptions, usesAddresses: pathSlot != nil, remarks: remarks)
  }
}

extension TransitionSystem {
  /// The system without a property of its own: the same steps, and one thing less that can be violated.
  ///
  /// - Parameter name: All of the kind that have it go. A cover within a body stays where it is, and is
  ///   hit by every state.
  package func without(_ kind: Property.Kind, named name: String) -> TransitionSystem {
    let numbers = kind == .cover ? covers.indices.filter { covers[$0].name == name } : []
    let others = properties.filter { $0.kind != kind || $0.name != name }
    let hits = numbers.map { number in
      Property(
        kind: .cover, name: name, parameters: [],
        expression: Expression(.literal(1), at: covers[number].span), frameSlotCount: 0,
        cover: number, span: covers[number].span)
    }
    return TransitionSystem(
      // The hidden variable is added again.
      variables: variables.filter { !$0.isHidden }, functions: functions, startStates: startStates,
      rules: rules, properties: others + hits, covers: covers, constants: constants,
      scalarsetMixes: scalarsetMixes, symbolicConstants: symbolicConstants,
      layoutAssumptions: layoutAssumptions, usesAddresses: pathSlot != nil, remarks: remarks)
  }
}

extension TransitionSystem {
  /// The system in which some properties say nothing: they hold, or are hit, in every state. All keep
  /// their numbers.
  package func silencing(_ numbers: Set<Int>) -> TransitionSystem {
    let properties = self.properties.enumerated().map { number, property in
      guard numbers.contains(number) else { return property }
      return Property(
        kind: property.kind, name: property.name, parameters: property.parameters,
        expression: Expression(.literal(1), at: property.expression.span),
        frameSlotCount: property.frameSlotCount, cover: property.cover, span: property.span)
    }
    return TransitionSystem(
      // The hidden variable is added again.
      variables: variables.filter { !$0.isHidden }, functions: functions, startStates: startStates,
      rules: rules, properties: properties, covers: covers, constants: constants,
      scalarsetMixes: scalarsetMixes, symbolicConstants: symbolicConstants,
      layoutAssumptions: layoutAssumptions, usesAddresses: pathSlot != nil, remarks: remarks)
  }
}
