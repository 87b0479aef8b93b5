import Diagnostics
import Evaluation
import Packing

extension DiskStore {
  func firstStranded(
    _ shared: SharedSearch, _ generators: [any SuccessorGenerator], with work: any PartedWork
  ) throws(Undecided) -> LivenessOutcome {
    try DiskLiveness(shared, self, generators, work).firstStranded()
  }
}

/// Decides AG EF when all states are on disk: from every one, a state can be reached in which the property holds.
///
/// A state's number is its place in the order of words, and a few bits of each are in memory: what it is known to be
/// good for. All states are gone through once. What holds in them is marked, and of each state for which that is not
/// all two successors are collected with its number, its leads, as `LivenessSearch` has them. Sorted, they meet the
/// states in one pass, which says what their numbers are; from there on a transition is two numbers, and what is
/// good is passed on along these, from disk. What is left is expanded once more, with all successors, and settled the
/// same way. So all is read and written in order but for the bits (a semi-external graph search, as in Abello,
/// Buchsbaum and Westbrook, "A functional approach to external graph algorithms", 1998).
struct DiskLiveness {
  private let shared: SharedSearch
  private let store: DiskStore
  private let generators: [any SuccessorGenerator]
  private let work: any PartedWork
  private let wordCount: Int
  private let stateCount: Int
  /// Of a state with a number behind it.
  private let numberedBlock: StateBlock
  /// Bytes that threads collected into while the search went on.
  private let byteCount: Int
  /// Why it ends before its end.
  private let ending = EndingOfLiveness()

  /// What has ended it, if anything has.
  private final class EndingOfLiveness {
    var reason: SuccessorCollector.Ending?
  }

  /// - Parameters:
  ///   - store: That of the search, with all states.
  ///   - generators: One for each thread; nobody else uses them.
  ///   - work: As many threads, or one.
  init(
    _ shared: SharedSearch, _ store: DiskStore, _ generators: [any SuccessorGenerator],
    _ work: any PartedWork
  ) {
    (self.shared, self.store, self.generators, self.work) = (shared, store, generators, work)
    wordCount = store.block.wordCount
    stateCount = store.levels.runs.reduce(0) { $0 + $1.count }
    numberedBlock = StateBlock(wordCount: wordCount + 1, words: store.sizes.blockWordCount)
    byteCount = 2 * 8 * wordCount * store.sizes.candidateCount * store.collectors.count
  }

  /// - Throws: What was not decided; `Undecided.stopped`, where no more was wanted meanwhile, or the disk has
  ///   failed, which the search knows then.
  func firstStranded() throws(Undecided) -> LivenessOutcome {
    for collector in store.collectors { collector.giveBack() }
    guard let width = markWidth() else { return .outOfMemory }
    var first: StrandedState?
    do throws(DiskFailure) {
      let count = shared.properties.liveness.count
      for lower in stride(from: 0, to: count, by: width) where goesOn {
        let found = try firstStranded(for: lower..<min(lower + width, count), width)
        // Of one state, the first instance is shown.
        if let found, first.map(found.precedes) ?? true { first = found }
      }
    } catch {
      ending.reason = .disk(error)
    }
    switch ending.reason {
    case nil: break
    case .memory: return .outOfMemory
    case .undecided(let reason): throw reason
    case .disk(let failure):
      store.note(failure)
      shared.stopIfStoreFailed()
      throw .stopped
    }
    if shared.condition.isDue() { throw .stopped }
    return .init(first)
  }

  /// Bits of marks for each state: as many as there are instances, where memory is enough for that; else these are
  /// looked at one after another, or some at a time.
  ///
  /// - Returns: Nil where there is not enough for one.
  private func markWidth() -> Int? {
    func fits(_ width: Int) -> Bool {
      shared.options.memoryByteCount == nil
        || PackedMarks.byteCount(stateCount: stateCount, width: width) <= byteCount / 2
    }
    var width = 1
    while width < min(shared.properties.liveness.count, PackedMarks.mostInstances) { width *= 2 }
    while width > 1, !fits(width) { width /= 2 }
    return fits(width) ? width : nil
  }

