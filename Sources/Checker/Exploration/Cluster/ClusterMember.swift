import Checkpoints
import Cluster
import Diagnostics
import Glibc
import Packing

/// One process of a search that several processes share, each with the states that it owns.
///
/// States travel in rounds, which all ranks take part in, as often as the fullest outbox asks for it; a level
/// ends with a round in which nobody has anything left to expand. Whatever decides whether a rank takes part in
/// a round is known to all of them from the one before, so that none waits for one that does not come.
final class ClusterMember {
  let communicator: any Communicator
  let outbox: Outbox
  private let wordCount: Int

  /// What has arrived in the last round.
  private var inbox: UnsafeMutablePointer<UInt64>
  private var inboxCapacity = 0
  private var inboxCount = 0
  /// Of the states that have arrived, the words of those that have not been added, from a position on.
  private var untaken = 0..<0
  private var sent = WordTally()
  private var received = WordTally()
  /// Whether something has come to this rank that cannot be for it.
  private var hasStray = false

  /// Where all ranks stood in the last round.
  private(set) var statuses: [RankStatus]
  /// The most states that all ranks together are to find; nil for as many as there are.
  var mostStates: Int?
  private var nextRound = ContinuousClock.now
  private var hasWorked = false

  /// Without full outboxes there is a round after so long, so that all know where a search stands; later where
  /// rounds take long, so that most of the time is for work.
  private static let pause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  /// - Parameter byteLimit: What the whole search may take on this rank.
  /// - Returns: Nil if there is no memory.
  init?(_ communicator: any Communicator, wordCount: Int, byteLimit: Int?) {
    guard
      let outbox = Outbox(
        rank: communicator.rank, of: communicator.size, wordCount: wordCount, byteLimit: byteLimit)
    else { return nil }
    self.communicator = communicator
    self.outbox = outbox
    self.wordCount = wordCount
    inbox = .fromMalloc(count: 0)
    statuses = Array(repeating: RankStatus(), count: communicator.size)
    nextRound = .now + Self.pause
  }

  deinit { free(inbox) }

  /// Whether it is the rank that counts what each rank does once for all.
  var isFirst: Bool { communicator.rank == 0 }

  /// Bytes that it takes beside the store and the frontiers.
  var byteCount: Int { outbox.byteCount + 8 * inboxCapacity }

  /// Whether compiled rules are made by this rank for all of its machine.
  var makesCode: Bool { communicator.machine.rank == 0 }

  // MARK: - Rounds

  /// Whether it is time for a round that sends so much. There is some work between two rounds in any case.
  func isDue(_ segments: RankSegments) -> Bool {
    segments.isFull || hasWorked && ContinuousClock.now >= nextRound
  }

  /// Notes that something has been done since the last round.
  func noteWork() { hasWorked = true }

  /// What a round has brought to this rank, until the next one.
  struct Round {
    let words: UnsafeMutablePointer<UInt64>
    let count: Int
    /// Whether all ranks were done.
    let isLast: Bool
    /// Why the search ends, if a rank has ended.
    let limit: ExplorationLimit?
  }

  /// Sends what is to be sent, and takes what the others have. All ranks.
  ///
  /// - Parameters:
  ///   - status: Of this rank.
  ///   - mayTake: Asked before so many bytes are taken; where it says no, the search has to end.
  func takeRound(
    _ status: RankStatus, sending segments: RankSegments, _ mayTake: (Int) -> Bool
  ) -> Round {
    let start = ContinuousClock.now
    share(status)
    let limit = firstLimit ?? exchange(segments, mayTake)
    let end = ContinuousClock.now
    nextRound = end + max(Self.pause, min(Self.longestPause, (end - start) * 4))
    hasWorked = false
    return Round(
      words: inbox, count: limit == nil ? inboxCount : 0, isLast: statuses.allSatisfy(\.isDone),
      limit: limit)
  }

