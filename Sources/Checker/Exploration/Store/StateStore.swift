import Diagnostics
import Packing
import Synchronization
import TransitionSystem

/// How states are remembered.
package enum StoreKind: String, Sendable, CaseIterable {
  /// Whole: a state is its own key, or is folded into one without loss.
  case exact
  /// As hashes of 64 bits.
  case compact
  /// As three bits of a table of fixed size.
  case bitstate
}

/// The states that have been seen, whatever their width.
final class StateStore {
  let kind: StoreKind
  let wordCount: Int
  /// States found. The threads add to it what they have inserted.
  let count = Atomic<Int>(0)
  /// Keys; empty for `bitstate`.
  private(set) var seen: SeenSet
  private(set) var tree: StateTree?
  /// States at which keys got the fields that they have.
  private var fittedCount = 512
  let bits: BitTable?
  /// Numbers of states and what they are good for, where a model has liveness properties.
  let numbers: StateNumbers?
  private let workerCount: Int
  /// Goes up whenever something has grown, and handles have to be taken anew.
  private(set) var generation = 0

  /// - Parameters:
  ///   - workerCount: Threads that may ever add states.
  ///   - livenessCount: Instances of liveness properties. States whose keys are hashes get no numbers.
  ///   - byteLimit: Bytes that the search may take. A bit table takes half of it, and 1 GiB at most.
  ///   - stop: When no more is wanted.
  /// - Returns: Nil if there is no memory, or no more is wanted.
  init?(
    _ kind: StoreKind, layout: StateLayout, workerCount: Int, livenessCount: Int, byteLimit: Int,
    stop: StopCondition
  ) {
    self.kind = kind
    wordCount = layout.wordCount
    let isOwnKey = kind == .exact && wordCount == 1
    let hasNumbers = livenessCount > 0 && kind == .exact
    guard
      let seen = SeenSet(
        bitCount: isOwnKey ? layout.bitCount : 64, hasNumbers: hasNumbers)
    else { return nil }
    self.seen = seen
    self.workerCount = workerCount
    numbers =
      hasNumbers
      ? StateNumbers(
        instanceCount: livenessCount,
        capacity: Self.numberCount(seen.slotCount, workerCount: workerCount)) : nil
    guard numbers != nil || !hasNumbers else { return nil }
    tree =
      kind == .exact && !isOwnKey
      ? StateTree(wordCount: wordCount, workerCount: workerCount, stop: stop) : nil
    bits = kind == .bitstate ? BitTable(byteCount: min(1 << 30, byteLimit / 2)) : nil
    guard isOwnKey || kind == .compact || tree != nil || bits != nil else { return nil }
  }

  /// Numbers that may be needed before the table grows: threads take them by the block.
  private static func numberCount(_ slotCount: Int, workerCount: Int) -> Int {
    slotCount + (workerCount + 1) * StateNumbers.blockCount
  }

  /// Whether a state can be had back from its key.
  var isLossless: Bool { kind == .exact }

  /// Words of a state in a frontier: its key, or itself.
  var frontierWordCount: Int { isLossless ? 1 : wordCount }

  /// A bound on the chance that a state was missed, hashes being taken for random. The first one
  /// that is missed is missed when some number of states has been found, and at each number one new
  /// state alone is looked up until then; so the chances add up over what has been found.
  var omissionBound: Double {
    let count = Double(count.load(ordering: .relaxed))
    switch kind {
    case .exact: return 0
    case .compact: return min(1, count * (count - 1) / 2 / 18_446_744_073_709_551_616)
    case .bitstate: return min(1, bits?.expectedOmissions ?? 1)
    }
  }

  var byteCount: Int {
    (bits?.byteCount ?? seen.byteCount) + (tree?.byteCount ?? 0) + (numbers?.byteCount ?? 0)
  }

  /// Whether it is time to grow.
  var isFull: Bool {
    bits == nil && count.load(ordering: .relaxed) >= seen.mostStates || tree?.isFull == true
  }

  /// Makes what is full larger. For one thread while no other uses the store.
  ///
  /// - Parameters:
  ///   - isForced: Whether the table has to grow in any case, because a key found no place.
  ///   - byteLimit: Bytes that the store may take.
  ///   - work: Does the parts of it.
  /// - Returns: What has come of it.
  func grow(isForced: Bool, byteLimit: Int, with work: any PartedWork) -> Growth {
    let growsSeen = isForced || count.load(ordering: .relaxed) >= seen.mostStates
    let numberCount = Self.numberCount(
      growsSeen ? seen.slotCountWhenGrown : seen.slotCount, workerCount: workerCount)
    let grown =
      (growsSeen ? seen.byteCountWhenGrown : seen.byteCount) + (tree?.byteCountWhenGrown ?? 0)
      + (numbers?.byteCount(capacity: numberCount) ?? 0)
    guard grown <= byteLimit else { return .isTooMuch }
    generation += 1
    if let numbers, !numbers.grow(to: numberCount) { return .noMemory }
    if growsSeen, !seen.grow(with: work) { return .noMemory }
    return tree?.grow() ?? true ? .done : .noMemory
  }

  enum Growth {
    case done
    /// It would take more than the search may.
    case isTooMuch
    case noMemory
  }

  /// Gives keys other fields where that makes more of them short. For one thread between two
  /// levels.
  ///
  /// - Parameters:
  ///   - frontier: All states that are to be expanded; their keys are replaced too.
  ///   - byteLimit: Bytes that the store may take.
  ///   - work: Does the parts of it, one for each thread.
  func refitKeys(
    _ frontier: [Frontier.Block], byteLimit: Int, with work: any PartedWork, partCount: Int
  ) {
    let states = count.load(ordering: .relaxed)
    guard let tree, states >= 2 * fittedCount, states <= KeyRefit.mostStates,
      byteCount + seen.byteCount <= byteLimit
    else { return }
    fittedCount = states
    // If there is no memory, the keys there are do.
    guard let fields = tree.betterFields, let refit = KeyRefit(seen, tree, fields: fields),
      refit.moveAll(from: seen, with: work, partCount: partCount)
    else { return }
    work.doParts(frontier.count) { number in
      let block = frontier[number]
      refit.refit(UnsafeMutableBufferPointer(start: block.entries, count: block.count))
    }
    generation += 1
    (seen, self.tree) = (refit.seen, refit.tree)
  }

  /// Makes room for a level in all states' depths.
  func makeRoom(forDepth depth: Int) -> Bool {
    guard isLossless, UInt64(depth) > seen.deepestLevel else { return true }
    generation += 1
    return seen.makeRoomForDepth()
  }
}
