package import Checkpoints
package import Cluster
import Glibc
import Packing

/// Checkpoints of a search that several ranks share: each writes the states that it owns into files of its own,
/// and rank 0 the list that names them, when all of them are on the device.
///
/// It is written behind a round, where nothing is on its way; where a limit has ended the search, what still was
/// is a part of it. The files are those of one process but for the numbers of states, which ranks leave out.
extension SearchCheckpoints {
  /// Files that a rank writes for one checkpoint.
  private static let filesOfRank = 2

  /// Writes a checkpoint together with all other ranks. Where one of them fails, the one before it stays, and
  /// the search goes on. All ranks, with the same statuses.
  func save(
    _ shared: SharedSearch, _ worker: SearchWorker, _ totals: SearchTotals,
    with cluster: ClusterMember
  ) {
    let started = ContinuousClock.now
    defer { noteTried(since: started) }
    let expandedCount = cluster.expandedCount
    triedExpandedCount = expandedCount
    // Nothing has been done since.
    if expandedCount == savedExpandedCount { return report(.kept) }
    var part = RankPart()
    do throws(CheckpointError) {
      part = try write(shared, worker, totals, cluster)
    } catch {
      part.failure = error.code
    }
    let parts = cluster.communicator.gather(bytes: part.bytes).map(RankPart.init(bytes:))
    var failure = RankPart.failure(of: parts, path)
    if failure == nil, cluster.isFirst {
      do throws(CheckpointError) {
        try commit(parts, shared, totals)
      } catch {
        failure = error
      }
    }
    // What rank 0 says is written.
    if cluster.any(failure != nil) {
      if cluster.isFirst { folder.removeOthers() }
      return report(.failed(failure ?? CheckpointError(path, .system(file: nil, code: EIO))))
    }
    settledFiles += parts.flatMap(\.records).filter { $0.kind == .states }
    settledDepth = shared.depth
    savedExpandedCount = expandedCount
    report(.written)
  }

  /// Writes the files of this rank.
  private func write(
    _ shared: SharedSearch, _ worker: SearchWorker, _ totals: SearchTotals,
    _ cluster: ClusterMember
  ) throws(CheckpointError) -> RankPart {
    let noMemory = CheckpointError(path, .system(file: nil, code: ENOMEM))
    var (saved, counted) = SavedSearch.here(shared, [worker], totals)
    saved.rankCount = cluster.communicator.size
    var part = RankPart()
    let ranks = (own: cluster.communicator.rank, all: cluster.communicator.size)
    part.records = try folder.writeParts(ranks.own, of: ranks.all, fileCount: Self.filesOfRank) {
      () throws(CheckpointError) in
      // Within, so that all ranks go on with the same numbers of files.
      guard let tools, let reader = tools.reader, let store = shared.store.lossless,
        store.seen.isWhole,
        !worker.found.hasLostEntries,
        let contents = saved.bytes(counted, shared)
      else { throw noMemory }
      reader.refresh()
      let writer = TableCheckpointWriter(
        columns: tools.columns, buffer: tools.buffer, reader: reader, store: store,
        hasNumbers: false)
      part.contents = contents
      var records: [FileRecord] = []
      if shared.depth > settledDepth {
        records.append(
          try folder.write(.states, tools.buffer) { file throws(BlockFileError) in
            try writer.writeStates(deeperThan: settledDepth, to: shared.depth, into: file)
          })
      }
      records.append(
        try folder.write(.level, tools.buffer) { file throws(BlockFileError) in
          try writer.writeLevel(shared, [worker], into: file)
          try cluster.forEachPending { states, count throws(BlockFileError) in
            try writer.writePending(states, count: count, depth: shared.depth + 1, into: file)
          }
        })
      return records
    }
    return part
  }

  /// Makes the files of all ranks the checkpoint.
  private func commit(
    _ parts: [RankPart], _ shared: SharedSearch, _ totals: SearchTotals
  ) throws(CheckpointError) {
    let records = parts.flatMap(\.records)
    try folder.find(records)
    guard let tools, let sum = ClusterMember.sum(parts.map(\.contents), shared, totals),
      let contents = sum.saved.bytes(sum.totals, shared)
    else { throw CheckpointError(path, .system(file: nil, code: ENOMEM)) }
    try folder.commit(settledFiles + records, contents, tools.buffer)
  }

