package import Packing
package import TransitionSystem

/// Maps each state to the one state that stands for its orbit, in place. For one thread at a time.
package final class Canonicalizer {
  private let plan: SymmetryPlan
  private let packing: StatePacking
  private let sorts: [ColumnSort]
  private let searches: [OrbitSearch]
  private let keys: UnsafeMutablePointer<UInt64>
  private let slots: UnsafeMutablePointer<Int64>
  private let renamed: UnsafeMutablePointer<Int64>

  /// - Parameter layout: Made with the plan's `adjacentSlots`.
  package init(_ plan: SymmetryPlan, packing: StatePacking) {
    self.plan = plan
    self.packing = packing
    sorts = plan.sorted.map {
      ColumnSort(set: $0.set, columns: $0.columns, names: $0.names, packing: packing)
    }
    searches = plan.entangled.map { OrbitSearch(plan.structure, $0) }
    keys = .allocate(capacity: ColumnSort.mostElements)
    slots = .allocate(capacity: max(1, packing.fields.count))
    renamed = .allocate(capacity: max(1, packing.fields.count))
  }

  deinit {
    keys.deallocate()
    slots.deallocate()
    renamed.deallocate()
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { plan.isEmpty }

  /// Replaces a packed state.
  @inline(__always)
  package func canonicalize(_ words: UnsafeMutablePointer<UInt64>) {
    for sort in sorts { _ = sort.sort(words, keys: keys) }
    if !searches.isEmpty { searchOrbits(words) }
  }

  private func searchOrbits(_ words: UnsafeMutablePointer<UInt64>) {
    packing.decode(words, into: slots)
    var isRenamed = false
    for search in searches where search.canonicalize(slots, into: renamed) {
      slots.update(from: renamed, count: packing.fields.count)
      isRenamed = true
    }
    if isRenamed { packing.encode(slots, into: words) }
  }

  /// Replaces a packed state, and says which renaming leads to the new one.
  package func canonicalizing(_ words: UnsafeMutablePointer<UInt64>) -> Renaming {
    var renaming = Renaming.identity(plan.sets)
    for sort in sorts where sort.sort(words, keys: keys) {
      for name in 0..<sort.count { renaming.images[sort.set][Int(keys[name] & 255)] = name }
    }
    guard !searches.isEmpty else { return renaming }
    searchOrbits(words)
    // Groups have no set in common, and none with the sets that are sorted.
    for search in searches { search.note(in: &renaming) }
    return renaming
  }

  /// Renames the elements in a packed state.
  package func rename(_ words: UnsafeMutablePointer<UInt64>, by renaming: Renaming) {
    packing.decode(words, into: slots)
    plan.structure.rename(slots, by: renaming, into: renamed)
    packing.encode(renamed, into: words)
  }

  // MARK: - Elements that are alike

  /// For each scalarset that is sorted, where its counts stand among those of `countAlike`.
  package var alikeOffsets: [(type: ScalarType, offset: Int)] {
    var offset = 0
    return sorts.map { sort in
      defer { offset += sort.count }
      return (plan.sets[sort.set].type, offset)
    }
  }

  /// The number of elements that `countAlike` counts for.
  package var alikeCount: Int { sorts.reduce(0) { $0 + $1.count } }

  /// For each element of the sets that are sorted, how many elements can be exchanged with it
  /// without changing a canonical state: itself and those behind it.
  @inline(__always)
  package func countAlike(
    _ words: UnsafePointer<UInt64>, into counts: UnsafeMutablePointer<UInt16>
  ) {
    var offset = 0
    for sort in sorts {
      sort.countAlike(words, keys: keys, into: counts + offset)
      offset += sort.count
    }
  }
}
