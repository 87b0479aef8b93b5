import CIntrinsics
import Glibc

/// All states that have been seen, as sorted runs, the largest first.
///
/// What a level adds is a run of its own. Whenever runs at the end are together not much smaller than the one
/// before them, all of these are merged in one pass, so that there are few, and a state is written again
/// as often as the logarithm of their number (O'Neil, Cheng, Gawlick and O'Neil, "The log-structured
/// merge-tree", 1996). Small runs stay in memory: many thin levels are written in one pass.
final class SeenRuns {
  private var runs: [SortedRun] = []
  private let folder: DiskFolder
  private let block: StateBlock
  private let sorter: StateSorter
  /// States of the runs in memory, all together.
  private let mostKept: Int

  /// How much larger a run is than all behind it together, at least.
  private static let ratio = 2

  /// - Parameter mostKept: States that may be kept in memory.
  init(_ folder: DiskFolder, _ block: StateBlock, _ sorter: StateSorter, mostKept: Int) {
    (self.folder, self.block, self.sorter) = (folder, block, sorter)
    self.mostKept = mostKept
  }

  /// Bytes of memory that it takes.
  ///
  /// - Parameter levels: The file of levels, which is counted elsewhere.
  func byteCount(besides levels: StateFile) -> Int {
    runs.reduce(0) {
      switch $1 {
      case .stored(let file, _, _): $0 + (file === levels ? 0 : file.memoryByteCount)
      case .kept(let states): $0 + states.byteCount
      }
    }
  }

  /// What finds states in all runs, from the first one on.
  ///
  /// - Parameter other: States that count as seen, too.
  func subtraction(with other: SortedRun? = nil) -> SeenSubtraction {
    SeenSubtraction(runs + (other.map { [$0] } ?? []), block)
  }

  /// What gives all states, in their order.
  func merger() -> RunMerger { RunMerger(runs, block, sorter) }

  /// Adds a run of states that are in no other.
  ///
  /// - Parameter goesOn: Asked now and then; where it says no, runs are left as they are.
  func add(_ run: SortedRun, while goesOn: () -> Bool) throws(DiskFailure) {
    guard run.count > 0 else { return }
    runs.append(try keeping(run))
    var first = runs.count - 1
    var count = run.count
    while first > 0, runs[first - 1].count < Self.ratio * count {
      first -= 1
      count += runs[first].count
    }
    if first < runs.count - 1, let merged = try merge(Array(runs[first...]), count, goesOn) {
      runs.replaceSubrange(first..., with: [merged])
    }
    if keptCount > mostKept, let first = runs.firstIndex(where: \.isKept),
      let merged = try write(Array(runs[first...]), goesOn)
    {
      runs.replaceSubrange(first..., with: [merged])
    }
  }

  private var keptCount: Int { runs.reduce(0) { $0 + ($1.isKept ? $1.count : 0) } }

  /// A run in memory where it is small, and as it is where it is not.
  private func keeping(_ run: SortedRun) throws(DiskFailure) -> SortedRun {
    guard !run.isKept, run.count <= mostKept / 4 else { return run }
    return try load([run], run.count) { true } ?? run
  }

  /// - Returns: Nil where it was told not to go on.
  private func merge(
    _ runs: [SortedRun], _ count: Int, _ goesOn: () -> Bool
  ) throws(DiskFailure) -> SortedRun? {
    if runs.allSatisfy(\.isKept), let merged = try load(runs, count, goesOn) { return merged }
    return try write(runs, goesOn)
  }

  /// Merges runs into memory; nil where there is none, or it was told not to go on.
  private func load(
    _ runs: [SortedRun], _ count: Int, _ goesOn: () -> Bool
  ) throws(DiskFailure) -> SortedRun? {
    let wordCount = block.wordCount
    guard let memory = malloc_or_null(8 * wordCount * count) else { return nil }
    let states = memory.bindMemory(to: UInt64.self, capacity: wordCount * count)
    let kept = KeptStates(taking: states, count: count, wordCount: wordCount)
    let merger = RunMerger(runs, block, sorter)
    var end = states
    while true {
      let batch = try merger.next()
      if batch.count == 0 { return .kept(kept) }
      guard goesOn() else { return nil }
      end.update(from: batch.states, count: batch.count * wordCount)
      end += batch.count * wordCount
    }
  }

  /// Merges runs into a file of their own.
  private func write(
    _ runs: [SortedRun], _ goesOn: () -> Bool
  ) throws(DiskFailure) -> SortedRun? {
    let writer = StateWriter(try StateFile(folder, block))
    let merger = RunMerger(runs, block, sorter)
    while true {
      let batch = try merger.next()
      if batch.count == 0 { return try writer.endRun() }
      guard goesOn() else { return nil }
      try writer.append(batch.states, count: batch.count)
    }
  }
}

extension SortedRun {
  fileprivate var isKept: Bool { if case .kept = self { true } else { false } }
}

/// Takes seen states out of others, which come in their order.
final class SeenSubtraction {
  private let cursors: [RunCursor]

  fileprivate init(_ runs: [SortedRun], _ block: StateBlock) {
    cursors = runs.map { RunCursor($0, block) }
  }

  /// Leaves those states that have not been seen.
  ///
  /// - Parameters:
  ///   - states: Sorted, and behind those of all calls before.
  /// - Returns: How many are left.
  func subtract(
    from states: UnsafeMutablePointer<UInt64>, count: Int
  ) throws(DiskFailure) -> Int {
    var count = count
    for cursor in cursors where count > 0 {
      count = try cursor.subtract(from: states, count: count)
    }
    return count
  }
}
