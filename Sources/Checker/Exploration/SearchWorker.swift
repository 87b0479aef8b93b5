import Analysis
import Diagnostics
import Evaluation
import Packing
import PathConditions
import Symmetry
import Synchronization
import Trace
import TransitionSystem

/// What the workers of one search share.
final class SharedSearch: @unchecked Sendable {
  let space: SearchSpace
  let options: ExplorationOptions
  /// When no more is wanted, within a step too.
  let condition: StopCondition
  let store: StateStore
  let properties: PropertyInstances
  let rendezvous = Rendezvous()
  /// Whether states may be discarded: they are then looked at before they are added.
  let mayDiscard: Bool
  /// Bytes of the frontiers, of this level and, as far as it is found, of the next, and of the
  /// transitions that are kept.
  let frontierByteCount = Atomic<Int>(0)
  let expandedCount = Atomic<Int>(0)
  let ruleFiringCount = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let stopReason = Mutex<ExplorationLimit?>(nil)

  // Changed only while one thread works.
  var frontier = Frontier([])
  /// The depth of the frontier's states.
  var depth = 0

  init(_ space: SearchSpace, _ options: ExplorationOptions, _ store: StateStore) {
    self.space = space
    self.options = options
    condition = space.stop
    self.store = store
    properties = PropertyInstances(space.system)
    mayDiscard = space.system.mayDiscardStates
  }

  /// Bytes that the store may take beside the frontiers.
  var storeByteLimit: Int {
    guard let limit = options.memoryByteCount else { return .max }
    return limit - frontierByteCount.load(ordering: .relaxed)
  }

  var byteCount: Int { store.byteCount + frontierByteCount.load(ordering: .relaxed) }

  /// Ends the search; the first reason stays.
  func stop(_ reason: ExplorationLimit) {
    stopReason.withLock { if $0 == nil { $0 = reason } }
    isStopped.store(true, ordering: .relaxed)
  }

  /// Ends the search where something was not decided; that no more is wanted is said as what it is.
  func stop(_ reason: Undecided) {
    stop(reason == .stopped ? .ended(condition) : .undecided(reason))
  }

  /// Ends the search if no more is wanted.
  func stopIfDue() {
    if condition.isDue() { stop(Undecided.stopped) }
  }

  /// Takes memory for what grows beside the store and the frontiers.
  ///
  /// - Returns: False if there is to be no more.
  func take(byteCount: Int) -> Bool {
    guard storeByteLimit - byteCount >= store.byteCount else { return false }
    frontierByteCount.add(byteCount, ordering: .relaxed)
    return true
  }

  /// Ends the search because memory was not to be had.
  func stopForMemory() {
    guard let limit = options.memoryByteCount, storeByteLimit < store.byteCount + limit / 4 else {
      return stop(.noMemory)
    }
    stop(.bytes(limit))
  }

  var isOver: Bool { isStopped.load(ordering: .relaxed) }

  var limit: ExplorationLimit? { stopReason.withLock { $0 } }

  /// Makes the store larger while all other workers stand still.
  func grow(from generation: Int, isForced: Bool) -> Bool {
    var growth = StateStore.Growth.done
    rendezvous.alone {
      // Another worker may have done it meanwhile.
      guard store.generation == generation else { return }
      growth = store.grow(isForced: isForced, byteLimit: storeByteLimit, with: rendezvous)
    }
    switch growth {
    case .done: break
    case .isTooMuch: stop(.bytes(options.memoryByteCount ?? byteCount))
    case .noMemory: stop(.noMemory)
    }
    return growth == .done
  }
}

/// Expands pieces of the frontier, for one thread, and keeps what it finds.
final class SearchWorker {
  private let shared: SharedSearch
  var generator: any SuccessorGenerator
  private let inserter: StateInserter
  private let batch: SuccessorBatch
  private let wordCount: Int
  private let isLossless: Bool
  private let hasMeasures: Bool
  private let paths: PathConditions?
  private let hasLiveness: Bool
  private let selection: StubbornSelection?

