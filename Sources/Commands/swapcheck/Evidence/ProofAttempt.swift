import Checking
import Diagnostics
import Exploration
import Options
import Proving
import Report
import Trace
import TransitionSystem

/// The one question of a proof by induction: whether the invariants of a model are inductive together with
/// lemmas, with values of its constants, or at all sizes of its scalarsets. No lemmas are looked for.
struct ProofAttempt {
  /// The model alone.
  let own: LoadedModel
  let lemmas: Lemmas
  /// Of the model.
  let path: String
  /// Constants that have a value.
  let fixed: [String: Int64]
  /// For each constant that is left open, the smallest size; nil where none is.
  let least: [String: Int64]?
  let deadlock: DeadlockMode
  let stop: StopCondition

  typealias Sizes = AnySizeCheck.Sizes
  typealias Record = @Sendable (Sizes, InductionObligations) -> Void

  enum Outcome {
    /// At so many sizes, up to this one; nil where the constants say it.
    case proved(Int, upTo: Sizes?)
    /// At this size something is not proved, for these reasons.
    case open(Sizes, [DisplayText])
    case undecided(Sizes, ExplorationLimit)
  }

  /// - Parameter record: Told what is asked of a solver.
  /// - Throws: `CommandFailure` where it cannot be asked.
  func outcome(_ record: Record? = nil) throws -> Outcome {
    guard let least else { return try atConstants(record) }
    let proof = ofAnySize(least)
    let check = AnySizeCheck(try proof.dimensions(), stop: stop, memoryByteCount: nil)
    let cutoffs = try proof.cutoffs(check, lemmas)
    switch try proof.prove(check, cutoffs, lemmas, recording: record) {
    case .proved(let cutoffs, let checked): return .proved(checked, upTo: cutoffs)
    case .undecided(let sizes, let limit): return .undecided(sizes, limit)
    case .notSymbolic(_, let reason): throw ModelCheck.failure(reason, lemmas.model.source)
    case .noStartState(let sizes, let loss): throw try proof.noStartState(loss, sizes)
    case .open(let sizes, let obstacles):
      return .open(sizes, try report(at: sizes).reasons(obstacles))
    }
  }

  /// The model with its lemmas at a size.
  func system(at sizes: Sizes) throws -> TransitionSystem {
    try ofAnySize(least ?? [:]).system(of: lemmas.model.source, at: sizes)
  }

  private func report(at sizes: Sizes) throws -> LemmaReport {
    let model = lemmas.model
    return LemmaReport(lemmas, path: path).at(
      LoadedModel(
        system: try system(at: sizes), source: model.source, meaning: model.meaning))
  }

  private func atConstants(_ record: Record?) throws -> Outcome {
    var settings = CheckSettings()
    settings.deadlock = deadlock
    let request = settings.request(lemmas.model.system, stop: stop)
    let outcome: LemmaCheck.Outcome
    do throws(Objection) {
      outcome = try LemmaCheck.prove(request, CommandWatch(seconds: stop.seconds)) {
        record?([:], $0)
      }
    } catch {
      throw ModelCheck.failure(error, own.system, own.source)
    }
    switch outcome {
    case .proved: return .proved(1, upTo: nil)
    case .undecided(let limit): return .undecided([:], limit)
    case .open(let obstacles):
      return .open([:], LemmaReport(lemmas, path: path).reasons(obstacles))
    }
  }

  private func ofAnySize(_ least: [String: Int64]) -> ProofOfAnySize {
    ProofOfAnySize(
      proposed: lemmas, path: path, overrides: fixed, least: least, settings: CheckSettings(),
      stop: stop, written: nil)
  }
}
