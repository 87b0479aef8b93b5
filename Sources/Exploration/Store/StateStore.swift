import Synchronization
import TransitionSystem

/// The states that have been seen, whatever their width: a state of one word is its own key, wider
/// ones are folded.
final class StateStore {
  let wordCount: Int
  let seen: SeenSet
  let tree: StateTree?
  /// Goes up whenever something has grown, and handles have to be taken anew.
  private(set) var generation = 0

  /// - Parameter workerCount: Threads that may ever add states.
  /// - Returns: Nil if there is no memory.
  init?(layout: StateLayout, workerCount: Int) {
    wordCount = layout.wordCount
    let isWide = wordCount > 1
    guard let seen = SeenSet(bitCount: isWide ? 64 : layout.bitCount) else { return nil }
    self.seen = seen
    if isWide {
      guard let tree = StateTree(wordCount: wordCount, workerCount: workerCount) else {
        return nil
      }
      self.tree = tree
    } else {
      tree = nil
    }
  }

  var byteCount: Int { seen.byteCount + (tree?.byteCount ?? 0) }

  /// Whether it is time to grow.
  var isFull: Bool {
    seen.count.load(ordering: .relaxed) >= seen.mostStates || tree?.isFull == true
  }

  /// Makes what is full larger. For one thread while no other uses the store.
  ///
  /// - Parameters:
  ///   - isForced: Whether the table has to grow in any case, because a key found no place.
  ///   - byteLimit: Bytes that the store may take.
  /// - Returns: False if that would be too much, or if there is no memory.
  func grow(isForced: Bool, byteLimit: Int) -> Bool {
    let growsSeen = isForced || seen.count.load(ordering: .relaxed) >= seen.mostStates
    let grown =
      (growsSeen ? seen.byteCountWhenGrown : seen.byteCount) + (tree?.byteCountWhenGrown ?? 0)
    guard grown <= byteLimit else { return false }
    generation += 1
    if growsSeen, !seen.grow() { return false }
    return tree?.grow() ?? true
  }

  /// Makes room for a level in all states' depths.
  func makeRoom(forDepth depth: Int) -> Bool {
    guard UInt64(depth) > seen.deepestLevel else { return true }
    generation += 1
    return seen.makeRoomForDepth()
  }
}
