package import Checkpoints
import Evaluation
import Glibc
import Packing
import Synchronization

/// Keeps checkpoints of one search in a folder, so that another process can go on with it.
///
/// Between two batches of its states a search is whole: of each state of the level either all successors
/// have been added, counted and looked at, or none. Threads come back to such a point for a checkpoint, as
/// they do when compiled rules are taken over. Where a limit ends a search in the middle of a batch, what
/// was counted of it is taken back (`SearchWorker.abandonStep`), and it is expanded again later: what it
/// has added by then has been looked at, and is not new any more.
///
/// A state and its depth never change. So what levels up to the current one have is written once, into
/// files that stay; what the next level has so far, which states are still to be expanded, and which are
/// known to be good for liveness, is written anew each time. A state is written as its packed words, a
/// transition by numbers of states that are written with these: nothing is said of the table that it was
/// found in, of dictionaries, nor of threads.
package final class SearchCheckpoints {
  /// Opens a folder for them, or says why it cannot be.
  package typealias Opening = @Sendable () throws(CheckpointError) -> SearchCheckpoints

  let folder: CheckpointFolder
  private let isExplicit: Bool
  private let every: Duration
  let report: (CheckpointNote) -> Void
  private var next: ContinuousClock.Instant
  /// What a checkpoint is written with; nil before the search begins, and where there is no memory.
  private(set) var tools: Tools?

  // What the files that stay have.
  var settledDepth = -1
  /// For each worker, transitions that they have.
  private var settledTransitions: [Int] = []
  var settledFiles: [FileRecord] = []
  // States that had been expanded at the last checkpoint, and when one was last tried.
  var savedExpandedCount = -1
  var triedExpandedCount = -1

  struct Tools {
    let columns: StateColumns
    let buffer: BlockBuffer
    /// Reads a table of keys; nil where there is none.
    let reader: SeenSetInserter?
  }

  /// Seconds between two checkpoints where nothing else is asked for.
  package static let defaultSeconds = 600.0
  /// Without a wish, checkpoints take no more than this part of the time.
  private static let mostShare = 20

  /// - Parameters:
  ///   - seconds: Between two checkpoints; nil is `defaultSeconds`, and more where writing one takes
  ///     long.
  ///   - report: Told of what becomes of each.
  package init(
    _ folder: CheckpointFolder, every seconds: Double? = nil,
    report: @escaping (CheckpointNote) -> Void = { _ in }
  ) {
    self.folder = folder
    self.report = report
    isExplicit = seconds != nil
    every = .seconds(seconds ?? Self.defaultSeconds)
    next = .now + every
  }

  /// As the user has named the folder.
  package var path: String { folder.path }

  /// Whether there is a checkpoint to go on from.
  var hasContents: Bool { folder.contents != nil }

  /// Whether several ranks have written it.
  var isOfRanks: Bool { folder.contents.flatMap(SavedSearch.rankCount) ?? 0 > 0 }

  /// Whether it is time for the next one. However short the time between two is, something has been
  /// expanded since the last one, or the search would not get on.
  func isDue(expandedCount: Int) -> Bool { expandedCount != triedExpandedCount && .now >= next }

  // MARK: - Memory

  /// About how many bytes writing needs: a buffer has room for what the columns have.
  static func byteCount(wordCount: Int) -> Int { 2 * StateColumns.byteCount(wordCount: wordCount) }

  /// Takes the memory that writing needs, so that a checkpoint can be written where there is no more.
  ///
  /// - Returns: False if there is none.
  func begin(_ shared: SharedSearch) -> Bool {
    guard let columns = StateColumns(wordCount: shared.space.packing.wordCount),
      let buffer = BlockBuffer(capacity: max(columns.blockByteCount, Self.chunkByteCount + 64)),
      shared.take(byteCount: columns.byteCount + buffer.byteCount)
    else { return false }
    tools = Tools(
      columns: columns, buffer: buffer, reader: shared.store.lossless.map { SeenSetInserter($0) })
    return true
  }

  // MARK: - Saving

  static let statesTag: UInt32 = 1
  static let openTag: UInt32 = 2
  static let nextTag: UInt32 = 3
  static let marksTag: UInt32 = 4
  static let transitionsTag: UInt32 = 5
  /// States of the next level that need not be new.
  static let pendingTag: UInt32 = 6
  static let chunkByteCount = 1 << 20

  /// Writes a checkpoint. Where that fails, the one before it stays, and the search goes on.
  ///
  /// Only while no worker is at work.
  ///
  /// - Parameter start: Where the search stood before it began to find out what is new in the level, if it has
  ///   not come to the end of that.
  func save(
    _ shared: SharedSearch, _ workers: [SearchWorker], _ totals: SearchTotals,
    from start: LevelStart? = nil
  ) {
    let started = ContinuousClock.now
    defer { noteTried(since: started) }
    let expandedCount = shared.expandedCount.load(ordering: .relaxed)
    triedExpandedCount = expandedCount
    guard let tools else {
      return report(.failed(CheckpointError(path, .system(file: nil, code: ENOMEM))))
    }
    // Nothing has been done since.
    if expandedCount == savedExpandedCount { return report(.kept) }
    tools.reader?.refresh()
    do throws(CheckpointError) {
      try save(shared, workers, totals, from: start, tools)
      savedExpandedCount = expandedCount
      report(.written)
    } catch {
      // The next one needs the room.
      folder.removeOthers()
      report(.failed(error))
    }
  }

  /// Decides when the next one is due.
  func noteTried(since started: ContinuousClock.Instant) {
    let taken = ContinuousClock.now - started
    next = .now + (isExplicit ? every : max(every, taken * Self.mostShare))
  }

  /// The search has ended where it cannot be taken up: the last checkpoint stays.
  func giveUp() { report(.failed(CheckpointError(path, .undecided))) }

  /// What writes what the store has.
  private func writer(
    _ shared: SharedSearch, _ workers: [SearchWorker], _ tools: Tools
  ) throws(CheckpointError) -> any CheckpointWriter {
    if let store = shared.store.delayed {
      return DelayedCheckpointWriter(columns: tools.columns, buffer: tools.buffer, store: store)
    }
    guard let store = shared.store.lossless, let reader = tools.reader, store.seen.isWhole,
      workers.allSatisfy({ !$0.found.hasLostEntries })
    else { throw CheckpointError(path, .system(file: nil, code: ENOMEM)) }
    return TableCheckpointWriter(
      columns: tools.columns, buffer: tools.buffer, reader: reader, store: store,
      hasNumbers: store.numbers != nil)
  }

  private func save(
    _ shared: SharedSearch, _ workers: [SearchWorker], _ totals: SearchTotals,
    from start: LevelStart?, _ tools: Tools
  ) throws(CheckpointError) {
    let writer = try writer(shared, workers, tools)
    var added: [FileRecord] = []
    if shared.depth > settledDepth {
      added.append(
        try folder.write(.states, tools.buffer) { file throws(BlockFileError) in
          try writer.writeStates(deeperThan: settledDepth, to: shared.depth, into: file)
        })
    }
    let transitions = workers.map(\.found.transitions)
    settledTransitions += Array(
      repeating: 0, count: max(0, workers.count - settledTransitions.count))
    if zip(transitions, settledTransitions).contains(where: { $0.numbers.count > $1 }) {
      added.append(
        try folder.write(.transitions, tools.buffer) { file throws(BlockFileError) in
          for (list, settled) in zip(transitions, settledTransitions) {
            try list.write(from: settled, into: file, tools.buffer)
          }
        })
    }
    let level = try folder.write(.level, tools.buffer) { file throws(BlockFileError) in
      try writer.writeLevel(shared, workers, into: file)
    }
    // What was read may not have been what was written.
    if shared.store.delayed?.failure != nil { throw CheckpointError(path, .storeFailed) }
    let (saved, counted) = SavedSearch.here(shared, workers, totals, from: start)
    guard let contents = saved.bytes(counted, shared) else {
      throw CheckpointError(path, .system(file: nil, code: ENOMEM))
    }
    try folder.commit(settledFiles + added + [level], contents, tools.buffer)
    settledFiles += added
    settledDepth = shared.depth
    for (worker, list) in transitions.enumerated() {
      settledTransitions[worker] = list.numbers.count
    }
  }

  // MARK: - Going on

  /// Fills an empty search with what the checkpoint has. Where the search ends meanwhile, because there
  /// is too little memory or no more is wanted, it is filled in part, and is over.
  ///
  /// - Returns: What had been counted.
  func restore(
    _ shared: SharedSearch, _ worker: SearchWorker, _ interpreter: InterpreterGenerator
  ) throws(CheckpointError) -> SearchTotals {
    var totals = SearchTotals(shared, interpreter)
    let saved = try read(shared, &totals)
    guard let tools else {
      shared.stop(shared.options.memoryByteCount.map { .bytes($0) } ?? .noMemory)
      return pass(saved, shared, totals)
    }
    report(.reading)
    if let store = shared.store.delayed {
      try DelayedRestorer(shared, store, worker, saved, tools.columns).restore(from: folder)
      if shared.isOver { return pass(saved, shared, totals) }
      take(saved, shared, worker, &totals)
      settle(saved)
      beginToWait()
      return totals
    }
    guard let store = shared.store.lossless else { return totals }
    let restorer = SearchRestorer(shared, store, worker, saved, tools.columns)
    try restorer.restore(from: folder)
    if shared.isOver { return pass(saved, shared, totals) }
    take(saved, shared, worker, &totals)
    try restorer.takePending(from: folder)
    // States have other numbers now than in the files.
    if store.numbers == nil { settle(saved) }
    beginToWait()
    return totals
  }

  /// Has a search that has ended before all was read say what the checkpoint has, of which nothing is lost.
  ///
  /// - Returns: What had been counted.
  private func pass(
    _ saved: SavedSearch, _ shared: SharedSearch, _ totals: SearchTotals
  ) -> SearchTotals {
    shared.isPartlyRead = true
    shared.depth = saved.depth
    shared.secondsBefore = saved.seconds
    shared.ruleFiringCount.store(saved.ruleFiringCount, ordering: .relaxed)
    shared.store.count.add(saved.stateCount - shared.store.count.value)
    report(.unread)
    return totals
  }

  /// Reads what the list of files has beside them.
  ///
  /// - Parameter totals: Added to.
  func read(
    _ shared: SharedSearch, _ totals: inout SearchTotals
  ) throws(CheckpointError) -> SavedSearch {
    var saved: SavedSearch?
    var isSound = true
    (folder.contents ?? []).withUnsafeBytes { bytes in
      do throws(BlockBytes.Unexpected) {
        saved = try SavedSearch.read(bytes, shared, &totals)
      } catch {
        isSound = false
      }
    }
    guard isSound else {
      throw CheckpointError(path, .broken(file: "checkpoint", .hasOtherBytes))
    }
    guard let saved else { throw CheckpointError(path, .otherSearch) }
    return saved
  }

  /// Takes the counts of a checkpoint, and looks once more at what was wrong.
  func take(
    _ saved: SavedSearch, _ shared: SharedSearch, _ worker: SearchWorker,
    _ totals: inout SearchTotals
  ) {
    shared.depth = saved.depth
    shared.secondsBefore = saved.seconds
    // Those of all ranks are had by one of them.
    if shared.cluster?.isFirst ?? true {
      shared.ruleFiringCount.store(saved.ruleFiringCount, ordering: .relaxed)
      shared.expandedCount.store(saved.expandedCount, ordering: .relaxed)
    }
    for suspect in saved.suspects {
      worker.lookAgain(
        at: suspect.state, foundAt: suspect.isExpanded ? nil : shared.depth + 1)
    }
    // What was expanded for that, and to look at a sample, has been counted before.
    totals.subtract(AbandonedStep(coverHits: worker.generator.coverHits))
  }

  /// Goes on with the files that stay.
  func settle(_ saved: SavedSearch) {
    settledDepth = saved.settledDepth
    settledFiles = folder.files.filter { $0.kind == .states }
    savedExpandedCount = saved.expandedCount
  }

  /// Begins to wait for the next one.
  func beginToWait() { next = .now + every }
}

/// What has become of a checkpoint.
package enum CheckpointNote {
  /// One is being read.
  case reading
  /// The search has ended before all of it was read.
  case unread
  case written
  /// Nothing had to be written: the last one has all.
  case kept
  /// What was there before is still there.
  case failed(CheckpointError)
}
