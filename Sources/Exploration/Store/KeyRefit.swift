/// Gives all keys of a table other fields, when words have more values than their fields have room
/// for.
///
/// For one thread alone, between two levels: no key is on its way anywhere but in the table and in
/// the frontier. Takes some 0.1 us a state, and the memory of a second table while it goes on.
package final class KeyRefit {
  package let seen: SeenSet
  package let tree: StateTree
  private let old: StateTree.Folder
  private let new: StateTree.Folder
  private let words: UnsafeMutablePointer<UInt64>
  private let numbers: UnsafeMutablePointer<UInt32>

  /// States of a table that is still refitted: what a larger one would gain is not known to be
  /// worth it.
  static let mostStates = 1 << 22

  /// Makes a table and a tree for keys of other fields.
  ///
  /// - Returns: Nil if there is no memory.
  package init?(_ seen: SeenSet, _ tree: StateTree, fields: KeyFields) {
    guard let refitted = StateTree(tree, fields: fields), let empty = seen.makeEmptyCopy() else {
      return nil
    }
    self.seen = empty
    self.tree = refitted
    old = StateTree.Folder(tree, worker: 0)
    new = StateTree.Folder(refitted, worker: 0)
    words = .allocate(capacity: tree.wordCount)
    numbers = .allocate(capacity: tree.nodeCount)
  }

  deinit {
    words.deallocate()
    numbers.deallocate()
  }

  /// Adds all entries of the table that there is to the new one.
  ///
  /// - Returns: False if there is no memory.
  package func moveAll(from table: SeenSet) -> Bool {
    for position in 0..<table.slotCount {
      guard let entry = table.entry(position) else { continue }
      guard let key = key(for: entry.key) else { return false }
      while true {
        let handle = seen.handle(isShared: false)
        let home = handle.home(key)
        if handle.insert(home, depth: UInt64(entry.depth)) == .full {
          guard seen.grow() else { return false }
          continue
        }
        if let number = table.number(position), let place = handle.find(home) {
          handle.setNumber(place, number)
        }
        break
      }
    }
    return true
  }

  /// The new key of a state.
  ///
  /// - Returns: Nil if there is no memory.
  package func key(for key: UInt64) -> UInt64? {
    old.unfold(key, into: words, numbers: numbers)
    while true {
      if let key = new.fold(words) { return key }
      guard tree.grow() else { return nil }
      new.refresh()
    }
  }
}
