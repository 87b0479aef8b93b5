import CIntrinsics
import Glibc

/// Collects the successors of batches for the end of the level, for one thread.
final class DelayedInserter: StateInserter {
  /// It has all inserters.
  private unowned let store: DiskStore
  private let collector: StateCollector
  private let wordCount: Int

  /// States that were collected lately, each in a place of its own: orders of independent rules meet again
  /// soon.
  private let recent: UnsafeMutablePointer<UInt64>
  private let recentShift: UInt64

  /// - Parameters:
  ///   - collector: Nobody else adds to it.
  ///   - recentBitCount: States that are remembered to have been collected, as a power of two.
  init(_ store: DiskStore, _ collector: StateCollector, recentBitCount: Int) {
    (self.store, self.collector) = (store, collector)
    wordCount = collector.block.wordCount
    let places = 1 << recentBitCount
    recent = .fromMalloc(count: places * wordCount)
    recentShift = UInt64(64 - recentBitCount)
    // No state is in its place: 0 is in those of all others, and in its own one of another place.
    recent.initialize(repeating: 0, count: places * wordCount)
    let zero = place(UnsafePointer(recent))
    while place(UnsafePointer(zero)) == zero { zero[0] += 1 }
    store.noteMemory(8 * wordCount * places)
  }

  deinit { free(recent) }

  // MARK: - Batches

  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool { true }

  func refresh() {}

  func unfold(_ entries: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> { entries }

  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool { true }

  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool { true }

  /// Collects all successors. None is known to be new yet.
  ///
  /// - Returns: 0; nil where the store has failed.
  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int? {
    batch.isNew.update(repeating: false, count: batch.count)
    var taken = 0
    do throws(DiskFailure) {
      while taken < batch.count {
        try collector.makeRoom()
        let part = min(batch.count - taken, collector.capacity - collector.count)
        collect(batch.state(taken), count: part)
        taken += part
      }
    } catch {
      store.note(error)
      return nil
    }
    return 0
  }

  @inline(__always)
  private func collect(_ successors: UnsafePointer<UInt64>, count added: Int) {
    let wordCount = wordCount
    let states = collector.states
    var end = states + collector.count * wordCount
    if wordCount == 1 {
      let (recent, shift) = (recent, recentShift)
      for position in 0..<added {
        let state = successors[position]
        let place = recent + Int(truncatingIfNeeded: Self.mix(state) &>> shift)
        // Without a branch, as none would be foretold.
        end.pointee = state
        end += place.pointee == state ? 0 : 1
        place.pointee = state
      }
    } else {
      for position in 0..<added {
        let state = successors + position * wordCount
        let place = place(state)
        if StateOrder.equal(state, place, wordCount) { continue }
        for word in 0..<wordCount {
          place[word] = state[word]
          end[word] = state[word]
        }
        end += wordCount
      }
    }
    collector.count = (end - states) / wordCount
  }

  @inline(__always)
  private func place(_ state: UnsafePointer<UInt64>) -> UnsafeMutablePointer<UInt64> {
    var hash: UInt64 = 0
    for word in 0..<wordCount { hash = Self.mix(hash ^ state[word]) }
    return recent + Int(truncatingIfNeeded: hash &>> recentShift) * wordCount
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    (word ^ (word &>> 32)) &* 0x9E37_79B9_7F4A_7C15
  }

  // Nobody knows of a state by its key.

  func key(_ batch: SuccessorBatch, _ successor: Int) -> StateKey { StateKey(head: 0) }

  func insert(_ key: StateKey, depth: Int, grow: Growth) -> Bool? { false }

  func contains(_ key: StateKey) -> Bool { false }

  func depth(_ key: StateKey) -> Int? { nil }
}