  /// What of the frontier this worker has taken and not expanded.
  private var piece: Frontier.Piece?
  private var position = 0
  /// The number in its level of the first state of the batch.
  private var firstNumber = 0

  var hasPiece: Bool { piece != nil }

  // What has been done and not been published.
  private var firedCount = 0
  private var expandedCount = 0

  // What has been found, by this worker.
  private(set) var finding: Finding?
  private let firings: FiringCounts
  private(set) var propertyCoverHits: [Int]
  private(set) var measures: [MeasureExtremes]
  /// What each new state adds to. An access to a property of a class is checked, to memory it is
  /// not; that was a tenth of the time.
  private let tally: UnsafeMutablePointer<Tally>

  private struct Tally {
    var inspection = Inspection()
    var next: Frontier.Writer
    var digest = StateSetDigest()
    var births: BirthLog?
    var transitions = TransitionList()
  }

  /// How states were found, where they cannot be had back from the store; there is one worker then.
  private var notedBirthByteCount = 0
  var births: BirthLog? { tally.pointee.births }

  init(_ shared: SharedSearch, _ generator: any SuccessorGenerator, number: Int) {
    self.shared = shared
    self.generator = generator
    wordCount = shared.space.layout.wordCount
    isLossless = shared.store.isLossless
    paths = shared.space.paths
    hasLiveness = shared.store.numbers != nil
    hasMeasures = !shared.properties.measures.isEmpty
    batch = SuccessorBatch(wordCount: wordCount, isOwnKey: shared.store.isLossless)
    batch.mayTake = { [unowned shared] in shared.take(byteCount: $0) }
    selection = StubbornSelection(shared.space, capacity: batch.capacity)
    inserter = StateInserter(
      shared.store, worker: number, isShared: shared.options.usedThreadCount > 1,
      capacity: batch.capacity)
    firings = FiringCounts(shared.space.system, shared.space.instances)
    tally = .allocate(capacity: 1)
    tally.initialize(
      to: Tally(next: Frontier.Writer(wordCount: shared.store.frontierWordCount)))
    if !shared.store.isLossless {
      tally.pointee.births = BirthLog()
      tally.pointee.births?.beginLevel()
    }
    propertyCoverHits = Array(repeating: 0, count: shared.space.system.covers.count)
    measures = Array(repeating: MeasureExtremes(), count: shared.properties.measures.count)
  }

  deinit {
    tally.deinitialize(count: 1)
    tally.deallocate()
  }

  /// The transitions that this worker has kept for liveness properties.
  var transitions: TransitionList { tally.pointee.transitions }

  /// The fingerprint of the states that this worker has added.
  var digest: StateSetDigest { tally.pointee.digest }

  /// How often each rule has fired.
  var ruleFirings: [Int] { firings.sums }

  /// Takes what has been found for the next level.
  func takeNext() -> [Frontier.Block] {
    defer {
      tally.pointee.next = Frontier.Writer(wordCount: shared.store.frontierWordCount)
      tally.pointee.births?.beginLevel()
    }
    return tally.pointee.next.blocks
  }

  // MARK: - Start

