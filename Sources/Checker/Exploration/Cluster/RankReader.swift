import Checkpoints
import Cluster
import Glibc
import Packing

/// Reads a checkpoint with all ranks: each reads some of its files, and sends the states in them to their
/// owners, which add them.
///
/// A rank that meets something wrong says so in the next round, and all of them end.
struct RankReader {
  private let restorer: SearchRestorer
  private let shared: SharedSearch
  private let cluster: ClusterMember
  private let folder: CheckpointFolder
  private let wordCount: Int
  private let segments: RankSegments?

  init(_ restorer: SearchRestorer, _ cluster: ClusterMember, _ folder: CheckpointFolder) {
    (self.restorer, self.cluster, self.folder) = (restorer, cluster, folder)
    shared = restorer.shared
    wordCount = restorer.wordCount
    segments = RankSegments(
      rankCount: cluster.communicator.size, stride: wordCount + 1,
      byteLimit: shared.options.memoryByteCount)
  }

  /// Reads the files of each kind in turn; what is found in those of one is there before the next is begun.
  func read(_ kinds: [FileRecord.Kind]) throws(CheckpointError) {
    var failure: CheckpointError?
    for kind in kinds {
      try read(
        kind, [SearchCheckpoints.statesTag, SearchCheckpoints.nextTag, SearchCheckpoints.openTag],
        &failure)
      if shared.isOver { return }
    }
    let counts = cluster.communicator.gather([UInt64(restorer.store.count.value)])
    guard counts.reduce(0, { $0 + Int($1[0]) }) == restorer.saved.stateCount else {
      throw CheckpointError(folder.path, .broken(file: "checkpoint", .hasOtherBytes))
    }
    if cluster.any(!restorer.isOfThisModel()) { throw CheckpointError(folder.path, .otherSearch) }
  }

  /// Reads what was on its way between ranks.
  func readPending() throws(CheckpointError) {
    guard restorer.saved.rankCount > 0 else { return }
    var failure: CheckpointError?
    try read(.level, [SearchCheckpoints.pendingTag], &failure)
  }

  /// - Parameter tags: Of the blocks that are wanted.
  private func read(
    _ kind: FileRecord.Kind, _ tags: [UInt32], _ failure: inout CheckpointError?
  ) throws(CheckpointError) {
    var isBroken = false
    if let segments {
      read(kind, tags, segments, &failure, &isBroken)
    } else {
      shared.stop(.noMemory)
      cluster.share(shared.status(isDone: true))
    }
    if isBroken {
      failure = failure ?? CheckpointError(folder.path, .broken(file: "\(kind)", .hasOtherBytes))
    }
    let reasons = cluster.communicator.gather(bytes: Array((failure?.message ?? "").utf8))
    if let failure { throw failure }
    if let other = reasons.firstIndex(where: { !$0.isEmpty }) {
      let reason = String(decoding: reasons[other], as: UTF8.self)
      throw CheckpointError(folder.path, .elsewhere(process: other, reason: reason))
    }
    cluster.share(shared.status(isDone: true))
    if let limit = cluster.firstLimit ?? cluster.loss { shared.stop(limit) }
  }

  /// Reads this rank's files, and takes part in rounds until all have read theirs.
  private func read(
    _ kind: FileRecord.Kind, _ tags: [UInt32], _ segments: RankSegments,
    _ failure: inout CheckpointError?, _ isBroken: inout Bool
  ) {
    let (rank, size) = (cluster.communicator.rank, cluster.communicator.size)
    var isLast = false
    for (number, record) in folder.files.lazy.filter({ $0.kind == kind }).enumerated()
    where number % size == rank && failure == nil && !shared.isOver {
      do throws(CheckpointError) {
        try folder.read(record) { block throws(BlockBytes.Unexpected) in
          shared.stopIfDue()
          if shared.isOver { return false }
          guard tags.contains(block.tag) else { return true }
          var bytes = block.bytes
          try restorer.columns.read(&bytes)
          try bytes.end()
          if block.tag == SearchCheckpoints.statesTag { restorer.takeSample() }
          guard send(block.tag, by: segments) else { return false }
          while segments.isFull, !isLast { isLast = takeRound(segments, false, &isBroken) }
          return !shared.isOver
        }
      } catch {
        failure = error
        // All ranks hear of it below.
        shared.stop(.noMemory)
      }
    }
    while !isLast { isLast = takeRound(segments, true, &isBroken) }
  }

  /// Sends the states of the columns to their owners.
  ///
  /// - Returns: False where the search ends.
  private func send(_ tag: UInt32, by segments: RankSegments) -> Bool {
    let columns = restorer.columns
    guard segments.makeRoom(columns.count, shared.insist) else { return false }
    for position in 0..<columns.count {
      // Where it goes is known when its words are there.
      let item = segments.append(to: 0)
      columns.state(position, into: item)
      item[wordCount] = UInt64(tag) << 32 | columns.depth(position)
      let owner = cluster.outbox.owner(StateHash.hash(item, wordCount: wordCount))
      segments.owners[segments.count - 1] = UInt32(truncatingIfNeeded: owner)
    }
    return true
  }

  /// - Returns: Whether there is no other.
  private func takeRound(
    _ segments: RankSegments, _ isDone: Bool, _ isBroken: inout Bool
  ) -> Bool {
    shared.stopIfDue()
    let round = cluster.takeRound(
      shared.status(isDone: isDone || shared.isOver), sending: segments, shared.insist)
    if let limit = round.limit {
      shared.stop(limit)
      return true
    }
    do throws(BlockBytes.Unexpected) {
      try take(round)
    } catch {
      isBroken = true
      shared.stop(.noMemory)
    }
    return round.isLast
  }

  /// Adds states that are this rank's.
  private func take(_ round: ClusterMember.Round) throws(BlockBytes.Unexpected) {
    let columns = restorer.columns
    columns.removeAll()
    var last: UInt32 = 0
    for position in stride(from: 0, to: round.count, by: wordCount + 1) {
      let state = round.words + position
      let (tag, depth) = (UInt32(state[wordCount] >> 32), Int(state[wordCount] & 0xFFFF_FFFF))
      if columns.isFull || tag != last {
        try take(last)
        columns.removeAll()
        last = tag
      }
      columns.append(state, depth: depth, number: 0)
    }
    try take(last)
  }

  private func take(_ tag: UInt32) throws(BlockBytes.Unexpected) {
    if restorer.columns.count == 0 || shared.isOver { return }
    if tag == SearchCheckpoints.pendingTag {
      try restorer.takePending()
    } else {
      try restorer.takeColumns(as: tag)
    }
  }
}
