import SAT
import TransitionSystem

/// Whether a start state is in a cube.
struct StartQuestions: ~Copyable {
  private let finite: FiniteSystem
  private var solver = ClauseSolver()
  private var clauses = CircuitClauses()
  private var state: [Literal] = []

  init(_ finite: FiniteSystem) {
    self.finite = finite
    for wire in finite.start.state {
      state.append(clauses.literal(wire, finite.circuit, &solver))
    }
    let ends = clauses.literal(finite.start.ends, finite.circuit, &solver)
    solver.add([ends])
  }

  /// A start state in a cube: its bits, and the instance that makes it.
  mutating func startState(in cube: Cube) -> (bits: [Bool], instance: RuleInstance)? {
    let assumptions = cube.codes.map { code in
      let literal = state[Cube.position(code)]
      return Cube.isTrue(code) ? literal : !literal
    }
    guard solver.solve(assuming: assumptions) == .satisfiable else { return nil }
    var bits: [Bool] = []
    for literal in state { bits.append(solver.isTrue(literal)) }
    var inputs: [Wire: Bool] = [:]
    for wire in finite.start.choice.inputs {
      inputs[wire] = clauses.known(wire).map { solver.isTrue($0) } ?? false
    }
    let instance = finite.start.choice.instance(of: finite.system.startStates) {
      inputs[$0] ?? false
    }
    return (bits, instance)
  }
}

/// Which bits of a state are enough for what follows from it: those that a solver needs to see that it
/// cannot be otherwise (Chockler, Ivrii, Matsliah, Moran, Nevo 2011).
struct LiftingQuestions: ~Copyable {
  private let finite: FiniteSystem
  private var circuit: Circuit
  private let isBad: Wire
  private var solver = ClauseSolver()
  private var clauses = CircuitClauses()
  private var usedCount = 0

  private static let mostUsed = 4_000

  init(_ finite: FiniteSystem) {
    self.finite = finite
    circuit = finite.circuit
    let (step, properties) = (finite.step, finite.properties)
    let isWrong = circuit.any([
      properties.isViolated, properties.isDeadlock, step.guardFails, step.actionFails,
    ])
    isBad = circuit.and(isWrong, properties.isKept)
  }

  /// States like one in which something is wrong.
  mutating func badStates(like bits: [Bool], _ inputs: [Wire: Bool]) -> Cube {
    let bad = literal(isBad)
    return lift(bits, inputs, [!bad])
  }

  /// States like one from which a step leads into a cube, from which the same does.
  mutating func predecessors(of cube: Cube, like bits: [Bool], _ inputs: [Wire: Bool]) -> Cube {
    if usedCount > Self.mostUsed {
      solver = ClauseSolver()
      clauses = CircuitClauses()
      usedCount = 0
    }
    usedCount += 1
    let ends = literal(finite.step.ends)
    let isKept = literal(finite.properties.isKept)
    var clause = [!ends, !isKept]
    for code in cube.codes {
      let next = literal(finite.step.next[Cube.position(code)])
      clause.append(Cube.isTrue(code) ? !next : next)
    }
    let isAsked = solver.addVariable()
    solver.add(clause + [!isAsked])
    let found = lift(bits, inputs, [isAsked])
    solver.add([!isAsked])
    return found
  }

  private mutating func literal(_ wire: Wire) -> Literal {
    clauses.literal(wire, circuit, &solver)
  }

  private mutating func lift(_ bits: [Bool], _ inputs: [Wire: Bool], _ asked: [Literal]) -> Cube {
    var assumptions = asked
    // In this order always, so that the same is found each time.
    for wire in finite.step.choice.inputs + finite.properties.inputs {
      let literal = literal(wire)
      assumptions.append(inputs[wire] == true ? literal : !literal)
    }
    var codes: [Literal: Int32] = [:]
    for (position, isTrue) in bits.enumerated() {
      let bit = literal(finite.state[position])
      let literal = isTrue ? bit : !bit
      codes[literal] = Cube.code(position, isTrue: isTrue)
      assumptions.append(literal)
    }
    let answer = solver.solve(assuming: assumptions)
    precondition(answer == .unsatisfiable, "what is a function of its inputs has one value")
    return Cube(solver.failedAssumptions.compactMap { codes[$0] }.sorted())
  }
}
