import CIntrinsics
import Glibc

/// Collects the successors of batches for the end of the level, for one thread.
final class DelayedInserter: StateInserter {
  /// It has all inserters.
  private unowned let store: DiskStore
  private let folder: DiskFolder
  private let block: StateBlock
  private let sizes: DiskSizes
  private let wordCount: Int
  private let sorter: StateSorter

  /// What has been collected since it was written last, and room to sort it.
  private var states: UnsafeMutablePointer<UInt64>
  private var other: UnsafeMutablePointer<UInt64>
  private var count = 0
  private var capacity: Int

  /// States that were collected lately, each in a place of its own: orders of independent rules meet again
  /// soon.
  private let recent: UnsafeMutablePointer<UInt64>
  private let recentShift: UInt64

  /// Runs that have been written; nil where none has.
  private var writer: StateWriter?
  private var runs: [SortedRun] = []

  init(_ store: DiskStore, _ folder: DiskFolder, _ block: StateBlock, _ sizes: DiskSizes) {
    (self.store, self.folder, self.block, self.sizes) = (store, folder, block, sizes)
    wordCount = block.wordCount
    sorter = StateSorter(wordCount: wordCount)
    capacity = min(sizes.candidateCount, 1 << 12)
    states = .fromMalloc(count: capacity * wordCount)
    other = .fromMalloc(count: capacity * wordCount)
    let places = 1 << sizes.recentBitCount
    recent = .fromMalloc(count: places * wordCount)
    recentShift = UInt64(64 - sizes.recentBitCount)
    // No state is in its place: 0 is in those of all others, and in its own one of another place.
    recent.initialize(repeating: 0, count: places * wordCount)
    let zero = place(UnsafePointer(recent))
    while place(UnsafePointer(zero)) == zero { zero[0] += 1 }
    store.noteMemory(8 * wordCount * (2 * capacity + places))
  }

  deinit {
    free(states)
    free(other)
    free(recent)
  }

  // MARK: - Batches

  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool { true }

  func refresh() {}

  func unfold(_ entries: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> { entries }

  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool { true }

  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool { true }

  /// Collects all successors. None is known to be new yet.
  ///
  /// - Returns: 0; nil where the store has failed.
  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int? {
    batch.isNew.update(repeating: false, count: batch.count)
    var taken = 0
    while taken < batch.count {
      guard makeRoom() else { return nil }
      let part = min(batch.count - taken, capacity - count)
      collect(batch.state(taken), count: part)
      taken += part
    }
    return 0
  }

  @inline(__always)
  private func collect(_ successors: UnsafePointer<UInt64>, count added: Int) {
    let wordCount = wordCount
    var end = states + count * wordCount
    if wordCount == 1 {
      let (recent, shift) = (recent, recentShift)
      for position in 0..<added {
        let state = successors[position]
        let place = recent + Int(truncatingIfNeeded: Self.mix(state) &>> shift)
        // Without a branch, as none would be foretold.
        end.pointee = state
        end += place.pointee == state ? 0 : 1
        place.pointee = state
      }
    } else {
      for position in 0..<added {
        let state = successors + position * wordCount
        let place = place(state)
        if StateOrder.equal(state, place, wordCount) { continue }
        for word in 0..<wordCount {
          place[word] = state[word]
          end[word] = state[word]
        }
        end += wordCount
      }
    }
    count = (end - states) / wordCount
  }

  @inline(__always)
  private func place(_ state: UnsafePointer<UInt64>) -> UnsafeMutablePointer<UInt64> {
    var hash: UInt64 = 0
    for word in 0..<wordCount { hash = Self.mix(hash ^ state[word]) }
    return recent + Int(truncatingIfNeeded: hash &>> recentShift) * wordCount
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    (word ^ (word &>> 32)) &* 0x9E37_79B9_7F4A_7C15
  }

  // Nobody knows of a state by its key.

  func key(_ batch: SuccessorBatch, _ successor: Int) -> StateKey { StateKey(head: 0) }

  func insert(_ key: StateKey, depth: Int, grow: Growth) -> Bool? { false }

  func contains(_ key: StateKey) -> Bool { false }

  func depth(_ key: StateKey) -> Int? { nil }

  // MARK: - Room

  /// Sees to it that there is room for a state.
  private func makeRoom() -> Bool {
    if count < capacity { return true }
    if capacity < sizes.candidateCount, grow() { return true }
    count = sorter.sort(states, count: count, other)
    if count <= capacity / 2 { return true }
    do throws(DiskFailure) {
      try write()
    } catch {
      store.note(error)
      return false
    }
    return true
  }

  private func grow() -> Bool {
    let grown = min(2 * capacity, sizes.candidateCount)
    guard states.resize(to: grown * wordCount), other.resize(to: grown * wordCount) else {
      return false
    }
    store.noteMemory(2 * 8 * wordCount * (grown - capacity))
    capacity = grown
    return true
  }

  /// Writes what is sorted as a run.
  private func write() throws(DiskFailure) {
    let writer = try openWriter()
    try writer.append(states, count: count)
    runs.append(try writer.endRun())
    count = 0
    if runs.count >= sizes.runCount { try mergeRuns() }
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

  // MARK: - Levels

  /// All that has been collected, as runs; they are there until `removeAll`.
  func takeRuns() throws(DiskFailure) -> [SortedRun] {
    count = sorter.sort(states, count: count, other)
    return runs + [.kept(KeptStates(borrowing: states, count: count))]
  }

  func removeAll() {
    runs = []
    count = 0
    writer?.removeAll()
  }
}
