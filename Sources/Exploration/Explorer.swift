import Evaluation
import NativeCode
import Symmetry
import Trace
import TransitionSystem

/// Breadth-first search over packed states.
///
/// States are numbered in the order in which they are found, so the frontier is a range of numbers
/// and the numbers of a level are those behind the level before. A violation ends the search when
/// its level has been expanded to the end: of all violations the shortest run is shown, and of those
/// the first, whatever the order in which a level is worked off.
public struct Explorer: ~Copyable {
  private let space: SearchSpace
  private let options: ExplorationOptions
  private let interpreter: InterpreterGenerator
  private var engine: EngineSwitch
  private var parallel: ParallelExpansion?
  private var generator: any SuccessorGenerator
  private let properties: PropertyInstances
  private let started = ContinuousClock.now

  private let seen: SeenSet
  /// For each depth, the number of its first state.
  private var levels: [Int] = []
  private var digest = StateSetDigest()
  private var liveness: LivenessGraph
  private let batch: SuccessorBatch
  private var inspection = Inspection()
  /// For each instance, the number of its rule.
  private let ruleOfInstance: [Int32]

  private var ruleFirings: [Int]
  private var propertyCoverHits: [Int]
  private var measures: [Extremes]
  private var ruleFiringCount = 0
  private var depth = 0
  private var expandedCount = 0
  private var found: FoundViolation?

  /// A violation and the state that it was found in.
  private struct FoundViolation {
    let violation: Violation
    /// The last state of the run; nil where a start state itself could not be made.
    let state: Int?
    /// Steps, a failed one included.
    let length: Int
  }

  /// The least and greatest value of a measure so far, with the states that have them.
  private struct Extremes {
    var least = Int64.max
    var leastState = 0
    var greatest = Int64.min
    var greatestState = 0
  }

