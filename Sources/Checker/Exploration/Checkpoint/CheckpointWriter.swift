import Checkpoints

/// Writes what a store and its search have, for one checkpoint.
protocol CheckpointWriter {
  /// Writes all states of some levels, which are whole.
  func writeStates(
    deeperThan first: Int, to last: Int, into file: BlockWriter
  ) throws(BlockFileError)

  /// Writes which states of the level are still to be expanded, and those of the next one.
  func writeLevel(
    _ shared: SharedSearch, _ workers: [SearchWorker], into file: BlockWriter
  ) throws(BlockFileError)
}

/// Writes what is in a table of keys.
struct TableCheckpointWriter: CheckpointWriter {
  let columns: StateColumns
  let buffer: BlockBuffer
  let reader: SeenSetInserter
  let store: any SeenSetStore
  /// Whether states are written with their numbers, and what is known by these: not by a rank of several, whose
  /// numbers are its own.
  let hasNumbers: Bool

  /// States are written in the order in which the table has them.
  func writeStates(
    deeperThan first: Int, to last: Int, into file: BlockWriter
  ) throws(BlockFileError) {
    let (seen, keys) = (store.seen, store.keys)
    columns.removeAll()
    var entry: [UInt64] = []
    for position in 0..<seen.slotCount {
      guard let depth = seen.depth(position), depth > first, depth <= last,
        let key = seen.entry(position)?.key
      else { continue }
      entry.removeAll(keepingCapacity: true)
      keys.append(key, to: &entry)
      append(entry, depth: depth, number: hasNumbers ? seen.number(position) ?? 0 : 0)
      if columns.isFull { try flush(SearchCheckpoints.statesTag, into: file) }
    }
    try flush(SearchCheckpoints.statesTag, into: file)
  }

  /// States are written in the order in which they would be taken, so that one thread goes on as if it had
  /// not been interrupted.
  func writeLevel(
    _ shared: SharedSearch, _ workers: [SearchWorker], into file: BlockWriter
  ) throws(BlockFileError) {
    columns.removeAll()
    var failure: BlockFileError?
    func write(_ tag: UInt32, _ entries: UnsafePointer<UInt64>, _ count: Int, depth: Int) {
      for position in 0..<count where failure == nil {
        let entry = entries + position * store.frontierWordCount
        append(
          entry, depth: depth,
          number: hasNumbers ? Int(reader.number(ofEntry: entry)) : 0)
        guard columns.isFull else { continue }
        do throws(BlockFileError) { try flush(tag, into: file) } catch { failure = error }
      }
    }
    let openTag = SearchCheckpoints.openTag
    for worker in workers {
      worker.withRest { write(openTag, $0, $1, depth: shared.depth) }
    }
    shared.frontier.forEachUntaken { write(openTag, $0, $1, depth: shared.depth) }
    if let failure { throw failure }
    try flush(openTag, into: file)
    let nextTag = SearchCheckpoints.nextTag
    for worker in workers {
      for block in worker.found.nextBlocks {
        write(nextTag, UnsafePointer(block.entries), block.count, depth: shared.depth + 1)
      }
    }
    if let failure { throw failure }
    try flush(nextTag, into: file)
    if hasNumbers, let numbers = store.numbers { try writeMarks(numbers, into: file) }
  }

  /// Writes states of the next level that need not be new: on their way to other ranks, or not yet added.
  func writePending(
    _ states: UnsafePointer<UInt64>, count: Int, depth: Int, into file: BlockWriter
  ) throws(BlockFileError) {
    for position in 0..<count {
      columns.append(states + position * store.wordCount, depth: depth, number: 0)
      if columns.isFull { try flush(SearchCheckpoints.pendingTag, into: file) }
    }
    try flush(SearchCheckpoints.pendingTag, into: file)
  }

  /// Writes what each number of a state is known to be good for.
  private func writeMarks(
    _ numbers: StateNumbers, into file: BlockWriter
  ) throws(BlockFileError) {
    let bytes = numbers.markBytes
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + SearchCheckpoints.chunkByteCount)
      buffer.append(UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
      try file.write(SearchCheckpoints.marksTag, buffer)
      position = end
    }
  }

  /// - Parameter entry: Of a frontier.
  private func append(_ entry: UnsafePointer<UInt64>, depth: Int, number: Int) {
    columns.append(reader.unfold(entry, count: 1), depth: depth, number: number)
  }

  private func flush(_ tag: UInt32, into file: BlockWriter) throws(BlockFileError) {
    try columns.flush(tag, into: file, buffer)
  }
}

extension StateColumns {
  /// Writes the states that there are as a block, and forgets them.
  func flush(
    _ tag: UInt32, into file: BlockWriter, _ buffer: BlockBuffer
  ) throws(BlockFileError) {
    if count == 0 { return }
    write(to: buffer)
    removeAll()
    try file.write(tag, buffer)
  }
}

extension TransitionList {
  /// Writes the words from some one on.
  func write(
    from first: Int, into file: BlockWriter, _ buffer: BlockBuffer
  ) throws(BlockFileError) {
    for position in first..<numbers.count {
      buffer.append(numbers[position])
      if buffer.count >= SearchCheckpoints.chunkByteCount {
        try file.write(SearchCheckpoints.transitionsTag, buffer)
      }
    }
    if buffer.count > 0 { try file.write(SearchCheckpoints.transitionsTag, buffer) }
  }
}
