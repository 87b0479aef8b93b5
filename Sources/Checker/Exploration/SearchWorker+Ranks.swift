import Evaluation
import Packing

/// What goes to other ranks, and what comes from them.
extension SearchWorker {
  /// Counts all successors, and leaves those in the batch that are this rank's.
  ///
  /// - Returns: False if there is no memory, which ends the search.
  func send(_ expansion: Expansion, by outbox: Outbox) -> Bool {
    observer.countFirings(
      of: 0..<expansion.count, expansion.states, firstNumber: expansion.firstNumber)
    if shared.hasCheckpoints { counted = observer.countedOfStep() }
    if digestsSteps {
      addSteps(expansion)
      // Whether some successor is a state may not have been decided then.
      if shared.isOver { return false }
    }
    shared.cluster?.noteWork()
    if outbox.take(from: batch, stateCount: expansion.count, shared.insist) { return true }
    shared.stopForMemory()
    return false
  }

  /// Inserts and observes states that other ranks have found for the next level.
  ///
  /// - Returns: How many; where the search ends meanwhile, the others are to be taken again, though some of
  ///   them may be there already.
  func take(_ states: UnsafePointer<UInt64>, count: Int) -> Int {
    shared.rendezvous.enter()
    defer { shared.rendezvous.leave() }
    let wordCount = shared.space.packing.wordCount
    let depth = shared.depth + 1
    beginStep()
    // Nothing of what is asked of a state that is observed is taken back.
    coverHits.behind = coverHits.before
    for first in stride(from: 0, to: count, by: SuccessorBatch.stateCount) {
      guard !shared.isOver, takeStore() else { return first }
      batch.take(states + first * wordCount, count: min(SuccessorBatch.stateCount, count - first))
      guard inserter.fold(batch, grow: shared.grow) else { return first }
      do throws(Undecided) {
        progress = .observing
        guard try insertTaken(depth: depth) else { return first }
        progress = .none
      } catch {
        shared.end(by: error)
        return first
      }
    }
    return count
  }

  /// - Returns: False where the search ends, and not all of the batch need be there.
  private func insertTaken(depth: Int) throws(Undecided) -> Bool {
    if insertsInTurn {
      try insertInTurn(0..<batch.count, depth: depth, parent: 0)
      return !shared.isOver
    }
    let newCount = inserter.insert(batch, depth: depth, grow: shared.grow)
    if newCount == 0 { return true }
    // Those that were added before the table could not grow have theirs.
    if hasLiveness, newCount != nil { inserter.numberNew(batch) }
    for successor in 0..<batch.count where batch.isNew[successor] {
      do throws(Undecided) {
        try observer.observe(successor, depth: depth, parent: 0, generator)
      } catch {
        shared.store.count.add(-(successor + 1..<batch.count).count { batch.isNew[$0] })
        throw error
      }
    }
    return newCount != nil
  }
}
