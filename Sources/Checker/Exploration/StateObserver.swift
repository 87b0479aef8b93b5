import Diagnostics
import Evaluation
import Packing
import Synchronization
import Trace
import TransitionSystem

/// Looks at what one thread expands and adds, and keeps what it finds: the next level, violations,
/// how often rules fired and covers were hit, the extremes of measures, and what liveness needs.
final class StateObserver {
  private let shared: SharedSearch
  private let batch: SuccessorBatch
  private let wordCount: Int
  private let isLossless: Bool
  /// Whether the store has the next level.
  private let isDelayed: Bool
  /// Whether entries of the frontier are states, and not their keys.
  private let keepsStates: Bool
  private let hasMeasures: Bool
  /// Of the states, where there are liveness properties.
  private let numbers: StateNumbers?
  private let hasCases: Bool

  // What has been done and not been published.
  private var firedCount = 0
  private var expandedCount = 0

  /// Of the batch, expanded states that have been counted.
  private var countedCount = 0
  /// Successors of the batch that have been kept and were not looked at, because something was not
  /// decided.
  private var uninspected: [Int] = []

  private(set) var finding: Finding?
  private let firings: FiringCounts
  private(set) var propertyCoverHits: [Int]
  private(set) var measures: [MeasureExtremes]
  /// What each new state adds to. An access to a property of a class is checked, to memory it is
  /// not; that was a tenth of the time.
  private let accumulators: UnsafeMutablePointer<Accumulators>
  private var notedParentByteCount = 0

  private struct Accumulators {
    var inspection = Inspection()
    var next: Frontier.Writer
    var digest = StateSetDigest()
    var parents: ParentLog?
    var transitions = TransitionList()
  }

  /// - Parameter batch: That of the thread; what is observed is in it.
  init(_ shared: SharedSearch, _ batch: SuccessorBatch) {
    self.shared = shared
    self.batch = batch
    wordCount = shared.space.packing.wordCount
    isLossless = shared.store.lossless != nil
    isDelayed = shared.store.delayed != nil
    keepsStates = shared.store.frontierWordCount == shared.space.packing.wordCount
    hasCases = shared.space.domain.hasCases
    numbers = shared.numbers
    hasMeasures = !shared.properties.measures.isEmpty
    firings = FiringCounts(shared.space.system, shared.space.instances)
    accumulators = .allocate(capacity: 1)
    accumulators.initialize(
      to: Accumulators(next: Self.nextLevel(shared)))
    if !isLossless, !isDelayed {
      accumulators.pointee.parents = ParentLog()
      accumulators.pointee.parents?.beginLevel()
    }
    propertyCoverHits = Array(repeating: 0, count: shared.space.system.covers.count)
    measures = Array(repeating: MeasureExtremes(), count: shared.properties.measures.count)
  }

  deinit {
    accumulators.deinitialize(count: 1)
    accumulators.deallocate()
  }

  /// How states were found, where they cannot be had back from the store; there is one worker then.
  var parents: ParentLog? { accumulators.pointee.parents }

  /// The transitions that are kept for liveness properties.
  var transitions: TransitionList { accumulators.pointee.transitions }

  /// The fingerprint of the states that were added.
  var digest: StateSetDigest { accumulators.pointee.digest }

  /// The fingerprint of the steps that were taken, where it is asked for.
  private(set) var stepDigest = StateSetDigest()
  private var stepHashes: [UInt64] = []

  /// How often each rule has fired.
  var ruleFirings: [Int] { firings.sums }

  /// Takes what has been found for the next level.
  func takeNext() -> [Frontier.Block] {
    defer {
      accumulators.pointee.next = Self.nextLevel(shared)
      accumulators.pointee.parents?.beginLevel()
      accumulators.pointee.transitions.endLevel()
    }
    return accumulators.pointee.next.blocks
  }

  private static func nextLevel(_ shared: SharedSearch) -> Frontier.Writer {
    Frontier.Writer(
      wordCount: shared.store.frontierWordCount, hasNumbers: shared.numbers != nil)
  }

  /// The same, while more is found.
  var nextBlocks: [Frontier.Block] { accumulators.pointee.next.blocks }

  /// Whether something is missing of the next level, because there was no memory for it.
  var hasLostEntries: Bool { accumulators.pointee.next.isShort }

  // MARK: - Expanded states

