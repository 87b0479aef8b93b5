import Checkpoints

/// Writes what a store has that says late which states are new. What it has collected for the next level is
/// written as ranks write what is on its way: as states that need not be new. States have no numbers.
struct DelayedCheckpointWriter: CheckpointWriter {
  let columns: StateColumns
  let buffer: BlockBuffer
  let store: any DelayedStore

  func writeStates(
    deeperThan first: Int, to last: Int, into file: BlockWriter
  ) throws(BlockFileError) {
    let levels = store.levelSource()
    for depth in (first + 1)..<(last + 1) {
      try write(SearchCheckpoints.statesTag, depth: depth, into: file) { append in
        levels.forEachPart(ofLevel: depth) { states, count, _ in append(states, count) }
      }
    }
  }

  func writeLevel(
    _ shared: SharedSearch, _ workers: [SearchWorker], into file: BlockWriter
  ) throws(BlockFileError) {
    try write(SearchCheckpoints.openTag, depth: shared.depth, into: file) { append in
      for worker in workers { worker.withRest { _ = append($0, $1) } }
      shared.frontier.forEachUntaken { _ = append($0, $1) }
      store.forEach(in: .left, append)
    }
    let parts: [(UInt32, LevelPart)] = [
      (SearchCheckpoints.nextTag, .observed), (SearchCheckpoints.pendingTag, .collected),
    ]
    for (tag, part) in parts {
      try write(tag, depth: shared.depth + 1, into: file) { store.forEach(in: part, $0) }
    }
  }

  /// Writes blocks of states of one depth.
  ///
  /// - Parameter forEach: Calls what it is given with states, some at a time, as long as that is true.
  private func write(
    _ tag: UInt32, depth: Int, into file: BlockWriter,
    _ forEach: ((_ states: UnsafePointer<UInt64>, _ count: Int) -> Bool) -> Void
  ) throws(BlockFileError) {
    columns.removeAll()
    var failure: BlockFileError?
    forEach { states, count in
      do throws(BlockFileError) {
        if let failure { throw failure }
        for position in 0..<count {
          columns.append(states + position * columns.wordCount, depth: depth, number: 0)
          if columns.isFull { try columns.flush(tag, into: file, buffer) }
        }
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    try columns.flush(tag, into: file, buffer)
  }
}
