import Evaluation
import Packing
import Symmetry
import Synchronization
import Trace
import TransitionSystem

/// Takes states of the frontier through the stages of a step, for one thread.
///
/// A step is of up to 64 states, which stay side by side from stage to stage:
///
/// 1. `unfold`: entries of the frontier become packed states.
/// 2. `expand`: the states become a batch of their successors.
/// 3. `fold`: each successor gets its key in the store.
/// 4. `reduce`: successors that can be done without leave the batch.
/// 5. `insert`: the store says which of them are new.
/// 6. `observe`: what is new is looked at, and goes to the next level (`StateObserver`).
///
/// Where processes share a search, a stage behind `expand` sends successors to the ranks that own them: all
/// of them are counted here, where they were found, and inserted and observed there (`ClusterMember`). They
/// travel as words, since a key is one of this process's dictionaries.
final class SearchWorker {
  let shared: SharedSearch
  var generator: any SuccessorGenerator
  let inserter: any StateInserter
  let batch: SuccessorBatch
  let observer: StateObserver
  /// What is asked of a state that is counted elsewhere.
  private lazy var judge = InterpreterGenerator(shared.space)
  /// States whose successors are observed before it is known whether those of the next ones count.
  private let observedAtOnce: Int
  private let selection: StubbornSelection?
  let hasLiveness: Bool
  /// Where successors of other ranks go; nil where there are none.
  let outbox: Outbox?
  let digestsSteps: Bool
  /// Whether it depends on what a successor is, or on how many states there are, that it is added.
  let insertsInTurn: Bool

  /// What of the frontier this worker has taken and not expanded.
  var piece: Frontier.Piece?
  var position = 0

  /// Up to where the step has come that is being taken.
  var progress = Progress.none
  /// Whether it is wanted what a step that did not come to its end has counted.
  let keepsCoverHits: Bool
  /// Hits of covers within bodies before a step, and behind its expansion.
  var coverHits: (before: [Int], behind: [Int]) = ([], [])
  /// What the last step has counted, where it will be taken again.
  var abandoned: AbandonedStep?
  /// What the step has counted, where the successors of other ranks have left its batch.
  var counted: AbandonedStep?
  /// The fingerprint of the steps before this one.
  var stepDigestBefore = StateSetDigest()

  enum Progress {
    case none
    case expanding
    /// The successors have keys; those that have been added are marked.
    case inserting
    /// The successors have been added, or are in turn.
    case observing
  }

  var hasPiece: Bool { piece != nil }

  /// What this worker has found.
  var found: StateObserver { observer }

  /// States that are expanded at once.
  struct Expansion {
    /// As the frontier has them.
    let entries: UnsafePointer<UInt64>
    /// The states, packed, one after another.
    let states: UnsafePointer<UInt64>
    /// Their numbers, where they have some.
    let numbers: UnsafePointer<UInt32>?
    /// How many of them were expanded.
    let count: Int
    /// The number in its level of the first one.
    let firstNumber: Int
  }

  init(_ shared: SharedSearch, _ generator: any SuccessorGenerator, number: Int) {
    self.shared = shared
    self.generator = generator
    // Where a question is not decided, the successors of the states behind it have not been found.
    observedAtOnce = shared.space.domain.hasCases ? 1 : SuccessorBatch.stateCount
    hasLiveness = shared.numbers != nil
    digestsSteps = shared.options.digest == .steps
    outbox = shared.cluster?.outbox
    insertsInTurn =
      (shared.mayDiscard || shared.options.maximumStateCount != nil)
      && shared.store.delayed == nil
    batch = SuccessorBatch(
      wordCount: shared.space.packing.wordCount, isOwnKey: shared.store.lossless != nil)
    batch.mayTake = { [unowned shared] in shared.take(byteCount: $0) }
    selection = StubbornSelection(shared.space, capacity: batch.capacity)
    inserter = shared.store.makeInserter(
      worker: number, isShared: shared.options.usedThreadCount > 1,
      capacity: batch.capacity)
    observer = StateObserver(shared, batch)
    keepsCoverHits = shared.hasCheckpoints && !shared.space.system.covers.isEmpty
  }

  // MARK: - Start

