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
  private let levels: any LevelSource
  private let batch: SuccessorBatch
  private let reconstruction: RunReconstruction
  private let wordCount: Int

  /// - Parameter levels: The states that were expanded.
  init(
    _ shared: SharedSearch, _ levels: any LevelSource, _ generator: any SuccessorGenerator,
    _ interpreter: InterpreterGenerator
  ) {
    self.shared = shared
    self.levels = levels
    self.generator = generator
    wordCount = shared.space.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
    reconstruction = RunReconstruction(shared.space, interpreter, generator: generator)
  }

  /// A run to each of some states. It is empty where none is found, and then nothing confirms it.
  ///
  /// - Parameter limit: Where it is met, runs that have not been found are empty.
  func executions(to targets: [RunTarget], _ limit: StopCondition) -> [Execution] {
    var paths = targets.map { [$0.state] }
    var depth = targets.map(\.depth).max() ?? 0
    while depth > 0, !isDue(limit) {
      depth -= 1
      var open: [PackedState: [Int]] = [:]
      for position in targets.indices where targets[position].depth > depth {
        if let first = paths[position].last { open[first, default: []].append(position) }
      }
      var parents = parents(of: open, atDepth: depth, limit)
      if let cluster = shared.cluster {
        parents = cluster.first(of: parents, for: open.keys.sorted())
      }
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

  /// Whether a limit is met, here or on another rank: all of them go up by the same levels.
  private func isDue(_ limit: StopCondition) -> Bool {
    shared.cluster?.any(limit.isDue()) ?? limit.isDue()
  }

  /// For each state, the first by its words of those of a level that lead to it.
  private func parents(
    of states: [PackedState: [Int]], atDepth depth: Int, _ limit: StopCondition
  ) -> [PackedState: PackedState] {
    var parents: [PackedState: PackedState] = [:]
    // Few successors are looked for: their first words tell nearly all others apart.
    let firstWords = Set(states.keys.map { $0.words[0] })
    levels.forEachPart(ofLevel: depth) { words, count, areSorted in
      var next = 0
      while next < count {
        if limit.isDue() || areSorted && parents.count == states.count { return false }
        next += noteParents(
          words + next * wordCount, count: min(SuccessorBatch.stateCount, count - next),
          of: states, firstWords, in: &parents)
      }
      return true
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

  private func copy(_ state: UnsafePointer<UInt64>) -> PackedState {
    PackedState(state, wordCount: wordCount)
  }
}