  /// Counts what the successors of some of the expanded states are, and notes what is wrong with these.
  ///
  /// - Parameters:
  ///   - expanded: Their positions in the batch.
  ///   - states: All expanded states, packed, one after another.
  ///   - firstNumber: The number in its level of the first of all.
  func countFirings(
    of expanded: Range<Int>, _ states: UnsafePointer<UInt64>, firstNumber: Int
  ) {
    // An access to a property of a class is checked; to these it is not.
    let (multiplicities, instances, firings) = (batch.multiplicities, batch.instances, firings)
    let ofInstances = firings.ofInstances
    let (ends, hasProgress) = (batch.ends, batch.hasProgress)
    let deadlock = shared.options.deadlock
    let isPartlyStuck = batch.isStuck
    let hasCases = hasCases
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
        case .stuck: hasCases ? isPartlyStuck[position] != 0 : first == end
        case .stuttering: hasProgress[position] == 0
        }
      if isStuck {
        noteDeadlock(states + position * wordCount, number: firstNumber + position)
      }
    }
    firedCount += fired
    expandedCount += expanded.count
    countedCount = expanded.upperBound
    for (instance, failure) in batch.failures {
      noteFailure(failure, instance, in: states, number: firstNumber)
    }
  }

  /// Adds the steps from expanded states to the fingerprint of all steps.
  ///
  /// - Parameters:
  ///   - states: The expanded states, packed, one after another.
  ///   - isKept: Whether a successor of the batch is a state: an assumption may discard it.
  func addSteps(
    from states: UnsafePointer<UInt64>, count: Int, where isKept: (_ successor: Int) -> Bool
  ) {
    for position in 0..<count {
      let source = StateHash.hash(states + position * wordCount, wordCount: wordCount)
      stepHashes.removeAll(keepingCapacity: true)
      for successor in batch.successors(of: position) where isKept(successor) {
        let rule = shared.space.instances.rule(of: batch.instances[successor])
        let target = StateHash.hash(batch.state(successor), wordCount: wordCount)
        stepHashes.append(StateHash.hash(step: rule, from: source, to: target))
      }
      // Several instances may be one step: which of them are tried depends on who tries them.
      stepHashes.sort()
      for (number, hash) in stepHashes.enumerated()
      where number == 0 || hash != stepHashes[number - 1] {
        stepDigest.add(hash: hash)
      }
    }
  }

  /// Forgets the steps that were added since then.
  func restoreSteps(_ digest: StateSetDigest) { stepDigest = digest }

  /// Once for each batch: an access to what threads share takes longer than a state.
  func publishCounts() {
    shared.ruleFiringCount.add(firedCount, ordering: .relaxed)
    shared.expandedCount.add(expandedCount, ordering: .relaxed)
    firedCount = 0
    expandedCount = 0
  }

  /// Keeps the leads of expanded states that are not known to be good; with symbolic constants all of
  /// their transitions, since a successor may stand for fewer layouts than the state does.
  ///
  /// - Parameter states: Their numbers.
  func keepTransitions(from states: UnsafePointer<UInt32>, stateCount: Int) {
    guard let marks = numbers?.marks else { return }
    let byteCount = accumulators.pointee.transitions.numbers.byteCount
    for position in 0..<stateCount {
      let number = states[position]
      let state = Int(number)
      if marks.isGood(state) { continue }
      let successors = batch.successors(of: position)
      if hasCases {
        accumulators.pointee.transitions.append(
          from: number,
          to: UnsafeBufferPointer(
            start: batch.numbers + successors.lowerBound, count: successors.count))
        continue
      }
      for successor in successors where batch.isNew[successor] {
        _ = marks.inherit(state, from: Int(batch.numbers[successor]))
      }
      let (first, second) = (batch.leads[2 * position], batch.leads[2 * position + 1])
      if first | second == 0 || marks.isGood(state) { continue }
      accumulators.pointee.transitions.append(from: number, to: first, second)
    }
    let added = accumulators.pointee.transitions.numbers.byteCount - byteCount
    if added > 0 { noteMemory(added) }
  }

  // MARK: - New states

  /// Observes the successors of some of the expanded states that have been added. What comes behind one
  /// of which something is not decided is kept, as it has been added, and not looked at.
  ///
  /// - Parameters:
  ///   - expanded: As in `countFirings`.
  func observeNew(
    of expanded: Range<Int>, firstNumber: Int, _ generator: any SuccessorGenerator
  ) throws(Undecided) {
    let depth = shared.depth + 1
    let (ends, isNew) = (batch.ends, batch.isNew)
    var undecided: Undecided?
    var successor = expanded.lowerBound == 0 ? 0 : ends[expanded.lowerBound - 1]
    for position in expanded {
      let end = ends[position]
      while successor < end {
        if isNew[successor] {
          let number = keep(successor, parent: firstNumber + position)
          if undecided == nil {
            do throws(Undecided) {
              try inspect(successor, depth: depth, number: number, generator)
            } catch {
              undecided = error
              uninspected.append(successor)
            }
          } else {
            uninspected.append(successor)
          }
        }
        successor &+= 1
      }
    }
    if let undecided { throw undecided }
  }

  /// Whether an assumption discards a successor of the batch.
  func isDiscarded(
    _ successor: Int, _ generator: any SuccessorGenerator
  ) throws(Undecided) -> Bool {
    try generator.inspect(batch.state(successor), into: &accumulators.pointee.inspection)
    return accumulators.pointee.inspection.isDiscarded
  }

  /// Takes a successor of the batch that has been added.
  ///
  /// - Parameter parent: The number in its level of the state that it was found from.
  func observe(
    _ successor: Int, depth: Int, parent: Int, _ generator: any SuccessorGenerator
  ) throws(Undecided) {
    let number = keep(successor, parent: parent)
    do throws(Undecided) {
      try inspect(successor, depth: depth, number: number, generator)
    } catch {
      uninspected.append(successor)
      throw error
    }
  }

  /// Keeps a successor of the batch for the next level.
  ///
  /// - Returns: Its number there; means something only where a `ParentLog` is kept.
  @inline(__always)
  private func keep(_ successor: Int, parent: Int) -> Int {
    let state = batch.state(successor)
    var number = 0
    if isDelayed {
      accumulators.pointee.digest.add(hash: StateHash.hash(state, wordCount: wordCount))
      return number
    }
    if !isLossless {
      noteParents()
      number = accumulators.pointee.parents?.count ?? 0
      let isNoted = accumulators.pointee.parents?.append(
        parent: parent, instance: batch.instances[successor])
      if isNoted == false { shared.stop(.noMemory) }
    }
    let before = accumulators.pointee.next.byteCount
    let takesMemory = accumulators.pointee.next.append(
      keepsStates ? state : UnsafePointer(batch.keys + successor),
      number: numbers == nil ? 0 : batch.numbers[successor])
    if takesMemory {
      if accumulators.pointee.next.isShort { shared.stop(.noMemory) }
      noteMemory(accumulators.pointee.next.byteCount - before)
    }
    accumulators.pointee.digest.add(hash: StateHash.hash(state, wordCount: wordCount))
    return number
  }

  /// Evaluates the properties in a successor of the batch, and notes what they say.
  @inline(__always)
  private func inspect(
    _ successor: Int, depth: Int, number: Int, _ generator: any SuccessorGenerator
  ) throws(Undecided) {
    let state = batch.state(successor)
    try generator.inspect(state, into: &accumulators.pointee.inspection)
    guard accumulators.pointee.inspection.isNoted else { return }
    if let kind = accumulators.pointee.inspection.violation {
      note(
        Finding(
          violation: Violation(kind), state: copy(state), depth: depth, number: number,
          length: depth, rank: 0))
      return
    }
    // By number: an array that is gone through is counted as used for that, in each state.
    for position in 0..<accumulators.pointee.inspection.coversHit.count {
      propertyCoverHits[accumulators.pointee.inspection.coversHit[position]] += 1
    }
    if let marks = numbers?.marks {
      let state = Int(batch.numbers[successor])
      for position in 0..<accumulators.pointee.inspection.livenessHeld.count {
        marks.mark(state, accumulators.pointee.inspection.livenessHeld[position])
      }
    }
    if !hasMeasures { return }
    for (position, value) in accumulators.pointee.inspection.measures {
      measures[position].add(value, depth: depth, number: number, copy(state))
    }
  }

  /// Notes the memory of the log of parents.
  private func noteParents() {
    let byteCount = accumulators.pointee.parents?.byteCount ?? 0
    guard byteCount - notedParentByteCount >= 1 << 16 else { return }
    noteMemory(byteCount - notedParentByteCount)
    notedParentByteCount = byteCount
  }

  /// Notes memory that has been taken beside the store.
  private func noteMemory(_ byteCount: Int) {
    shared.frontierByteCount.add(byteCount, ordering: .relaxed)
    if shared.storeByteLimit < shared.store.byteCount {
      shared.stop(.bytes(shared.options.memoryByteCount ?? 0))
    }
  }

  private func copy(_ state: UnsafePointer<UInt64>) -> PackedState {
    PackedState(state, wordCount: wordCount)
  }

  // MARK: - Checkpoints

  /// Begins a step: nothing of the batch has been counted.
  func beginStep() {
    countedCount = 0
    if !uninspected.isEmpty { uninspected.removeAll() }
  }

  /// Looks at what was kept of a step that did not come to its end, and was not looked at then.
  func inspectRest(_ generator: any SuccessorGenerator) throws(Undecided) {
    while let successor = uninspected.last {
      try inspect(successor, depth: shared.depth + 1, number: 0, generator)
      uninspected.removeLast()
    }
  }

  /// What has been counted of a step that did not come to its end.
  func countedOfStep() -> AbandonedStep {
    var step = AbandonedStep()
    guard countedCount > 0 else { return step }
    step.ruleFirings = Array(repeating: 0, count: shared.space.system.rules.count)
    for successor in 0..<batch.ends[countedCount - 1] {
      let count = batch.multiplicities[successor]
      step.ruleFirings[shared.space.instances.rule(of: batch.instances[successor])] += count
      step.firedCount += count
    }
    step.expandedCount = countedCount
    return step
  }

  /// Takes a state of the next level that was found before a checkpoint, as an entry of a frontier.
  func adopt(_ entry: UnsafePointer<UInt64>, number: UInt32) {
    let before = accumulators.pointee.next.byteCount
    guard accumulators.pointee.next.append(entry, number: number) else { return }
    if accumulators.pointee.next.isShort { shared.stop(.noMemory) }
    noteMemory(accumulators.pointee.next.byteCount - before)
  }

  /// Takes a word of the transitions that were kept before a checkpoint.
  func adoptTransition(_ word: UInt32) {
    let before = accumulators.pointee.transitions.numbers.byteCount
    accumulators.pointee.transitions.append(word: word)
    let added = accumulators.pointee.transitions.numbers.byteCount - before
    if added > 0 { noteMemory(added) }
  }

  /// Notes once more what is wrong with the only state of the batch, which was expanded before a
  /// checkpoint.
  func noteAgain(expanded state: UnsafePointer<UInt64>) {
    let isStuck =
      switch shared.options.deadlock {
      case .off: false
      case .stuck: batch.ends[0] == 0
      case .stuttering: batch.hasProgress[0] == 0
      }
    if isStuck { noteDeadlock(state, number: 0) }
    for (instance, failure) in batch.failures {
      noteFailure(failure, instance, in: state, number: 0)
    }
  }

  /// Notes once more what is wrong with a state that is to be expanded later.
  func noteAgain(
    found state: PackedState, depth: Int, _ generator: any SuccessorGenerator
  ) throws(Undecided) {
    try generator.inspect(state.words, into: &accumulators.pointee.inspection)
    guard let kind = accumulators.pointee.inspection.violation else { return }
    note(
      Finding(violation: Violation(kind), state: state, depth: depth, length: depth, rank: 0))
  }

  // MARK: - What is wrong

  /// Notes the start states of the batch that cannot be made.
  func noteFailedStarts() {
    for (position, failure) in batch.failures {
      let instance = shared.space.startInstances[position]
      note(
        Finding(
          violation: Violation(.interruption(failure), failedStep: instance), state: nil,
          depth: 0, length: 0, rank: position))
    }
  }

  /// Notes a state that nothing changes, unless something went wrong there.
  private func noteDeadlock(_ state: UnsafePointer<UInt64>, number: Int) {
    // With cases, those in which something went wrong have been left out.
    guard batch.failures.isEmpty || hasCases else { return }
    note(
      Finding(
        violation: Violation(.deadlock), state: copy(state), depth: shared.depth,
        number: number, length: shared.depth, rank: .max))
  }

  private func noteFailure(
    _ failure: Violation.Failure, _ position: Int, in state: UnsafePointer<UInt64>, number: Int
  ) {
    let instance = shared.space.instances[position]
    if shared.options.passedOver.contains(.init(cause: failure.cause, rule: instance.rule)) {
      return
    }
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
