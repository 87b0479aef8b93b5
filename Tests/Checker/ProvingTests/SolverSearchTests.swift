import Checking
import Diagnostics
import Evaluation
import Exploration
import Murphi
import Proving
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Engines that ask a solver, against the search among all states.
@Suite struct SolverSearchTests {
  /// A verdict, and the length of the run of one that is violated.
  private struct Answer: CustomStringConvertible {
    let verdict: ExplorationResult.Verdict
    let scope: Scope

    var isViolated: Bool { if case .violated = verdict { true } else { false } }
    var isProved: Bool { if case .holds = verdict { true } else { false } }

    /// Steps behind the start state, with the one that fails.
    var length: Int? {
      guard case .violated(let found) = verdict else { return nil }
      return found.stepCount
    }

    var description: String { "\(verdict) \(scope)" }
  }

  /// Nil where the engine objects.
  private static func ask(
    _ system: TransitionSystem, _ engine: EngineName, depth: Int? = nil,
    deadlock: DeadlockMode = .stuttering, seconds: Double? = nil
  ) throws -> Answer? {
    var request = CheckRequest(system)
    request.engine = engine
    request.solverDepth = depth
    request.asksSafetyAlone = engine != .breadthFirst
    request.options.deadlock = deadlock
    request.options.executor = .interpreter
    request.stop = StopCondition(seconds: seconds)
    do throws(Objection) {
      let outcome = try Checking.check(request)
      return Answer(verdict: outcome.verdict, scope: outcome.finding.scope)
    } catch {
      switch error {
      case .engineLacks(_, .terms): return nil
      default: throw error
      }
    }
  }

  @Test func verdictsOfRandomModelsAgree() throws {
    var (violated, proved, refused) = (0, 0, 0)
    for seed in 0..<500 {
      let model = RandomModel(seed: UInt64(seed), size: 1 + seed % 3)
      let loaded = try #require(MurphiModel.load(SourceText(path: "", text: model.text)).system)
      let system = loaded.askingSafety
      let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .off
      let expected: Answer?
      do {
        expected = try Self.ask(system, .breadthFirst, deadlock: deadlock)
      } catch {
        continue
      }
      guard let expected else { continue }
      guard let length = expected.length else {
        // Far enough for most, and no violation anywhere.
        let bounded = try Self.ask(system, .bounded, depth: 6, deadlock: deadlock)
        guard let bounded else {
          refused += 1
          continue
        }
        #expect(!bounded.isViolated && !bounded.isProved, "seed \(seed): \(bounded)")
        let found = try Self.ask(system, .propertyDirected, deadlock: deadlock, seconds: 60)
        #expect(found?.isProved == true, "seed \(seed): \(String(describing: found))")
        let induction = try Self.ask(system, .induction, depth: 4, deadlock: deadlock)
        #expect(induction?.isViolated == false, "seed \(seed)")
        proved += 1
        continue
      }
      // Without a state no cover is hit, whatever it says.
      if case .violated(let found) = expected.verdict, case .uncovered = found.violation.kind {
        continue
      }
      guard let bounded = try Self.ask(system, .bounded, depth: length, deadlock: deadlock) else {
        refused += 1
        continue
      }
      #expect(bounded.length == length, "seed \(seed): \(expected) \(bounded)")
      if length > 0 {
        let before = try Self.ask(system, .bounded, depth: length - 1, deadlock: deadlock)
        #expect(before?.isViolated == false, "seed \(seed)")
      }
      for engine in [EngineName.propertyDirected, .induction] {
        let found = try Self.ask(system, engine, deadlock: deadlock, seconds: 60)
        #expect(found?.isViolated == true, "seed \(seed) \(engine): \(String(describing: found))")
      }
      violated += 1
    }
    #expect(violated > 70 && proved > 300 && refused < 20, "\(violated) \(proved) \(refused)")
  }

  /// What is inductive holds; and what keeps invariants from being so is a step that the interpreter
  /// takes, from a state in which all hold to one in which the named one does not.
  @Test func obstaclesAreSteps() throws {
    var (proved, compared) = (0, 0)
    for seed in 0..<300 {
      let model = RandomModel(seed: UInt64(seed), size: 1 + seed % 3)
      let loaded = try #require(MurphiModel.load(SourceText(path: "", text: model.text)).system)
      let system = loaded.askingSafety
      var request = CheckRequest(system)
      request.options.deadlock = .off
      guard let outcome = try? LemmaCheck.prove(request) else { continue }
      switch outcome {
      case .proved:
        let searched = try? Self.ask(system, .breadthFirst, deadlock: .off)
        #expect(searched?.isViolated != true, "seed \(seed)")
        proved += 1
      case .undecided(let limit): Issue.record("seed \(seed): \(limit)")
      case .open(let obstacles):
        for case (.property(let number), .step(let before, let instance, let after)) in obstacles {
          compared += 1
          let steps = InterpretedSteps(system, stop: StopCondition())
          var isTaken = false
          steps.forEachStep(from: before) { step, outcome in
            if case .state(let state) = outcome, step == instance, state == after { isTaken = true }
            return true
          }
          #expect(isTaken, "seed \(seed): \(before) \(instance) \(after)")
          let property = system.properties[number]
          let isBroken = { (state: [Int64]) in
            steps.load(state)
            return TransitionSystem.bindings(of: property.parameters).contains {
              let value = try? steps.interpreter.evaluate(property, $0)
              return value == nil || property.kind == .invariant && value == 0
            }
          }
          #expect(!isBroken(before) && isBroken(after), "seed \(seed): \(property.name)")
        }
      }
    }
    #expect(proved > 20 && compared > 4, "\(proved) \(compared)")
  }
}