  /// Searches a system.
  ///
  /// - Parameters:
  ///   - report: Called about every 4,096 states.
  ///   - isCancelled: Asked as often; `true` ends the search.
  public static func explore(
    _ space: SearchSpace, options: ExplorationOptions = .init(),
    report: (ExplorationProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) -> ExplorationResult {
    let generator = InterpreterGenerator(space)
    var explorer = Explorer(space: space, options: options, generator: generator)
    let limit = explorer.search(report: report, isCancelled: isCancelled)
    explorer.engine.cancel()
    return explorer.result(limit: limit)
  }

  private init(
    space: SearchSpace, options: ExplorationOptions, generator: InterpreterGenerator
  ) {
    interpreter = generator
    engine = EngineSwitch(space, options.engine)
    self.space = space
    self.options = options
    self.generator = generator
    properties = PropertyInstances(space.system)
    seen = SeenSet(wordCount: space.layout.wordCount)
    liveness = LivenessGraph(instanceCount: properties.liveness.count)
    batch = SuccessorBatch(
      wordCount: space.layout.wordCount,
      instanceCount: max(space.instances.count, space.startInstances.count))
    ruleOfInstance = space.instances.map { Int32($0.rule) }
    ruleFirings = Array(repeating: 0, count: space.system.rules.count)
    propertyCoverHits = Array(repeating: 0, count: space.system.covers.count)
    measures = Array(repeating: Extremes(), count: properties.measures.count)
  }

  // MARK: - Search

  private mutating func search(
    report: (ExplorationProgress) -> Void, isCancelled: () -> Bool
  ) -> ExplorationLimit? {
    if let limit = addStartStates() { return limit }
    var level = 0..<seen.count
    levels = [0]
    var reported = -0x1000
    while !level.isEmpty, found == nil {
      if let maximum = options.maximumDepth, depth >= maximum { return .depth(maximum) }
      levels.append(level.upperBound)
      var next = level.lowerBound
      while next < level.upperBound {
        if next - reported >= 0x1000 {
          reported = next
          report(progress)
          if isCancelled() { return .cancelled }
        }
        if let limit = timeLimit { return limit }
        if let library = engine.poll(started: started) {
          useNativeCode(library)
        }
        let expanded = expand(next..<level.upperBound)
        if let limit = expanded.limit { return limit }
        next += expanded.count
      }
      level = level.upperBound..<seen.count
      if !level.isEmpty { depth += 1 }
    }
    return nil
  }

  private mutating func addStartStates() -> ExplorationLimit? {
    generator.startStates(into: batch)
    batch.canonicalize(by: Canonicalizer(space.symmetry, layout: space.layout))
    batch.lookUp(in: seen.view)
    for (position, failure) in batch.failures {
      let instance = space.startInstances[Int(position)]
      note(Violation(.interruption(failure), failedStep: instance), state: nil, length: 0)
    }
    for position in 0..<batch.count {
      if let limit = consider(position, of: batch, from: nil) { return limit }
    }
    return nil
  }

  private mutating func useNativeCode(_ library: NativeLibrary) {
    let native = NativeGenerator(
      space, library, fallback: interpreter, threadCount: options.threadCount)
    generator = native
    guard !native.helpers.isEmpty else { return }
    parallel = ParallelExpansion(
      workers: native.workers, wordCount: space.layout.wordCount,
      instanceCount: space.instances.count)
  }

  /// Expands states from the beginning of a range.
  private mutating func expand(_ states: Range<Int>) -> (count: Int, limit: ExplorationLimit?) {
    if let parallel, states.count >= options.leastLevelForThreads {
      return expand(states, with: parallel)
    }
    let first = states.lowerBound
    let expanded = generator.expand(states, of: seen.view, into: batch)
    return (expanded, take(batch, of: first..<first + expanded))
  }

  private mutating func expand(
    _ states: Range<Int>, with parallel: ParallelExpansion
  ) -> (count: Int, limit: ExplorationLimit?) {
    var limit: ExplorationLimit?
    let expanded = parallel.expand(states, seen: seen.view) { states, batch in
      if let batch {
        limit = take(batch, of: states)
      } else {
        // Given back by a worker, and so by the generator's own: the interpreter takes it.
        _ = generator.expand(states, of: seen.view, into: self.batch)
        limit = take(self.batch, of: states)
      }
      return limit == nil
    }
    return (expanded.count, limit)
  }

  /// Takes the successors of the states that a batch is of.
  private mutating func take(
    _ batch: SuccessorBatch, of states: Range<Int>
  ) -> ExplorationLimit? {
    for (position, state) in states.enumerated() {
      if let limit = take(position, of: state, in: batch) { return limit }
    }
    return nil
  }

  /// Takes the successors of one state of a batch.
  private mutating func take(
    _ position: Int, of state: Int, in batch: SuccessorBatch
  ) -> ExplorationLimit? {
    let successors = (position == 0 ? 0 : batch.ends[position - 1])..<batch.ends[position]
    expandedCount += 1
    if !liveness.isEmpty { liveness.beginExpansion() }
    for successor in successors {
      let count = batch.multiplicities[successor]
      ruleFiringCount += count
      ruleFirings[Int(ruleOfInstance[Int(batch.instances[successor])])] += count
    }
    for (instance, failure) in batch.failures { noteFailure(failure, Int(instance), in: state) }
    if isDeadlock(position, successors, in: batch) {
      note(Violation(.deadlock), state: state, length: depth)
    }
    for successor in successors {
      let number = batch.numbers[successor]
      if number != SuccessorBatch.unknown {
        if !liveness.isEmpty { liveness.addSuccessor(Int(number)) }
      } else if let limit = consider(successor, of: batch, from: state) {
        return limit
      }
    }
    return nil
  }

  private func isDeadlock(
    _ position: Int, _ successors: Range<Int>, in batch: SuccessorBatch
  ) -> Bool {
    guard batch.failures.isEmpty else { return false }
    switch options.deadlock {
    case .off: return false
    case .stuck: return successors.isEmpty
    case .stuttering: return batch.hasProgress[position] == 0
    }
  }

  /// Looks a successor up, and if it is new inspects and numbers it.
  private mutating func consider(
    _ position: Int, of batch: SuccessorBatch, from parent: Int?
  ) -> ExplorationLimit? {
    let state = batch.state(position)
    let hash = batch.hashes[position]
    // It may have been found since the batch was looked up.
    if let known = seen.find(state, hash: hash) {
      if parent != nil, !liveness.isEmpty { liveness.addSuccessor(known) }
      return nil
    }
    return add(state, hash: hash, parent: parent)
  }

  private mutating func add(
    _ state: UnsafePointer<UInt64>, hash: UInt64, parent: Int?
  ) -> ExplorationLimit? {
    generator.inspect(state, into: &inspection)
    if inspection.isDiscarded { return nil }
    if let limit = spaceLimit { return limit }
    guard let number = seen.insert(state, hash: hash) else { return .bytes(byteCount) }
    digest.add(hash: hash)
    if let kind = inspection.violation {
      note(Violation(kind), state: number, length: parent == nil ? 0 : depth + 1)
      if !liveness.isEmpty {
        liveness.addState(Array(repeating: true, count: properties.liveness.count))
      }
      return nil
    }
    record(number)
    if parent != nil, !liveness.isEmpty { liveness.addSuccessor(number) }
    return nil
  }

  private mutating func record(_ number: Int) {
    for cover in inspection.coversHit { propertyCoverHits[cover] += 1 }
    if !liveness.isEmpty { liveness.addState(inspection.livenessHolds) }
    for (position, value) in inspection.measures.enumerated() {
      if value < measures[position].least {
        measures[position].least = value
        measures[position].leastState = number
      }
      if value > measures[position].greatest || measures[position].greatest == .min {
        measures[position].greatest = value
        measures[position].greatestState = number
      }
    }
  }

  private mutating func noteFailure(_ failure: Violation.Failure, _ position: Int, in state: Int) {
    let instance = space.instances[position]
    if case .action = failure.place {
      note(
        Violation(.interruption(failure), failedStep: instance), state: state, length: depth + 1)
    } else {
      note(Violation(.interruption(failure)), state: state, length: depth)
    }
  }

  /// Keeps the first of the shortest violations.
  private mutating func note(_ violation: Violation, state: Int?, length: Int) {
    if let found, found.length <= length { return }
    found = FoundViolation(violation: violation, state: state, length: length)
  }

  // MARK: - Limits

  private var byteCount: Int { seen.byteCount + liveness.byteCount }

  private var seconds: Double {
    let elapsed = ContinuousClock.now - started
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  private var timeLimit: ExplorationLimit? {
    guard let maximum = options.timeoutSeconds, seconds >= maximum else { return nil }
    return .seconds(maximum)
  }

  /// The limit that one state more would exceed.
  private var spaceLimit: ExplorationLimit? {
    if let maximum = options.maximumStateCount, seen.count >= maximum { return .states(maximum) }
    if seen.count >= SeenSet.maximumCount { return .states(SeenSet.maximumCount) }
    if let maximum = options.memoryByteCount,
      seen.byteCountAfterInsertion + liveness.byteCount > maximum
    {
      return .bytes(maximum)
    }
    return nil
  }

  private var progress: ExplorationProgress {
    ExplorationProgress(
      stateCount: seen.count, ruleFiringCount: ruleFiringCount, depth: depth,
      queueCount: seen.count - expandedCount, byteCount: byteCount, seconds: seconds)
  }

  // MARK: - Result

  private mutating func result(limit: ExplorationLimit?) -> ExplorationResult {
    let coverHits = zip(propertyCoverHits, generator.coverHits).map { $0 + $1 }
    let verdict = verdict(limit: limit, coverHits: coverHits)
    let statistics = ExplorationResult.Statistics(
      stateCount: seen.count, ruleFiringCount: ruleFiringCount, depth: depth,
      byteCount: byteCount, seconds: seconds, stateBitCount: space.layout.bitCount)
    return ExplorationResult(
      verdict: verdict, statistics: statistics,
      coverage: .init(
        ruleFirings: ruleFirings, coverHits: coverHits, vacuousInvariants: vacuousInvariants),
      measures: seen.count == 0 ? [] : measuredRanges(), digest: digest,
      symmetry: space.symmetry, engineFailure: engine.failure)
  }

  /// Invariants, by number of property, whose left side was never true.
  private var vacuousInvariants: [Int] {
    zip(Antecedents(space.system).properties, generator.antecedentsHeld).filter { !$1 }
      .map { $0.0.invariant }
  }

  private mutating func verdict(
    limit: ExplorationLimit?, coverHits: [Int]
  ) -> ExplorationResult.Verdict {
    if let found {
      return .violated(
        Counterexample(
          execution: found.state.map { execution(to: $0) } ?? Execution(steps: []),
          violation: found.violation))
    }
    if let limit { return .inconclusive(limit) }
    if let cover = coverHits.firstIndex(of: 0) {
      return .violated(
        Counterexample(
          execution: Execution(steps: []), violation: Violation(.uncovered(cover: cover))))
    }
    if let (position, state) = liveness.firstStranded() {
      let instance = properties.liveness[position]
      let violation = Violation(
        .liveness(property: instance.property, bindings: instance.bindings))
      return .violated(Counterexample(execution: execution(to: state), violation: violation))
    }
    return .holds
  }

  private mutating func measuredRanges() -> [ExplorationResult.MeasuredRange] {
    properties.measures.indices.compactMap { position in
      let extremes = measures[position]
      guard extremes.least <= extremes.greatest else { return nil }
      let instance = properties.measures[position]
      return ExplorationResult.MeasuredRange(
        property: instance.property, bindings: instance.bindings, least: extremes.least,
        greatest: extremes.greatest, leastExecution: execution(to: extremes.leastState),
        greatestExecution: execution(to: extremes.greatestState))
    }
  }

  /// A run to a state. It is empty where none is found, and then nothing confirms it.
  private mutating func execution(to last: Int) -> Execution {
    var path = [words(of: last)]
    var state = last
    var depth = levels.lastIndex { $0 <= last } ?? 0
    while depth > 0 {
      depth -= 1
      guard let parent = parent(of: state, at: depth) else { return Execution(steps: []) }
      path.append(words(of: parent))
      state = parent
    }
    return RunReconstruction(space, interpreter).execution(through: path.reversed())
      ?? Execution(steps: [])
  }

  private func words(of state: Int) -> [UInt64] {
    Array(UnsafeBufferPointer(start: seen.state(state), count: space.layout.wordCount))
  }

  /// The first state of a depth that leads to a state: the one that it was found from.
  private mutating func parent(of state: Int, at depth: Int) -> Int? {
    let end = levels[depth + 1]
    var next = levels[depth]
    while next < end {
      let expanded = generator.expand(next..<end, of: seen.view, into: batch)
      for position in 0..<batch.count where Int(batch.numbers[position]) == state {
        let parent = (0..<expanded).first { position < batch.ends[$0] }
        return parent.map { next + $0 }
      }
      next += expanded
    }
    return nil
  }
}
