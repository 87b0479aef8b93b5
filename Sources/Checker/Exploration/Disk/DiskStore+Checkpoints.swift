/// What a checkpoint has beside whole levels.
extension DiskStore {
  func forEach(
    in part: LevelPart, _ body: (_ states: UnsafePointer<UInt64>, _ count: Int) -> Bool
  ) {
    do throws(DiskFailure) {
      switch part {
      case .left:
        // What is left of a level that has not begun is none of the one before.
        if nextLevel == nil, let rest = level?.rest { try forEach(in: rest, body) }
      case .observed:
        if let run = nextLevel ?? observedBefore { try forEach(in: run, body) }
      case .collected:
        let merger = RunMerger(collectors.flatMap { $0.takeRuns() }, block, sorter)
        while true {
          let batch = try merger.next()
          if batch.count == 0 || !body(batch.states, batch.count) { return }
        }
      }
    } catch {
      note(error)
    }
  }

  private func forEach(
    in run: SortedRun, _ body: (_ states: UnsafePointer<UInt64>, _ count: Int) -> Bool
  ) throws(DiskFailure) {
    let cursor = RunCursor(run, block)
    while try cursor.fill(), body(cursor.states, cursor.count) { cursor.position = cursor.count }
  }

  func makeRefill() -> DiskRefill { DiskRefill(self) }

  /// Adds a level behind those that there are.
  ///
  /// - Parameter next: Its states, sorted, some at a time; none at its end.
  /// - Returns: False if one of them is of a level before, or it was told not to go on.
  fileprivate func add(
    level next: () throws(DiskFailure) -> (states: UnsafeMutablePointer<UInt64>, count: Int),
    while goesOn: () -> Bool
  ) throws(DiskFailure) -> Bool {
    let before = ownByteCount
    defer { noteMemory(ownByteCount - before) }
    let subtraction = seen.subtraction()
    while goesOn() {
      let batch = try next()
      if batch.count == 0 {
        let level = try levels.endLevel()
        count.add(level.count)
        try seen.add(level, while: goesOn)
        return true
      }
      try levels.append(batch.states, count: batch.count)
      guard try subtraction.subtract(from: batch.states, count: batch.count) == batch.count else {
        return false
      }
    }
    return false
  }

  /// Writes states into a file of their own.
  ///
  /// - Parameter seen: What is left of some of them.
  /// - Returns: Nil where there was more left, or less, than there should be, or it was told not to go on.
  fileprivate func write(
    _ collected: StateCollector, while goesOn: () -> Bool,
    areSeen: Bool, _ left: (UnsafeMutablePointer<UInt64>, Int) throws(DiskFailure) -> Int
  ) throws(DiskFailure) -> SortedRun? {
    let writer = StateWriter(try StateFile(folder, block))
    let merger = collected.merged()
    while goesOn() {
      let batch = try merger.next()
      if batch.count == 0 { return try writer.endRun() }
      try writer.append(batch.states, count: batch.count)
      guard try left(batch.states, batch.count) == (areSeen ? 0 : batch.count) else { return nil }
    }
    return nil
  }
}

/// Fills an empty store with the states of a checkpoint, in whatever order they come: whole levels first, then
/// what is of the level that is being expanded, and of the next one.
final class DiskRefill {
  private let store: DiskStore
  private let wordCount: Int
  /// States of whole levels, each behind its depth.
  private var levels: StateCollector?
  private let entry: UnsafeMutablePointer<UInt64>
  private let open: StateCollector
  private let observed: StateCollector

  fileprivate init(_ store: DiskStore) {
    self.store = store
    wordCount = store.block.wordCount
    levels = store.makeCollector(
      StateBlock(wordCount: wordCount + 1, words: store.sizes.blockWordCount))
    entry = .allocate(capacity: wordCount + 1)
    // What is collected for the next level is there beside these.
    open = store.makeCollector(store.block, share: 0.25)
    observed = store.makeCollector(store.block, share: 0.25)
  }

  deinit { entry.deallocate() }

  /// Adds a state of a whole level.
  func add(_ state: UnsafePointer<UInt64>, depth: Int) throws(DiskFailure) {
    entry[0] = UInt64(depth)
    (entry + 1).update(from: state, count: wordCount)
    try levels?.append(entry)
  }

  /// Adds a state that is still to be expanded; it has been added before.
  func add(open state: UnsafePointer<UInt64>) throws(DiskFailure) { try open.append(state) }

  /// Adds a state of the next level that has been observed.
  func add(observed state: UnsafePointer<UInt64>) throws(DiskFailure) {
    try observed.append(state)
  }

  /// Adds what may be a state of the next level.
  func add(collected state: UnsafePointer<UInt64>) throws(DiskFailure) {
    try store.collectors[0].append(state)
  }

  /// Makes levels of the states that have been added with their depths.
  ///
  /// - Returns: False if these are no levels of a search, or it was told not to go on.
  func makeLevels(_ levelCount: Int, while goesOn: () -> Bool) throws(DiskFailure) -> Bool {
    guard let merger = levels?.merged() else { return false }
    defer { levels = nil }
    var (states, count, position) = (entry, 0, 0)
    func next(_ depth: Int) throws(DiskFailure) -> (
      states: UnsafeMutablePointer<UInt64>, count: Int
    ) {
      if position == count {
        (states, count) = try merger.next()
        position = 0
      }
      // Without their depths, the states move to the front.
      let first = states + position * (wordCount + 1)
      var taken = 0
      while position < count, states[position * (wordCount + 1)] == UInt64(depth) {
        let state = states + position * (wordCount + 1) + 1
        for word in 0..<wordCount { first[taken * wordCount + word] = state[word] }
        taken += 1
        position += 1
      }
      return (first, taken)
    }
    for depth in 0..<levelCount {
      let isNew = try store.add(
        level: { () throws(DiskFailure) in try next(depth) }, while: goesOn)
      guard isNew else { return false }
    }
    if position < count { return false }
    return try merger.next().count == 0
  }

  /// Whether all of some states are of the levels.
  ///
  /// - Parameter states: They are sorted, and lost.
  func isSeen(_ states: UnsafeMutablePointer<UInt64>, count: Int) throws(DiskFailure) -> Bool {
    let other = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count * wordCount))
    defer { other.deallocate() }
    let sorted = store.sorter.sort(states, count: count, other)
    return try store.seen.subtraction().subtract(from: states, count: sorted) == 0
  }

  /// Takes up the level that is being expanded.
  ///
  /// - Returns: False if its states are not of the last level, or those of the next one not new, or it was told
  ///   not to go on.
  func begin(while goesOn: () -> Bool) throws(DiskFailure) -> Bool {
    guard let last = store.levels.runs.last else { return false }
    let cursor = RunCursor(last, store.block)
    let left = try store.write(open, while: goesOn, areSeen: true) {
      states, count throws(DiskFailure) in
      try cursor.subtract(from: states, count: count)
    }
    guard let left else { return false }
    let subtraction = store.seen.subtraction()
    let observed = try store.write(observed, while: goesOn, areSeen: false) {
      states, count throws(DiskFailure) in
      try subtraction.subtract(from: states, count: count)
    }
    guard let observed else { return false }
    store.level = RunCursor(left, store.block)
    store.count.add(observed.count)
    if observed.count > 0 { store.observedBefore = observed }
    return true
  }
}
