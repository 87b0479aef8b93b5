import Dispatch

/// A part of a level, expanded by several threads at once.
///
/// While they expand, nothing is added to the seen set, so they share nothing that changes. What
/// they found is then taken by one thread in the order of the states: numbers, counts and the
/// counterexample are those of a search on one thread. Properties are evaluated then too: in a round
/// a new state is found several times over, and evaluating it each time was measured to cost more
/// than the second thread brings.
final class ParallelExpansion {
  private let shares: [Share]

  /// States for each thread and round: enough work between two meetings of the threads, and batches
  /// that stay in a core's cache.
  private static let shareStateCount = 8 * SuccessorBatch.stateCount

  init(workers: [NativeWorker], wordCount: Int, instanceCount: Int) {
    shares = workers.map {
      Share($0, wordCount: wordCount, instanceCount: instanceCount)
    }
  }

  /// Expands states from the beginning of a range.
  ///
  /// - Parameter body: Takes what became of them, in order: some states with their successors, or
  ///   one state without, which is the interpreter's. Returns false to end early.
  /// - Returns: The states that were expanded.
  func expand(
    _ states: Range<Int>, seen: SeenSet.View, _ body: (Range<Int>, SuccessorBatch?) -> Bool
  ) -> Range<Int> {
    let count = min(states.count, shares.count * Self.shareStateCount)
    let size = (count + shares.count - 1) / shares.count
    for (position, share) in shares.enumerated() {
      let first = min(states.lowerBound + position * size, states.lowerBound + count)
      share.states = first..<min(first + size, states.lowerBound + count)
    }
    // Each iteration touches its own share alone.
    nonisolated(unsafe) let shares = shares
    DispatchQueue.concurrentPerform(iterations: shares.count) { shares[$0].expand(seen) }
    for share in shares {
      for part in share.parts where !body(part.states, part.batch) {
        return states.lowerBound..<part.states.upperBound
      }
    }
    return states.lowerBound..<states.lowerBound + count
  }
}

/// What one thread expands in a round.
private final class Share {
  private let worker: NativeWorker
  private let wordCount: Int
  private let instanceCount: Int
  private var batches: [SuccessorBatch] = []

  var states = 0..<0
  /// What became of the states, in order; without a batch it is the interpreter's.
  private(set) var parts: [(states: Range<Int>, batch: SuccessorBatch?)] = []

  init(_ worker: NativeWorker, wordCount: Int, instanceCount: Int) {
    self.worker = worker
    self.wordCount = wordCount
    self.instanceCount = instanceCount
  }

  func expand(_ seen: SeenSet.View) {
    parts.removeAll(keepingCapacity: true)
    var used = 0
    var next = states.lowerBound
    while next < states.upperBound {
      if used == batches.count {
        batches.append(SuccessorBatch(wordCount: wordCount, instanceCount: instanceCount))
      }
      let batch = batches[used]
      let expanded = worker.expand(next..<states.upperBound, of: seen, into: batch)
      if expanded > 0 {
        parts.append((next..<next + expanded, batch))
        used += 1
      } else {
        parts.append((next..<next + 1, nil))
      }
      next += max(1, expanded)
    }
  }
}
