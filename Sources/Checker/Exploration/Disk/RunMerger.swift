/// Merges sorted runs to one, some states at a time.
///
/// Of each run the states are taken up to the least of the last ones that are in memory: all states up to
/// there are then together, and a small sort, which leaves out what comes again, is faster than comparing
/// the heads of many runs.
final class RunMerger {
  private var cursors: [RunCursor]
  private let sorter: StateSorter
  private let wordCount: Int
  private let gathered: UnsafeMutablePointer<UInt64>
  private let other: UnsafeMutablePointer<UInt64>

  /// Bytes of memory that merging so many runs takes.
  static func byteCount(runs: Int, _ block: StateBlock) -> Int {
    runs * (block.mostBytes + 3 * 8 * block.capacity)
  }

  init(_ runs: [SortedRun], _ block: StateBlock, _ sorter: StateSorter) {
    wordCount = block.wordCount
    cursors = runs.map { RunCursor($0, block) }
    self.sorter = sorter
    gathered = .allocate(capacity: max(1, runs.count) * block.capacity)
    other = .allocate(capacity: max(1, runs.count) * block.capacity)
  }

  deinit {
    gathered.deallocate()
    other.deallocate()
  }

  /// The next states, each once, until the next call; the caller may change them.
  ///
  /// - Returns: How many there are; 0 behind the last one.
  func next() throws(DiskFailure) -> (states: UnsafeMutablePointer<UInt64>, count: Int) {
    guard let bound = try leastLast() else { return (gathered, 0) }
    var count = 0
    var sources = 0
    for cursor in cursors {
      let end = end(of: cursor, upTo: bound)
      let taken = end - cursor.position
      if taken == 0 { continue }
      (gathered + count * wordCount).update(
        from: cursor.states + cursor.position * wordCount, count: taken * wordCount)
      cursor.position = end
      count += taken
      sources += 1
    }
    if sources > 1 { count = sorter.sort(gathered, count: count, other) }
    return (gathered, count)
  }

  /// The least of the last states of all blocks; nil if there are no states left.
  private func leastLast() throws(DiskFailure) -> UnsafePointer<UInt64>? {
    var open: [RunCursor] = []
    var least: UnsafePointer<UInt64>?
    for cursor in cursors where try cursor.fill() {
      open.append(cursor)
      let last = cursor.states + (cursor.count - 1) * wordCount
      if least.map({ StateOrder.precedes(last, $0, wordCount) }) ?? true { least = last }
    }
    cursors = open
    return least
  }

  /// Where the states of a cursor's block end that are not behind another one.
  private func end(of cursor: RunCursor, upTo bound: UnsafePointer<UInt64>) -> Int {
    let end = StateOrder.lowerBound(
      of: bound, in: cursor.states, from: cursor.position, count: cursor.count, wordCount)
    guard end < cursor.count,
      StateOrder.equal(cursor.states + end * wordCount, bound, wordCount)
    else { return end }
    return end + 1
  }
}