  private var goesOn: Bool { ending.reason == nil && !shared.condition.isDue() }

  // MARK: - Some instances

  /// The first state from which one of some instances cannot be reached, with the first of these.
  private func firstStranded(
    for instances: Range<Int>, _ width: Int
  ) throws(DiskFailure) -> StrandedState? {
    guard let marks = PackedMarks(stateCount: stateCount, width: width) else {
      ending.reason = .memory
      return nil
    }
    store.noteMemory(marks.byteCount)
    defer { store.noteMemory(-marks.byteCount) }
    let all: UInt64 = .max >> UInt64(64 - instances.count)
    let spreading = MarkSpreading(
      marks, store.folder, mostPending: mostPending, while: { [self] in goesOn })
    try spreading.settle(
      transitions(.leads, spreading, where: { marks[$0] != all }) { states, collectors in
        spreading.instances |= mark(states, for: instances, marks, collectors)
      })
    let held = spreading.instances
    if goesOn, marks.unsettledCount(held) > 0 {
      try spreading.settle(
        transitions(.all, spreading, where: { marks[$0] & held != held }) { _, _ in })
    }
    guard goesOn, marks.unsettledCount(all) > 0,
      let found = try firstState(where: { marks[$0] != all })
    else { return nil }
    let instance = (~marks[found.number]).trailingZeroBitCount
    return StrandedState(
      instance: instances.lowerBound + instance, state: found.state, depth: found.depth)
  }

  /// States that are marked, and pass that on one by one.
  private var mostPending: Int { min(1 << 16, max(16, store.sizes.candidateCount / 8)) }

  /// Calls `body` with all states, some at a time.
  private func forEachBatch(
    _ body: (NumberedStates) throws(DiskFailure) -> Void
  ) throws(DiskFailure) {
    let states = try NumberedStates(store.seen.merger(), wordCount: wordCount)
    while goesOn {
      try body(states)
      guard try states.advance() else { return }
    }
  }

  // MARK: - Transitions

  /// Transitions from some states, and passes on along each what its target is marked for.
  ///
  /// - Parameters:
  ///   - isWanted: Whether a state is meant, by its number.
  ///   - look: Called with all states, some at a time, before those are expanded.
  private func transitions(
    _ choice: SuccessorCollector.Choice, _ spreading: MarkSpreading,
    where isWanted: (Int) -> Bool, look: (NumberedStates, [SuccessorCollector]) -> Void
  ) throws(DiskFailure) -> TransitionRun {
    let collectors = makeCollectors(besides: spreading.marks)
    try forEachBatch { states in
      look(states, collectors)
      inParts(states.count, collectors) { collector, positions in
        collector.expand(states.states, positions, first: states.first, choice, where: isWanted)
      }
    }
    return try resolve(collectors, spreading)
  }

  private func makeCollectors(besides marks: PackedMarks) -> [SuccessorCollector] {
    let left = max(0, byteCount - marks.byteCount)
    let entryByteCount = 2 * 8 * (wordCount + 1)
    return generators.map {
      SuccessorCollector(
        $0,
        StateCollector(
          store.folder, numberedBlock,
          mostStates: max(64, left / (entryByteCount * generators.count)),
          mostRuns: store.sizes.runCount, noteMemory: store.noteMemory))
    }
  }

  /// Does something with parts of some states, on all threads where it is worth that.
  private func inParts(
    _ count: Int, _ collectors: [SuccessorCollector],
    _ body: (SuccessorCollector, Range<Int>) -> Void
  ) {
    let partCount = count < shared.options.leastLevelForThreads ? 1 : collectors.count
    func part(_ number: Int) -> Range<Int> {
      count * number / partCount..<count * (number + 1) / partCount
    }
    if partCount == 1 {
      body(collectors[0], part(0))
    } else {
      work.doParts(partCount) { body(collectors[$0], part($0)) }
    }
    for collector in collectors where ending.reason == nil { ending.reason = collector.ending }
  }

