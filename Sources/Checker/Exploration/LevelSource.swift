/// Where the states of a level can be had from when the search is over.
protocol LevelSource: AnyObject {
  /// Calls `body` with states that were expanded, packed, some at a time, as long as it returns true.
  ///
  /// - Parameters:
  ///   - depth: Less than in all calls before.
  ///   - areSorted: Whether all states of the level come in the order of their words.
  func forEachPart(
    ofLevel depth: Int,
    _ body: (_ states: UnsafePointer<UInt64>, _ count: Int, _ areSorted: Bool) -> Bool)
}

/// The levels of a store that is a table of keys.
final class SeenSetLevels: LevelSource {
  private let inserter: SeenSetInserter
  private let wordCount: Int
  /// Words of an entry of a frontier.
  private let entryWordCount: Int
  private var reader: LevelReader
  /// States that were not expanded, by their keys.
  private let leftOut: [StateKey: StateKey]

  /// Keys that are taken out of the table in one pass over it.
  private static let keyCount = 1 << 22

  /// States of a level that are sorted, so that the first which leads to a state ends the search for it; a
  /// larger level is expanded whole, as the table has it.
  private static let sortedCount = 1 << 18

  /// - Parameter depth: Levels from this one on are not asked for.
  init(_ store: any SeenSetStore, below depth: Int, leftOut: [StateKey: StateKey]) {
    inserter = SeenSetInserter(store)
    wordCount = store.wordCount
    self.leftOut = leftOut
    entryWordCount = store.frontierWordCount
    reader = LevelReader(store, below: depth, keyCount: Self.keyCount)
  }

  func forEachPart(
    ofLevel depth: Int,
    _ body: (_ states: UnsafePointer<UInt64>, _ count: Int, _ areSorted: Bool) -> Bool
  ) {
    let entries = withoutLeftOut(reader.entries(atDepth: depth))
    let stateCount = entries.count / entryWordCount
    if stateCount <= Self.sortedCount {
      sortedStates(entries).withUnsafeBufferPointer { words in
        if let base = words.baseAddress { _ = body(base, stateCount, true) }
      }
      return
    }
    entries.withUnsafeBufferPointer { entries in
      guard let base = entries.baseAddress else { return }
      for first in stride(from: 0, to: stateCount, by: SuccessorBatch.stateCount) {
        let count = min(SuccessorBatch.stateCount, stateCount - first)
        let states = inserter.unfold(base + first * entryWordCount, count: count)
        guard body(states, count, false) else { return }
      }
    }
  }

  /// The entries of a level that were expanded.
  private func withoutLeftOut(_ entries: [UInt64]) -> [UInt64] {
    if leftOut.isEmpty { return entries }
    var kept: [UInt64] = []
    entries.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for first in stride(from: 0, to: words.count, by: entryWordCount)
      where leftOut[inserter.key(ofEntry: base + first)] == nil {
        kept += words[first..<first + entryWordCount]
      }
    }
    return kept
  }

  /// The states of some entries one after another, in the order of their words.
  private func sortedStates(_ entries: [UInt64]) -> [UInt64] {
    let stateCount = entries.count / entryWordCount
    var words: [UInt64] = []
    words.reserveCapacity(stateCount * wordCount)
    entries.withUnsafeBufferPointer { entries in
      guard let base = entries.baseAddress else { return }
      for first in stride(from: 0, to: stateCount, by: SuccessorBatch.stateCount) {
        let count = min(SuccessorBatch.stateCount, stateCount - first)
        words.append(
          contentsOf: UnsafeBufferPointer(
            start: inserter.unfold(base + first * entryWordCount, count: count),
            count: count * wordCount))
      }
    }
    guard wordCount > 1 else { return words.sorted() }
    let order = (0..<stateCount).sorted { left, right in
      words[(left * wordCount)..<((left + 1) * wordCount)].lexicographicallyPrecedes(
        words[(right * wordCount)..<((right + 1) * wordCount)])
    }
    return order.flatMap { words[($0 * wordCount)..<(($0 + 1) * wordCount)] }
  }
}

/// Takes the states of levels out of the table, as entries of a frontier, from deep levels to shallow
/// ones, of as many levels in one pass as there is room for.
struct LevelReader {
  private let seen: SeenSet
  private let keys: KeySource
  private let entryWordCount: Int
  private let keyCount: Int
  /// For each depth, how many states it has.
  private var counts: [Int]
  /// Levels that have been taken out, the shallowest first.
  private var taken: [[UInt64]] = []
  private var first: Int

  /// - Parameter depth: Levels from this one on are not asked for.
  init(_ store: any SeenSetStore, below depth: Int, keyCount: Int) {
    seen = store.seen
    keys = store.keys
    entryWordCount = store.frontierWordCount
    self.keyCount = keyCount
    first = depth
    counts = Array(repeating: 0, count: depth)
    guard depth > 0 else { return }
    // One pass that counts, so that the levels of the others have the room that they need.
    for position in 0..<seen.slotCount {
      if let found = seen.depth(position), found < depth { counts[found] += 1 }
    }
  }

  /// - Parameter depth: One less than in the call before.
  mutating func entries(atDepth depth: Int) -> [UInt64] {
    if depth < first { take(upTo: depth) }
    return taken.popLast() ?? []
  }

  private mutating func take(upTo last: Int) {
    first = last
    var count = counts[last]
    while first > 0, count + counts[first - 1] <= keyCount {
      first -= 1
      count += counts[first]
    }
    taken = (first...last).map { level in
      var entries: [UInt64] = []
      entries.reserveCapacity(counts[level] * entryWordCount)
      return entries
    }
    for position in 0..<seen.slotCount {
      guard let depth = seen.depth(position), depth >= first, depth <= last,
        let entry = seen.entry(position)
      else { continue }
      keys.append(entry.key, to: &taken[depth - first])
    }
  }
}
