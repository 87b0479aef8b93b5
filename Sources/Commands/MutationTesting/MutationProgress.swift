import Diagnostics
package import Exploration
import Mutation
import Synchronization
import TransitionSystem

/// What is known of the mutants of a model so far, for who has to end before the rest is found out. Any
/// thread may ask and tell.
package final class MutationProgress: Sendable {
  private let found = Mutex<Known?>(nil)

  struct Known {
    let source: SourceText
    let system: TransitionSystem?
    let mutants: [Mutant]
    /// The smallest first; none before the model itself has been checked at all of them.
    let sizes: [ModelSize]
    var entries: [OutcomeTable.Entry?]
    var count = 0

    init(
      _ source: SourceText, _ system: TransitionSystem?, _ mutants: [Mutant],
      sizes: [ModelSize] = []
    ) {
      (self.source, self.system, self.mutants, self.sizes) = (source, system, mutants, sizes)
      entries = Array(repeating: nil, count: mutants.count)
    }

    var results: [MutationReport.Result] {
      zip(mutants, entries).map { mutant, entry in
        MutationReport.Result(
          mutant: mutant, outcome: entry?.outcome, isFromCache: entry?.isFromCache ?? false)
      }
    }
  }

  package init() {}

  func begin(_ known: Known) { found.withLock { $0 = known } }

  /// - Returns: How many have been noted.
  func note(_ entry: OutcomeTable.Entry, _ number: Int) -> Int {
    found.withLock { found in
      found?.entries[number] = entry
      found?.count += 1
      return found?.count ?? 0
    }
  }

  /// Nil before the model was read.
  var known: Known? { found.withLock { $0 } }

  /// The report of what is known, what was not tried counted; nil before the model was read.
  ///
  /// - Parameter limit: Why no more is found out.
  package func report(_ limit: ExplorationLimit, seconds: Double) -> MutationReport? {
    known.map { MutationReport($0, limit: limit, seconds: seconds) }
  }
}
