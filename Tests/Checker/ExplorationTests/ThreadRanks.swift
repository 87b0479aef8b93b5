import Cluster
import Exploration
import Foundation

/// Ranks that are threads of one process: what MPI does, without MPI.
final class ThreadRanks: @unchecked Sendable {
  let count: Int
  /// What goes wrong once.
  private let fault: Fault?

  enum Fault {
    /// A word is changed on its way.
    case change
    /// Of what rank 2 tells ranks 0 and 1 of transitions, a word of states of one word, each gets one that is
    /// for the other.
    case detour
  }

  private let condition = NSCondition()
  // Held by the condition.
  private var arrived = 0
  private var generation = 0
  // Each rank writes its own before it meets the others, and reads those of all behind that.
  private var words: [[UInt64]]
  private var counts: [[Int32]]
  private var segments: [WordSegments?]
  private var hasChanged = false
  private var detourGeneration: Int?

  init(_ count: Int, _ fault: Fault? = nil) {
    self.count = count
    self.fault = fault
    words = Array(repeating: [], count: count)
    counts = Array(repeating: [], count: count)
    segments = Array(repeating: nil, count: count)
  }

  /// Calls `body` on a thread for each rank, and returns what it returns.
  func run<Result>(_ body: @escaping @Sendable (any Communicator) -> Result) -> [Result] {
    let results = Results<Result>(count)
    let done = DispatchGroup()
    for rank in 0..<count {
      done.enter()
      let thread = Thread { [self] in
        results.set(body(ThreadRank(self, rank)), rank)
        done.leave()
      }
      thread.stackSize = 64 << 20
      thread.start()
    }
    done.wait()
    return results.all
  }

  private final class Results<Result>: @unchecked Sendable {
    private let lock = NSLock()
    private var results: [Result?]

    init(_ count: Int) { results = Array(repeating: nil, count: count) }

    func set(_ result: Result, _ rank: Int) { lock.withLock { results[rank] = result } }

    var all: [Result] { lock.withLock { results.compactMap { $0 } } }
  }

  private func meet() {
    condition.lock()
    arrived += 1
    if arrived == count {
      arrived = 0
      generation += 1
      condition.broadcast()
    } else {
      let before = generation
      while before == generation { condition.wait() }
    }
    condition.unlock()
  }

  fileprivate func gather(_ own: [UInt64], _ rank: Int) -> [[UInt64]] {
    condition.withLock { words[rank] = own }
    meet()
    let all = condition.withLock { words }
    meet()
    return all
  }

  fileprivate func exchange(_ own: [Int32], _ rank: Int) -> [Int32] {
    condition.withLock { counts[rank] = own }
    meet()
    let received = condition.withLock { counts.map { $0[rank] } }
    meet()
    return received
  }

  fileprivate func exchange(_ sent: WordSegments, into received: WordSegments, _ rank: Int) {
    condition.withLock { segments[rank] = sent }
    meet()
    let all = condition.withLock { segments }
    for (other, segment) in all.enumerated() {
      guard let segment else { continue }
      let target = received.words + Int(received.offsets[other])
      let count = Int(received.counts[other])
      target.update(from: segment.words + Int(segment.offsets[rank]), count: count)
      let isChanged = condition.withLock {
        defer { if count > 1 { hasChanged = true } }
        return fault == .change && count > 1 && !hasChanged
      }
      if isChanged { target[0] = target[1] }
    }
    if fault == .detour, rank < 2, let sent = all[2] { takeDetour(sent, received, rank) }
    meet()
  }

  private func takeDetour(_ sent: WordSegments, _ received: WordSegments, _ rank: Int) {
    let places = (0..<2).map { sent.words + Int(sent.offsets[$0]) }
    // A state has few bits, and who leads to it is told with the rank.
    guard (0..<2).allSatisfy({ sent.counts[$0] >= 2 && places[$0][1] >> 32 == 2 }) else { return }
    let isNow = condition.withLock {
      if detourGeneration == nil { detourGeneration = generation }
      return detourGeneration == generation
    }
    guard isNow else { return }
    (received.words + Int(received.offsets[2])).update(from: places[1 - rank], count: 2)
  }
}

private final class ThreadRank: Communicator {
  private let ranks: ThreadRanks
  let rank: Int

  init(_ ranks: ThreadRanks, _ rank: Int) { (self.ranks, self.rank) = (ranks, rank) }

  var size: Int { ranks.count }

  var machine: (rank: Int, size: Int) { (rank, ranks.count) }

  func gather(_ words: [UInt64]) -> [[UInt64]] { ranks.gather(words, rank) }

  func exchange(counts: [Int32]) -> [Int32] { ranks.exchange(counts, rank) }

  func exchange(_ sent: WordSegments, into received: WordSegments) {
    ranks.exchange(sent, into: received, rank)
  }

  func finish() {}
}