  /// The same for successors.
  ///
  /// - Returns: Whose words are those of this rank's states.
  func takeRound(_ status: RankStatus, _ mayTake: (Int) -> Bool) -> Round {
    let round = takeRound(status, sending: outbox.segments, mayTake)
    if round.limit == nil { untaken = 0..<round.count }
    for first in stride(from: 0, to: round.count, by: wordCount) {
      let hash = StateHash.hash(round.words + first, wordCount: wordCount)
      if outbox.owner(hash) != outbox.rank { noteStray() }
    }
    return round
  }

  /// Notes how many of the states that the last round has brought have been added.
  func noteTaken(_ stateCount: Int) {
    untaken = untaken.lowerBound + stateCount * wordCount..<untaken.upperBound
  }

  /// States that are on their way from this rank, and that have come to it and were not added: those of a
  /// search that has ended.
  func forEachPending(
    _ body: (_ states: UnsafePointer<UInt64>, _ count: Int) throws(BlockFileError) -> Void
  ) throws(BlockFileError) {
    let sent = outbox.segments
    try body(UnsafePointer(sent.words), sent.count)
    try body(UnsafePointer(inbox + untaken.lowerBound), untaken.count / wordCount)
  }

  /// Why a rank has ended, of those that have the first.
  var firstLimit: ExplorationLimit? { statuses.lazy.compactMap(\.limit).first }

  /// States that all ranks have expanded.
  var expandedCount: Int { statuses.reduce(0) { $0 + $1.expandedCount } }

  /// Notes that something has come to this rank that cannot be for it.
  func noteStray() { hasStray = true }

  /// - Returns: Why it has not come to that: a rank has no memory for it.
  private func exchange(
    _ segments: RankSegments, _ mayTake: (Int) -> Bool
  ) -> ExplorationLimit? {
    let sending = segments.segments()
    let counts = communicator.exchange(counts: sending.counts)
    var offsets: [Int32] = []
    var total = 0
    for count in counts {
      offsets.append(Int32(truncatingIfNeeded: total))
      total += Int(count)
    }
    let hasRoom = total <= Int32.max && makeRoom(total, mayTake)
    if any(!hasRoom) { return .noMemory }
    let received = WordSegments(words: inbox, counts: counts, offsets: offsets)
    communicator.exchange(sending, into: received)
    sent.add(sentBy: communicator.rank, sending)
    segments.removeAll()
    self.received.add(receivedBy: communicator.rank, received)
    inboxCount = total
    return nil
  }

  private func makeRoom(_ words: Int, _ mayTake: (Int) -> Bool) -> Bool {
    if words <= inboxCapacity { return true }
    _ = mayTake(8 * (words - inboxCapacity))
    guard inbox.resize(to: words) else { return false }
    inboxCapacity = words
    return true
  }

  /// Tells all ranks where each stands. All ranks.
  func share(_ status: RankStatus) {
    var status = status
    status.sent = sent
    status.received = received
    // What has come to a wrong rank is as good as lost.
    if hasStray { status.received.add(WordTally(count: 0, sum: 1)) }
    statuses = communicator.gather(status.words).map { RankStatus($0) }
  }

  /// What was sent and has not arrived, behind a last round; nil where all has.
  var loss: ExplorationLimit? {
    var (sent, received) = (WordTally(), WordTally())
    for status in statuses {
      sent.add(status.sent)
      received.add(status.received)
    }
    if sent == received { return nil }
    return .lostWords(sent: Int(sent.count), received: Int(received.count))
  }

  // MARK: - Figures

  /// Nil where one process has all of it.
  private var share: RankShare? {
    if communicator is LoneRank { return nil }
    let counts = statuses.map(\.stateCount)
    let mean = max(Double(counts.reduce(0, +)) / Double(counts.count), 1)
    return RankShare(
      shares: counts.map { Double($0) / mean }, waitingCount: statuses.count(where: \.isDone))
  }

