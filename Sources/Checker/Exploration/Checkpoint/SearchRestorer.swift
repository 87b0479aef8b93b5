import Checkpoints
import Evaluation
import Packing
import Symmetry
import Synchronization

/// Fills an empty search with the states and transitions of a checkpoint, which are folded, numbered and
/// added as if they had just been found: so the store may have another shape than the one they came from.
///
/// Nothing that is read is taken for granted. A state has to be one by its types, and to be there once; a
/// number has to be of a state.
final class SearchRestorer {
  let shared: SharedSearch
  let store: any SeenSetStore
  let worker: SearchWorker
  let saved: SavedSearch
  let columns: StateColumns
  private let inserter: SeenSetInserter
  private let batch: SuccessorBatch
  let check: StateCheck
  let wordCount: Int
  /// What is asked of a state without a number that the files give: what it is good for.
  private var inspection = Inspection()
  private var open: Frontier.Writer
  private var sample = RestoredSample()
  /// For each number that the checkpoint gives, the one that the state has now; 0 for none.
  private var renumbered: [UInt32] = []
  // Where the next mark and the next transition belong.
  private var markPosition = 0
  private var transitionWordCount = 0

  init(
    _ shared: SharedSearch, _ store: any SeenSetStore, _ worker: SearchWorker,
    _ saved: SavedSearch, _ columns: StateColumns
  ) {
    self.shared = shared
    self.store = store
    self.worker = worker
    self.saved = saved
    self.columns = columns
    wordCount = shared.space.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
    inserter = SeenSetInserter(store, capacity: batch.capacity)
    check = StateCheck(shared.space)
    open = Frontier.Writer(
      wordCount: store.frontierWordCount, hasNumbers: store.numbers != nil)
  }

  func restore(from folder: CheckpointFolder) throws(CheckpointError) {
    // Keys may change between two blocks of states that are whole, but not while a level is read.
    for kind in [FileRecord.Kind.states, .level, .transitions] {
      for record in folder.files where record.kind == kind && !shared.isOver {
        try folder.read(record) { block throws(BlockBytes.Unexpected) in
          shared.stopIfDue()
          if !shared.isOver { try take(&block) }
          return !shared.isOver
        }
      }
    }
    if shared.isOver { return }
    guard store.count.value == saved.stateCount,
      transitionWordCount % TransitionList.recordCount == 0
    else {
      throw CheckpointError(folder.path, .broken(file: "checkpoint", .hasOtherBytes))
    }
    guard isOfThisModel() else { throw CheckpointError(folder.path, .otherSearch) }
    takeFrontier()
  }

  /// Makes the states that are still to be expanded the frontier.
  func takeFrontier() {
    shared.frontier = Frontier(open.blocks)
    shared.frontierByteCount.add(open.byteCount, ordering: .relaxed)
    if open.isShort { shared.stop(.noMemory) }
  }

  /// Adds what ranks had sent to one another, behind all else: it may be known by then. What is new of it
  /// is observed as any state that is found.
  func takePending(from folder: CheckpointFolder) throws(CheckpointError) {
    guard saved.rankCount > 0 else { return }
    for record in folder.files where record.kind == .level && !shared.isOver {
      try folder.read(record) { block throws(BlockBytes.Unexpected) in
        guard block.tag == SearchCheckpoints.pendingTag else { return true }
        var bytes = block.bytes
        try columns.read(&bytes)
        try takePending()
        return !shared.isOver
      }
    }
  }

  /// Adds the states of the columns that are new.
  func takePending() throws(BlockBytes.Unexpected) {
    for first in stride(from: 0, to: columns.count, by: batch.capacity) where !shared.isOver {
      let count = min(batch.capacity, columns.count - first)
      batch.removeAll()
      for position in 0..<count {
        columns.state(first + position, into: batch.words + position * wordCount)
        guard check.canBe(batch.state(position)) else { throw BlockBytes.Unexpected() }
      }
      if worker.take(batch.words, count: count) < count { shared.stopIfDue() }
    }
  }

  private func take(_ block: inout BlockReader.Block) throws(BlockBytes.Unexpected) {
    var bytes = block.bytes
    switch block.tag {
    case SearchCheckpoints.statesTag, SearchCheckpoints.nextTag, SearchCheckpoints.openTag:
      try columns.read(&bytes)
      if block.tag == SearchCheckpoints.statesTag { takeSample() }
      try takeColumns(as: block.tag)
    // Behind all else.
    case SearchCheckpoints.pendingTag: return
    case SearchCheckpoints.marksTag: try takeMarks(&bytes)
    case SearchCheckpoints.transitionsTag: try takeTransitions(&bytes)
    default: throw BlockBytes.Unexpected()
    }
    try bytes.end()
  }

  /// Adds the states of the columns, or finds them.
  ///
  /// - Parameter tag: Of the block that they are from.
  func takeColumns(as tag: UInt32) throws(BlockBytes.Unexpected) {
    switch tag {
    case SearchCheckpoints.statesTag:
      try add(depths: 0...UInt64(saved.settledDepth)) { _, _ in }
      store.refitKeys([], byteLimit: shared.storeByteLimit, with: SerialWork(), partCount: 1)
      inserter.refresh()
    case SearchCheckpoints.nextTag:
      let depth = UInt64(saved.depth) + 1
      try add(depths: depth...depth) { worker.found.adopt($0, number: $1) }
    case SearchCheckpoints.openTag: try findOpen()
    default: throw BlockBytes.Unexpected()
    }
  }

  // MARK: - States

  /// States of which the lines are asked for at once.
  private static let window = 32