  /// Adds the start states.
  func addStartStates() {
    shared.rendezvous.enter()
    defer { shared.rendezvous.leave() }
    let canonicalizer = Canonicalizer(shared.space.symmetry, layout: shared.space.layout)
    var position = 0
    while position < shared.space.startInstances.count, !shared.isOver {
      position = generator.startStates(from: position, into: batch)
      batch.canonicalize(by: canonicalizer)
      for (position, failure) in batch.failures {
        let instance = shared.space.startInstances[position]
        note(
          Finding(
            violation: Violation(.interruption(failure), failedStep: instance), state: nil,
            depth: 0, length: 0, rank: position))
      }
      guard makeRoom(), inserter.fold(batch, grow: shared.grow) else { return }
      add(0..<batch.count, depth: 0, from: 0)
      if let reason = paths?.failure ?? generator.undecided { shared.stop(reason) }
      shared.stopIfDue()
    }
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

  // MARK: - Expansion

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
        firstNumber = piece.first + position
        position += expand(
          piece.entries + position * shared.store.frontierWordCount,
          count: piece.count - position)
      }
      shared.frontierByteCount.subtract(shared.frontier.finish(piece), ordering: .relaxed)
      self.piece = nil
      position = 0
    }
  }

  /// Expands states from the beginning of some.
  private func expand(_ entries: UnsafePointer<UInt64>, count: Int) -> Int {
    defer { publishCounts() }
    if shared.store.isFull, !shared.grow(from: shared.store.generation, isForced: false) {
      return 0
    }
    inserter.refresh()
    let count = min(count, SuccessorBatch.stateCount)
    if hasLiveness { inserter.prefetch(entries, count: count) }
    let states = inserter.unfold(entries, count: count)
    let generator = generator
    let expanded = generator.expand(states, count: count, into: batch)
    if let reason = paths?.failure ?? generator.undecided {
      // What was found of the state is not to be trusted, and it is the only one.
      shared.stop(reason)
      return 0
    }
    guard makeRoom() else { return 0 }
    guard inserter.fold(batch, stateCount: expanded, grow: shared.grow) else { return 0 }
    selection?.reduce(
      batch, of: states, stateCount: expanded, depth: shared.depth, inserter)
    let depth = shared.depth + 1
    if shared.mayDiscard || shared.options.maximumStateCount != nil {
      for position in 0..<expanded {
        countFirings(of: position..<position + 1, states)
        add(batch.successors(of: position), depth: depth, from: position)
        if let reason = paths?.failure ?? generator.undecided { shared.stop(reason) }
        if shared.isOver { return position + 1 }
      }
      if hasLiveness {
        for successor in 0..<batch.count {
          batch.numbers[successor] = inserter.number(of: batch.keys[successor])
        }
        for position in 0..<expanded {
          batch.stateNumbers[position] = inserter.number(of: entries[position])
        }
      }
    } else {
      guard let newCount = inserter.insert(batch, depth: depth, grow: shared.grow) else { return 0 }
      if hasLiveness { inserter.number(batch, of: entries, stateCount: expanded) }
      if paths != nil {
        guard takeInTurn(depth: depth, stateCount: expanded, states, generator) else { return 0 }
      } else {
        countFirings(of: 0..<expanded, states)
        if newCount > 0 { takeNew(depth: depth, of: 0..<expanded, generator) }
        if let reason = generator.undecided { shared.stop(reason) }
      }
    }
    if let numbers = shared.store.numbers { keepTransitions(stateCount: expanded, numbers) }
    return expanded
  }

  /// Keeps the transitions of expanded states from which no good state is known to be reached.
  private func keepTransitions(stateCount: Int, _ numbers: StateNumbers) {
    let marks = numbers.marks
    let byteCount = tally.pointee.transitions.numbers.byteCount
    for position in 0..<stateCount {
      let state = Int(batch.stateNumbers[position])
      if marks.isGood(state) { continue }
      let range = batch.successors(of: position)
      // A successor may stand for fewer values of the symbolic constants than the state does.
      for successor in range where batch.numbers[successor] != 0 && paths == nil {
        _ = marks.inherit(state, from: Int(batch.numbers[successor]))
      }
      if marks.isGood(state) { continue }
      tally.pointee.transitions.append(
        from: state,
        to: UnsafeBufferPointer(start: batch.numbers + range.lowerBound, count: range.count))
    }
    let added = tally.pointee.transitions.numbers.byteCount - byteCount
    if added > 0 { noteMemory(added) }
  }

  /// Takes the successors of a batch that have been added, state by state: where a question is not
  /// decided, those of the states behind it have not been found.
  ///
  /// - Returns: False where that is so.
  private func takeInTurn(
    depth: Int, stateCount: Int, _ states: UnsafePointer<UInt64>,
    _ generator: any SuccessorGenerator
  ) -> Bool {
    for position in 0..<stateCount {
      countFirings(of: position..<position + 1, states)
      takeNew(depth: depth, of: position..<position + 1, generator)
      guard let reason = paths?.failure else { continue }
      let rest = batch.ends[position]..<batch.ends[stateCount - 1]
      shared.store.count.subtract(rest.count { batch.isNew[$0] }, ordering: .relaxed)
      shared.stop(reason)
      return false
    }
    return true
  }

  /// Takes the successors of some states that have been added.
  private func takeNew(depth: Int, of states: Range<Int>, _ generator: any SuccessorGenerator) {
    let (ends, isNew) = (batch.ends, batch.isNew)
    var successor = states.lowerBound == 0 ? 0 : ends[states.lowerBound - 1]
    for position in states {
      let end = ends[position]
      while successor < end {
        if isNew[successor] { take(successor, depth: depth, from: position, generator) }
        successor &+= 1
      }
    }
  }

  /// Once for each batch: an access to what threads share takes longer than a state.
  private func publishCounts() {
    shared.ruleFiringCount.add(firedCount, ordering: .relaxed)
    shared.expandedCount.add(expandedCount, ordering: .relaxed)
    firedCount = 0
    expandedCount = 0
  }

  /// Counts what the successors of expanded states are, and notes what is wrong with the states.
  private func countFirings(of expanded: Range<Int>, _ states: UnsafePointer<UInt64>) {
    // An access to a property of a class is checked; to these it is not.
    let (multiplicities, instances, firings) = (batch.multiplicities, batch.instances, firings)
    let ofInstances = firings.ofInstances
    let (ends, hasProgress) = (batch.ends, batch.hasProgress)
    let deadlock = shared.options.deadlock
    let isPartlyStuck = batch.isStuck
    let isSymbolic = paths != nil
    var successor = expanded.lowerBound == 0 ? 0 : ends[expanded.lowerBound - 1]
    var fired = 0
    for position in expanded {
      let first = successor
      let end = ends[position]
      while successor < end {
        let count = multiplicities[successor]
        fired &+= count
        if let ofInstances {
          ofInstances[instances[successor]] &+= count
        } else {
          firings.add(instances[successor], times: count)
        }
        successor &+= 1
      }
      let isStuck =
        switch deadlock {
        case .off: false
        case .stuck: isSymbolic ? isPartlyStuck[position] != 0 : first == end
        case .stuttering: hasProgress[position] == 0
        }
      if isStuck { noteDeadlock(position, states + position * wordCount) }
    }
    firedCount += fired
    expandedCount += expanded.count
    for (instance, failure) in batch.failures {
      noteFailure(failure, instance, in: states, firstNumber)
    }
  }

  /// Notes a state that nothing changes, unless something went wrong there.
  private func noteDeadlock(_ position: Int, _ state: UnsafePointer<UInt64>) {
    // With symbolic constants it is asked for where nothing went wrong.
    guard batch.failures.isEmpty || paths != nil else { return }
    note(
      Finding(
        violation: Violation(.deadlock), state: copy(state), depth: shared.depth,
        number: firstNumber + position, length: shared.depth, rank: .max))
  }

  /// Adds successors one by one, unless they are discarded, and up to the most states.
  private func add(_ successors: Range<Int>, depth: Int, from parent: Int) {
    for successor in successors {
      let key = batch.keys[successor]
      if shared.store.bits == nil, inserter.find(key) != nil { continue }
      if shared.mayDiscard {
        generator.inspect(batch.state(successor), into: &tally.pointee.inspection)
        if tally.pointee.inspection.isDiscarded { continue }
      }
      if let most = shared.options.maximumStateCount,
        shared.store.count.load(ordering: .relaxed) >= most
      {
        return shared.stop(.states(most))
      }
      guard let isNew = inserter.insert(key, depth: depth, grow: shared.grow) else { return }
      if isNew, hasLiveness { batch.numbers[successor] = inserter.numberNew(key) }
      if isNew { take(successor, depth: depth, from: parent, generator) }
    }
  }

  /// Takes a state that has been added.
  ///
  /// - Parameter parent: Which state of the batch it was found from.
  private func take(
    _ successor: Int, depth: Int, from parent: Int, _ generator: any SuccessorGenerator
  ) {
    let state = batch.state(successor)
    var number = 0
    if !isLossless {
      noteBirths()
      number = tally.pointee.births?.count ?? 0
      let isNoted = tally.pointee.births?.append(
        parent: depth == 0 ? 0 : firstNumber + parent, instance: batch.instances[successor])
      if isNoted == false { shared.stop(.noMemory) }
    }
    let before = tally.pointee.next.byteCount
    let takesMemory = tally.pointee.next.append(
      isLossless ? UnsafePointer(batch.keys + successor) : state)
    if takesMemory {
      if tally.pointee.next.isShort { shared.stop(.noMemory) }
      noteMemory(tally.pointee.next.byteCount - before)
    }
    tally.pointee.digest.add(hash: StateHash.hash(state, wordCount: wordCount))
    generator.inspect(state, into: &tally.pointee.inspection)
    if let kind = tally.pointee.inspection.violation {
      note(
        Finding(
          violation: Violation(kind), state: copy(state), depth: depth, number: number,
          length: depth, rank: 0))
      return
    }
    for cover in tally.pointee.inspection.coversHit { propertyCoverHits[cover] += 1 }
    if hasLiveness, let marks = shared.store.numbers?.marks {
      let state = Int(batch.numbers[successor])
      for (instance, holds) in tally.pointee.inspection.livenessHolds.enumerated() where holds {
        marks.mark(state, instance)
      }
    }
    if !hasMeasures { return }
    for (position, value) in tally.pointee.inspection.measures.enumerated() {
      measures[position].add(value, depth: depth, number: number, copy(state))
    }
    for (position, value) in tally.pointee.inspection.outcomeMeasures {
      measures[position].add(value, depth: depth, number: number, copy(state))
    }
  }

  /// Notes the memory of the log of births.
  private func noteBirths() {
    let byteCount = tally.pointee.births?.byteCount ?? 0
    guard byteCount - notedBirthByteCount >= 1 << 16 else { return }
    noteMemory(byteCount - notedBirthByteCount)
    notedBirthByteCount = byteCount
  }

  /// Notes memory that has been taken beside the store.
  private func noteMemory(_ byteCount: Int) {
    shared.frontierByteCount.add(byteCount, ordering: .relaxed)
    if shared.storeByteLimit < shared.store.byteCount {
      shared.stop(.bytes(shared.options.memoryByteCount ?? 0))
    }
  }

  private func copy(_ state: UnsafePointer<UInt64>) -> [UInt64] {
    Array(UnsafeBufferPointer(start: state, count: wordCount))
  }

  // MARK: - What is wrong

  private func noteFailure(
    _ failure: Violation.Failure, _ position: Int, in state: UnsafePointer<UInt64>, _ number: Int
  ) {
    let instance = shared.space.instances[position]
    let isInAction = failure.place == .action
    note(
      Finding(
        violation: Violation(.interruption(failure), failedStep: isInAction ? instance : nil),
        state: copy(state), depth: shared.depth, number: number,
        length: shared.depth + (isInAction ? 1 : 0),
        rank: position))
  }

  private func note(_ found: Finding) {
    if let finding, !found.precedes(finding) { return }
    finding = found
  }
}
