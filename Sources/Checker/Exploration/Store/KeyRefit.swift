/// Gives all keys of a table other fields, when words have more values than their fields have room
/// for.
///
/// Between two levels: no key is on its way anywhere but in the table and in the frontier. Words
/// keep their numbers, so only the bits of a key are rearranged; what takes time is the line of each
/// key in the new table, which is asked for before. Takes some 0.05 us a state and thread, and the
/// memory of a second table while it goes on.
package final class KeyRefit {
  package let seen: SeenSet
  package let tree: StateTree
  private let oldTree: StateTree

  /// States of a table that is still refitted: what a larger one would gain is not known to be
  /// worth it.
  static let mostStates = 1 << 22
  /// Keys on their way at once, by each thread.
  private static let batchCount = 64

  /// Makes a table and a tree for keys of other fields.
  ///
  /// - Parameter fields: With room for the numbers of all words.
  /// - Returns: Nil if there is no memory.
  package init?(_ seen: SeenSet, _ tree: StateTree, fields: KeyFields) {
    guard let refitted = StateTree(tree, fields: fields), let empty = seen.makeEmptyCopy() else {
      return nil
    }
    self.seen = empty
    self.tree = refitted
    oldTree = tree
  }

  /// Adds all entries of the table that there is to the new one.
  ///
  /// - Parameters:
  ///   - work: Does the parts of it.
  ///   - partCount: Parts that the table is cut into, one for each thread.
  /// - Returns: False if there is no memory.
  package func moveAll(
    from table: SeenSet, with work: any PartedWork = SerialWork(), partCount: Int = 1
  ) -> Bool {
    let next = UnsafeMutablePointer<Int>.allocate(capacity: partCount)
    defer { next.deallocate() }
    func end(_ part: Int) -> Int { table.slotCount * (part + 1) / partCount }
    for part in 0..<partCount { next[part] = table.slotCount * part / partCount }
    while true {
      work.doParts(partCount) { part in
        next[part] = move(next[part]..<end(part), of: table, isShared: partCount > 1)
      }
      if (0..<partCount).allSatisfy({ next[$0] == end($0) }) { return true }
      // Some key had found no place.
      guard seen.grow(with: work) else { return false }
    }
  }

  /// - Returns: The first position whose entry may not have been moved.
  private func move(_ range: Range<Int>, of table: SeenSet, isShared: Bool) -> Int {
    let translation = Translation(from: oldTree, to: tree)
    let handle = seen.handle(isShared: isShared)
    return withUnsafeTemporaryAllocation(of: Entry.self, capacity: Self.batchCount) { batch in
      var position = range.lowerBound
      while position < range.upperBound {
        let first = position
        var count = 0
        while position < range.upperBound, count < Self.batchCount {
          if let entry = table.entry(position) {
            let home = handle.prefetch(translation.key(for: entry.key.head))
            batch.initializeElement(
              at: count, to: Entry(home: home, depth: entry.depth, number: table.number(position)))
            count += 1
          }
          position += 1
        }
        for entry in batch[0..<count] {
          if handle.insert(entry.home, depth: UInt64(entry.depth)) == .full { return first }
          if let number = entry.number, let place = handle.find(entry.home) {
            handle.setNumber(place, number)
          }
        }
      }
      return position
    }
  }

  private struct Entry {
    let home: SeenSet.Handle.Home
    let depth: Int
    let number: Int?
  }

  /// Replaces keys by the new ones of the same states.
  package func refit(_ keys: UnsafeMutableBufferPointer<UInt64>) {
    let translation = Translation(from: oldTree, to: tree)
    for position in keys.indices { keys[position] = translation.key(for: keys[position]) }
  }

  /// Old keys in new words, for one thread.
  private final class Translation {
    private let old: StateTree.Folder
    private let new: StateTree.Folder
    private let numbers: UnsafeMutablePointer<UInt32>

    init(from oldTree: StateTree, to newTree: StateTree) {
      // Nothing is numbered, so it does not matter which worker it is.
      old = StateTree.Folder(oldTree, worker: 0)
      new = StateTree.Folder(newTree, worker: 0)
      numbers = .allocate(capacity: oldTree.nodeCount)
    }

    deinit { numbers.deallocate() }

    @inline(__always)
    func key(for key: UInt64) -> UInt64 {
      old.unfold(key, into: numbers)
      return new.key(ofNumbers: numbers)
    }
  }
}
