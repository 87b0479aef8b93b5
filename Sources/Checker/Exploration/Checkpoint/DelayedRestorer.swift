import Checkpoints
import Evaluation
import Packing

/// Fills an empty search on disk with the states of a checkpoint, whatever store they were found in.
///
/// Nothing that is read is taken for granted. A state has to be one by its types, and to be there once; one that
/// is to be expanded has to be of the last level. What is known of states by their numbers is passed over: a
/// store on disk finds out at the end what states are good for.
struct DelayedRestorer {
  private let shared: SharedSearch
  private let worker: SearchWorker
  private let saved: SavedSearch
  private let columns: StateColumns
  private let refill: DiskRefill
  private let check: StateCheck
  private let batch: SuccessorBatch
  private let wordCount: Int

  init(
    _ shared: SharedSearch, _ store: any DelayedStore, _ worker: SearchWorker,
    _ saved: SavedSearch, _ columns: StateColumns
  ) {
    self.shared = shared
    self.worker = worker
    self.saved = saved
    self.columns = columns
    refill = store.makeRefill()
    check = StateCheck(shared.space)
    wordCount = shared.space.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
  }

  /// Where the search ends meanwhile, it is filled in part, and is over.
  func restore(from folder: CheckpointFolder) throws(CheckpointError) {
    var sample = RestoredSample()
    try read(.states, of: folder) { tag in
      if tag == SearchCheckpoints.statesTag { sample.take(from: columns, above: saved.depth) }
    }
    try require(folder) { () throws(DiskFailure) in
      try refill.makeLevels(saved.settledDepth + 1, while: goesOn)
    }
    try read(.level, of: folder) { _ in }
    try require(folder) { () throws(DiskFailure) in
      try refill.begin(while: goesOn) && shared.store.count.value == saved.stateCount
    }
    if shared.isOver { return }
    var isOfThisModel = true
    do throws(DiskFailure) {
      isOfThisModel = try sample.isOfThisModel(
        shared, worker.generator, hasSuccessors: true, batch
      ) { () throws(DiskFailure) in
        try refill.isSeen(batch.words, count: batch.count)
      }
    } catch {
      shared.stop(.disk(error))
    }
    if !isOfThisModel { throw CheckpointError(folder.path, .otherSearch) }
  }

  private func goesOn() -> Bool {
    shared.stopIfDue()
    return !shared.isOver
  }

  /// Throws where the files do not have what a search has.
  private func require(
    _ folder: CheckpointFolder, _ holds: () throws(DiskFailure) -> Bool
  ) throws(CheckpointError) {
    if shared.isOver { return }
    var isSound = true
    do throws(DiskFailure) { isSound = try holds() } catch { shared.stop(.disk(error)) }
    if !isSound, !shared.isOver {
      throw CheckpointError(folder.path, .broken(file: "checkpoint", .hasOtherBytes))
    }
  }

  /// Takes all blocks of the files of a kind.
  ///
  /// - Parameter body: Called with each block's tag when its states are in the columns.
  private func read(
    _ kind: FileRecord.Kind, of folder: CheckpointFolder, _ body: (_ tag: UInt32) -> Void
  ) throws(CheckpointError) {
    for record in folder.files where record.kind == kind && !shared.isOver {
      try folder.read(record) { block throws(BlockBytes.Unexpected) in
        guard goesOn() else { return false }
        if block.tag == SearchCheckpoints.marksTag { return true }
        var bytes = block.bytes
        try columns.read(&bytes)
        try bytes.end()
        body(block.tag)
        try take(block.tag)
        return !shared.isOver
      }
    }
  }

  /// Adds the states of the columns.
  private func take(_ tag: UInt32) throws(BlockBytes.Unexpected) {
    let last = UInt64(saved.depth)
    let depths: ClosedRange<UInt64>
    switch tag {
    case SearchCheckpoints.statesTag: depths = 0...last
    case SearchCheckpoints.openTag: depths = last...last
    case SearchCheckpoints.nextTag, SearchCheckpoints.pendingTag: depths = last + 1...last + 1
    default: throw BlockBytes.Unexpected()
    }
    for position in 0..<columns.count {
      columns.state(position, into: batch.words)
      guard depths.contains(columns.depth(position)), check.canBe(batch.words) else {
        throw BlockBytes.Unexpected()
      }
      do throws(DiskFailure) {
        try add(batch.words, Int(columns.depth(position)), as: tag)
      } catch {
        return shared.stop(.disk(error))
      }
    }
  }

  private func add(
    _ state: UnsafePointer<UInt64>, _ depth: Int, as tag: UInt32
  ) throws(DiskFailure) {
    switch tag {
    case SearchCheckpoints.openTag: try refill.add(open: state)
    case SearchCheckpoints.nextTag: try refill.add(observed: state)
    case SearchCheckpoints.pendingTag: try refill.add(collected: state)
    default: try refill.add(state, depth: depth)
    }
  }
}
