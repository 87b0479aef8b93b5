import Diagnostics
import Packing
import TransitionSystem

/// States kept whole: a state of one or two words is its own key, a wider one is folded into one without
/// loss.
final class ExactStore: StateStore, SeenSetStore, @unchecked Sendable {
  let count = StateCount()
  let wordCount: Int
  private(set) var seen: SeenSet
  /// Nil where states are their own keys.
  private var tree: StateTree?
  /// How states of two words are keys.
  private let pair: WordPair?
  /// States at which keys got the fields that they have.
  private var fittedCount = 512
  /// Numbers of states and what they are good for, where a model has liveness properties.
  let numbers: StateNumbers?
  private let workerCount: Int
  private(set) var generation = 0

  /// - Parameters:
  ///   - workerCount: Threads that may ever add states.
  ///   - livenessCount: Instances of liveness properties.
  ///   - growth: When the table grows.
  ///   - stop: When no more is wanted.
  /// - Returns: Nil if there is no memory, or no more is wanted.
  init?(
    packing: StatePacking, workerCount: Int, livenessCount: Int, growth: SeenSet.Growth,
    stop: StopCondition
  ) {
    wordCount = packing.wordCount
    pair = WordPair(packing)
    guard
      let seen = SeenSet(
        bitCount: packing.wordCount == 1 ? packing.bitCount : 64,
        tailBitCount: pair?.tailBitCount ?? 0, hasNumbers: livenessCount > 0, growth: growth)
    else { return nil }
    self.seen = seen
    self.workerCount = workerCount
    if livenessCount > 0 {
      guard
        let numbers = StateNumbers(
          instanceCount: livenessCount,
          capacity: Self.numberCount(seen.slotCount, workerCount: workerCount))
      else { return nil }
      self.numbers = numbers
    } else {
      numbers = nil
    }
    if packing.wordCount == 1 || pair != nil { return }
    guard
      let tree = StateTree(
        wordCount: packing.wordCount, workerCount: workerCount, stop: stop)
    else { return nil }
    self.tree = tree
  }

  /// Makes room for the numbers of all states that a table may have.
  private func makeRoomForNumbers(of seen: SeenSet) -> Bool {
    let count = Self.numberCount(seen.slotCount, workerCount: workerCount)
    return numbers?.grow(to: count) ?? true
  }

  /// Numbers that may be needed before the table grows: threads take them by the block.
  private static func numberCount(_ slotCount: Int, workerCount: Int) -> Int {
    slotCount + (workerCount + 1) * StateNumbers.blockCount
  }

  var lossless: (any SeenSetStore)? { self }

  var keys: KeySource {
    if let pair { return .ownPairs(pair) }
    return tree.map(KeySource.folded) ?? .ownWords
  }

  var frontierWordCount: Int { pair == nil ? 1 : 2 }

  var byteCount: Int { seen.byteCount + (tree?.byteCount ?? 0) + (numbers?.byteCount ?? 0) }

  var omissionBound: Double { 0 }

  var isFull: Bool { count.value >= seen.mostStates || tree?.isFull == true }

  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> StoreGrowth {
    let growsSeen = isForced || count.value >= seen.mostStates
    let numberCount = Self.numberCount(
      growsSeen ? seen.slotCountWhenGrown : seen.slotCount, workerCount: workerCount)
    let grown =
      (growsSeen ? seen.byteCountWhenGrown : seen.byteCount) + (tree?.byteCountWhenGrown ?? 0)
      + (numbers?.byteCount(capacity: numberCount) ?? 0)
    guard grown <= byteLimit else { return .isTooMuch }
    generation += 1
    if growsSeen, !seen.grow(with: work) { return .noMemory }
    // Where a key had no place, it has grown by more than a step.
    guard makeRoomForNumbers(of: seen) else { return .noMemory }
    return tree?.grow() ?? true ? .done : .noMemory
  }

  func refitKeys(
    _ frontier: [Frontier.Block], byteLimit: Int, with work: any PartedWork, partCount: Int
  ) {
    let states = count.value
    guard let tree, states >= 2 * fittedCount, states <= KeyRefit.mostStates,
      byteCount + seen.byteCount <= byteLimit
    else { return }
    fittedCount = states
    // If there is no memory, the keys there are do.
    guard let fields = tree.betterFields, let refit = KeyRefit(seen, tree, fields: fields),
      refit.moveAll(from: seen, with: work, partCount: partCount),
      makeRoomForNumbers(of: refit.seen)
    else { return }
    work.doParts(frontier.count) { number in
      let block = frontier[number]
      refit.refit(UnsafeMutableBufferPointer(start: block.entries, count: block.count))
    }
    generation += 1
    (seen, self.tree) = (refit.seen, refit.tree)
  }

  func makeRoom(forDepth depth: Int) -> Bool {
    guard UInt64(depth) > seen.deepestLevel else { return true }
    generation += 1
    return seen.makeRoomForDepth()
  }
}