  /// Fills empty searches of all ranks with what the checkpoint has, each with the states that it owns now. All
  /// ranks.
  ///
  /// - Returns: What had been counted; by one rank for all.
  /// - Throws: On all ranks.
  func restore(
    _ shared: SharedSearch, _ worker: SearchWorker, _ interpreter: InterpreterGenerator,
    with cluster: ClusterMember
  ) throws(CheckpointError) -> SearchTotals {
    var totals = SearchTotals(shared, interpreter)
    let none = totals
    let saved = try read(shared, &totals)
    report(.reading)
    guard let store = shared.store.lossless, let tools else { return none }
    if !cluster.isFirst { totals = none }
    let restorer = SearchRestorer(shared, store, worker, saved, tools.columns)
    let reader = RankReader(restorer, cluster, folder)
    try reader.read([.states, .level])
    if shared.isOver { return totals }
    restorer.takeFrontier()
    take(saved, shared, worker, &totals)
    try reader.readPending()
    settle(saved)
    beginToWait()
    return totals
  }
}

/// What one rank has written for a checkpoint.
private struct RankPart {
  var records: [FileRecord] = []
  var contents: [UInt8] = []
  /// The system's word for why it has not; nil where it has.
  var failure: Int32?

  init() {}

  var bytes: [UInt8] {
    guard let buffer = BlockBuffer(capacity: contents.count + 64) else { return [] }
    buffer.append(failure ?? 0)
    buffer.append(records) { $0.append(to: buffer) }
    buffer.append(contents)
    return buffer.isShort ? [] : buffer.bytes
  }

  init(bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      do throws(BlockBytes.Unexpected) {
        var bytes = BlockBytes(bytes)
        let code = try bytes.number(Int32.self)
        failure = code == 0 ? nil : code
        records = try bytes.list(FileRecord.read)
        contents = try bytes.list()
        try bytes.end()
      } catch {
        // There was no memory to say it.
        failure = ENOMEM
      }
    }
  }

  /// Why the first one that has failed has.
  static func failure(of parts: [RankPart], _ path: String) -> CheckpointError? {
    for (rank, part) in parts.enumerated() {
      guard let code = part.failure else { continue }
      return rank == 0
        ? CheckpointError(path, .system(file: nil, code: code))
        : CheckpointError(
          path, .elsewhere(process: rank, reason: String(cString: strerror(code))))
    }
    return nil
  }
}

extension CheckpointError {
  /// The system's word for it, where it is the system's.
  fileprivate var code: Int32 {
    if case .system(_, let code) = reason { code } else { EIO }
  }
}

extension CheckpointFolder {
  /// Opens a folder on rank 0, and lets all others write into it. All ranks.
  ///
  /// - Parameter open: Called on rank 0 alone.
  /// - Throws: On all ranks; rank 0 says why.
  package static func open(
    _ path: String, version: String, as communicator: any Communicator,
    _ open: () throws(CheckpointError) -> CheckpointFolder
  ) throws(CheckpointError) -> CheckpointFolder {
    var folder: CheckpointFolder?
    var failure: CheckpointError?
    var invitation: [UInt8] = []
    if communicator.rank == 0 {
      do throws(CheckpointError) {
        let opened = try open()
        invitation = try opened.invitation()
        folder = opened
      } catch {
        failure = error
      }
    }
    invitation = communicator.gather(bytes: invitation)[0]
    if invitation.isEmpty { throw failure ?? CheckpointError(path, .missing) }
    if communicator.rank > 0 {
      do throws(CheckpointError) {
        folder = try join(path, version: version, invitation: invitation)
      } catch {
        failure = error
      }
    }
    let reasons = communicator.gather(bytes: Array((failure?.message ?? "").utf8))
    if let rank = reasons.firstIndex(where: { !$0.isEmpty }) {
      let reason = String(decoding: reasons[rank], as: UTF8.self)
      throw CheckpointError(path, .elsewhere(process: rank, reason: reason))
    }
    guard let folder else { throw CheckpointError(path, .missing) }
    return folder
  }
}
