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
    var options = options
    options.threadCount = 1
    var beginning = Beginning.ended(.noMemory)
    if let member = ClusterMember(communicator, wordCount: space.packing.wordCount) {
      beginning = begin(space, options, hasCheckpoints: false, cluster: member)
    }
    // Where one rank cannot begin, the others do not wait for it.
    var status = RankStatus()
    if case .ended(let limit) = beginning { status.limit = limit }
    let limits = communicator.gather(status.words).lazy.compactMap { RankStatus($0).limit }
    if let limit = status.limit ?? limits.first { return .unsearched(space, limit) }
    guard case .begun(let shared) = beginning else { return .unsearched(space, .noMemory) }
    var explorer = Explorer(shared, nil)
    return explorer.run(report: report)
  }

  static func executor(of shared: SharedSearch) -> ExecutorSwitch {
    guard let cluster = shared.cluster, !cluster.makesCode else {
      return ExecutorSwitch(shared.space, shared.options)
    }
    // Where code is awaited, it is in the cache when those that make it have come so far.
    let isAwaited = shared.options.executor == .native
    if isAwaited { cluster.meet() }
    return ExecutorSwitch(shared.space, shared.options, compiles: isAwaited)
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
      let round = cluster.takeRound(
        shared.status(isDone: shared.isOver || !hasMore), shared.insist)
      if let limit = round.limit {
        shared.stop(limit)
        noteFindings()
        lookAhead(nextDepth: shared.depth + 1)
        return false
      }
      workers[0].take(round.words, count: round.count / shared.space.packing.wordCount)
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
    let limit = cluster.statuses.lazy.compactMap(\.limit).first ?? cluster.loss
    if let limit { shared.stop(limit) }
    outlook = LevelOutlook(
      hasLevel: cluster.statuses.contains { $0.frontierCount > 0 },
      hasFinding: cluster.statuses.contains(where: \.hasFinding), isOver: limit != nil)
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
