import Evaluation
import Packing

/// Steps that do not come to their end, and what is known of states from a checkpoint.
extension SearchWorker {
  /// Notes where counting stands, so that a step which does not come to its end can be taken back.
  func beginStep() {
    observer.beginStep()
    counted = nil
    if digestsSteps { stepDigestBefore = observer.stepDigest }
    if keepsCoverHits { coverHits = (generator.coverHits, []) }
  }

  /// The entries of its piece that it has not expanded.
  func withRest(_ body: (_ entries: UnsafePointer<UInt64>, _ count: Int) -> Void) {
    guard let piece else { return }
    body(
      piece.entries + position * shared.store.frontierWordCount, piece.count - position)
  }

  /// Leaves a step that has not come to its end so that it can be taken again: what it has added is
  /// kept and looked at, and what it has counted is known.
  ///
  /// For one thread, when the search is over.
  func abandonStep() throws(Undecided) {
    guard abandoned == nil else { return }
    var step = counted ?? observer.countedOfStep()
    if digestsSteps, progress != .none { observer.restoreSteps(stepDigestBefore) }
    if keepsCoverHits, progress != .none {
      let behind = coverHits.behind.isEmpty ? generator.coverHits : coverHits.behind
      step.coverHits = zip(behind, coverHits.before).map { $0 - $1 }
    }
    switch progress {
    case .none: return
    case .expanding: break
    case .inserting:
      for successor in 0..<batch.count where batch.isNew[successor] {
        batch.isNew[successor] = false
        try observer.observe(successor, depth: shared.depth + 1, parent: 0, generator)
      }
    case .observing: try observer.inspectRest(generator)
    }
    progress = .none
    abandoned = step
  }

  /// Finds once more what is wrong with a state, which was known before a checkpoint. Nothing is
  /// counted.
  ///
  /// - Parameter depth: Where the state was found; nil where it came up as the state was expanded.
  func lookAgain(at state: PackedState, foundAt depth: Int?) {
    do throws(Undecided) {
      guard let depth else {
        _ = try generator.expand(state.words, count: 1, into: batch)
        state.words.withUnsafeBufferPointer { words in
          if let first = words.baseAddress { observer.noteAgain(expanded: first) }
        }
        return
      }
      try observer.noteAgain(found: state, depth: depth, generator)
    } catch {
      shared.end(by: error)
    }
  }
}
