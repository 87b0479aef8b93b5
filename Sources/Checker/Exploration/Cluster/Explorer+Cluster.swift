package import Checkpoints
package import Cluster
import Diagnostics
import Packing
import Synchronization

/// What of a search is left behind a level, on all ranks.
struct LevelOutlook {
  /// Whether any rank has states to expand.
  var hasLevel = false
  var hasFinding = false
  /// Whether a rank has ended.
  var isOver = false

  var goesOn: Bool { hasLevel && !hasFinding && !isOver }
}

extension Explorer {
  /// Searches a system together with the other ranks of a cluster. What is found is known to all of them, and
  /// is what one process alone would find.
  package static func explore(
    _ space: SearchSpace, options: ExplorationOptions, as communicator: any Communicator,
    report: (ExplorationProgress) -> Void = { _ in }
  ) -> ExplorationResult {
    switch begin(space, options, hasCheckpoints: false, as: communicator) {
    case .ended(let limit): return .unsearched(space, limit)
    case .begun(let shared):
      var explorer = Explorer(shared, nil)
      return explorer.run(report: report)
    }
  }

  /// The same, kept in checkpoints of all ranks together. Where the folder has one already, of however many
  /// ranks, the search goes on from there.
  ///
  /// - Throws: On all ranks, where that checkpoint is not sound, or is of another search.
  package static func explore(
    _ space: SearchSpace, options: ExplorationOptions, as communicator: any Communicator,
    checkpoints: SearchCheckpoints, report: (ExplorationProgress) -> Void = { _ in }
  ) throws(CheckpointError) -> ExplorationResult {
    switch begin(space, options, hasCheckpoints: true, as: communicator) {
    case .ended(let limit): return .unsearched(space, limit)
    case .begun(let shared):
      var explorer = Explorer(shared, checkpoints)
      try explorer.goOn()
      return explorer.run(report: report)
    }
  }

  private static func begin(
    _ space: SearchSpace, _ options: ExplorationOptions, hasCheckpoints: Bool,
    as communicator: any Communicator
  ) -> Beginning {
    var options = options
    options.threadCount = 1
    // All ranks together have so many, and no state knows how many there are elsewhere.
    let mostStates = options.maximumStateCount
    options.maximumStateCount = nil
    var beginning = Beginning.ended(.noMemory)
    if let member = ClusterMember(
      communicator, wordCount: space.packing.wordCount, byteLimit: options.memoryByteCount)
    {
      member.mostStates = mostStates
      beginning = begin(space, options, hasCheckpoints: hasCheckpoints, cluster: member)
    }
    // Where one rank cannot begin, the others do not wait for it.
    var status = RankStatus()
    if case .ended(let limit) = beginning { status.limit = limit }
    let limits = communicator.gather(status.words).lazy.compactMap { RankStatus($0).limit }
    if let limit = status.limit ?? limits.first { return .ended(limit) }
    return beginning
  }

  /// Ends the search on all ranks where it has ended on one. All ranks.
  func endTogether() {
    guard let cluster = shared.cluster else { return }
    cluster.share(shared.status(isDone: true, hasFinding: finding != nil))
    if let limit = cluster.firstLimit { shared.stop(limit) }
  }

  static func executor(of shared: SharedSearch) -> ExecutorSwitch {
    guard let cluster = shared.cluster else {
      return ExecutorSwitch(shared.space, shared.options)
    }
    // Where code is awaited, it is in the cache when those that make it have come so far.
    let isAwaited = shared.options.executor == .native
    if cluster.makesCode {
      var executor = ExecutorSwitch(shared.space, shared.options)
      if isAwaited {
        awaitCode(&executor, shared)
        cluster.meet()
      }
      return executor
    }
    if isAwaited { cluster.meet() }
    return ExecutorSwitch(shared.space, shared.options, compiles: isAwaited)
  }

  /// Waits for compiled rules where the interpreter is not to expand states.
  static func awaitCode(_ executor: inout ExecutorSwitch, _ shared: SharedSearch) {
    executor.wait {
      shared.stopIfDue()
      return !shared.isOver
    }
  }

  /// Goes on together from the checkpoint, if there is one. All ranks.
  mutating func goOn(
    from checkpoints: SearchCheckpoints, with cluster: ClusterMember,
    _ interpreter: InterpreterGenerator
  ) throws(CheckpointError) {
    if !checkpoints.begin(shared) {
      shared.stop(shared.options.memoryByteCount.map { .bytes($0) } ?? .noMemory)
    }
    endTogether()
    guard !shared.isOver, checkpoints.hasContents else { return }
    let totals = try checkpoints.restore(shared, workers[0], interpreter, with: cluster)
    endTogether()
    if shared.isOver { return }
    totalsBefore = totals
    hasBegun = true
    outlook.hasLevel = cluster.statuses.contains { $0.frontierCount > 0 }
    // Else it was written at the end of a level.
    if !outlook.hasLevel { passLevel() }
  }