  /// Adds the start states.
  func addStartStates() {
    shared.rendezvous.enter()
    defer { shared.rendezvous.leave() }
    let canonicalizer = Canonicalizer(shared.space.symmetry, packing: shared.space.packing)
    var position = 0
    while position < shared.space.startInstances.count, !shared.isOver {
      do throws(Undecided) {
        position = try generator.startStates(from: position, into: batch)
      } catch {
        // Those before it are there.
        shared.end(by: error)
      }
      batch.canonicalize(by: canonicalizer)
      observer.noteFailedStarts()
      if let outbox, !outbox.keepOwn(of: batch, shared.insist) { return }
      guard makeRoom(), inserter.fold(batch, grow: shared.grow) else { return }
      do throws(Undecided) {
        if shared.store.delayed != nil {
          if !insertForLater(depth: 0) { return }
        } else {
          try insertInTurn(0..<batch.count, depth: 0, parent: 0)
        }
      } catch {
        shared.end(by: error)
      }
      shared.stopIfDue()
    }
  }

  // MARK: - Pieces

  /// Expands pieces until there is none left.
  ///
  /// - Parameter goesOn: Asked before each batch; false leaves the rest for the next call.
  func expandFrontier(while goesOn: () -> Bool) {
    shared.rendezvous.enter()
    defer { shared.rendezvous.leave() }
    while !shared.isOver {
      guard let piece = piece ?? shared.frontier.take() else { return }
      self.piece = piece
      while position < piece.count {
        guard goesOn(), !shared.isOver else { return }
        shared.rendezvous.pass()
        do throws(Undecided) {
          position += try step(
            piece.entries + position * shared.store.frontierWordCount,
            numbers: piece.numbers.map { $0 + position }, count: piece.count - position,
            firstNumber: piece.first + position)
        } catch {
          shared.end(by: error)
          return
        }
      }
      shared.frontierByteCount.subtract(shared.frontier.finish(piece), ordering: .relaxed)
      self.piece = nil
      position = 0
    }
  }

  /// Takes states from the beginning of some through all stages.
  ///
  /// - Parameter firstNumber: The number in its level of the first one.
  /// - Returns: How many; 0 where there was no room, or the search ends.
  private func step(
    _ entries: UnsafePointer<UInt64>, numbers: UnsafePointer<UInt32>?, count: Int,
    firstNumber: Int
  ) throws(Undecided) -> Int {
    defer { observer.publishCounts() }
    guard takeStore() else { return 0 }
    let count = min(count, SuccessorBatch.stateCount)
    progress = .expanding
    beginStep()
    let states = inserter.unfold(entries, count: count)
    // Where something is not decided, nothing that was found of its state is kept.
    guard let expanded = try expand(states, count: count) else { return 0 }
    if keepsCoverHits { coverHits.behind = generator.coverHits }
    let expansion = Expansion(
      entries: entries, states: states, numbers: numbers, count: expanded,
      firstNumber: firstNumber)
    if let outbox, !send(expansion, by: outbox) { return 0 }
    guard fold(expansion) else { return 0 }
    reduce(expansion)
    if insertsInTurn {
      progress = .observing
      try insertAndObserveInTurn(expansion)
      if shared.isOver { return 0 }
    } else {
      progress = .inserting
      guard let newCount = insert(expansion) else { return 0 }
      progress = .observing
      try observe(expansion, hasNew: newCount > 0)
    }
    if outbox == nil {
      keepTransitions(expansion)
      if digestsSteps {
        addSteps(expansion)
        // Whether some successor is a state may not have been decided then.
        if shared.store.delayed != nil, shared.isOver { return 0 }
      }
    }
    progress = .none
    return expanded
  }
}

// MARK: - Stages

extension SearchWorker {
  /// Sees to it that the store has room, and takes it as it is.
  ///
  /// - Returns: False where it has none; it was to grow then.
  func takeStore() -> Bool {
    if shared.store.isFull, !shared.grow(from: shared.store.generation, isForced: false) {
      return false
    }
    inserter.refresh()
    return true
  }

  /// Fills the batch with the successors of states.
  ///
  /// - Returns: How many states were expanded, at least one; nil where the search ends.
  private func expand(
    _ states: UnsafePointer<UInt64>, count: Int
  ) throws(Undecided) -> Int? {
    let expanded = try generator.expand(states, count: count, into: batch)
    return makeRoom() ? expanded : nil
  }

  /// Makes room for all successors of the batch wherever something is noted of each.
  ///
  /// - Returns: False where the search ends, because there is none.
  private func makeRoom() -> Bool {
    let isRoom =
      !batch.isShort && inserter.makeRoom(batch.capacity, shared.take)
      && selection?.makeRoom(batch.capacity, shared.take) ?? true
    if !isRoom { shared.stopForMemory() }
    return isRoom
  }

  /// Gives each successor its key.
  ///
  /// - Returns: False where the store cannot be made large enough.
  private func fold(_ expansion: Expansion) -> Bool {
    inserter.fold(batch, stateCount: expansion.count, grow: shared.grow)
  }

