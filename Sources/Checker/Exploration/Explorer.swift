import Analysis
package import Checkpoints
import Cluster
import Diagnostics
import Evaluation
import NativeCode
import Packing
import Symmetry
import Synchronization
import Trace
import TransitionSystem

/// Breadth-first search over packed states, level by level.
///
/// A level is a set of states: its threads add what they find to the store and to the next level in
/// whatever order they come by, and nothing that is reported depends on it. A violation ends the
/// search when its level has been expanded to the end; of the shortest runs the one whose last
/// state is the first by its words is shown.
package struct Explorer: ~Copyable {
  let shared: SharedSearch
  private let interpreter: InterpreterGenerator
  private var executor: ExecutorSwitch
  /// The workers' generators, where rules are compiled.
  private var native: [NativeGenerator]?
  private(set) var workers: [SearchWorker]
  private let domain: any DomainSearch
  private var threads: WorkerThreads?
  private var reported = -0x1000
  var finding: Finding?
  /// Whether there is a level to be expanded; on all ranks of a cluster the same.
  var outlook = LevelOutlook()

  /// Keeps what is found, where that is wanted.
  let checkpoints: SearchCheckpoints?
  /// What was counted before the checkpoint that the search goes on from.
  var totalsBefore: SearchTotals
  /// What had been counted before a store began to find out what is new, if it has not come to the end of that.
  private var levelStart: LevelStart?
  /// Whether all start states are there, so that there is something to go on from.
  var hasBegun = false
  /// Whether a step has ended that cannot be taken again.
  private var isUndecided = false

  /// Searches a system.
  ///
  /// - Parameters:
  ///   - report: Called about every 4,096 states.
  package static func explore(
    _ space: SearchSpace, options: ExplorationOptions = .init(),
    report: (ExplorationProgress) -> Void = { _ in }
  ) -> ExplorationResult {
    switch begin(space, options, hasCheckpoints: false) {
    case .ended(let limit): return .unsearched(space, limit)
    case .begun(let shared):
      var explorer = Explorer(shared, nil)
      return explorer.run(report: report)
    }
  }

  /// Searches a system, and keeps checkpoints of that. Where the folder has one already, the search goes
  /// on from there, with the result of one that was never interrupted.
  ///
  /// - Throws: Where that checkpoint is not sound, or is of another search.
  package static func explore(
    _ space: SearchSpace, options: ExplorationOptions = .init(), checkpoints: SearchCheckpoints,
    report: (ExplorationProgress) -> Void = { _ in }
  ) throws(CheckpointError) -> ExplorationResult {
    if checkpoints.isOfRanks, options.store != .disk,
      !PropertyInstances(space.system).liveness.isEmpty
    {
      // They have no numbers of states, without which one process does not decide liveness.
      return try explore(
        space, options: options, as: LoneRank(), checkpoints: checkpoints, report: report)
    }
    switch begin(space, options, hasCheckpoints: true) {
    case .ended(let limit): return .unsearched(space, limit)
    case .begun(let shared):
      var explorer = Explorer(shared, checkpoints)
      try explorer.goOn()
      return explorer.run(report: report)
    }
  }

  /// Whether there is anything to begin with.
  enum Beginning {
    case begun(SharedSearch)
    case ended(ExplorationLimit)
  }

  static func begin(
    _ space: SearchSpace, _ options: ExplorationOptions, hasCheckpoints: Bool,
    cluster: ClusterMember? = nil
  ) -> Beginning {
    // What came before may have taken all of the time.
    if space.stop.isDue() { return .ended(.ended(space.stop)) }
    let options = options.admitted(in: space.domain)
    // A store on disk divides what there is beforehand.
    let own =
      hasCheckpoints && options.store == .disk
      ? SearchCheckpoints.byteCount(wordCount: space.packing.wordCount) : 0
    let made: (any StateStore)?
    do throws(DiskFailure) {
      made = try options.store.makeStore(
        packing: space.packing, workerCount: options.usedThreadCount,
        livenessCount: PropertyInstances(space.system).liveness.count,
        byteLimit: options.memoryByteCount.map { max($0 / 4, $0 - own) } ?? .max,
        disk: options.disk,
        growth: options.tableGrowth, stop: space.stop)
    } catch {
      return .ended(.disk(error))
    }
    guard let store = made else {
      return .ended(space.stop.reason == nil ? .noMemory : .ended(space.stop))
    }
    return .begun(
      SharedSearch(space, options, store, hasCheckpoints: hasCheckpoints, cluster: cluster))
  }

  init(_ shared: SharedSearch, _ checkpoints: SearchCheckpoints?) {
    self.shared = shared
    self.checkpoints = checkpoints
    interpreter = InterpreterGenerator(shared.space)
    executor = Self.executor(of: shared)
    workers = [SearchWorker(shared, interpreter, number: 0)]
    domain = shared.space.domain.search(shared, interpreter)
    totalsBefore = SearchTotals(shared, interpreter)
    if let cluster = shared.cluster {
      shared.frontierByteCount.add(cluster.byteCount, ordering: .relaxed)
    }
  }

  // MARK: - Search

  mutating func run(report: (ExplorationProgress) -> Void) -> ExplorationResult {
    search(report: report)
    executor.cancel()
    return result()
  }

  private mutating func search(report: (ExplorationProgress) -> Void) {
    waitForCode()
    if !hasBegun { begin(report: report) }
    while goesOn {
      if let maximum = shared.options.maximumDepth, shared.depth >= maximum {
        return shared.stop(.depth(maximum))
      }
      if !shared.store.makeRoom(forDepth: shared.depth + 1) { shared.stop(.noMemory) }
      guard expandLevel(report: report) else { return noteFindings() }
      endLevel(nextDepth: shared.depth + 1, report: report)
      beginLevel()
    }
  }

  private mutating func begin(report: (ExplorationProgress) -> Void) {
    if shared.isOver, shared.cluster == nil { return }
    workers[0].addStartStates()
    if let cluster = shared.cluster, !cluster.isFirst {
      // Each rank makes all start states; the bodies that lead to them count once.
      totalsBefore.subtract(AbandonedStep(coverHits: workers[0].generator.coverHits))
    }
    hasBegun = !shared.isOver
    endLevel(nextDepth: 0, report: report)
    // Of a store that says late what is new, there are start states only now.
    if shared.store.delayed != nil { hasBegun = !shared.isOver }
    lookAhead(nextDepth: 0)
    // Where one rank has not come so far, none has.
    if shared.cluster != nil { hasBegun = !shared.isOver }
    // Whatever ends one rank alone has to be asked for before the others go on without asking.
    if shared.cluster == nil || outlook.goesOn { reduceLevel() }
  }

  /// Whether there is a level to be expanded.
  private var goesOn: Bool {
    if shared.cluster != nil { return outlook.goesOn }
    return shared.frontier.count > 0 && finding == nil && !shared.isOver
  }

  /// Whether a part of the frontier has not been expanded.
  var hasMore: Bool { shared.frontier.hasMore || workers.contains(where: \.hasPiece) }

  /// - Returns: Whether the level has been expanded to its end.
  private mutating func expandLevel(report: (ExplorationProgress) -> Void) -> Bool {
    if let cluster = shared.cluster { return expandLevel(with: cluster, report: report) }
    repeat {
      while hasMore, !shared.isOver { expandFrontier(report: report) }
    } while takePart()
    return !shared.isOver
  }

  /// Waits for compiled rules where the interpreter is not to expand states.
  private mutating func waitForCode() {
    if shared.cluster == nil { Self.awaitCode(&executor, shared) }
  }

  /// Leaves out of the frontier what need not be expanded.
  private func reduceLevel() {
    guard finding == nil, !shared.isOver else { return }
    let count = shared.frontier.count
    let before = shared.frontier.byteCount
    shared.frontier = domain.reduce(shared.frontier, depth: shared.depth)
    shared.frontierByteCount.add(shared.frontier.byteCount - before, ordering: .relaxed)
    // Nothing is left to be done with them.
    shared.expandedCount.add(count - shared.frontier.count, ordering: .relaxed)
    if let limit = shared.options.memoryByteCount, shared.byteCount > limit {
      shared.stop(.bytes(limit))
    }
  }

  /// Makes what has been found the frontier.
  private mutating func endLevel(
    nextDepth: Int, report: (ExplorationProgress) -> Void
  ) {
    if let delayed = shared.store.delayed {
      findNew(delayed, depth: nextDepth, report: report)
      return noteFindings()
    }
    let before = shared.frontier.byteCount
    let blocks = workers.flatMap { $0.found.takeNext() }
    if !domain.remembersKeys {
      shared.store.refitKeys(
        blocks, byteLimit: shared.storeByteLimit, with: threads ?? SerialWork(),
        partCount: threads?.count ?? 1)
    }
    shared.frontier = Frontier(blocks)
    shared.frontierByteCount.subtract(before, ordering: .relaxed)
    noteFindings()
  }

  /// Has a store find out what is new, and observes that.
  private mutating func findNew(
    _ store: any DelayedStore, depth: Int, report: (ExplorationProgress) -> Void
  ) {
    let (shared, worker) = (shared, workers[0])
    guard !shared.isOver else { return }
    let start =
      checkpoints == nil
      ? nil : LevelStart(totals: totals(), stateCount: shared.store.count.value)
    var reported = shared.condition.elapsed
    let isWhole = store.endLevel {
      shared.stopIfDue()
      if shared.condition.elapsed - reported > 0.1 {
        reported = shared.condition.elapsed
        report(Self.progress(shared))
      }
      return !shared.isOver
    } _: { states, count in
      worker.observeNew(states, count: count, depth: depth)
    }
    if !isWhole { levelStart = start }
    shared.stopIfStoreFailed()
    takePart()
  }

  /// Makes the next part of a level the frontier where a store has it.
  ///
  /// - Returns: False at the end of the level, and where the store has no levels.
  @discardableResult
  private func takePart() -> Bool {
    guard let delayed = shared.store.delayed, !shared.isOver else { return false }
    shared.frontierByteCount.subtract(shared.frontier.byteCount, ordering: .relaxed)
    let part = delayed.nextPart()
    if part == nil { shared.stop(.noMemory) }
    shared.frontier = Frontier(part ?? [])
    shared.frontierByteCount.add(shared.frontier.byteCount, ordering: .relaxed)
    shared.stopIfStoreFailed()
    return shared.frontier.count > 0
  }

  mutating func noteFindings() {
    for case let found? in workers.map(\.found.finding) {
      if let finding, !found.precedes(finding) { continue }
      finding = found
    }
  }

  /// Expands the frontier, up to its end or to where compiled rules are ready.
  mutating func expandFrontier(report: (ExplorationProgress) -> Void) {
    let stateCount = shared.store.count.value
    if let library = executor.poll(stateCount: stateCount) { useNativeCode(library) }
    let workers = workers
    var reported = reported
    var executor = executor
    let shared = shared
    let checkpoints = checkpoints
    var library: NativeLibrary?
    var isToBeSaved = false
    // All threads stop where compiled rules are taken over, and for a checkpoint.
    let isPaused = Atomic<Bool>(false)
    // Worker 0 is this thread: it looks after everything that is asked from outside.
    func goesOn() -> Bool {
      let expanded = shared.expandedCount.load(ordering: .relaxed)
      if expanded - reported >= 0x1000, shared.cluster == nil {
        reported = expanded
        report(Self.progress(shared))
      }
      shared.stopIfDue()
      library = executor.poll(stateCount: shared.store.count.value)
      isToBeSaved =
        shared.cluster == nil && checkpoints?.isDue(expandedCount: expanded) ?? false
      let hasToSend = shared.cluster.map { $0.isDue($0.outbox.segments) } ?? false
      if library == nil, !isToBeSaved, !hasToSend { return true }
      isPaused.store(true, ordering: .relaxed)
      return false
    }
    if let threads, shared.frontier.count >= shared.options.leastLevelForThreads {
      threads.run { worker in
        workers[worker].expandFrontier(
          while: worker == 0 ? goesOn : { !isPaused.load(ordering: .relaxed) })
      }
    } else {
      workers[0].expandFrontier(while: goesOn)
    }
    self.reported = reported
    self.executor = executor
    if let library { useNativeCode(library) }
    if isToBeSaved, !shared.isOver { save() }
  }

  /// Lets all workers use compiled rules; the first time, or others than before.
  private mutating func useNativeCode(_ library: NativeLibrary) {
    if let native {
      for generator in native { generator.use(library) }
      return
    }
    let held = interpreter.antecedentsHeld
    var generators = [
      NativeGenerator(shared.space, library, antecedentsHeld: held, fallback: interpreter)
    ]
    workers[0].generator = generators[0]
    if shared.options.usedThreadCount > 1 {
      let threads = WorkerThreads(count: shared.options.usedThreadCount)
      for number in 1..<max(1, threads.count) {
        let generator = NativeGenerator(shared.space, library, antecedentsHeld: held)
        generators.append(generator)
        workers.append(SearchWorker(shared, generator, number: number))
      }
      self.threads = threads
    }
    native = generators
  }

  static func progress(_ shared: SharedSearch) -> ExplorationProgress {
    if let cluster = shared.cluster { return cluster.progress(of: shared) }
    let stateCount = shared.store.count.value
    return ExplorationProgress(
      stateCount: stateCount,
      ruleFiringCount: shared.ruleFiringCount.load(ordering: .relaxed), depth: shared.depth,
      queueCount: stateCount - shared.expandedCount.load(ordering: .relaxed),
      byteCount: shared.byteCount, seconds: shared.seconds,
      secondsHere: shared.condition.elapsed, memoryRate: shared.memoryRate)
  }

  // MARK: - Checkpoints

  /// Takes up the search where its checkpoint was written, if it has one.
  mutating func goOn() throws(CheckpointError) {
    guard let checkpoints else { return }
    if let cluster = shared.cluster {
      return try goOn(from: checkpoints, with: cluster, interpreter)
    }
    let mayBegin = checkpoints.begin(shared)
    guard checkpoints.hasContents else {
      if !mayBegin { shared.stop(shared.options.memoryByteCount.map { .bytes($0) } ?? .noMemory) }
      return
    }
    totalsBefore = try checkpoints.restore(shared, workers[0], interpreter)
    if shared.isOver { return }
    hasBegun = true
    takePart()
    // Else it was written at the end of a level.
    if shared.frontier.count == 0 { passLevel() }
  }

  /// Goes on to the next level where nothing is left to be expanded.
  mutating func passLevel() {
    endLevel(nextDepth: shared.depth + 1) { _ in }
    beginLevel()
  }

  /// Goes on to the states that have been found, if there are any.
  private mutating func beginLevel() {
    lookAhead(nextDepth: shared.depth + 1)
    let hasLevel = shared.cluster == nil ? shared.frontier.count > 0 : outlook.hasLevel
    guard hasLevel else { return }
    shared.depth += 1
    reduceLevel()
  }

  /// Writes a checkpoint. All ranks.
  func save() {
    shared.condition.whileSuspended { save(totals()) }
  }

  private func save(_ totals: SearchTotals) {
    guard let checkpoints else { return }
    if let cluster = shared.cluster {
      checkpoints.save(shared, workers[0], totals, with: cluster)
    } else {
      checkpoints.save(shared, workers, totals, from: levelStart)
    }
  }

  /// Leaves steps that have not come to their end so that they can be taken again.
  mutating func abandonSteps() {
    guard checkpoints != nil else { return }
    let workers = workers
    let isDone = shared.condition.whileSuspended {
      do throws(Undecided) {
        for worker in workers { try worker.abandonStep() }
        return true
      } catch {
        // A property that is not decided in one state: its step has been taken in part.
        return false
      }
    }
    if !isDone { isUndecided = true }
  }

  /// Writes the last checkpoint, where a limit has ended the search.
  private mutating func saveAtEnd() {
    guard let checkpoints, hasBegun, shared.limit != nil else { return }
    // From here on what has been found is shown, and kept.
    shared.condition.suspend()
    abandonSteps()
    if shared.cluster?.any(isUndecided) ?? isUndecided { return checkpoints.giveUp() }
    save(totals())
  }

  // MARK: - Result

  private func totals() -> SearchTotals {
    var totals = totalsBefore
    for worker in workers { totals.add(worker) }
    return totals
  }

  private mutating func result() -> ExplorationResult {
    endTogether()
    let isSaved = shared.limit != nil
    saveAtEnd()
    let cluster = shared.cluster
    let own = self.totals()
    let totals = cluster.flatMap { $0.sum(own, shared) } ?? own
    let met = domain.effort
    var conclusion = SearchConclusion(
      shared, finding, workers, interpreter, domain, with: threads ?? SerialWork()
    ).conclusion(coverHits: totals.coverHits, measures: totals.measures)
    // Liveness may not have been decided in the time that there was.
    if !isSaved, shared.limit != nil, hasBegun { save(own) }
    if let failure = executor.failure, failure.isMistake, ExecutorSwitch.demandsCompilation {
      conclusion.verdict = .inconclusive(.notCompiled(failure))
    }
    var symbolic: ExplorationResult.SymbolicEffort?
    if let met { symbolic = effort(met) }
    let sums = sums(ofRanks: cluster)
    let statistics = ExplorationResult.Statistics(
      stateCount: sums.states, ruleFiringCount: sums.firings, depth: shared.depth,
      byteCount: sums.bytes, seconds: shared.seconds,
      stateBitCount: shared.space.packing.bitCount, cluster: cluster?.effort ?? nil,
      memoryRate: shared.memoryRate)
    return ExplorationResult(
      verdict: conclusion.verdict, statistics: statistics,
      coverage: .init(
        ruleFirings: totals.ruleFirings, coverHits: totals.coverHits,
        vacuousInvariants: vacuousInvariants(held: totals.antecedentsHeld)),
      measures: conclusion.measures, digest: totals.digest,
      stepDigest: shared.options.digest == .steps && shared.limit == nil
        ? totals.stepDigest : nil,
      symmetry: shared.space.symmetry,
      isReduced: shared.space.stubbornSets != nil,
      reductionRefusal: shared.space.reductionRefusal,
      symbolic: symbolic,
      remarks: zip(shared.space.system.remarks, totals.remarksMet).filter(\.1).map(\.0),
      compilationFailure: executor.failure.map {
        ExplorationResult.CompilationFailure(error: $0, isInterpreted: !executor.isNative)
      })
  }

  /// What it took in all: the questions for showing what was found, too, and not the path conditions
  /// that came up for that.
  ///
  /// - Parameter met: What it took until the conclusion.
  private func effort(
    _ met: ExplorationResult.SymbolicEffort
  ) -> ExplorationResult.SymbolicEffort {
    .init(
      pathCount: met.pathCount, literalCount: met.literalCount,
      solverCallCount: domain.effort?.solverCallCount ?? met.solverCallCount,
      subsumedStateCount: met.subsumedStateCount)
  }

  /// Invariants, by number of property, whose left side was never true.
  private func vacuousInvariants(held: [Bool]) -> [Int] {
    // What is left out may be where a left side would have been true.
    guard shared.space.stubbornSets == nil else { return [] }
    return zip(Antecedents(shared.space.system).properties, held).filter { !$1 }
      .map { $0.0.invariant }
  }
}
