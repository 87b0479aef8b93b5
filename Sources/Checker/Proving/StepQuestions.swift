import SAT
import TransitionSystem

/// The questions of property-directed reachability about one step: a solver that has the step's circuit
/// and, for each frame, the clauses that hold in it. What belongs to a frame, or to one question, is
/// switched on by a variable of its own.
struct StepQuestions: ~Copyable {
  let finite: FiniteSystem
  private var circuit: Circuit
  private let isBad: Wire
  private var solver = ClauseSolver()
  private var clauses = CircuitClauses()
  private var state: [Literal] = []
  private var next: [Literal] = []
  private var ends = Literal(variable: 0)
  private var bad = Literal(variable: 0)
  /// For each frame, what switches on the clauses that are of it and no later one; the first is that of
  /// the start states.
  private var switches: [Literal] = []
  private var usedCount = 0

  /// Questions behind which the solver is made anew, without what belonged to these.
  private static let mostUsed = 4_000

  /// What was found.
  enum Answer {
    /// A state, and the step from it.
    case state(bits: [Bool], inputs: [Wire: Bool])
    /// There is none: already for these of the cube's bits.
    case none(Cube)
    case stopped
  }

  init(_ finite: FiniteSystem) {
    self.finite = finite
    circuit = finite.circuit
    let (step, properties) = (finite.step, finite.properties)
    isBad = circuit.any([
      properties.isViolated, properties.isDeadlock, step.guardFails, step.actionFails,
    ])
    begin(frames: [[]])
  }

  var byteCount: Int { solver.byteCount }

  /// Makes the solver anew.
  ///
  /// - Parameter frames: By frame the cubes of states that are in it and in no later one.
  private mutating func begin(frames: [[Cube]]) {
    solver = ClauseSolver()
    clauses = CircuitClauses()
    state = finite.state.map { literal($0) }
    next = finite.step.next.map { literal($0) }
    ends = literal(finite.step.ends)
    bad = literal(isBad)
    let isTyped = literal(finite.isTyped)
    let isKept = literal(finite.properties.isKept)
    solver.add([isTyped])
    solver.add([isKept])
    switches = []
    usedCount = 0
    for cubes in frames {
      addFrame()
      for cube in cubes { exclude(cube, from: switches.count - 1) }
    }
    let isStart = switches[0]
    let startEnds = literal(finite.start.ends)
    solver.add([!isStart, startEnds])
    for (bit, wire) in zip(state, finite.start.state) {
      let first = literal(wire)
      solver.add([!isStart, !bit, first])
      solver.add([!isStart, bit, !first])
    }
  }

  private mutating func literal(_ wire: Wire) -> Literal {
    clauses.literal(wire, circuit, &solver)
  }

  mutating func addFrame() { switches.append(solver.addVariable()) }

  /// Says that the states of a cube are not in a frame, nor in those before it.
  mutating func exclude(_ cube: Cube, from frame: Int) {
    solver.add([!switches[frame]] + cube.codes.map { !literal(of: $0, state) })
  }

  /// Forgets what belonged to earlier questions, now and then.
  mutating func tidy(_ frames: [[Cube]]) {
    if usedCount > Self.mostUsed { begin(frames: frames) }
  }

  private func literal(of code: Int32, _ bits: [Literal]) -> Literal {
    let literal = bits[Cube.position(code)]
    return Cube.isTrue(code) ? literal : !literal
  }

  /// A state of a frame in which something is wrong.
  mutating func badState(of frame: Int, _ limits: ProofLimits) -> Answer {
    answer(Array(switches[frame...]) + [bad], Cube([]), limits)
  }

  /// A state of a frame from which a step leads into a cube.
  ///
  /// - Parameter outside: Whether the state is to be outside of the cube.
  mutating func predecessor(
    of cube: Cube, in frame: Int, outside: Bool, _ limits: ProofLimits
  ) -> Answer {
    var assumptions = Array(switches[frame...]) + [ends]
    guard outside else {
      return answer(assumptions + cube.codes.map { literal(of: $0, next) }, cube, limits)
    }
    let isAsked = solver.addVariable()
    usedCount += 1
    solver.add([!isAsked] + cube.codes.map { !literal(of: $0, state) })
    assumptions.append(isAsked)
    let answer = answer(assumptions + cube.codes.map { literal(of: $0, next) }, cube, limits)
    solver.add([!isAsked])
    return answer
  }

  private mutating func answer(
    _ assumptions: [Literal], _ cube: Cube, _ limits: ProofLimits
  ) -> Answer {
    switch solver.solve(assuming: assumptions, isStopped: limits.isStopped) {
    case .stopped: return .stopped
    case .unsatisfiable:
      let failed = Set(solver.failedAssumptions)
      return .none(Cube(cube.codes.filter { failed.contains(literal(of: $0, next)) }))
    case .satisfiable:
      var inputs: [Wire: Bool] = [:]
      for wire in finite.step.choice.inputs + finite.properties.inputs {
        inputs[wire] = clauses.known(wire).map { solver.isTrue($0) } ?? false
      }
      var bits: [Bool] = []
      for literal in state { bits.append(solver.isTrue(literal)) }
      return .state(bits: bits, inputs: inputs)
    }
  }
}
