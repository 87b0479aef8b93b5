import Packing
import PathConditions
import Synchronization
import TransitionSystem

/// Leaves out states that need not be expanded because what follows from them follows from another
/// one: the same values under a weaker path condition, found with as few steps or fewer.
///
/// A state is the values of its variables and a path condition. It stands for a set of layouts,
/// those for which the path condition holds. Let (c, w) be a state, and (c, p) one where p implies
/// w. Each run on from (c, p) is one for layouts of p, which are layouts of w, so there is a run on
/// from (c, w) of the same steps through the same values, under path conditions that these layouts
/// keep to as well. So a violation, cover or value of a measure that is found from (c, p) is found
/// from (c, w), in as many steps; and where (c, w) was not found later, no shortest run is lost. A
/// state that is left out because of one that is left out itself loses nothing either, as there is
/// no circle: the other was found earlier, or at the same depth and comes first in an order of path
/// conditions.
///
/// Whether a state is left out is asked when its level is whole, so it does not depend on an order
/// within the level. A liveness property can be reached from a state that is left out for those of
/// its layouts for which it can be reached from the other one (`SymbolicLiveness`).
final class Subsumption {
  private let shared: SharedSearch
  private let paths: PathConditions
  private let store: any SeenSetStore
  private let inserter: SeenSetInserter
  private let field: StatePacking.FieldSlot
  private let wordCount: Int

  /// For each hash of values, the entry of the last state with it.
  private var heads: [UInt64: Int32] = [:]
  private var entries: [Entry] = []
  /// Whether the states found so far have entries. There is none as long as nothing is to be told
  /// apart.
  private var isIndexed = false
  /// For each state that is left out, by its key, the key of the one that it is left out for.
  private(set) var leftOut: [StateKey: StateKey] = [:]

  private struct Entry {
    let key: StateKey
    let path: Int
    let depth: Int
    /// The entry before of the same hash; -1 for none.
    let next: Int32
  }

  /// - Returns: Nil where no state has a path condition, or all are to be expanded.
  init?(_ shared: SharedSearch, _ paths: PathConditions) {
    guard let slot = shared.space.system.pathSlot, let store = shared.store.lossless,
      !shared.options.expandsSubsumedStates
    else { return nil }
    self.store = store
    self.shared = shared
    self.paths = paths
    inserter = SeenSetInserter(store)
    field = shared.space.packing.fields[slot]
    wordCount = shared.space.packing.wordCount
  }

  /// The states of a level that is whole, without those that need not be expanded.
  func reduce(_ level: Frontier, depth: Int) -> Frontier {
    guard paths.count > 1 else { return level }
    inserter.refresh()
    let before = byteCount
    if isIndexed {
      level.forEach { entry, _ in add(inserter.key(ofEntry: entry), depth: depth) }
    } else {
      isIndexed = true
      let seen = store.seen
      for position in 0..<seen.slotCount {
        if let entry = seen.entry(position) { add(entry.key, depth: entry.depth) }
      }
    }
    shared.frontierByteCount.add(byteCount - before, ordering: .relaxed)
    let count = leftOut.count
    var kept = Frontier.Writer(
      wordCount: store.frontierWordCount, hasNumbers: store.numbers != nil)
    level.forEach { entry, number in
      let key = inserter.key(ofEntry: entry)
      if let other = stateFor(key, depth: depth) {
        leftOut[key] = other
      } else {
        _ = kept.append(entry, number: number)
      }
    }
    return leftOut.count == count ? level : Frontier(kept.blocks)
  }

  private var byteCount: Int {
    entries.capacity * MemoryLayout<Entry>.stride + heads.capacity * 16
      + leftOut.capacity * (2 * MemoryLayout<StateKey>.stride + 8)
  }

  /// A state's values, and its path condition.
  private func parts(_ key: StateKey) -> (values: PackedState, path: Int) {
    var values = inserter.state(key)
    let code = values.words[field.word] >> field.shift & field.mask
    values.words[field.word] &= ~(field.mask << field.shift)
    return (values, Int(code) - (field.mayBeUndefined ? 1 : 0))
  }

  private func hash(_ values: PackedState) -> UInt64 {
    StateHash.hash(values.words, wordCount: wordCount)
  }

  private func add(_ key: StateKey, depth: Int) {
    let (values, path) = parts(key)
    let hash = hash(values)
    let number = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(key: key, path: path, depth: depth, next: heads[hash] ?? -1))
    heads[hash] = number
  }

  /// The state that one can be left out for, by their keys.
  private func stateFor(_ key: StateKey, depth: Int) -> StateKey? {
    let (values, path) = parts(key)
    if path == 0 { return nil }
    var others: [Entry] = []
    var next = heads[hash(values)] ?? -1
    while next >= 0 {
      let entry = entries[Int(next)]
      next = entry.next
      guard entry.key != key, entry.depth < depth || paths.precedes(entry.path, path) else {
        continue
      }
      others.append(entry)
    }
    // Z3 may be asked, so in an order that keys have no part in.
    others.sort { ($0.depth, $0.path) < ($1.depth, $1.path) }
    return others.first {
      paths.isWeaker($0.path, than: path) && parts($0.key).values == values
    }?.key
  }
}
