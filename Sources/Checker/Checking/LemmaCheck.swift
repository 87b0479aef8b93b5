import Diagnostics
package import Exploration
package import Proving
import SMT
import Symbolic
import Trace
import TransitionSystem

/// Whether invariants of a model, those that a person proposes among them, are inductive together.
package enum LemmaCheck {
  package enum Outcome: Sendable {
    /// They are, and nothing goes wrong where they hold: so nothing ever does.
    case proved
    /// What is not, each with a start state, a step or a state that keeps it from being so.
    case open([(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)])
    /// It is not known, for this reason.
    case undecided(ExplorationLimit)
  }

  /// - Parameter record: Told what is asked.
  /// - Throws: `Objection`.
  package static func prove(
    _ request: CheckRequest, _ watch: some CheckWatch = NoWatch(),
    recording record: (@Sendable (InductionObligations) -> Void)? = nil
  ) throws(Objection) -> Outcome {
    var request = request
    request.engine = .induction
    request.asksSafetyAlone = true
    let plan = try CheckPlan.make(request, watch)
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try Encoding.make(plan)
    } catch {
      return .undecided(.ended(plan.stop))
    }
    guard finite.properties.chosen.isEmpty else {
      throw .engineLacks(engine: EngineName.induction.rawValue, .terms(.tooManyInstances))
    }
    let interrupter = Interrupter()
    let (stop, judge) = (
      plan.stop, Judge(plan.stop.questionLimits, interrupter, record: record)
    )
    let limits = ProofLimits(
      isStopped: { stop.isDue() }, mostBytes: plan.options.memoryByteCount)
    let (obstacles, refusal, hasNoStartState) = watch.listening({ interrupter.interrupt() }) {
      LemmaProof.obstacles(finite, judge: judge, limits)
    }
    if stop.isDue() { return .undecided(.ended(stop)) }
    if hasNoStartState {
      throw .noStartState(StartStateLoss(in: plan.system, stop: plan.stop))
    }
    if let refusal { return .undecided(.unconfirmed(refusal)) }
    return obstacles.isEmpty
      ? .proved : .open(obstacles.map { (obligation: $0.0, obstacle: $0.1) })
  }
}
