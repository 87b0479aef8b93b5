import TransitionSystem

/// The slots of a group of entangled sets, laid out flat for the two loops that run over them for
/// each successor: refining colours and renaming.
///
/// A vertex is an element of a set, or a place of a multiset. Elements come first, set by set.
struct GroupSlots: Sendable {
  private(set) var entries: [Entry] = []
  /// How many of the entries, the first ones, have to do with several vertices.
  private(set) var linkCount = 0
  /// The entries that have to do with one vertex, which indexes them: the last ones.
  private(set) var own: [OwnSlot] = []
  private(set) var indices: [Index] = []
  private(set) var references: [Reference] = []
  /// The set and element of each vertex that is one.
  private(set) var elements: [(set: Int, element: Int)] = []
  private(set) var vertexCount: Int
  /// Vertices of different sets and multisets have different colours, each the number of vertices
  /// with a lower one.
  private(set) var initialColours: [Int32] = []
  /// For each vertex that is an element, the entries that it indexes.
  private(set) var indexed: [[Int]] = []
  /// Entries whose values may name an element.
  private(set) var naming: [Int] = []
  /// The group's multisets, inner ones first.
  let multisets: [MultisetSlots]

  struct Entry: Sendable {
    let slot: Int
    let shape: UInt64
    let indices: Range<Int>
    let references: Range<Int>
  }

  struct OwnSlot: Sendable {
    let slot: Int
    let vertex: Int
  }

  struct Index: Sendable {
    let vertex: Int
    let element: Int
    /// 0 for places of multisets, which renaming does not move.
    let stride: Int
  }

  struct Reference: Sendable {
    /// The value that names the first element.
    let first: Int64
    let count: Int64
    /// The first element's vertex.
    let vertex: Int
  }

  init(_ structure: ElementStructure, _ group: SymmetryPlan.EntangledSets) {
    var firstVertex = Array(repeating: 0, count: structure.sets.count)
    for set in group.sets {
      firstVertex[set] = elements.count
      let count = structure.sets[set].count
      initialColours += Array(repeating: Int32(elements.count), count: count)
      elements += (0..<count).map { (set, $0) }
    }
    vertexCount = elements.count
    var vertexOfPlace: [Int: Int] = [:]
    var shapes: [Int] = []
    for slot in group.slots {
      let role = structure.roles[slot]
      let firstIndex = indices.count
      for index in role.indices {
        indices.append(
          Index(
            vertex: firstVertex[index.set] + index.element, element: index.element,
            stride: index.stride))
      }
      for place in role.places {
        if vertexOfPlace[place] == nil {
          vertexOfPlace[place] = vertexCount
          vertexCount += 1
          shapes.append(structure.roles[place].shape)
        }
        indices.append(Index(vertex: vertexOfPlace[place] ?? 0, element: 0, stride: 0))
      }
      let firstReference = references.count
      for reference in role.references {
        references.append(
          Reference(
            first: reference.first, count: Int64(structure.sets[reference.set].count),
            vertex: firstVertex[reference.set]))
      }
      entries.append(
        Entry(
          slot: slot, shape: UInt64(role.shape), indices: firstIndex..<indices.count,
          references: firstReference..<references.count))
    }
    let otherCount = entries.partition { $0.indices.count == 1 && $0.references.isEmpty }
    for entry in entries[otherCount...] {
      own.append(OwnSlot(slot: entry.slot, vertex: indices[entry.indices.lowerBound].vertex))
    }
    linkCount = entries[..<otherCount].partition { $0.indices.count + $0.references.count < 2 }
    let first = elements.count
    initialColours += shapes.map { shape in Int32(first + shapes.count { $0 < shape }) }
    indexed = Array(repeating: [], count: first)
    for (number, entry) in entries.enumerated() {
      for index in entry.indices where indices[index].stride != 0 {
        indexed[indices[index].vertex].append(number)
      }
      if !entry.references.isEmpty { naming.append(number) }
    }
    let slots = Set(group.slots)
    multisets = structure.multisets.filter { slots.contains($0.slot) }
  }

  /// The vertex that a value names, of those that a slot can name.
  @inline(__always)
  static func vertex(
    named value: Int64, _ range: Range<Int>, _ references: UnsafeBufferPointer<Reference>
  ) -> Int? {
    for number in range {
      let reference = references[number]
      let element = value &- reference.first
      if element >= 0, element < reference.count, value != Slot.undefined {
        return reference.vertex + Int(element)
      }
    }
    return nil
  }

  /// Renames the group's elements, multisets being sorted anew; other slots are left as they are.
  ///
  /// - Parameters:
  ///   - images: For each vertex that is an element, its new place in its set.
  ///   - result: A copy of the state.
  func rename(
    _ state: UnsafePointer<Int64>, _ images: UnsafePointer<Int32>,
    into result: UnsafeMutablePointer<Int64>
  ) {
    entries.withUnsafeBufferPointer { entries in
      indices.withUnsafeBufferPointer { indices in
        references.withUnsafeBufferPointer { references in
          for entry in entries {
            var target = entry.slot
            for number in entry.indices {
              let index = indices[number]
              if index.stride != 0 {
                target += (Int(images[index.vertex]) - index.element) * index.stride
              }
            }
            var value = state[entry.slot]
            if let named = Self.vertex(named: value, entry.references, references) {
              value += Int64(images[named]) - Int64(elements[named].element)
            }
            result[target] = value
          }
        }
      }
    }
    for multiset in multisets { multiset.normalize(in: result) }
  }

  /// Whether exchanging two elements of one set leaves a state as it is: what the one indexes and
  /// what the other indexes say the same, and nothing else names one of them.
  ///
  /// - Precondition: The group has no multisets.
  func isExchangeable(_ left: Int, _ right: Int, _ state: UnsafePointer<Int64>) -> Bool {
    let distance = elements[right].element - elements[left].element
    // An exchange undoes itself, so what `right` indexes need not be looked at again.
    for number in indexed[left] {
      let entry = entries[number]
      var target = entry.slot
      for index in indices[entry.indices] {
        if index.vertex == left { target += distance * index.stride }
        if index.vertex == right { target -= distance * index.stride }
      }
      var value = state[entry.slot]
      switch vertex(named: value, entry) {
      case left: value += Int64(distance)
      case right: value -= Int64(distance)
      default: break
      }
      if state[target] != value { return false }
    }
    for number in naming {
      let entry = entries[number]
      guard let named = vertex(named: state[entry.slot], entry), named == left || named == right
      else { continue }
      let isIndexed = indices[entry.indices].contains { $0.vertex == left || $0.vertex == right }
      if !isIndexed { return false }
    }
    return true
  }

  private func vertex(named value: Int64, _ entry: Entry) -> Int? {
    references.withUnsafeBufferPointer { Self.vertex(named: value, entry.references, $0) }
  }
}
