import Synchronization

/// A search that several processes share, as this one sees it.
extension SharedSearch {
  /// Where this rank stands.
  ///
  /// - Parameter isDone: Whether nothing of the level is left to be expanded here.
  func status(isDone: Bool, hasFinding: Bool = false) -> RankStatus {
    var status = RankStatus()
    status.stateCount = store.count.value
    status.ruleFiringCount = ruleFiringCount.load(ordering: .relaxed)
    status.expandedCount = expandedCount.load(ordering: .relaxed)
    status.byteCount = byteCount
    status.frontierCount = frontier.count
    status.isDone = isDone
    status.hasFinding = hasFinding
    status.limit = limit
    return status
  }

  /// Takes memory for what cannot be done without, and ends the search if that is more than it may have.
  func insist(byteCount: Int) -> Bool {
    if take(byteCount: byteCount) { return true }
    stopForMemory()
    return false
  }
}
