import Glibc

/// Folds the successors of expanded states of several words into keys, for one thread.
///
/// A batch is folded in passes, so that what one step reads from far memory is asked for before it
/// is read for the first successor, and so that a pass has few branches that cannot be foretold:
/// they took more than half of the time.
final class SuccessorFolder {
  let folder: StateTree.Folder
  private let wordCount: Int
  private let nodeCount: Int

  // The states that are expanded, with the numbers of their nodes.
  private let parents: UnsafeMutablePointer<UInt64>
  private let parentNumbers: UnsafeMutablePointer<UInt32>

  /// For each successor, what is known of its fields.
  private var sums: UnsafeMutablePointer<StateTree.Folder.Sum>
  /// Words of successors whose numbers are still to be looked up.
  private var left: UnsafeMutablePointer<LeftWord>
  /// Successors whose keys are pairs, with their states.
  private var paired: UnsafeMutablePointer<Paired>
  private var partials: UnsafeMutablePointer<StateTree.Folder.Partial>
  private var capacity: Int

  private struct LeftWord {
    let successor: Int32
    let word: Int32
  }

  private struct Paired {
    let successor: Int32
    let state: Int32
  }

  /// Successors whose slots are asked for at once.
  private static let window = 32

  /// - Parameter capacity: The most successors of a batch.
  init(_ tree: StateTree, worker: Int, capacity: Int) {
    folder = StateTree.Folder(tree, worker: worker)
    wordCount = tree.wordCount
    nodeCount = tree.nodeCount
    parents = .allocate(capacity: SuccessorBatch.stateCount * wordCount)
    parentNumbers = .allocate(capacity: SuccessorBatch.stateCount * nodeCount)
    self.capacity = capacity
    sums = .fromMalloc(count: capacity)
    left = .fromMalloc(count: folder.hasFields ? capacity * wordCount : 0)
    paired = .fromMalloc(count: capacity + 1)
    partials = .fromMalloc(count: capacity)
  }

  deinit {
    parents.deallocate()
    parentNumbers.deallocate()
    free(sums)
    free(left)
    free(paired)
    free(partials)
  }

  /// Makes room for a batch of so many successors.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory for that.
  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool {
    guard count > capacity else { return true }
    let leftCount = folder.hasFields ? wordCount : 0
    let added =
      MemoryLayout<StateTree.Folder.Sum>.stride + leftCount * MemoryLayout<LeftWord>.stride
      + MemoryLayout<Paired>.stride + MemoryLayout<StateTree.Folder.Partial>.stride
    guard mayTake(added * (count - capacity)), sums.resize(to: count),
      left.resize(to: count * leftCount), paired.resize(to: count + 1),
      partials.resize(to: count)
    else { return false }
    capacity = count
    return true
  }

  /// The words of some states, whose successors are folded next.
  func unfold(_ keys: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64> {
    for position in 0..<count {
      folder.unfold(
        keys[position], into: parents + position * wordCount,
        numbers: parentNumbers + position * nodeCount)
    }
    return UnsafePointer(parents)
  }

  /// Finds the keys of a batch's successors.
  ///
  /// - Parameters:
  ///   - stateCount: Expanded states, those that `unfold` gave last.
  ///   - grow: Makes the dictionaries larger; false if it cannot.
  /// - Returns: False if they cannot be made large enough.
  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: () -> Bool) -> Bool {
    guard folder.hasFields else {
      return pair(batch, findPaired(batch, stateCount: stateCount), grow)
    }
    guard lookUp(batch, addFields(batch, stateCount: stateCount), grow) else { return false }
    let pairedCount = takeSums(batch, stateCount: stateCount)
    return pairedCount == 0 || pair(batch, pairedCount, grow)
  }

  // MARK: - Fields

  /// Adds up what is known of the successors' fields.
  ///
  /// - Returns: How many words are left.
  private func addFields(_ batch: SuccessorBatch, stateCount: Int) -> Int {
    let (folder, sums, left) = (folder, sums, left)
    var leftCount = 0
    for state in 0..<stateCount {
      let parent = UnsafePointer(parents + state * wordCount)
      let known = folder.expand(parentNumbers + state * nodeCount)
      for successor in batch.successors(of: state) {
        let sum = folder.add(batch.state(successor), near: parent, known) { word in
          left[leftCount] = LeftWord(
            successor: Int32(truncatingIfNeeded: successor), word: Int32(truncatingIfNeeded: word))
          leftCount &+= 1
        }
        (sums + successor).initialize(to: sum)
      }
    }
    return leftCount
  }

  private func lookUp(_ batch: SuccessorBatch, _ leftCount: Int, _ grow: () -> Bool) -> Bool {
    let (folder, sums, left) = (folder, sums, left)
    let ahead = Self.window
    for position in 0..<min(ahead, leftCount) { approach(left[position], batch) }
    for position in 0..<leftCount {
      if position + ahead < leftCount { approach(left[position + ahead], batch) }
      let (successor, word) = (Int(left[position].successor), Int(left[position].word))
      while !folder.add(batch.state(successor)[word], at: word, to: &sums[successor]) {
        guard grow() else { return false }
      }
    }
    return true
  }

  @inline(__always)
  private func approach(_ left: LeftWord, _ batch: SuccessorBatch) {
    folder.approach(batch.state(Int(left.successor))[Int(left.word)], at: Int(left.word))
  }

  /// Takes the sums for keys.
  ///
  /// - Returns: How many successors have other keys.
  private func takeSums(_ batch: SuccessorBatch, stateCount: Int) -> Int {
    let (sums, keys, paired) = (sums, batch.keys, paired)
    var count = 0
    var successor = 0
    for state in 0..<stateCount {
      let end = batch.ends[state]
      while successor < end {
        keys[successor] = sums[successor].key
        paired[count] = Paired(
          successor: Int32(truncatingIfNeeded: successor), state: Int32(truncatingIfNeeded: state))
        count &+= sums[successor].overflow == 0 ? 0 : 1
        successor &+= 1
      }
    }
    return count
  }

  // MARK: - Pairs

  private func findPaired(_ batch: SuccessorBatch, stateCount: Int) -> Int {
    let (folder, paired) = (folder, paired)
    var count = 0
    for state in 0..<stateCount {
      let parent = UnsafePointer(parents + state * wordCount)
      for successor in batch.successors(of: state) {
        folder.prefetch(batch.state(successor), near: parent)
        paired[count] = Paired(
          successor: Int32(truncatingIfNeeded: successor), state: Int32(truncatingIfNeeded: state))
        count &+= 1
      }
    }
    return count
  }

  private func pair(_ batch: SuccessorBatch, _ count: Int, _ grow: () -> Bool) -> Bool {
    let (folder, partials, paired) = (folder, partials, paired)
    for position in 0..<count {
      let state = Int(paired[position].state)
      let words = batch.state(Int(paired[position].successor))
      while true {
        if let partial = folder.begin(
          words, near: parents + state * wordCount, parentNumbers + state * nodeCount)
        {
          (partials + position).initialize(to: partial)
          break
        }
        guard grow() else { return false }
      }
    }
    let ahead = Self.window
    for position in 0..<min(ahead, count) { folder.approach(partials[position]) }
    for position in 0..<count {
      if position + ahead < count { folder.approach(partials[position + ahead]) }
      while true {
        if let key = folder.finish(partials[position]) {
          batch.keys[Int(paired[position].successor)] = key
          break
        }
        guard grow() else { return false }
      }
    }
    return true
  }
}