  /// What it took, as of the last round.
  var effort: ExplorationResult.ClusterEffort? {
    guard let share else { return nil }
    return .init(share: share, sentByteCount: statuses.reduce(0) { $0 + 8 * Int($1.sent.count) })
  }

  /// Where all ranks together stand.
  func progress(of shared: SharedSearch) -> ExplorationProgress {
    let stateCount = statuses.reduce(0) { $0 + $1.stateCount }
    return ExplorationProgress(
      stateCount: stateCount,
      ruleFiringCount: statuses.reduce(0) { $0 + $1.ruleFiringCount }, depth: shared.depth,
      queueCount: stateCount - statuses.reduce(0) { $0 + $1.expandedCount },
      byteCount: statuses.reduce(0) { $0 + $1.byteCount }, seconds: shared.seconds,
      secondsHere: shared.condition.elapsed, ranks: share)
  }

  /// What all ranks have counted. All ranks.
  ///
  /// - Returns: Nil where a rank has no memory for it, which ends the search.
  func sum(_ own: SearchTotals, _ shared: SharedSearch) -> SearchTotals? {
    var saved = SavedSearch()
    saved.depth = shared.depth
    saved.settledDepth = shared.depth
    let all = communicator.gather(bytes: saved.bytes(own, shared) ?? [])
    share(shared.status(isDone: true))
    guard let sum = Self.sum(all, shared, own) else {
      shared.stop(.noMemory)
      return nil
    }
    return sum.totals
  }

  /// What ranks have counted, of the bytes that they give.
  ///
  /// - Parameter none: Anything that has as much room for counts.
  /// - Returns: Nil where a rank had no memory for them.
  static func sum(
    _ parts: [[UInt8]], _ shared: SharedSearch, _ none: SearchTotals
  ) -> (saved: SavedSearch, totals: SearchTotals)? {
    var sum: (saved: SavedSearch, totals: SearchTotals)?
    for bytes in parts {
      var totals = none
      totals.removeMeasures()
      let saved = bytes.withUnsafeBytes { bytes in
        (try? SavedSearch.read(bytes, shared, &totals)).flatMap { $0 }
      }
      guard let saved else { return nil }
      if sum == nil {
        sum = (saved, totals)
      } else {
        sum?.saved.add(saved)
        sum?.totals.add(totals)
      }
    }
    return sum
  }

  // MARK: - Agreement

  /// Waits for all ranks.
  func meet() { _ = communicator.gather([0]) }

  /// The limit of states, where all ranks together have found more, as of the last round; the same on all of
  /// them.
  var stateLimit: ExplorationLimit? {
    guard let mostStates, statuses.reduce(0, { $0 + $1.stateCount }) > mostStates else {
      return nil
    }
    return .states(mostStates)
  }

  /// Whether it is so on any rank. All ranks.
  func any(_ isSo: Bool) -> Bool { communicator.gather([isSo ? 1 : 0]).contains { $0[0] != 0 } }

  /// The first by its words of what all ranks have for each state. All ranks, with the same states.
  func first(
    of found: [PackedState: PackedState], for states: [PackedState]
  ) -> [PackedState: PackedState] {
    var words: [UInt64] = []
    for state in states {
      let parent = found[state]
      words.append(parent == nil ? 0 : 1)
      words += parent?.words ?? Array(repeating: 0, count: wordCount)
    }
    guard !states.isEmpty else { return [:] }
    var first: [PackedState: PackedState] = [:]
    for words in communicator.gather(words) {
      for (position, state) in states.enumerated() {
        let start = position * (1 + wordCount)
        guard words[start] != 0 else { continue }
        let parent = PackedState(
          Array(words[start + 1..<start + 1 + wordCount]), wordCount: wordCount)
        if let known = first[state], known < parent { continue }
        first[state] = parent
      }
    }
    return first
  }
}
