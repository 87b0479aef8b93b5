/// States as hashes of 64 bits. Two states that have one hash are taken for one.
final class CompactStore: StateStore, SeenSetStore, @unchecked Sendable {
  let count = StateCount()
  let seen: SeenSet
  private(set) var generation = 0
  let wordCount: Int

  /// - Returns: Nil if there is no memory.
  init?(wordCount: Int, growth: SeenSet.Growth) {
    guard let seen = SeenSet(bitCount: 64, hasNumbers: false, growth: growth) else { return nil }
    self.seen = seen
    self.wordCount = wordCount
  }

  var keys: KeySource { .hashes }

  var numbers: StateNumbers? { nil }

  var frontierWordCount: Int { wordCount }

  var byteCount: Int { seen.byteCount }

  /// The first state that is missed is missed when some number of states has been found, and at each
  /// number one new state alone is looked up until then; so the chances add up over what has been
  /// found.
  var omissionBound: Double {
    let count = Double(count.value)
    return min(1, count * (count - 1) / 2 / 18_446_744_073_709_551_616)
  }

  var isFull: Bool { count.value >= seen.mostStates }

  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth {
    let growsSeen = isForced || isFull
    guard (growsSeen ? seen.byteCountWhenGrown : seen.byteCount) <= byteLimit else {
      return .isTooMuch
    }
    generation += 1
    return !growsSeen || seen.grow(with: work) ? .done : .noMemory
  }
}
