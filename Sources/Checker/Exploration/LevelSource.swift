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
  private var reader: LevelReader
  /// States that were not expanded, by their keys.
  private let leftOut: [UInt64: UInt64]

  /// Keys that are taken out of the table in one pass over it.
  private static let keyCount = 1 << 22

  /// States of a level that are sorted, so that the first which leads to a state ends the search for it; a
  /// larger level is expanded whole, as the table has it.
  private static let sortedCount = 1 << 18

  /// - Parameter depth: Levels from this one on are not asked for.
  init(_ store: any SeenSetStore, below depth: Int, leftOut: [UInt64: UInt64]) {
    inserter = SeenSetInserter(store)
    wordCount = store.wordCount
    self.leftOut = leftOut
    reader = LevelReader(store.seen, below: depth, keyCount: Self.keyCount)
  }

  func forEachPart(
    ofLevel depth: Int,
    _ body: (_ states: UnsafePointer<UInt64>, _ count: Int, _ areSorted: Bool) -> Bool
  ) {
    var keys = reader.keys(atDepth: depth)
    if !leftOut.isEmpty { keys.removeAll { leftOut[$0] != nil } }
    if keys.count <= Self.sortedCount {
      sortedStates(keys).withUnsafeBufferPointer { words in
        if let base = words.baseAddress { _ = body(base, keys.count, true) }
      }
      return
    }
    keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for first in stride(from: 0, to: keys.count, by: SuccessorBatch.stateCount) {
        let count = min(SuccessorBatch.stateCount, keys.count - first)
        guard body(inserter.unfold(base + first, count: count), count, false) else { return }
      }
    }
  }

  /// The states of some keys one after another, in the order of their words.
  private func sortedStates(_ keys: [UInt64]) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(keys.count * wordCount)
    keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for first in stride(from: 0, to: keys.count, by: SuccessorBatch.stateCount) {
        let count = min(SuccessorBatch.stateCount, keys.count - first)
        words.append(
          contentsOf: UnsafeBufferPointer(
            start: inserter.unfold(base + first, count: count), count: count * wordCount))
      }
    }
    guard wordCount > 1 else { return words.sorted() }
    let order = keys.indices.sorted { left, right in
      words[(left * wordCount)..<((left + 1) * wordCount)].lexicographicallyPrecedes(
        words[(right * wordCount)..<((right + 1) * wordCount)])
    }
    return order.flatMap { words[($0 * wordCount)..<(($0 + 1) * wordCount)] }
  }
}

/// Takes the keys of levels out of the table, from deep ones to shallow ones, of as many levels in
/// one pass as there is room for.
struct LevelReader {
  private let seen: SeenSet
  private let keyCount: Int
  /// For each depth, how many states it has.
  private var counts: [Int]
  /// Levels that have been taken out, the shallowest first.
  private var taken: [[UInt64]] = []
  private var first: Int

  /// - Parameter depth: Levels from this one on are not asked for.
  init(_ seen: SeenSet, below depth: Int, keyCount: Int) {
    self.seen = seen
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
  mutating func keys(atDepth depth: Int) -> [UInt64] {
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
      var keys: [UInt64] = []
      keys.reserveCapacity(counts[level])
      return keys
    }
    for position in 0..<seen.slotCount {
      guard let depth = seen.depth(position), depth >= first, depth <= last,
        let entry = seen.entry(position)
      else { continue }
      taken[depth - first].append(entry.key)
    }
  }
}
