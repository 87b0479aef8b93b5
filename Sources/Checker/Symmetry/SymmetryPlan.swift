import Packing
package import TransitionSystem

/// How the orbits of a system's states are told: which scalarsets are reduced, and by what.
package struct SymmetryPlan: Sendable {
  let structure: ElementStructure
  /// For each set that a sort is enough for, its elements' slots and the slots that may name them.
  let sorted: [SortedSet]
  /// Groups of sets that depend on one another, each with the slots that have to do with it.
  let entangled: [EntangledSets]

  /// Scalarsets that are not reduced, and why.
  package let refusals: [SymmetryRefusal]

  struct SortedSet: Sendable {
    let set: Int
    /// For each element, its slots.
    let columns: [[Int]]
    let names: [(slot: Int, first: Int64)]
  }

  struct EntangledSets: Sendable {
    let sets: [Int]
    let slots: [Int]
  }

  /// The scalarsets that are reduced.
  package var sets: [Scalarset] { structure.sets }

  /// Whether there is nothing to reduce.
  package var isEmpty: Bool { sets.isEmpty }

  /// Finds the scalarsets of a system, and how those that symmetry holds for are reduced.
  ///
  /// - Parameters:
  ///   - mayBeUndefined: For each slot, whether it can be undefined in a reachable state.
  ///   - named: Identities of scalarsets whose elements are told apart from outside.
  package init(
    _ system: TransitionSystem, mayBeUndefined: [Bool], exceptNamed named: Set<Int> = []
  ) {
    let types = Self.scalarsets(of: system)
    if types.isEmpty {
      self = .none(system)
      return
    }
    refusals = SymmetryRefusal.all(in: system, types: types)
    let refused = named.union(refusals.map(\.type.identity))
    structure = ElementStructure(
      system, types: types.filter { !refused.contains($0.identity) })
    let widths = StatePacking.widths(of: system, mayBeUndefined: mayBeUndefined)
    var sorted: [SortedSet] = []
    var entangled: [EntangledSets] = []
    for component in Self.components(structure) {
      if component.sets.count == 1,
        let set = Self.sortedSet(component.sets[0], component.slots, structure),
        Self.fits(set, widths)
      {
        sorted.append(set)
      } else {
        entangled.append(component)
      }
    }
    self.sorted = sorted
    self.entangled = entangled
  }

  /// Reduces nothing.
  package static func none(_ system: TransitionSystem) -> SymmetryPlan {
    SymmetryPlan(structure: ElementStructure(system, types: []))
  }

  private init(structure: ElementStructure) {
    self.structure = structure
    sorted = []
    entangled = []
    refusals = []
  }

  /// Slots that the layout is to keep side by side, so that a column is read at once.
  package var adjacentSlots: [[Int]] { sorted.flatMap(\.columns).filter { $0.count > 1 } }

  /// Scalarsets of at least two elements that the state has to do with.
  private static func scalarsets(of system: TransitionSystem) -> [ScalarType] {
    var types: [ScalarType] = []
    for variable in system.variables {
      variable.type.forEachScalarType { type in
        for scalarset in type.scalarsets
        where (scalarset.valueCount ?? 0) > 1
          && !types.contains(where: { $0.identity == scalarset.identity })
        {
          types.append(scalarset)
        }
      }
    }
    return types
  }

  /// Sets that share a slot, directly or by others, with all of their slots.
  private static func components(_ structure: ElementStructure) -> [EntangledSets] {
    var leader = Array(structure.sets.indices)
    func find(_ set: Int) -> Int {
      var set = set
      while leader[set] != set { set = leader[set] }
      return set
    }
    /// By the shape of a multiset, which sorts what it holds as a whole.
    var setOfMultiset: [Int: Int] = [:]
    for role in structure.roles {
      guard let first = role.sets.first else { continue }
      for set in role.sets { leader[find(set)] = find(first) }
      for place in role.places {
        let multiset = structure.roles[place].shape
        if let known = setOfMultiset[multiset] { leader[find(known)] = find(first) }
        setOfMultiset[multiset] = first
      }
    }
    func root(of role: ElementStructure.SlotRole) -> Int? {
      let multisets = role.places.compactMap { setOfMultiset[structure.roles[$0].shape] }
      return (role.sets.first ?? multisets.first).map(find)
    }
    let roots = structure.roles.map(root)
    return structure.sets.indices.filter { find($0) == $0 }.map { root in
      EntangledSets(
        sets: structure.sets.indices.filter { find($0) == root },
        slots: structure.roles.indices.filter { roots[$0] == root })
    }
  }

  /// The set's columns and names, if it indexes arrays once and is named from outside alone.
  private static func sortedSet(
    _ set: Int, _ slots: [Int], _ structure: ElementStructure
  ) -> SortedSet? {
    var columns: [[Int]] = Array(repeating: [], count: structure.sets[set].count)
    var names: [(slot: Int, first: Int64)] = []
    for slot in slots {
      let role = structure.roles[slot]
      if role.indices.isEmpty, !role.isInMultiset, role.references.count == 1 {
        names.append((slot, role.references[0].first))
      } else if role.indices.count == 1, !role.indices[0].isInMultiset, role.references.isEmpty {
        columns[role.indices[0].element].append(slot)
      } else {
        return nil
      }
    }
    // In the same order for all elements.
    columns = columns.map { $0.sorted { structure.roles[$0].shape < structure.roles[$1].shape } }
    return SortedSet(set: set, columns: columns, names: names)
  }

  /// - Parameter widths: Bits of each slot.
  private static func fits(_ set: SortedSet, _ widths: [Int]) -> Bool {
    let bits = set.columns.first?.reduce(0) { $0 + widths[$1] } ?? 0
    return ColumnSort.fits(
      elements: set.columns.count, columnBits: bits, names: set.names.count)
  }
}

extension ValueType {
  /// Calls `body` with each type of a value or an index, once for each place in the type.
  fileprivate func forEachScalarType(_ body: (ScalarType) -> Void) {
    switch self {
    case .scalar(let type):
      body(type)
    case .array(let index, let element):
      body(index)
      element.forEachScalarType(body)
    case .record(let fields):
      for field in fields { field.type.forEachScalarType(body) }
    case .multiset(_, let element):
      element.forEachScalarType(body)
    }
  }
}