  /// Expands a level together with the other ranks: until all of them have nothing left, or one has ended.
  ///
  /// - Returns: Whether the level has been expanded to its end; on all ranks the same.
  mutating func expandLevel(
    with cluster: ClusterMember, report: (ExplorationProgress) -> Void
  ) -> Bool {
    var reported = shared.condition.elapsed
    while true {
      while hasMore, !cluster.isDue(cluster.outbox.segments), !shared.isOver {
        expandFrontier(report: report)
      }
      var status = shared.status(isDone: shared.isOver || !hasMore)
      status.isToBeSaved = checkpoints?.isDue(expandedCount: cluster.expandedCount) ?? false
      let round = cluster.takeRound(status, shared.insist)
      if let limit = round.limit {
        shared.stop(limit)
        // Of the step that it has ended: what is looked at again below takes its place.
        abandonSteps()
        noteFindings()
        lookAhead(nextDepth: shared.depth + 1)
        return false
      }
      cluster.noteTaken(
        workers[0].take(round.words, count: round.count / shared.space.packing.wordCount))
      let isToBeSaved = cluster.statuses[0].isToBeSaved
      // Where a rank has ended meanwhile, not all that has come to it is there: the level is not whole, and
      // a step is to be abandoned first. The next round ends it on all.
      if round.isLast || isToBeSaved, cluster.any(shared.isOver) { continue }
      if isToBeSaved { save() }
      // Behind the last round that is asked where it is known what is left.
      if !round.isLast, let limit = cluster.stateLimit { shared.stop(limit) }
      if shared.condition.elapsed - reported > 0.1 {
        reported = shared.condition.elapsed
        report(Self.progress(shared))
      }
      if round.isLast { return true }
    }
  }

  /// Finds out what is left on all ranks, where there are several.
  ///
  /// - Parameter nextDepth: Of the states that are left.
  mutating func lookAhead(nextDepth: Int) {
    guard let cluster = shared.cluster else { return }
    cluster.share(shared.status(isDone: true, hasFinding: finding != nil))
    // What an end has interrupted need not have arrived.
    let hasLevel = cluster.statuses.contains { $0.frontierCount > 0 }
    let hasFinding = cluster.statuses.contains(where: \.hasFinding)
    // A level that is whole and has a finding is the last one, as in one process.
    let limit =
      cluster.firstLimit ?? cluster.loss
      ?? (hasLevel && !hasFinding ? cluster.stateLimit : nil)
    if let limit { shared.stop(limit) }
    outlook = LevelOutlook(hasLevel: hasLevel, hasFinding: hasFinding, isOver: limit != nil)
    if outlook.hasFinding {
      shared.condition.whileSuspended { lookAtAll(cluster, nextDepth: nextDepth) }
    }
  }

  /// Looks at what is wrong on any rank, so that all know which of it is shown.
  private mutating func lookAtAll(_ cluster: ClusterMember, nextDepth: Int) {
    let worker = workers[0]
    let before = worker.generator.coverHits
    let wordCount = shared.space.packing.wordCount
    var own = [UInt64](repeating: 0, count: 1 + wordCount)
    // A start state that cannot be made has no words, and all ranks have met it.
    if let finding, let state = finding.state {
      own = [finding.depth == nextDepth ? 1 : 2] + state.words
    }
    for words in cluster.communicator.gather(own) where words[0] != 0 {
      worker.lookAgain(
        at: PackedState(Array(words[1...]), wordCount: wordCount),
        foundAt: words[0] == 1 ? nextDepth : nil)
    }
    let hits = zip(worker.generator.coverHits, before).map { $0 - $1 }
    totalsBefore.subtract(AbandonedStep(coverHits: hits))
    noteFindings()
    // All show the same, or none does: they look for the run together.
    if cluster.any(finding == nil) {
      finding = nil
      shared.stop(.noMemory)
    }
  }

  /// States, rules fired and bytes of the whole search.
  func sums(ofRanks cluster: ClusterMember?) -> (states: Int, firings: Int, bytes: Int) {
    guard let cluster else {
      return (
        shared.store.count.value, shared.ruleFiringCount.load(ordering: .relaxed),
        shared.byteCount
      )
    }
    return cluster.statuses.reduce((0, 0, 0)) {
      ($0.0 + $1.stateCount, $0.1 + $1.ruleFiringCount, $0.2 + $1.byteCount)
    }
  }
}
