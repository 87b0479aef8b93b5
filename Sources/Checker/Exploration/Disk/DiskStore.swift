import Evaluation
import Glibc
import Synchronization

/// A store that finds out at the end of a level which states are new.
protocol DelayedStore: StateStore {
  /// What has gone wrong first, if anything has: nothing is to be concluded then from what is missing.
  var failure: DiskFailure? { get }

  /// Finds out which of the states that inserters were given since the last call are new. They are the next
  /// level.
  ///
  /// - Parameters:
  ///   - goesOn: Asked now and then.
  ///   - observe: Called with new states one after another, each once; moves those that are to stay to the
  ///     front and returns how many these are.
  /// - Returns: False if the level is not whole, because it was told not to go on or has failed: what was
  ///   collected is as it was before.
  func endLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) -> Bool

  /// States of the level that have not been given yet; none at its end.
  ///
  /// - Returns: Nil if there is no memory.
  func nextPart() -> [Frontier.Block]?

  /// The levels so far.
  func levelSource() -> any LevelSource

  /// The first state from which an instance of a liveness property cannot be reached, when all states are there.
  ///
  /// - Parameters:
  ///   - generators: One for each thread; nobody else uses them.
  ///   - work: As many threads, or one.
  /// - Throws: What was not decided; `Undecided.stopped`, where no more was wanted meanwhile or the store has
  ///   failed, which the search knows then.
  func firstStranded(
    _ shared: SharedSearch, _ generators: [any SuccessorGenerator], with work: any PartedWork
  ) throws(Undecided) -> LivenessOutcome

  /// Calls `body` with the states of a part, some at a time, until it returns false.
  func forEach(
    in part: LevelPart, _ body: (_ states: UnsafePointer<UInt64>, _ count: Int) -> Bool)

  /// What fills it with the states of a checkpoint, while it is empty.
  func makeRefill() -> DiskRefill
}

/// What a store that says later what is new has beside whole levels.
enum LevelPart {
  /// States of the level that have not been given for expansion.
  case left
  /// States of the next level that have been observed.
  case observed
  /// What has been collected, of which it is not known whether it is new.
  case collected
}

/// States whole, on disk, for searches whose states do not fit into memory. It finds duplicates when a level
/// has been expanded (Stern and Dill, "Using magnetic disk instead of main memory in the Murphi verifier",
/// 1998), by sorting what was found and merging it with what had been seen (delayed duplicate detection, in
/// Korf's words: "Best-first frontier search with delayed duplicate detection", 2004).
///
/// Other than there, states are sorted by their words and not by a hash. Neighbours are then alike, and take two
/// to three bytes where random keys take five; a level that is read in its order gives the first state by its
/// words first; and blocks in which nothing can be are not read, so that thin levels cost little.
final class DiskStore: DelayedStore, @unchecked Sendable {
  let count = StateCount()
  let folder: DiskFolder
  let block: StateBlock
  let sizes: DiskSizes
  let sorter: StateSorter
  let seen: SeenRuns
  let levels: LevelFile
  /// One for each inserter.
  private(set) var collectors: [StateCollector] = []
  private let firstFailure = Mutex<DiskFailure?>(nil)
  private let bytes = Atomic<Int>(0)
  /// What is to be read next of the level.
  var level: RunCursor?
  /// The level behind, where it is whole and nothing of it has been given.
  var nextLevel: SortedRun?
  /// States of the next level that have been observed before the checkpoint which the search goes on from.
  var observedBefore: SortedRun?

  init(
    _ options: DiskOptions?, wordCount: Int, workerCount: Int, byteLimit: Int
  ) throws(DiskFailure) {
    folder = try DiskFolder(options)
    sizes =
      options?.sizes
      ?? DiskSizes(byteLimit: byteLimit, wordCount: wordCount, workerCount: workerCount)
    block = StateBlock(wordCount: wordCount, words: sizes.blockWordCount)
    sorter = StateSorter(wordCount: wordCount)
    seen = SeenRuns(folder, block, sorter, mostKept: sizes.keptCount)
    levels = LevelFile(try StateFile(folder, block))
  }

  var delayed: (any DelayedStore)? { self }

  var byteCount: Int { bytes.load(ordering: .relaxed) }

  var growsWithStates: Bool { false }

  var frontierWordCount: Int { block.wordCount }

  var omissionBound: Double { 0 }

  var failure: DiskFailure? { firstFailure.withLock { $0 } }

  /// Notes what has gone wrong, unless something has before.
  func note(_ failure: DiskFailure) {
    firstFailure.withLock { if $0 == nil { $0 = failure } }
  }

  /// Notes memory that an inserter takes.
  func noteMemory(_ byteCount: Int) { bytes.add(byteCount, ordering: .relaxed) }

  func makeInserter(worker: Int, isShared: Bool, capacity: Int) -> any StateInserter {
    let collector = makeCollector(block)
    collectors.append(collector)
    return DelayedInserter(self, collector, recentBitCount: sizes.recentBitCount)
  }

