/// States as three bits of a table of fixed size. For one thread.
final class BitstateStore: StateStore, @unchecked Sendable {
  let count = StateCount()
  fileprivate let bits: BitTable
  fileprivate let wordCount: Int

  /// - Parameter byteLimit: Bytes that the search may take. The table takes half of it, and 1 GiB at
  ///   most.
  /// - Returns: Nil if there is no memory.
  init?(wordCount: Int, byteLimit: Int) {
    guard let bits = BitTable(byteCount: min(1 << 30, byteLimit / 2)) else { return nil }
    self.bits = bits
    self.wordCount = wordCount
  }

  var growsWithStates: Bool { false }

  var frontierWordCount: Int { wordCount }

  var byteCount: Int { bits.byteCount }

  var omissionBound: Double { min(1, bits.expectedOmissions) }

  func makeInserter(worker: Int, isShared: Bool, capacity: Int) -> any StateInserter {
    BitstateInserter(self)
  }

  var generation: Int { 0 }

  var isFull: Bool { false }

  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth { .done }
}

/// Adds successors to a table of bits. Entries of a frontier are states, and keys are hashes.
final class BitstateInserter: StateInserter {
  private let store: BitstateStore

  init(_ store: BitstateStore) { self.store = store }

  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool { true }

  func refresh() {}

  func unfold(_ entries: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> { entries }

  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool {
    batch.hash(wordCount: store.wordCount)
    return true
  }

  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool {
    batch.hash(wordCount: store.wordCount)
    return true
  }

  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int? {
    var newCount = 0
    for position in 0..<batch.count {
      batch.isNew[position] = store.bits.insert(batch.keys[position])
      if batch.isNew[position] { newCount += 1 }
    }
    store.count.add(newCount)
    return newCount
  }

  func key(_ batch: SuccessorBatch, _ successor: Int) -> StateKey {
    StateKey(head: batch.keys[successor])
  }

  func insert(_ key: StateKey, depth: Int, grow: Growth) -> Bool? {
    let isNew = store.bits.insert(key.head)
    if isNew { store.count.add(1) }
    return isNew
  }

  /// Whether a state is new is not known before its bits are set.
  func contains(_ key: StateKey) -> Bool { false }

  func depth(_ key: StateKey) -> Int? { nil }
}