  /// Takes successors out of the batch that can be done without.
  private func reduce(_ expansion: Expansion) {
    selection?.reduce(
      batch, of: expansion.states, stateCount: expansion.count, depth: shared.depth, inserter)
  }

  /// Adds all successors to the store, notes which of them are new, and gives these their numbers.
  ///
  /// - Returns: How many are new; nil where the store cannot be made large enough.
  private func insert(_ expansion: Expansion) -> Int? {
    if shared.store.delayed != nil { return insertForLater(depth: shared.depth + 1) ? 0 : nil }
    guard let newCount = inserter.insert(batch, depth: shared.depth + 1, grow: shared.grow) else {
      return nil
    }
    if hasLiveness, newCount > 0 { inserter.numberNew(batch) }
    return newCount
  }

  /// Keeps what liveness needs of the expanded states' transitions.
  private func keepTransitions(_ expansion: Expansion) {
    guard let numbers = expansion.numbers else { return }
    if shared.space.domain.hasCases {
      inserter.number(batch)
    } else {
      inserter.findLeads(
        batch, of: expansion.entries, numbers, stateCount: expansion.count)
    }
    observer.keepTransitions(from: numbers, stateCount: expansion.count)
  }

  /// Gives all successors to a store that finds out later which of them are new.
  ///
  /// - Returns: False where it has failed, which ends the search.
  private func insertForLater(depth: Int) -> Bool {
    if inserter.insert(batch, depth: depth, grow: shared.grow) != nil { return true }
    shared.stopIfStoreFailed()
    return false
  }

  /// Adds the steps of the batch to their fingerprint, behind the insertion of what is a state.
  func addSteps(_ expansion: Expansion) {
    observer.addSteps(from: expansion.states, count: expansion.count) { successor in
      !shared.mayDiscard || isState(successor)
    }
  }

  /// Whether a successor is a state, and no assumption discards it.
  private func isState(_ successor: Int) -> Bool {
    guard shared.store.delayed != nil || outbox != nil else {
      return inserter.contains(inserter.key(batch, successor))
    }
    do throws(Undecided) {
      return try !observer.isDiscarded(successor, judge)
    } catch {
      shared.end(by: error)
      return false
    }
  }

  /// Looks at the expanded states and at the successors that are new.
  private func observe(_ expansion: Expansion, hasNew: Bool) throws(Undecided) {
    var first = 0
    while first < expansion.count {
      let states = first..<min(first + observedAtOnce, expansion.count)
      if outbox == nil {
        observer.countFirings(of: states, expansion.states, firstNumber: expansion.firstNumber)
      }
      if hasNew {
        do throws(Undecided) {
          try observer.observeNew(of: states, firstNumber: expansion.firstNumber, generator)
        } catch {
          let rest = batch.ends[states.upperBound - 1]..<batch.ends[expansion.count - 1]
          shared.store.count.add(-rest.count { batch.isNew[$0] })
          throw error
        }
      }
      first = states.upperBound
    }
  }

  // MARK: In turn

  /// The last two stages, one successor after another.
  ///
  /// Where the search ends meanwhile, the last of the states may have been taken in part.
  private func insertAndObserveInTurn(_ expansion: Expansion) throws(Undecided) {
    for position in 0..<expansion.count {
      if outbox == nil {
        observer.countFirings(
          of: position..<position + 1, expansion.states, firstNumber: expansion.firstNumber)
      }
      try insertInTurn(
        batch.successors(of: position), depth: shared.depth + 1,
        parent: expansion.firstNumber + position)
      if shared.isOver { return }
    }
  }

  /// Adds successors one by one, unless they are discarded, and up to the most states.
  ///
  /// - Parameter parent: The number in its level of the state that they were found from.
  func insertInTurn(
    _ successors: Range<Int>, depth: Int, parent: Int
  ) throws(Undecided) {
    for successor in successors {
      batch.isNew[successor] = false
      let key = inserter.key(batch, successor)
      if inserter.contains(key) { continue }
      if shared.mayDiscard, try observer.isDiscarded(successor, generator) { continue }
      if let most = shared.options.maximumStateCount,
        shared.store.count.value >= most
      {
        return shared.stop(.states(most))
      }
      guard let isNew = inserter.insert(key, depth: depth, grow: shared.grow) else { return }
      if !isNew { continue }
      batch.isNew[successor] = true
      if hasLiveness { batch.numbers[successor] = inserter.numberNew(key) }
      try observer.observe(successor, depth: depth, parent: parent, generator)
    }
  }
}
