import Diagnostics
import Packing
import Symmetry
import Trace
import TransitionSystem

/// A state that a run is to be shown to.
struct RunTarget {
  let state: PackedState
  let depth: Int
  /// As in `Finding`.
  var number = 0
  /// The path condition for which something is wrong, where that is not found out from the state.
  var path: Int?
  /// The symbolic constants for which the run is to be shown.
  var valuation: [Int128] = []
}

/// Finds runs to states whose depth is known, from their ends: of the states one level up, the
/// first by its words that leads on. So no parents have to be stored, and the run does not depend
/// on the order in which threads came by.
struct BackwardSearch {
  private let shared: SharedSearch
  private let generator: any SuccessorGenerator
  private let store: any SeenSetStore
  private let inserter: SeenSetInserter
  private let batch: SuccessorBatch
  private let reconstruction: RunReconstruction
  private let wordCount: Int
  /// Words of an entry of a level.
  private let entryWordCount: Int
  /// States that were not expanded, by their keys.
  private let leftOut: [StateKey: StateKey]

  /// Keys that are taken out of the table in one pass over it.
  private static let keyCount = 1 << 22

  init(
    _ shared: SharedSearch, _ store: any SeenSetStore, _ generator: any SuccessorGenerator,
    _ interpreter: InterpreterGenerator, leftOut: [StateKey: StateKey] = [:]
  ) {
    self.shared = shared
    self.store = store
    self.leftOut = leftOut
    self.generator = generator
    inserter = SeenSetInserter(store)
    wordCount = shared.space.packing.wordCount
    entryWordCount = store.frontierWordCount
    batch = SuccessorBatch(wordCount: wordCount)
    reconstruction = RunReconstruction(shared.space, interpreter, generator: generator)
  }

  /// A run to each of some states. It is empty where none is found, and then nothing confirms it.
  ///
  /// - Parameter limit: Where it is met, runs that have not been found are empty.
  func executions(to targets: [RunTarget], _ limit: StopCondition) -> [Execution] {
    var paths = targets.map { [$0.state] }
    var depth = targets.map(\.depth).max() ?? 0
    var levels = LevelReader(store, below: depth, keyCount: Self.keyCount)
    while depth > 0, !limit.isDue() {
      depth -= 1
      var open: [PackedState: [Int]] = [:]
      for position in targets.indices where targets[position].depth > depth {
        if let first = paths[position].last { open[first, default: []].append(position) }
      }
      let entries = withoutLeftOut(levels.entries(atDepth: depth))
      let parents = parents(of: open, among: entries, limit)
      for (state, positions) in open {
        guard let parent = parents[state] else { continue }
        for position in positions { paths[position].append(parent) }
      }
    }
    return targets.indices.map { position in
      let path = paths[position]
      // A path that could not be followed to its start is no run.
      guard path.count == targets[position].depth + 1 else { return Execution(steps: []) }
      return reconstruction.execution(through: path.reversed(), targets[position].valuation)
        ?? Execution(steps: [], valuation: targets[position].valuation)
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

  /// States of a level that are expanded in the order of their words, so that the first which leads
  /// to a state ends the search for it; a larger level is expanded whole, as the table has it.
  private static let sortedCount = 1 << 18

  /// For each state, the first by its words of those that lead to it.
  private func parents(
    of states: [PackedState: [Int]], among entries: [UInt64], _ limit: StopCondition
  ) -> [PackedState: PackedState] {
    var parents: [PackedState: PackedState] = [:]
    // Few successors are looked for: their first words tell nearly all others apart.
    let firstWords = Set(states.keys.map { $0.words[0] })
    let stateCount = entries.count / entryWordCount
    if stateCount <= Self.sortedCount {
      let sorted = sortedStates(entries)
      sorted.withUnsafeBufferPointer { words in
        guard let base = words.baseAddress else { return }
        var next = 0
        while next < stateCount, parents.count < states.count, !limit.isDue() {
          next += noteParents(
            base + next * wordCount, count: min(SuccessorBatch.stateCount, stateCount - next),
            of: states,
            firstWords, in: &parents)
        }
      }
      return parents
    }
    entries.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      var next = 0
      while next < stateCount, !limit.isDue() {
        let count = min(SuccessorBatch.stateCount, stateCount - next)
        next += noteParents(
          inserter.unfold(base + next * entryWordCount, count: count), count: count, of: states,
          firstWords,
          in: &parents)
      }
    }
    return parents
  }

  /// Expands states, and notes those that come before what is known so far.
  ///
  /// - Returns: How many were expanded.
  private func noteParents(
    _ words: UnsafePointer<UInt64>, count: Int, of states: [PackedState: [Int]],
    _ firstWords: Set<UInt64>, in parents: inout [PackedState: PackedState]
  ) -> Int {
    // A state of which something is not decided, or without memory for its successors, is passed
    // over: what it may lead to is then shown without a run.
    guard let expanded = try? generator.expand(words, count: count, into: batch), expanded > 0
    else { return 1 }
    for position in 0..<expanded {
      for successor in batch.successors(of: position)
      where firstWords.contains(batch.words[successor * wordCount]) {
        let state = copy(batch.state(successor))
        guard states[state] != nil else { continue }
        let parent = copy(words + position * wordCount)
        if parents[state].map({ parent < $0 }) ?? true {
          parents[state] = parent
        }
      }
    }
    return expanded
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

  private func copy(_ state: UnsafePointer<UInt64>) -> PackedState {
    PackedState(state, wordCount: wordCount)
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
