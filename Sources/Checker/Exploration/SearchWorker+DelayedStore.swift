import Evaluation
import Packing

/// Stores that say later what is new.
extension SearchWorker {
  /// Observes states that have been found to be new, in their order.
  ///
  /// - Parameter states: Those that are not discarded are moved to the front.
  /// - Returns: How many these are.
  func observeNew(_ states: UnsafeMutablePointer<UInt64>, count: Int, depth: Int) -> Int {
    let wordCount = shared.space.packing.wordCount
    let room = shared.options.maximumStateCount.map { $0 - shared.store.count.value } ?? .max
    var kept = 0
    defer { shared.store.count.add(kept) }
    do throws(Undecided) {
      for first in stride(from: 0, to: count, by: SuccessorBatch.stateCount) {
        batch.take(states + first * wordCount, count: min(SuccessorBatch.stateCount, count - first))
        for position in 0..<batch.count {
          if shared.mayDiscard, try observer.isDiscarded(position, generator) { continue }
          if kept >= room {
            shared.stop(.states(shared.options.maximumStateCount ?? room))
            return kept
          }
          (states + kept * wordCount).update(from: batch.state(position), count: wordCount)
          kept += 1
          try observer.observe(position, depth: depth, parent: 0, generator)
        }
      }
    } catch {
      shared.end(by: error)
    }
    return kept
  }
}