  /// Adds the states of the columns, and gives them numbers.
  ///
  /// - Parameter body: Called with the entry of each, as a frontier has it, and its number, if states
  ///   have some.
  private func add(
    depths: ClosedRange<UInt64>, _ body: (UnsafePointer<UInt64>, UInt32) -> Void
  ) throws(BlockBytes.Unexpected) {
    let deepest = (0..<columns.count).reduce(UInt64(0)) { max($0, columns.depth($1)) }
    guard deepest <= depths.upperBound else { throw BlockBytes.Unexpected() }
    guard store.makeRoom(forDepth: Int(deepest)) else { return shared.stop(.noMemory) }
    inserter.refresh()
    var first = 0
    while first < columns.count {
      let count = min(batch.capacity, columns.count - first)
      guard try fold(first, count) else { return }
      for position in 0..<count {
        if position % Self.window == 0 {
          inserter.prefetch(entry(position), count: min(Self.window, count - position))
        }
        let depth = columns.depth(first + position)
        let key = inserter.key(batch, position)
        guard depth >= depths.lowerBound else { throw BlockBytes.Unexpected() }
        guard let isNew = inserter.insert(key, depth: Int(depth), grow: shared.grow) else { return }
        guard isNew else { throw BlockBytes.Unexpected() }
        var number: UInt32 = 0
        if let numbers = store.numbers {
          if shared.cluster == nil {
            number = try self.number(key, columns.number(first + position))
          } else {
            number = inserter.numberNew(key)
            mark(batch.state(position), number, numbers.marks)
          }
        }
        body(entry(position), number)
      }
      first += count
    }
  }

  /// What a frontier has of a state of the batch: the state, or its key.
  private func entry(_ position: Int) -> UnsafePointer<UInt64> {
    store.frontierWordCount == wordCount
      ? batch.state(position) : UnsafePointer(batch.keys + position)
  }

  /// Finds the keys of some states of the columns.
  ///
  /// - Returns: False where the search is over.
  private func fold(_ first: Int, _ count: Int) throws(BlockBytes.Unexpected) -> Bool {
    batch.removeAll()
    for position in 0..<count {
      columns.state(first + position, into: batch.words + position * wordCount)
      guard check.canBe(batch.state(position)) else { throw BlockBytes.Unexpected() }
    }
    batch.count = count
    while store.isFull {
      guard shared.grow(from: store.generation, isForced: false) else { return false }
      inserter.refresh()
    }
    return inserter.fold(batch, grow: shared.grow)
  }

  /// Notes that states of the level are to be expanded; they have been added.
  private func findOpen() throws(BlockBytes.Unexpected) {
    var first = 0
    while first < columns.count {
      let count = min(batch.capacity, columns.count - first)
      guard try fold(first, count) else { return }
      for position in 0..<count {
        let key = inserter.key(batch, position)
        guard inserter.depth(key) == saved.depth else { throw BlockBytes.Unexpected() }
        _ = open.append(
          entry(position), number: store.numbers == nil ? 0 : inserter.number(of: key))
      }
      first += count
    }
  }

  // MARK: - A sample

  func takeSample() { sample.take(from: columns, above: saved.depth) }

  /// Whether what follows from the sample is there.
  func isOfThisModel() -> Bool {
    // What follows may be another rank's.
    sample.isOfThisModel(shared, worker.generator, hasSuccessors: shared.cluster == nil, batch) {
      guard inserter.fold(batch, grow: shared.grow) else { return true }
      return (0..<batch.count).allSatisfy { inserter.contains(inserter.key(batch, $0)) }
    }
  }

  // MARK: - Numbers

  /// Finds out what a state is good for by itself.
  private func mark(
    _ state: UnsafePointer<UInt64>, _ number: UInt32, _ marks: StateNumbers.Marks
  ) {
    do throws(Undecided) {
      try worker.generator.inspect(state, into: &inspection)
    } catch {
      shared.end(by: error)
      return
    }
    guard inspection.isNoted else { return }
    for instance in inspection.livenessHeld { marks.mark(Int(number), instance) }
  }

  /// Gives a state that has been added a number of its own.
  private func number(
    _ key: StateKey, _ number: UInt64
  ) throws(BlockBytes.Unexpected) -> UInt32 {
    guard number > 0, number < UInt64(UInt32.max) else { throw BlockBytes.Unexpected() }
    let number = Int(number)
    if number >= renumbered.count {
      let grown = max(number + 1, renumbered.count + renumbered.count / 2)
      guard shared.take(byteCount: 4 * (grown - renumbered.count)) else {
        shared.stopForMemory()
        return 0
      }
      renumbered += Array(repeating: 0, count: grown - renumbered.count)
    }
    guard renumbered[number] == 0 else { throw BlockBytes.Unexpected() }
    renumbered[number] = inserter.numberNew(key)
    return renumbered[number]
  }

  private func takeMarks(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) {
    guard let numbers = store.numbers else { throw BlockBytes.Unexpected() }
    let marks = try bytes.take(bytes.left)
    for byte in marks {
      let number = markPosition / numbers.stride
      // Of numbers that threads had taken and given to no state there are marks, too.
      if number < renumbered.count, renumbered[number] != 0 {
        numbers.restore(Int(renumbered[number]), byte: markPosition % numbers.stride, byte)
      }
      markPosition += 1
    }
  }

  private func takeTransitions(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) {
    while bytes.left > 0 {
      let word = try bytes.number(UInt32.self)
      // A record of one successor ends in a 0.
      let isNone = word == 0 && transitionWordCount % TransitionList.recordCount > 0
      guard isNone || word < renumbered.count && renumbered[Int(word)] != 0 else {
        throw BlockBytes.Unexpected()
      }
      worker.found.adoptTransition(isNone ? 0 : renumbered[Int(word)])
      transitionWordCount += 1
    }
  }
}
