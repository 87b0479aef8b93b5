import SAT
package import TransitionSystem

/// Whether the invariants of a system are inductive together: they hold in all start states, and in
/// every state that a step leads to from one in which they hold, reachable or not; and in such states
/// nothing else goes wrong.
package struct LemmaProof: ~Copyable {
  private let finite: FiniteSystem
  private let limits: ProofLimits
  private var circuit: Circuit
  /// Of start states.
  private var starts = Answers()
  /// Of steps, before each of which all holds that is said always.
  private var steps = Answers()
  /// What was made for a property, at the start and behind a step.
  private var brokenAtStart: [Int: [Wire]] = [:]
  private var brokenBehindStep: [Int: [Wire]] = [:]
  /// Invariants that hold in the state before a step only where that is said.
  private let optional: Set<Int>
  /// What is said of the state before every step.
  private let always: Wire
  /// What was asked, as the judge is to be.
  private var questions: [InductionObligations.Question] = []

  /// A solver, and what it knows of the circuit.
  private struct Answers: ~Copyable {
    var solver = ClauseSolver()
    var clauses = CircuitClauses()

    mutating func literal(_ wire: Wire, _ circuit: Circuit) -> Literal {
      clauses.literal(wire, circuit, &solver)
    }

    /// - Parameter shown: Wires whose values can be asked for then.
    mutating func isPossible(
      _ wires: [Wire], _ circuit: Circuit, shown: [Wire], _ limits: ProofLimits
    ) -> Satisfiability {
      var assumptions: [Literal] = []
      for wire in wires { assumptions.append(literal(wire, circuit)) }
      for wire in shown { _ = literal(wire, circuit) }
      return solver.solve(assuming: assumptions, isStopped: limits.isStopped)
    }

    /// Whether a wire is true in the model that was found last.
    func isTrue(_ wire: Wire) -> Bool {
      wire.constant ?? clauses.known(wire).map { solver.isTrue($0) } ?? false
    }
  }

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

  package enum Answer: Sendable {
    /// There is nothing that keeps it from being so, already because of these optional invariants.
    case none(Set<Int>)
    /// What does, with how many elements there are in it, where the circuit says that.
    case obstacle(Obstacle, rule: Int, among: [Int: Int64])
    case stopped
  }

  package init(_ finite: FiniteSystem, _ limits: ProofLimits, optional: Set<Int> = []) {
    (self.finite, self.limits, self.optional) = (finite, limits, optional)
    var circuit = finite.circuit
    let properties = finite.properties
    always = circuit.all(
      [finite.isTyped, properties.isKept]
        + properties.wrong.indices.filter { !optional.contains($0) }.map { !properties.wrong[$0] })
    self.circuit = circuit
    let holds = steps.literal(always, circuit)
    steps.solver.add([holds])
  }

  /// What is not proved, with what keeps it from being so: none where the invariants are inductive. All
  /// of them are where there is no start state.
  package static func obstacles(
    _ finite: FiniteSystem, judge: Judge, _ limits: ProofLimits
  ) -> (obstacles: [(Obligation, Obstacle)], refusal: String?, hasNoStartState: Bool) {
    var proof = LemmaProof(finite, limits)
    let hasNoStartState = proof.hasNoStartState()
    var found: [(Obligation, Obstacle)] = []
    let properties = finite.properties.wrong.indices.map { Obligation.property($0) }
    for obligation in properties + [.rest] {
      for isStart in [true, false] where found.last?.0 != obligation {
        switch proof.ask(obligation, isStart: isStart, keeping: .always) {
        case .none: break
        case .obstacle(let obstacle, _, _): found.append((obligation, obstacle))
        case .stopped: found.append((obligation, .stopped))
        }
      }
    }
    return (found, proof.refusal(judge, isProved: found.isEmpty), hasNoStartState)
  }

  /// Which questions the judge is asked, too.
  package enum Kept {
    case always
    /// If nothing was found that keeps it from being so.
    case ifProved
    case never
  }

  /// Asks for what keeps something from being so.
  ///
  /// - Parameters:
  ///   - isStart: Whether it is asked of start states, and not of steps.
  ///   - rules: The rules, or start states, that it is asked of; nil is all.
  ///   - assumed: The optional invariants that hold before a step.
  ///   - counts: How many elements of scalarsets there may be, by their identities, where the circuit says
  ///     that; all that it is of, where nothing is said.
  ///   - kept: Whether the judge is asked it, too.
  package mutating func ask(
    _ obligation: Obligation, isStart: Bool, of rules: Set<Int>? = nil,
    assuming assumed: Set<Int> = [], among counts: [Int: ClosedRange<Int64>] = [:],
    keeping kept: Kept = .ifProved
  ) -> Answer {
    var asked: [Wire]
    switch obligation {
    case .property(let number):
      // Of properties of other kinds, that nothing goes wrong in them.
      guard finite.properties.wrong[number] != .falsehood else { return .none([]) }
      asked = isStart ? atStart(number) : behindStep(number)
    case .rest: asked = isStart ? [finite.start.fails] : [failingRule()]
    }
    let choice = isStart ? finite.start.choice : finite.step.choice
    if let rules { asked.append(isChosen(choice, rules)) }
    asked += finite.have(counts)
    var known: [Int: Wire] = [:]
    if !isStart {
      asked.append(always)
      for number in assumed.intersection(optional) {
        known[number] = !finite.properties.wrong[number]
      }
    }
    let wires = asked + known.sorted { $0.key < $1.key }.map(\.value)
    let answer =
      isStart
      ? starts.isPossible(wires, circuit, shown: shown, limits)
      : steps.isPossible(wires, circuit, shown: shown, limits)
    switch answer {
    case .stopped: return .stopped
    case .satisfiable:
      if kept == .always { keep(obligation, isStart, asked) }
      return obstacle(obligation, isStart: isStart)
    case .unsatisfiable: break
    }
    let failed = Set(steps.solver.failedAssumptions)
    let used = known.filter { failed.contains(steps.literal($0.value, circuit)) }
    if kept != .never {
      keep(obligation, isStart, asked + used.sorted { $0.key < $1.key }.map(\.value))
    }
    return .none(Set(used.keys))
  }

  /// Whether it is known that there is no start state that a search keeps: everything holds then.
  package mutating func hasNoStartState() -> Bool {
    var known = finite.knowing(finite.start.state)
    let isKept = circuit.copy([finite.properties.isKept], of: finite.circuit, &known)
    return starts.isPossible([finite.start.ends] + isKept, circuit, shown: [], limits)
      == .unsatisfiable
  }

  /// Why the judge does not agree with what was found to be impossible, or that states stay states; nil
  /// where it does.
  ///
  /// - Parameter isProved: Whether it is asked at all; otherwise it is told only what it would be asked.
  package mutating func refusal(_ judge: Judge, isProved: Bool = true) -> String? {
    questions += [
      .init(
        part: .initiation, property: nil, words: "a value in a start state is not of its type",
        wires: [finite.start.ends, !typed(finite.start.state)]),
      .init(
        part: .consecution, property: nil, words: "a value behind a step is not of its type",
        wires: [always, finite.step.ends, !typed(finite.step.next)]),
    ]
    judge.note(questions, circuit, of: finite)
    return isProved ? judge.refusal(ofAny: questions, circuit) : nil
  }

  private mutating func keep(_ obligation: Obligation, _ isStart: Bool, _ wires: [Wire]) {
    switch obligation {
    case .property(let number):
      questions.append(
        .init(
          part: isStart ? .initiation : .consecution, property: number,
          words: "does not hold \(isStart ? "in a start state" : "behind a step")", wires: wires))
    case .rest:
      questions.append(
        .init(
          part: isStart ? .initiation : .safety, property: nil,
          words: "something goes wrong \(isStart ? "in a start state" : "where all hold")",
          wires: wires))
    }
  }

  /// Something goes wrong in a rule, or no step leads on.
  private mutating func failingRule() -> Wire {
    circuit.any([
      finite.step.guardFails, finite.step.actionFails, finite.properties.isDeadlock,
    ])
  }

  /// An invariant is not true in a start state.
  private mutating func atStart(_ property: Int) -> [Wire] {
    let broken = brokenAtStart[property] ?? broken(property, in: finite.start.state)
    brokenAtStart[property] = broken
    return [finite.start.ends] + broken
  }

  /// An invariant is not true behind a step.
  private mutating func behindStep(_ property: Int) -> [Wire] {
    let broken = brokenBehindStep[property] ?? broken(property, in: finite.step.next)
    brokenBehindStep[property] = broken
    return [finite.step.ends] + broken
  }

  /// One of some rules is chosen.
  private mutating func isChosen(_ choice: FiniteSystem.Choice, _ rules: Set<Int>) -> Wire {
    var chosen: [Wire] = []
    for rule in rules.sorted() {
      chosen.append(
        circuit.all(
          choice.rule.enumerated().map { rule >> $0.offset & 1 == 1 ? $0.element : !$0.element }))
    }
    return circuit.any(chosen)
  }

  private mutating func typed(_ state: [Wire]) -> Wire {
    var known = finite.knowing(state)
    return circuit.copy([finite.staysTyped], of: finite.circuit, &known)[0]
  }

  private mutating func broken(_ property: Int, in state: [Wire]) -> [Wire] {
    var known = finite.knowing(state)
    return circuit.copy(
      [finite.properties.isKept, finite.properties.wrong[property]], of: finite.circuit, &known)
  }

  private func obstacle(_ obligation: Obligation, isStart: Bool) -> Answer {
    let values = found(isStart: isStart)
    let counts = finite.counts { values[$0] ?? false }
    if isStart {
      let instance = startInstance(values)
      return .obstacle(.start(instance), rule: instance.rule, among: counts)
    }
    let before = finite.values { values[$0] ?? false }
    let instance = finite.step.choice.instance(of: finite.system.rules) { values[$0] ?? false }
    if obligation == .rest {
      return .obstacle(.state(before), rule: instance.rule, among: counts)
    }
    // There are as many elements as before.
    var after = values
    for (bit, next) in zip(finite.state, finite.step.next) { after[bit] = values[next] }
    return .obstacle(
      .step(before: before, instance, after: finite.values { after[$0] ?? false }),
      rule: instance.rule, among: counts)
  }

  private func startInstance(_ values: [Wire: Bool]) -> RuleInstance {
    finite.start.choice.instance(of: finite.system.startStates) { values[$0] ?? false }
  }

  /// What a state, a step and a size are shown by.
  private var shown: [Wire] {
    finite.start.choice.inputs + finite.step.choice.inputs + finite.sizes.flatMap(\.isThere)
      + finite.state + finite.step.next
  }

  /// The values of what is shown of the model that was found last.
  private func found(isStart: Bool) -> [Wire: Bool] {
    var values: [Wire: Bool] = [:]
    for wire in shown { values[wire] = isStart ? starts.isTrue(wire) : steps.isTrue(wire) }
    return values
  }
}
