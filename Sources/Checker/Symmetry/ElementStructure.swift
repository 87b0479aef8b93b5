package import TransitionSystem

/// A scalarset of a system: its elements may be renamed by any permutation.
package struct Scalarset: Sendable {
  package let type: ScalarType
  /// Elements, at least 2.
  package let count: Int
}

/// How the slots of a state depend on the names of elements: by the indices on the way to a slot,
/// and by the value in it.
struct ElementStructure: Sendable {
  /// In the order in which the variables come by them.
  let sets: [Scalarset]
  /// One for each slot.
  let roles: [SlotRole]
  /// All multisets of the state, inner ones first.
  let multisets: [MultisetSlots]

  /// What a slot's place and value have to do with elements.
  struct SlotRole: Sendable {
    /// The slot that this one becomes when every element on the way is the first of its set and
    /// every place of a multiset the first: equal for slots that renaming can exchange.
    var shape: Int
    /// Outermost first.
    var indices: [ElementIndex] = []
    var isInMultiset = false
    /// Places of multisets on the way, outermost first, each by the slot of its *occupied* flag.
    var places: [Int] = []
    var references: [Reference] = []

    /// The sets whose elements the slot has to do with.
    var sets: [Int] { indices.map(\.set) + references.map(\.set) }
  }

  struct ElementIndex: Sendable {
    let set: Int
    let element: Int
    /// Slots from one element to the next.
    let stride: Int
    /// Whether a multiset stands further out.
    let isInMultiset: Bool
  }

  /// A value from `first` on names an element.
  struct Reference: Sendable {
    let set: Int
    let first: Int64
  }

  /// - Parameter types: The identities of the scalarsets that are to be told apart from other
  ///   types.
  init(_ system: TransitionSystem, types: [ScalarType]) {
    sets = types.map { Scalarset(type: $0, count: $0.valueCount ?? 0) }
    multisets = MultisetSlots.all(in: system)
    if types.isEmpty && multisets.isEmpty {
      roles = (0..<system.slotCount).map { SlotRole(shape: $0) }
      return
    }
    var walk = StructureWalk(types: types)
    for variable in system.variables {
      walk.visit(
        variable.type, slot: variable.slot, SlotRole(shape: variable.slot))
    }
    roles = walk.roles
  }

  /// The element that a value of a slot names.
  func element(named value: Int64, in slot: Int) -> (set: Int, element: Int)? {
    for reference in roles[slot].references {
      let element = value &- reference.first
      if value != Slot.undefined, element >= 0,
        element < Int64(sets[reference.set].count)
      {
        return (reference.set, Int(element))
      }
    }
    return nil
  }
}

/// Walks the variables in slot order.
private struct StructureWalk {
  let types: [ScalarType]
  var roles: [ElementStructure.SlotRole] = []

  init(types: [ScalarType]) { self.types = types }

  mutating func visit(_ type: ValueType, slot: Int, _ role: ElementStructure.SlotRole) {
    switch type {
    case .scalar(let scalar):
      var role = role
      role.references = references(of: scalar)
      roles.append(role)
    case .array(let index, let element):
      visitArray(index, element, slot: slot, role)
    case .record(let fields):
      var offset = 0
      for field in fields {
        var inner = role
        inner.shape += offset
        visit(field.type, slot: slot + offset, inner)
        offset += field.type.slotCount
      }
    case .multiset(let capacity, let element):
      let stride = element.slotCount + 1
      for place in 0..<capacity {
        var inner = role
        inner.isInMultiset = true
        inner.places.append(slot + place * stride)
        roles.append(inner)
        inner.shape += 1
        visit(element, slot: slot + place * stride + 1, inner)
      }
    }
  }

  private mutating func visitArray(
    _ index: ScalarType, _ element: ValueType, slot: Int, _ role: ElementStructure.SlotRole
  ) {
    let size = element.slotCount
    let references = references(of: index)
    for position in 0..<(index.valueCount ?? 0) {
      var inner = role
      let value = index.lower + Int64(position)
      let reference = references.first {
        value >= $0.first && value - $0.first < Int64(types[$0.set].valueCount ?? 0)
      }
      if let reference {
        let element = Int(value - reference.first)
        inner.indices.append(
          .init(
            set: reference.set, element: element, stride: size, isInMultiset: role.isInMultiset))
        inner.shape += (position - element) * size
      } else {
        inner.shape += position * size
      }
      visit(element, slot: slot + position * size, inner)
    }
  }

  private func references(of type: ScalarType) -> [ElementStructure.Reference] {
    switch type.kind {
    case .scalarset:
      return set(of: type).map { [.init(set: $0, first: type.lower)] } ?? []
    case .union(let members):
      return members.compactMap { member in
        set(of: member.type).map { .init(set: $0, first: member.offset) }
      }
    default:
      return []
    }
  }

  private func set(of type: ScalarType) -> Int? {
    guard case .scalarset = type.kind else { return nil }
    return types.firstIndex { $0.identity == type.identity }
  }
}
