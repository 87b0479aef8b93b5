import Checking
import Diagnostics
import Synchronization

/// What has become of mutants: what is known from earlier, and what is found out now, on several
/// threads.
final class OutcomeTable: Sendable {
  private let known: KnownOutcomes
  private let stop: StopCondition
  private let used = Mutex(Used())

  private struct Used {
    var outcomes = KnownOutcomes()
    var isNew = false
    var failure: Objection?
  }

  struct Entry {
    /// Nil where it was not found out.
    let outcome: MutantOutcome?
    let isFromCache: Bool
  }

  init(_ known: KnownOutcomes, _ stop: StopCondition) {
    self.known = known
    self.stop = stop
  }

  /// A mistake of ours, after which nothing more is found out.
  var failure: Objection? { used.withLock { $0.failure } }

  /// What another run need not find out again, if it is more than this one knew.
  var news: KnownOutcomes? { used.withLock { $0.isNew ? $0.outcomes : nil } }

  /// What was found that would notice a mutant: an empty text where nothing was, and nil where that is
  /// not known.
  func suggestion(_ key: String) -> String? { known.suggestions[key] }

  /// Keeps what was found.
  func note(suggestion: String, _ key: String, isNew: Bool) {
    used.withLock { used in
      used.outcomes.suggestions[key] = suggestion
      used.isNew = used.isNew || isNew
    }
  }

  /// An outcome, by the name that it has in the cache.
  ///
  /// - Parameter find: Finds it out; nil where the end was wanted before.
  func outcome(
    _ key: String, _ find: () throws(Objection) -> MutantOutcome?
  ) -> Entry {
    if let outcome = known[key] {
      used.withLock { $0.outcomes[key] = outcome }
      return Entry(outcome: outcome, isFromCache: true)
    }
    guard failure == nil, !stop.isDue() else { return Entry(outcome: nil, isFromCache: false) }
    do throws(Objection) {
      let outcome = try find()
      // A limit may be another one next time.
      if let outcome, !outcome.isUndecided {
        used.withLock { used in
          used.outcomes[key] = outcome
          used.isNew = true
        }
      }
      return Entry(outcome: outcome, isFromCache: false)
    } catch {
      let failure = error
      used.withLock { $0.failure = failure }
      return Entry(outcome: nil, isFromCache: false)
    }
  }
}
