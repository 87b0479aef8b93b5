import Checking
import Diagnostics
import Evaluation
import Exploration
import Murphi
import Packing
import Proving
import SAT
import Symbolic
import TestSupport
import Testing
import Trace
import TransitionSystem

/// The circuit against the reference interpreter: in every reachable state, the successors that a solver
/// enumerates are those of the interpreter, and what goes wrong goes wrong in both.
@Suite struct FiniteSystemTests {
  /// What was compared.
  private struct Tally {
    var states = 0
    var steps = 0
    var failures = 0
  }

  /// A circuit with a solver that knows it.
  private struct Asked: ~Copyable {
    let finite: FiniteSystem
    var solver = ClauseSolver()
    var clauses = CircuitClauses()

    init(_ finite: FiniteSystem) { self.finite = finite }

    mutating func literal(_ wire: Wire) -> Literal {
      clauses.literal(wire, finite.circuit, &solver)
    }

    /// That the state is this one.
    mutating func assumptions(_ state: [Int64]) -> [Literal] {
      var found: [Literal] = []
      for (wire, isTrue) in zip(finite.state, finite.bits(of: state)) {
        let literal = literal(wire)
        found.append(isTrue ? literal : !literal)
      }
      return found
    }

    mutating func isPossible(_ wire: Wire, in state: [Int64]) -> Bool {
      let asked = assumptions(state) + [literal(wire)]
      return solver.solve(assuming: asked) == .satisfiable
    }

    /// All values that some bits have where a wire is true.
    mutating func enumerate(
      _ bits: [Wire], where wire: Wire, assuming assumptions: [Literal]
    ) -> Set<[Int64]> {
      let wanted = bits.map { literal($0) }
      var open = assumptions + [literal(wire)]
      let active = solver.addVariable()
      open.append(active)
      var found: Set<[Int64]> = []
      while solver.solve(assuming: open) == .satisfiable {
        var values: [Wire: Bool] = [:]
        for (position, literal) in wanted.enumerated() {
          values[finite.state[position]] = solver.isTrue(literal)
        }
        found.insert(finite.values { values[$0] ?? false })
        let block = wanted.map { solver.isTrue($0) ? !$0 : $0 }
        solver.add(block + [!active])
      }
      solver.add([!active])
      return found
    }
  }

  private static func mayBeUndefined(_ system: TransitionSystem) -> [Bool] {
    SearchSpace(system, symmetry: .off).packing.fields.map(\.mayBeUndefined)
  }

  private static func compare(
    _ system: TransitionSystem, mostStates: Int, _ name: String
  ) throws -> Tally? {
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try FiniteSystem(
        system, mayBeUndefined: mayBeUndefined(system), deadlock: .stuttering)
    } catch {
      return nil
    }
    var tally = Tally()
    var asked = Asked(finite)
    let steps = InterpretedSteps(system, stop: StopCondition())
    // Start states.
    var starts: Set<[Int64]> = []
    var startFails = false
    var discarded: Set<[Int64]> = []
    steps.forEachStart { _, outcome in
      switch outcome {
      case .state(let state): starts.insert(state)
      case .failure: startFails = true
      }
      return true
    }
    let found = asked.enumerate(finite.start.state, where: finite.start.ends, assuming: [])
    for state in found.subtracting(starts) {
      let isKept = asked.isPossible(finite.properties.isKept, in: state)
      #expect(!isKept, "\(name): start \(state)")
      discarded.insert(state)
    }
    #expect(starts.isSubset(of: found), "\(name)")
    let startWire = asked.literal(finite.start.fails)
    let mayFail = asked.solver.solve(assuming: [startWire]) == .satisfiable
    #expect(mayFail == startFails, "\(name)")
    // All that follows.
    var seen = starts
    var waiting = Array(starts)
    while let state = waiting.popLast() {
      tally.states += 1
      if tally.states > mostStates { break }
      let isTyped = asked.isPossible(finite.isTyped, in: state)
      #expect(isTyped, "\(name): \(state)")
      var successors: Set<[Int64]> = []
      var fails = false
      steps.forEachStep(from: state) { _, outcome in
        switch outcome {
        case .state(let successor): successors.insert(successor)
        case .failure: fails = true
        }
        return true
      }
      let assumed = asked.assumptions(state)
      var reached = asked.enumerate(finite.step.next, where: finite.step.ends, assuming: assumed)
      for extra in reached.subtracting(successors) {
        let isKept = asked.isPossible(finite.properties.isKept, in: extra)
        #expect(!isKept, "\(name): \(state) -> \(extra)")
        reached.remove(extra)
      }
      #expect(reached == successors, "\(name): \(state)")
      let mayGoWrong =
        asked.isPossible(finite.step.guardFails, in: state)
        || asked.isPossible(finite.step.actionFails, in: state)
      // With priorities the interpreter's steps end with the first that are enabled.
      if !system.hasPriorities || !mayGoWrong {
        #expect(mayGoWrong == fails, "\(name): \(state)")
      }
      if fails { tally.failures += 1 }
      steps.load(state)
      var isViolated = false
      for property in system.properties {
        for bindings in TransitionSystem.bindings(of: property.parameters) {
          do {
            let value = try steps.interpreter.evaluate(property, bindings)
            if value == 0, property.kind == .invariant { isViolated = true }
          } catch  where error.cause != .assumptionFailed {
            isViolated = true
          } catch {}
        }
      }
      let found = asked.isPossible(finite.properties.isViolated, in: state)
      #expect(found == isViolated, "\(name): \(state)")
      tally.steps += successors.count
      for successor in successors where seen.insert(successor).inserted {
        waiting.append(successor)
      }
    }
    return tally
  }

  @Test func randomModelsAgree() throws {
    var (states, failures, unsupported) = (0, 0, 0)
    for seed in 0..<200 {
      let model = RandomModel(seed: UInt64(seed), size: 1 + seed % 4)
      let system = try #require(MurphiModel.load(SourceText(path: "", text: model.text)).system)
      guard let tally = try Self.compare(system, mostStates: 300, "seed \(seed)") else {
        unsupported += 1
        continue
      }
      states += tally.states
      failures += tally.failures
    }
    #expect(
      unsupported < 10 && states > 5_000 && failures > 50, "\(unsupported) \(states) \(failures)")
  }
}