  /// What sorts states of some form.
  ///
  /// - Parameter share: The part that it may have of the memory of an inserter.
  func makeCollector(_ block: StateBlock, share: Double = 1) -> StateCollector {
    let words = share * Double(sizes.candidateCount * self.block.wordCount)
    return StateCollector(
      folder, block, mostStates: max(8, Int(words) / block.wordCount), mostRuns: sizes.runCount
    ) { [weak self] in self?.noteMemory($0) }
  }

  var generation: Int { 0 }

  var isFull: Bool { false }

  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth { .done }

  // MARK: - Levels

  func endLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) -> Bool {
    level = nil
    let before = ownByteCount
    defer { noteMemory(ownByteCount - before) }
    do throws(DiskFailure) {
      return try addLevel(while: goesOn, observe)
    } catch {
      note(error)
      return false
    }
  }

  private func addLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) throws(DiskFailure) -> Bool {
    guard try writeNew(while: goesOn, observe) else { return false }
    for collector in collectors { collector.removeAll() }
    let level = try levels.endLevel()
    nextLevel = level
    try seen.add(level, while: goesOn)
    return true
  }

  /// Merges what was collected, and writes what of it has not been seen as the next level.
  ///
  /// - Returns: False if not all of it is written.
  private func writeNew(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) throws(DiskFailure) -> Bool {
    guard let before = observedBefore else {
      return try forEachNew(while: goesOn, observe) { states, count throws(DiskFailure) in
        try levels.append(states, count: count)
      }
    }
    let writer = StateWriter(try StateFile(folder, block))
    let isWhole = try forEachNew(while: goesOn, observe) { states, count throws(DiskFailure) in
      try writer.append(states, count: count)
    }
    guard isWhole else { return false }
    let merger = RunMerger([try writer.endRun(), before], block, sorter)
    while true {
      let batch = try merger.next()
      if batch.count == 0 { break }
      try levels.append(batch.states, count: batch.count)
    }
    observedBefore = nil
    return true
  }

  /// Calls `append` with what of the collected states has not been seen and is to stay.
  ///
  /// - Returns: False if it was told not to go on.
  private func forEachNew(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int,
    _ append: (_ states: UnsafePointer<UInt64>, _ count: Int) throws(DiskFailure) -> Void
  ) throws(DiskFailure) -> Bool {
    let merger = RunMerger(collectors.flatMap { $0.takeRuns() }, block, sorter)
    let subtraction = seen.subtraction(with: observedBefore)
    while goesOn() {
      let batch = try merger.next()
      if batch.count == 0 { return true }
      let new = try subtraction.subtract(from: batch.states, count: batch.count)
      if new == 0 { continue }
      try append(batch.states, observe(batch.states, new))
    }
    return false
  }

  var ownByteCount: Int { seen.byteCount(besides: levels.file) + levels.byteCount }

  func nextPart() -> [Frontier.Block]? {
    guard nextLevel != nil || level != nil else { return [] }
    guard let part = Frontier.Block(capacity: partCapacity, wordCount: block.wordCount) else {
      return nil
    }
    if let next = nextLevel {
      level = RunCursor(next, block)
      nextLevel = nil
    }
    guard let level else { return [] }
    do throws(DiskFailure) {
      while part.count + block.stateCount <= partCapacity, try level.fill() {
        let count = level.count - level.position
        (part.entries + part.count * block.wordCount).update(
          from: level.states + level.position * block.wordCount, count: count * block.wordCount)
        part.count += count
        level.position = level.count
      }
    } catch {
      note(error)
      return []
    }
    return part.count == 0 ? [] : [part]
  }

  private var partCapacity: Int { max(sizes.partCount, block.stateCount) }

  func levelSource() -> any LevelSource { DiskLevels(self, levels, block) }
}

/// All levels, one behind the other, in one file.
final class LevelFile {
  let file: StateFile
  private let writer: StateWriter
  private(set) var runs: [SortedRun] = []

  init(_ file: StateFile) {
    self.file = file
    writer = StateWriter(file)
  }

  var byteCount: Int {
    file.memoryByteCount + runs.capacity * MemoryLayout<SortedRun>.stride
  }

  func append(_ states: UnsafePointer<UInt64>, count: Int) throws(DiskFailure) {
    try writer.append(states, count: count)
  }

  /// Ends a level; what is written next is of the one behind it.
  func endLevel() throws(DiskFailure) -> SortedRun {
    let run = try writer.endRun()
    runs.append(run)
    return run
  }
}

/// The levels of a store on disk.
final class DiskLevels: LevelSource {
  private let store: DiskStore
  private let levels: LevelFile
  private let block: StateBlock

  init(_ store: DiskStore, _ levels: LevelFile, _ block: StateBlock) {
    (self.store, self.levels, self.block) = (store, levels, block)
  }

  func forEachPart(
    ofLevel depth: Int,
    _ body: (_ states: UnsafePointer<UInt64>, _ count: Int, _ areSorted: Bool) -> Bool
  ) {
    guard depth < levels.runs.count else { return }
    let cursor = RunCursor(levels.runs[depth], block)
    do throws(DiskFailure) {
      while try cursor.fill(), body(cursor.states, cursor.count, true) {
        cursor.position = cursor.count
      }
    } catch {
      store.note(error)
    }
  }
}
