import SAT
import TransitionSystem

/// A run of a system with unknown choices: the circuit of a step, once for each step.
struct Unrolling: ~Copyable {
  let finite: FiniteSystem
  private(set) var circuit = Circuit()
  /// What has to be true.
  private(set) var asserted: [Wire] = []
  var solver = ClauseSolver()
  private var clauses = CircuitClauses()
  private(set) var frames: [Frame] = []
  /// What chooses the start state, by its inputs in the circuit of the system; none where a run may
  /// begin anywhere.
  private var startInputs: [Wire: Wire] = [:]
  private(set) var startFails = Wire.falsehood
  private(set) var startEnds = Wire.truth

  /// A state on the way, and what is so in it.
  struct Frame {
    let state: [Wire]
    /// By the inputs of the system's circuit.
    let inputs: [Wire: Wire]
    /// The state that follows.
    let next: [Wire]
    let ends: Wire
    let isKept: Wire
    let isTyped: Wire
    /// Something is wrong in this state, or in the guard of a rule.
    let isWrong: Wire
    /// Something goes wrong in the action of the rule that is chosen.
    let actionFails: Wire
    /// That nothing is wrong, as far as that is said for all parameters.
    let hold: Wire
  }

  init(_ finite: FiniteSystem) { self.finite = finite }

  var byteCount: Int { solver.byteCount + circuit.nodeCount * 40 }

  /// Begins with a start state.
  mutating func beginAtStart() {
    let start = finite.start
    let inputs = start.choice.inputs.map { ($0, circuit.input()) }
    startInputs = Dictionary(uniqueKeysWithValues: inputs)
    var known = finite.circuit.knowing(inputs)
    let roots = circuit.copy(start.state + [start.ends, start.fails], of: finite.circuit, &known)
    let count = start.state.count
    (startEnds, startFails) = (roots[count], roots[count + 1])
    append(Array(roots[..<count]))
  }

  /// Begins with any state.
  mutating func beginAnywhere() { append(finite.state.map { _ in circuit.input() }) }

  /// Goes on to the state that follows from the last one.
  mutating func goOn() {
    guard let last = frames.last else { return }
    append(last.next)
  }

  private mutating func append(_ state: [Wire]) {
    let (step, properties) = (finite.step, finite.properties)
    let inputs = (step.choice.inputs + properties.inputs).map { ($0, circuit.input()) }
    var known = finite.circuit.knowing(Array(zip(finite.state, state)) + inputs)
    let said = [
      step.ends, properties.isKept, finite.isTyped, properties.isViolated, step.guardFails,
      properties.isDeadlock, step.actionFails, properties.hold,
    ]
    let roots = circuit.copy(step.next + said, of: finite.circuit, &known)
    let next = Array(roots[..<step.next.count])
    let wires = roots[step.next.count...].map { $0 }
    frames.append(
      Frame(
        state: state, inputs: Dictionary(uniqueKeysWithValues: inputs), next: next, ends: wires[0],
        isKept: wires[1], isTyped: wires[2],
        isWrong: circuit.any([wires[3], wires[4], wires[5]]), actionFails: wires[6], hold: wires[7])
    )
  }

  // MARK: - Questions

  mutating func literal(_ wire: Wire) -> Literal { clauses.literal(wire, circuit, &solver) }

  mutating func assert(_ wire: Wire) {
    let literal = literal(wire)
    solver.add([literal])
    asserted.append(wire)
  }

  mutating func isPossible(_ wire: Wire, _ limits: ProofLimits) -> Satisfiability {
    let literal = literal(wire)
    return solver.solve(assuming: [literal], isStopped: limits.isStopped)
  }

  mutating func either(_ first: Wire, _ second: Wire) -> Wire { circuit.or(first, second) }

  /// That two states of the run differ.
  mutating func assertDifference(_ one: Int, _ other: Int) {
    let bits = zip(frames[one].state, frames[other].state).map { !circuit.equal($0, $1) }
    assert(circuit.any(bits))
  }

  /// A value of the model that was found last; what it says nothing of may be anything.
  func isTrue(_ wire: Wire) -> Bool {
    if let constant = wire.constant { return constant }
    return clauses.known(wire).map { solver.isTrue($0) } ?? false
  }

  /// The run of the model that was found last, up to a frame.
  func run(to last: Int) -> [RuleInstance] {
    let start = finite.start.choice.instance(of: finite.system.startStates) { wire in
      startInputs[wire].map { isTrue($0) } ?? false
    }
    return [start]
      + frames[..<last].map { frame in
        finite.step.choice.instance(of: finite.system.rules) { wire in
          frame.inputs[wire].map { isTrue($0) } ?? false
        }
      }
  }
}
