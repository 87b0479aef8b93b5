import CIntrinsics
import Glibc

/// States in the order in which they come, which are sorted, each once, as far as memory goes, and written
/// as runs where it does not.
///
/// One thread uses it.
final class StateCollector {
  let block: StateBlock
  private let folder: DiskFolder
  private let sorter: StateSorter
  private let wordCount: Int
  private let mostStates: Int
  private let mostRuns: Int
  private let noteMemory: (Int) -> Void

  /// What has been collected since it was written last; there is room for `capacity` states.
  private(set) var states: UnsafeMutablePointer<UInt64>
  /// Room to sort it.
  private var other: UnsafeMutablePointer<UInt64>
  /// Those that have been collected; who adds some sets it.
  var count = 0
  private(set) var capacity: Int

  /// Runs that have been written; nil where none has.
  private var writer: StateWriter?
  private var runs: [SortedRun] = []

  /// - Parameters:
  ///   - mostStates: States that may be in memory.
  ///   - mostRuns: Runs that are merged at once.
  ///   - noteMemory: Told of bytes that are taken, or given back where these are below 0.
  init(
    _ folder: DiskFolder, _ block: StateBlock, mostStates: Int, mostRuns: Int,
    noteMemory: @escaping (Int) -> Void
  ) {
    (self.folder, self.block) = (folder, block)
    (self.mostStates, self.mostRuns) = (mostStates, mostRuns)
    self.noteMemory = noteMemory
    sorter = StateSorter(wordCount: block.wordCount)
    wordCount = block.wordCount
    capacity = min(mostStates, Self.firstCapacity)
    states = .fromMalloc(count: capacity * wordCount)
    other = .fromMalloc(count: capacity * wordCount)
    noteMemory(2 * 8 * wordCount * capacity)
  }

  deinit {
    noteMemory(-2 * 8 * wordCount * capacity)
    free(states)
    free(other)
  }

  private static let firstCapacity = 1 << 12

  /// Sees to it that there is room for a state.
  func makeRoom() throws(DiskFailure) {
    if count < capacity { return }
    if capacity < mostStates, grow() { return }
    count = sorter.sort(states, count: count, other)
    if count > capacity / 2 { try write() }
  }

  func append(_ state: UnsafePointer<UInt64>) throws(DiskFailure) {
    try makeRoom()
    (states + count * wordCount).update(from: state, count: wordCount)
    count += 1
  }

  private func grow() -> Bool {
    let grown = min(2 * capacity, mostStates)
    guard states.resize(to: grown * wordCount), other.resize(to: grown * wordCount) else {
      return false
    }
    noteMemory(2 * 8 * wordCount * (grown - capacity))
    capacity = grown
    return true
  }

  /// Writes what is sorted as a run.
  private func write() throws(DiskFailure) {
    let writer = try openWriter()
    try writer.append(states, count: count)
    runs.append(try writer.endRun())
    count = 0
    if runs.count >= mostRuns { try mergeRuns() }
  }

  private func openWriter() throws(DiskFailure) -> StateWriter {
    if let writer { return writer }
    let made = StateWriter(try StateFile(folder, block))
    writer = made
    return made
  }

  /// Makes one run of all that have been written.
  private func mergeRuns() throws(DiskFailure) {
    let writer = StateWriter(try StateFile(folder, block))
    let merger = RunMerger(runs, block, sorter)
    while true {
      let batch = try merger.next()
      if batch.count == 0 { break }
      try writer.append(batch.states, count: batch.count)
    }
    runs = [try writer.endRun()]
    self.writer = writer
  }

  /// All that has been collected; the runs are there until more is, or `removeAll`.
  func takeRuns() -> [SortedRun] {
    count = sorter.sort(states, count: count, other)
    return runs + [.kept(KeptStates(borrowing: states, count: count))]
  }

  /// All that has been collected, in its order.
  func merged() -> RunMerger { RunMerger(takeRuns(), block, sorter) }

  func removeAll() {
    runs = []
    count = 0
    writer?.removeAll()
  }

  /// Forgets all that has been collected, and gives the memory back that this took.
  func giveBack() {
    removeAll()
    writer = nil
    let least = min(mostStates, Self.firstCapacity)
    noteMemory(-2 * 8 * wordCount * (capacity - least))
    capacity = least
    // Where that fails, there is more than is made use of.
    _ = states.resize(to: least * wordCount)
    _ = other.resize(to: least * wordCount)
  }
}
