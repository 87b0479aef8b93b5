import SAT
package import TransitionSystem

/// Whether the invariants of a system are inductive together: they hold in all start states, and in
/// every state that a step leads to from one in which they hold, reachable or not; and in such states
/// nothing else goes wrong.
package struct LemmaProof: ~Copyable {
  private let finite: FiniteSystem
  private let limits: ProofLimits
  private var circuit: Circuit
  private var solver = ClauseSolver()
  private var clauses = CircuitClauses()

  /// What keeps something from being proved.
  package enum Obstacle: Sendable {
    /// A start state.
    case start(RuleInstance)
    /// A state in which all invariants hold, a step, and the state that it leads to.
    case step(before: [Int64], RuleInstance, after: [Int64])
    /// A state in which all invariants hold, and what is chosen where something goes wrong in a rule.
    case state([Int64])
    case stopped
  }

  /// What is asked about.
  package enum Obligation: Sendable, Hashable {
    /// That the property of this number is kept: an invariant, or that nothing goes wrong in another one.
    case property(Int)
    /// That nothing goes wrong in rules, and no deadlock is reached.
    case rest
  }

  private init(_ finite: FiniteSystem, _ limits: ProofLimits) {
    (self.finite, self.limits) = (finite, limits)
    circuit = finite.circuit
  }

  /// What is not proved, with what keeps it from being so: none where the invariants are inductive.
  package static func obstacles(
    _ finite: FiniteSystem, judge: Judge, _ limits: ProofLimits
  ) -> (obstacles: [(Obligation, Obstacle)], refusal: String?) {
    var proof = LemmaProof(finite, limits)
    return proof.obstacles(judge)
  }

  private mutating func obstacles(
    _ judge: Judge
  ) -> (obstacles: [(Obligation, Obstacle)], refusal: String?) {
    var found: [(Obligation, Obstacle)] = []
    var questions: [InductionObligations.Question] = []
    // Of properties of other kinds, that nothing goes wrong in them.
    for (number, wrong) in finite.properties.wrong.enumerated() where wrong != .falsehood {
      let asked = [atStart(number), behindStep(number)]
      questions += [
        .init(
          part: .initiation, property: number, words: "does not hold in a start state",
          wires: asked[0]),
        .init(
          part: .consecution, property: number, words: "does not hold behind a step",
          wires: asked[1]),
      ]
      if let obstacle = obstacle(asked[0], isStart: true) ?? obstacle(asked[1], isStart: false) {
        found.append((.property(number), obstacle))
      }
    }
    let (step, properties) = (finite.step, finite.properties)
    let isWrong = circuit.any([
      step.guardFails, step.actionFails, properties.isDeadlock, properties.isViolated,
    ])
    questions += [
      .init(
        part: .safety, property: nil, words: "something goes wrong where all hold",
        wires: good + [isWrong]),
      .init(
        part: .initiation, property: nil, words: "something goes wrong in a start state",
        wires: [finite.start.fails]),
    ]
    if isPossible([finite.start.fails]) == .satisfiable {
      found.append((.rest, .start(startInstance(self.found()))))
    } else {
      switch isPossible(good + [isWrong]) {
      case .unsatisfiable: break
      case .stopped: found.append((.rest, .stopped))
      case .satisfiable:
        let values = self.found()
        found.append((.rest, .state(finite.values { values[$0] ?? false })))
      }
    }
    questions += [
      .init(
        part: .initiation, property: nil, words: "a value in a start state is not of its type",
        wires: [finite.start.ends, !typed(finite.start.state)]),
      .init(
        part: .consecution, property: nil, words: "a value behind a step is not of its type",
        wires: good + [finite.step.ends, !typed(finite.step.next)]),
    ]
    judge.note(questions, circuit, of: finite)
    guard found.isEmpty else { return (found, nil) }
    if let reason = judge.refusal(ofAny: questions, circuit) { return ([], reason) }
    return ([], nil)
  }

  /// A state in which all invariants hold.
  private var good: [Wire] {
    [finite.isTyped, finite.properties.isKept, finite.properties.hold]
  }

  /// An invariant is not true in a start state.
  private mutating func atStart(_ property: Int) -> [Wire] {
    [finite.start.ends] + broken(property, in: finite.start.state)
  }

  /// An invariant is not true behind a step.
  private mutating func behindStep(_ property: Int) -> [Wire] {
    good + [finite.step.ends] + broken(property, in: finite.step.next)
  }

  private mutating func typed(_ state: [Wire]) -> Wire {
    var known = finite.circuit.knowing(Array(zip(finite.state, state)))
    return circuit.copy([finite.isTyped], of: finite.circuit, &known)[0]
  }

  private mutating func broken(_ property: Int, in state: [Wire]) -> [Wire] {
    var known = finite.circuit.knowing(Array(zip(finite.state, state)))
    return circuit.copy(
      [finite.properties.isKept, finite.properties.wrong[property]], of: finite.circuit, &known)
  }

  private mutating func obstacle(_ asked: [Wire], isStart: Bool) -> Obstacle? {
    switch isPossible(asked) {
    case .unsatisfiable: return nil
    case .stopped: return .stopped
    case .satisfiable: break
    }
    let values = found()
    if isStart { return .start(startInstance(values)) }
    var after: [Wire: Bool] = [:]
    for (bit, next) in zip(finite.state, finite.step.next) { after[bit] = values[next] }
    return .step(
      before: finite.values { values[$0] ?? false },
      finite.step.choice.instance(of: finite.system.rules) { values[$0] ?? false },
      after: finite.values { after[$0] ?? false })
  }

  private func startInstance(_ values: [Wire: Bool]) -> RuleInstance {
    finite.start.choice.instance(of: finite.system.startStates) { values[$0] ?? false }
  }

  private mutating func isPossible(_ wires: [Wire]) -> Satisfiability {
    var assumptions: [Literal] = []
    for wire in wires { assumptions.append(clauses.literal(wire, circuit, &solver)) }
    // So that a state can be shown.
    for wire in finite.state + finite.step.next {
      _ = clauses.literal(wire, circuit, &solver)
    }
    return solver.solve(assuming: assumptions, isStopped: limits.isStopped)
  }

  /// The values of what is shown of the model that was found last.
  private func found() -> [Wire: Bool] {
    var values: [Wire: Bool] = [:]
    let inputs = finite.start.choice.inputs + finite.step.choice.inputs
    for wire in inputs + finite.state + finite.step.next {
      if let constant = wire.constant {
        values[wire] = constant
      } else {
        values[wire] = clauses.known(wire).map { solver.isTrue($0) } ?? false
      }
    }
    return values
  }
}
