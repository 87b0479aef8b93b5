import SAT

extension PropertyDirectedReachability {
  /// Why an invariant is none, or was not shown to be one by another solver: it holds in all start
  /// states, no step leaves it, and in none of its states something is wrong. That values are of their
  /// types is a part of it.
  func refusal(_ cubes: [Cube], _ judge: Judge) -> String? {
    var circuit = finite.circuit
    let (step, properties) = (finite.step, finite.properties)
    func invariant(_ state: [Wire], _ circuit: inout Circuit) -> Wire {
      var known = circuit.knowing(Array(zip(finite.state, state)))
      let isTyped = circuit.copy([finite.isTyped], of: finite.circuit, &known)[0]
      let clauses = cubes.map { cube in
        !circuit.all(
          cube.codes.map { code in
            let bit = state[Cube.position(code)]
            return Cube.isTrue(code) ? bit : !bit
          })
      }
      return circuit.all([isTyped] + clauses)
    }
    let holds = invariant(finite.state, &circuit)
    let holdsAtStart = invariant(finite.start.state, &circuit)
    let holdsBehind = invariant(step.next, &circuit)
    let isBad = circuit.any([
      properties.isViolated, properties.isDeadlock, step.guardFails, step.actionFails,
    ])
    let questions = [
      [finite.start.ends, !holdsAtStart],
      [holds, properties.isKept, isBad],
      [holds, properties.isKept, step.ends, !holdsBehind],
    ]
    for question in questions {
      if let reason = judge.refusal(question, circuit) { return reason }
    }
    return nil
  }
}
