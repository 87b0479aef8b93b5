import Dispatch

/// A part of a level, expanded by several threads at once.
///
/// While they expand, nothing is added to the seen set, so they share nothing that changes. What
/// they found is then taken by one thread in the order of the states: numbers, counts and the
/// counterexample are those of a search on one thread.
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
  private var inspection = Inspection()

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
      let count = min(SuccessorBatch.stateCount, states.upperBound - next)
      let expanded = worker.expand(seen.state(next), count: count, seen: seen, into: batch)
      if expanded > 0 {
        inspect(batch)
        parts.append((next..<next + expanded, batch))
        used += 1
      } else {
        parts.append((next..<next + 1, nil))
      }
      next += max(1, expanded)
    }
  }

  /// Evaluates the properties in the successors that have not been seen.
  private func inspect(_ batch: SuccessorBatch) {
    for successor in 0..<batch.count where batch.numbers[successor] == SuccessorBatch.unknown {
      if worker.inspect(batch.state(successor), into: &inspection) {
        batch.inspections.append(inspection, of: successor)
      }
    }
  }
}

/// What the properties say about successors, compactly.
struct InspectionRecords {
  private var successors: [Int] = []
  private var isDiscarded: [Bool] = []
  private var coverEnds: [Int] = []
  private var covers: [Int] = []
  private var liveEnds: [Int] = []
  private var live: [Bool] = []
  private var measureEnds: [Int] = []
  private var measures: [Int64] = []
  /// The next record to be read.
  private var next = 0

  mutating func removeAll() {
    successors.removeAll(keepingCapacity: true)
    isDiscarded.removeAll(keepingCapacity: true)
    coverEnds.removeAll(keepingCapacity: true)
    covers.removeAll(keepingCapacity: true)
    liveEnds.removeAll(keepingCapacity: true)
    live.removeAll(keepingCapacity: true)
    measureEnds.removeAll(keepingCapacity: true)
    measures.removeAll(keepingCapacity: true)
    next = 0
  }

  /// Adds a record; successors in order.
  mutating func append(_ inspection: borrowing Inspection, of successor: Int) {
    successors.append(successor)
    isDiscarded.append(inspection.isDiscarded)
    covers += inspection.coversHit
    coverEnds.append(covers.count)
    live += inspection.livenessHolds
    liveEnds.append(live.count)
    measures += inspection.measures
    measureEnds.append(measures.count)
  }

  /// Reads the record of a successor, in order; false if there is none.
  mutating func read(_ successor: Int, into inspection: inout Inspection) -> Bool {
    while next < successors.count, successors[next] < successor { next += 1 }
    guard next < successors.count, successors[next] == successor else { return false }
    inspection.removeAll()
    inspection.isDiscarded = isDiscarded[next]
    guard !inspection.isDiscarded else { return true }
    inspection.coversHit.append(
      contentsOf: covers[(next == 0 ? 0 : coverEnds[next - 1])..<coverEnds[next]])
    inspection.livenessHolds.append(
      contentsOf: live[(next == 0 ? 0 : liveEnds[next - 1])..<liveEnds[next]])
    inspection.measures.append(
      contentsOf: measures[(next == 0 ? 0 : measureEnds[next - 1])..<measureEnds[next]])
    return true
  }
}
