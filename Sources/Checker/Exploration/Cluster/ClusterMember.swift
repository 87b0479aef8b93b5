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
  private var sent = WordTally()
  private var received = WordTally()
  /// Whether a state has come to a rank that does not own it.
  private var hasStray = false

  /// Where all ranks stood in the last round.
  private(set) var statuses: [RankStatus]
  private var nextRound = ContinuousClock.now
  private var hasWorked = false

  /// Without full outboxes there is a round after so long, so that all know where a search stands; later where
  /// rounds take long, so that most of the time is for work.
  private static let pause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  /// - Returns: Nil if there is no memory.
  init?(_ communicator: any Communicator, wordCount: Int) {
    guard
      let outbox = Outbox(
        rank: communicator.rank, of: communicator.size, wordCount: wordCount)
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
    inboxCount = 0
    let limit = statuses.lazy.compactMap(\.limit).first ?? exchange(segments, mayTake)
    let end = ContinuousClock.now
    nextRound = end + max(Self.pause, min(Self.longestPause, (end - start) * 4))
    hasWorked = false
    return Round(
      words: inbox, count: inboxCount, isLast: statuses.allSatisfy(\.isDone), limit: limit)
  }

  /// The same for successors.
  ///
  /// - Returns: Whose words are those of this rank's states.
  func takeRound(_ status: RankStatus, _ mayTake: (Int) -> Bool) -> Round {
    let round = takeRound(status, sending: outbox.segments, mayTake)
    for first in stride(from: 0, to: round.count, by: wordCount) {
      let hash = StateHash.hash(round.words + first, wordCount: wordCount)
      if outbox.owner(hash) != outbox.rank { hasStray = true }
    }
    return round
  }

  /// - Returns: Why it has not come to that: a rank has no memory for it.
  private func exchange(
    _ segments: RankSegments, _ mayTake: (Int) -> Bool
  ) -> ExplorationLimit? {
    let sending = segments.segments
    let counts = communicator.exchange(counts: sending.counts)
    var offsets: [Int32] = []
    var total = 0
    for count in counts {
      offsets.append(Int32(truncatingIfNeeded: total))
      total += Int(count)
    }
    let hasRoom = total <= Int32.max && makeRoom(total, mayTake)
    if any(!hasRoom) { return .noMemory }
    communicator.exchange(
      sending, into: WordSegments(words: inbox, counts: counts, offsets: offsets))
    sent.add(segments.tally)
    segments.removeAll()
    received.add(inbox, count: total)
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

  private var share: RankShare {
    let counts = statuses.map(\.stateCount)
    let mean = Double(counts.reduce(0, +)) / Double(counts.count)
    return RankShare(count: counts.count, imbalance: Double(counts.max() ?? 0) / max(mean, 1))
  }

  /// What it took, as of the last round.
  var effort: ExplorationResult.ClusterEffort {
    .init(share: share, sentByteCount: statuses.reduce(0) { $0 + 8 * Int($1.sent.count) })
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
    let buffer = BlockBuffer(capacity: 1 << 12)
    var saved = SavedSearch()
    saved.depth = shared.depth
    saved.settledDepth = shared.depth
    if let buffer { saved.write(own, shared, to: buffer) }
    let all = communicator.gather(bytes: buffer.map { $0.isShort ? [] : $0.bytes } ?? [])
    share(shared.status(isDone: true))
    var sum: SearchTotals?
    for bytes in all {
      var totals = own
      let isRead = bytes.withUnsafeBytes { bytes in
        (try? SavedSearch.read(bytes, shared, &totals)).flatMap { $0 } != nil
      }
      guard isRead else {
        shared.stop(.noMemory)
        return nil
      }
      if sum == nil { sum = totals } else { sum?.add(totals) }
    }
    return sum
  }

  // MARK: - Agreement

  /// Waits for all ranks.
  func meet() { _ = communicator.gather([0]) }

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