  /// Marks states for what holds in them.
  ///
  /// - Returns: What holds in any of them.
  private func mark(
    _ states: NumberedStates, for instances: Range<Int>, _ marks: PackedMarks,
    _ collectors: [SuccessorCollector]
  ) -> UInt64 {
    let held = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, states.count))
    held.initialize(repeating: 0, count: states.count)
    defer { held.deallocate() }
    inParts(states.count, collectors) { collector, positions in
      collector.inspect(states.states, positions, for: instances, into: held)
    }
    var all: UInt64 = 0
    for position in 0..<states.count where held[position] != 0 {
      marks.mark(states.first + position, held[position])
      all |= held[position]
    }
    return all
  }

  /// Finds out the numbers of the states that transitions lead to. Where it is none of the search, an assumption
  /// has discarded it.
  private func resolve(
    _ collected: [SuccessorCollector], _ spreading: MarkSpreading
  ) throws(DiskFailure) -> TransitionRun {
    let code = TransitionCode(stateCount: stateCount)
    let block = StateBlock(wordCount: code.wordCount, words: store.sizes.blockWordCount)
    let writer = TransitionWriter(try StateFile(store.folder, block), code)
    let merger = RunMerger(
      collected.flatMap { $0.collector.takeRuns() }, numberedBlock,
      StateSorter(wordCount: wordCount + 1))
    let states = try NumberedStates(store.seen.merger(), wordCount: wordCount)
    while goesOn {
      let batch = try merger.next()
      if batch.count == 0 { break }
      for position in 0..<batch.count {
        let entry = batch.states + position * (wordCount + 1)
        let source = Int(entry[wordCount])
        if spreading.isSettled(source) { continue }
        guard let target = try states.number(of: entry) else { continue }
        spreading.pass(from: target, to: source)
        if !spreading.isSettled(source) { try writer.append(target, source) }
      }
    }
    return try writer.end()
  }

  // MARK: - Stranded states

  /// The shallowest of some states, and of those the first by its words.
  ///
  /// - Parameter isWanted: Whether it is one of them, by its number.
  /// - Returns: Nil where it is ended before.
  private func firstState(
    where isWanted: (Int) -> Bool
  ) throws(DiskFailure) -> (state: PackedState, depth: Int, number: Int)? {
    let writer = StateWriter(try StateFile(store.folder, numberedBlock))
    let entry = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCount + 1)
    defer { entry.deallocate() }
    try forEachBatch { states throws(DiskFailure) in
      for position in 0..<states.count where isWanted(states.first + position) {
        entry.update(from: states.states + position * wordCount, count: wordCount)
        entry[wordCount] = UInt64(states.first + position)
        try writer.append(entry, count: 1)
      }
    }
    let wanted = try writer.endRun()
    for (depth, level) in store.levels.runs.enumerated() where goesOn {
      if let found = try first(of: wanted, in: level, entry) {
        return (found.state, depth, found.number)
      }
    }
    return nil
  }

  /// The first state of a level that is one of some with their numbers.
  ///
  /// - Parameter key: Room for one of these.
  private func first(
    of wanted: SortedRun, in level: SortedRun, _ key: UnsafeMutablePointer<UInt64>
  ) throws(DiskFailure) -> (state: PackedState, number: Int)? {
    let wanted = RunCursor(wanted, numberedBlock)
    let level = RunCursor(level, store.block)
    guard try level.fill() else { return nil }
    repeat {
      let state = level.states + level.position * wordCount
      key.update(from: state, count: wordCount)
      key[wordCount] = 0
      guard try wanted.seek(key) else { return nil }
      let found = wanted.states + wanted.position * (wordCount + 1)
      if StateOrder.equal(found, state, wordCount) {
        return (PackedState(state, wordCount: wordCount), Int(found[wordCount]))
      }
      key.update(from: found, count: wordCount)
    } while try level.seek(key)
    return nil
  }
}
