import SAT
import TransitionSystem

/// Property-directed reachability, or IC3 (Bradley 2011; Eén, Mishchenko, Brayton 2011): frames of
/// clauses, each of which holds in all states that so many steps lead to, are made stronger by what
/// keeps bad states from being reached, until one of them is an invariant.
///
/// Departures: bits of a predecessor are left out by the solver's cores and not by ternary simulation,
/// and the cubes of a frame are generalised without counterexamples to generalisation.
package struct PropertyDirectedReachability: ~Copyable {
  let finite: FiniteSystem
  let limits: ProofLimits
  var step: StepQuestions
  var start: StartQuestions
  var lifting: LiftingQuestions
  /// By frame, the cubes that are excluded from it and not from the next one.
  var frames: [[Cube]] = [[]]
  /// How often a bit stood in a cube that was excluded, by its code: such are kept rather than others.
  var uses: [Int]
  private var obligations: [Obligation] = []

  /// Something that has to be shown unreachable within so many steps, and why: a step leads on to the
  /// obligation before it, or something is wrong there.
  private struct Obligation {
    let cube: Cube
    let follower: (obligation: Int, step: RuleInstance)?
  }

  private init(_ finite: FiniteSystem, _ limits: ProofLimits) {
    self.finite = finite
    self.limits = limits
    step = StepQuestions(finite)
    start = StartQuestions(finite)
    lifting = LiftingQuestions(finite)
    uses = Array(repeating: 0, count: 2 * finite.state.count)
  }

  package static func prove(
    _ finite: FiniteSystem, judge: Judge, _ limits: ProofLimits
  ) -> ProofOutcome {
    // What is wrong in a start state needs no frames.
    switch BoundedModelChecking.search(finite, depth: 0, limits) {
    case .none: break
    case let other: return other
    }
    var search = PropertyDirectedReachability(finite, limits)
    return search.prove(judge)
  }

  private static let contradiction = ProofOutcome.unconfirmed("two solvers contradict each other")

  private var last: Int { frames.count - 1 }

  private mutating func prove(_ judge: Judge) -> ProofOutcome {
    switch step.badState(of: 0, limits) {
    case .none: break
    case .stopped: return .stopped(depth: 0)
    case .state(let bits, _):
      // The action of a first step goes wrong.
      let cube = Cube(bits.enumerated().map { Cube.code($0.offset, isTrue: $0.element) })
      guard let found = start.startState(in: cube) else { return Self.contradiction }
      return .run([found.instance])
    }
    while true {
      addFrame()
      limits.note(last)
      if let outcome = strengthenLast() { return outcome }
      switch propagate() {
      case .stopped: return .stopped(depth: last)
      case .fixpoint(let clauses):
        if let reason = refusal(clauses, judge) { return .unconfirmed(reason) }
        return .proved(.invariant(clauses: clauses.count))
      case .goesOn: break
      }
      if let most = limits.mostBytes, step.byteCount > most { return .outOfMemory(depth: last) }
    }
  }

  private mutating func addFrame() {
    frames.append([])
    step.addFrame()
  }

  /// Excludes all bad states from the last frame.
  private mutating func strengthenLast() -> ProofOutcome? {
    while true {
      step.tidy(frames)
      switch step.badState(of: last, limits) {
      case .none: return nil
      case .stopped: return .stopped(depth: last - 1)
      case .state(let bits, let inputs):
        obligations = [
          Obligation(cube: lifting.badStates(like: bits, inputs), follower: nil)
        ]
        if let outcome = block() { return outcome }
      }
    }
  }

  /// Shows that what the first obligation says is unreachable, or finds a run.
  private mutating func block() -> ProofOutcome? {
    if let run = run(from: 0) { return .run(run) }
    var waiting: [[Int]] = Array(repeating: [], count: last + 1)
    waiting[last] = [0]
    while let frame = waiting.firstIndex(where: { !$0.isEmpty }),
      let number = waiting[frame].popLast()
    {
      let cube = obligations[number].cube
      if frames[frame...].contains(where: { $0.contains { $0.covers(cube) } }) {
        if frame < last { waiting[frame + 1].append(number) }
        continue
      }
      step.tidy(frames)
      switch step.predecessor(of: cube, in: frame - 1, outside: true, limits) {
      case .stopped: return .stopped(depth: last - 1)
      case .state(let bits, let inputs):
        let instance = finite.step.choice.instance(of: finite.system.rules) { inputs[$0] ?? false }
        obligations.append(
          Obligation(
            cube: lifting.predecessors(of: cube, like: bits, inputs), follower: (number, instance)))
        if let run = run(from: obligations.count - 1) { return .run(run) }
        // Before the first frame there are start states alone.
        guard frame > 1 else { return Self.contradiction }
        waiting[frame].append(number)
        waiting[frame - 1].append(obligations.count - 1)
      case .none(let core):
        guard let excluded = generalize(repaired(core, from: cube), in: frame) else {
          return .stopped(depth: last - 1)
        }
        guard let reached = push(excluded, from: frame) else { return .stopped(depth: last - 1) }
        exclude(excluded, from: reached)
        if reached < last { waiting[reached + 1].append(number) }
      }
    }
    return nil
  }

  /// The run that an obligation says, where a start state is in it.
  private mutating func run(from number: Int) -> [RuleInstance]? {
    guard let found = start.startState(in: obligations[number].cube) else { return nil }
    var run = [found.instance]
    var follower = obligations[number].follower
    while let (obligation, step) = follower {
      run.append(step)
      follower = obligations[obligation].follower
    }
    return run
  }

  mutating func exclude(_ cube: Cube, from frame: Int) {
    for earlier in 1...frame { frames[earlier].removeAll { cube.covers($0) } }
    frames[frame].append(cube)
    step.exclude(cube, from: frame)
    for code in cube.codes { uses[Int(code)] += 1 }
  }

  // MARK: - Propagation

  private enum Propagation {
    case goesOn
    case fixpoint([Cube])
    case stopped
  }

  /// Says of later frames what was found to hold in earlier ones, where it does. Two frames that are
  /// the same are an invariant.
  private mutating func propagate() -> Propagation {
    for frame in 1..<max(1, last) {
      for cube in frames[frame] where frames[frame].contains(cube) {
        step.tidy(frames)
        switch step.predecessor(of: cube, in: frame, outside: false, limits) {
        case .stopped: return .stopped
        case .state: continue
        case .none(let core): exclude(repaired(core, from: cube), from: frame + 1)
        }
      }
      if frames[frame].isEmpty { return .fixpoint(frames[(frame + 1)...].flatMap { $0 }) }
    }
    return .goesOn
  }
}
