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
