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
  func endLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int)

  /// States of the level that have not been given yet; none at its end.
  func nextPart() -> [Frontier.Block]

  /// The levels so far.
  func levelSource() -> any LevelSource
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
  private let folder: DiskFolder
  private let block: StateBlock
  private let sizes: DiskSizes
  private let sorter: StateSorter
  private let seen: SeenRuns
  private let levels: LevelFile
  private var inserters: [DelayedInserter] = []
  private let firstFailure = Mutex<DiskFailure?>(nil)
  private let bytes = Atomic<Int>(0)
  /// What is to be read next of the level.
  private var level: RunCursor?

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
    let inserter = DelayedInserter(self, folder, block, sizes)
    inserters.append(inserter)
    return inserter
  }

  var generation: Int { 0 }

  var isFull: Bool { false }

  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth { .done }

  // MARK: - Levels

  func endLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) {
    level = nil
    let before = ownByteCount
    do throws(DiskFailure) {
      try addLevel(while: goesOn, observe)
    } catch {
      note(error)
    }
    noteMemory(ownByteCount - before)
  }

  private func addLevel(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) throws(DiskFailure) {
    try writeNew(while: goesOn, observe)
    for inserter in inserters { inserter.removeAll() }
    let level = try levels.endLevel()
    try seen.add(level, while: goesOn)
    self.level = RunCursor(level, block)
  }

  /// Merges what was collected, and writes what of it has not been seen as the next level.
  private func writeNew(
    while goesOn: () -> Bool, _ observe: (_ states: UnsafeMutablePointer<UInt64>, Int) -> Int
  ) throws(DiskFailure) {
    var runs: [SortedRun] = []
    for inserter in inserters { runs += try inserter.takeRuns() }
    let merger = RunMerger(runs, block, sorter)
    let subtraction = seen.subtraction()
    while goesOn() {
      let batch = try merger.next()
      if batch.count == 0 { break }
      let new = try subtraction.subtract(from: batch.states, count: batch.count)
      if new == 0 { continue }
      try levels.append(batch.states, count: observe(batch.states, new))
    }
  }

  private var ownByteCount: Int { seen.byteCount(besides: levels.file) + levels.byteCount }

  func nextPart() -> [Frontier.Block] {
    guard let level, let part = Frontier.Block(capacity: partCapacity, wordCount: block.wordCount)
    else { return [] }
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
