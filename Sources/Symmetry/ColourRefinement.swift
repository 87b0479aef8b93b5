import TransitionSystem

/// Colours of the elements of entangled sets, refined until elements of one colour are alike in all
/// that one step of looking around can see.
///
/// Colours do not depend on names: of two states of one orbit, elements that a renaming maps onto
/// one another get the same colour. As in colour refinement for graphs (McKay and Piperno,
/// Practical graph isomorphism II, 2014); the edges are the slots, each between the elements that
/// index it, the places of multisets that it lies in, and the element that its value names.
struct ColourRefinement: Sendable {
  private let structure: ElementStructure
  let slots: [SlotVertices]
  /// Elements first, set by set; then places of multisets.
  let vertexCount: Int
  let elements: [(set: Int, element: Int)]
  private let initialColours: [Int]
  /// For each set, the vertex of its first element; -1 for sets of other groups.
  private let firstVertex: [Int]

  struct SlotVertices: Sendable {
    let slot: Int
    let shape: UInt64
    let indices: [Int]
  }

  init(_ structure: ElementStructure, _ group: SymmetryPlan.EntangledSets) {
    self.structure = structure
    var firstVertex = Array(repeating: -1, count: structure.sets.count)
    var elements: [(set: Int, element: Int)] = []
    var colours: [Int] = []
    for set in group.sets {
      firstVertex[set] = elements.count
      let count = structure.sets[set].count
      colours += Array(repeating: elements.count, count: count)
      elements += (0..<count).map { (set, $0) }
    }
    var vertexOfPlace: [Int: Int] = [:]
    var vertexCount = elements.count
    var colourOfShape: [Int: Int] = [:]
    slots = group.slots.map { slot in
      let role = structure.roles[slot]
      for place in role.places where vertexOfPlace[place] == nil {
        vertexOfPlace[place] = vertexCount
        vertexCount += 1
        let shape = structure.roles[place].shape
        let colour = colourOfShape[shape] ?? (elements.count + colourOfShape.count)
        colourOfShape[shape] = colour
        colours.append(colour)
      }
      return SlotVertices(
        slot: slot, shape: UInt64(role.shape),
        indices: role.indices.map { firstVertex[$0.set] + $0.element }
          + role.places.compactMap { vertexOfPlace[$0] })
    }
    self.elements = elements
    self.vertexCount = vertexCount
    self.firstVertex = firstVertex
    initialColours = colours
  }

  /// The colours before anything is known but sets and multisets.
  func colours(of state: UnsafePointer<Int64>) -> [Int] { refine(initialColours, state) }

  /// Tells one element from the others of its colour, and what follows from that.
  func individualize(
    _ vertex: Int, _ colours: [Int], _ state: UnsafePointer<Int64>
  ) -> [Int] {
    var colours = colours
    // A colour is the number of vertices with lower ones, so the next number is free: the cell has
    // at least two vertices.
    let colour = colours[vertex]
    for other in colours.indices where colours[other] == colour && other != vertex {
      colours[other] = colour + 1
    }
    return refine(colours, state)
  }

  private func refine(_ colours: [Int], _ state: UnsafePointer<Int64>) -> [Int] {
    var colours = colours
    var signatures = Array(repeating: UInt64(0), count: vertexCount)
    var order = Array(0..<vertexCount)
    var cellCount = Set(colours).count
    while true {
      sign(&signatures, colours, state)
      order.sort { (colours[$0], signatures[$0]) < (colours[$1], signatures[$1]) }
      var refined = colours
      var cells = 0
      for (position, vertex) in order.enumerated() {
        let before = position > 0 ? order[position - 1] : nil
        if let before, colours[before] == colours[vertex],
          signatures[before] == signatures[vertex]
        {
          refined[vertex] = refined[before]
        } else {
          refined[vertex] = position
          cells += 1
        }
      }
      colours = refined
      if cells == cellCount { return colours }
      cellCount = cells
    }
  }

  /// Sums up, for each vertex, the slots that it has to do with. Equal sums for different sets of
  /// slots would leave two colours one, which costs a longer search and nothing else.
  private func sign(
    _ signatures: inout [UInt64], _ colours: [Int], _ state: UnsafePointer<Int64>
  ) {
    for vertex in signatures.indices { signatures[vertex] = 0 }
    for entry in slots {
      var hash = Self.mix(entry.shape, 0x9E37_79B9_7F4A_7C15)
      for index in entry.indices { hash = Self.mix(hash, UInt64(colours[index])) }
      let named = structure.roles[entry.slot].references.isEmpty
        ? nil : structure.element(named: state[entry.slot], in: entry.slot)
      let target = named.map { firstVertex[$0.set] + $0.element }
      if let target {
        hash = Self.mix(hash, UInt64(colours[target]) | 1 << 63)
        signatures[target] &+= Self.mix(hash, 0x1F)
      } else {
        hash = Self.mix(hash, UInt64(bitPattern: state[entry.slot]))
      }
      for (position, index) in entry.indices.enumerated() {
        signatures[index] &+= Self.mix(hash, UInt64(position) &+ 0x20)
      }
    }
  }

  private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let product = (hash ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: value ^ 0xE703_7ED1_A0B4_28DB)
    return (product.high ^ product.low) &+ hash.byteSwapped
  }
}
