import TransitionSystem

/// The canonical state for sets that index the same arrays or name one another: the least of all
/// renamed states that agree with the elements' refined colours.
///
/// Elements that refinement leaves tied are mostly alike: exchanging them leaves the state as it
/// is, and any order will do. Other ties are searched, by individualizing one element after another.
/// Two leaves that give the same state show an automorphism; the subtrees that it maps onto ones
/// already searched are left out. Exact: hashes only order the search (`ColourRefinement`). For one
/// thread at a time.
final class OrbitSearch {
  private let slots: GroupSlots
  private let refinement: ColourRefinement
  private let slotCount: Int
  private let colours: UnsafeMutablePointer<Int32>
  /// For each element, its new place; the result of a search.
  private let images: UnsafeMutablePointer<Int32>
  /// For each colour: a vertex of it, or how many there have been.
  private let ofColour: UnsafeMutablePointer<Int32>

  init(_ structure: ElementStructure, _ group: SymmetryPlan.EntangledSets) {
    slots = GroupSlots(structure, group)
    slotCount = structure.roles.count
    refinement = ColourRefinement(slots)
    colours = .allocate(capacity: slots.vertexCount)
    images = .allocate(capacity: slots.vertexCount)
    ofColour = .allocate(capacity: slots.vertexCount)
  }

  deinit {
    colours.deallocate()
    images.deallocate()
    ofColour.deallocate()
  }

  /// Renames the elements of a state to those of the canonical one.
  ///
  /// - Parameter result: As many slots; those of other groups are copied.
  /// - Returns: False if the state is the canonical one, and the result not filled in.
  func canonicalize(
    _ state: UnsafePointer<Int64>, into result: UnsafeMutablePointer<Int64>
  ) -> Bool {
    refinement.colour(colours, state)
    if tiedCell(colours, state) == nil {
      rank(colours, into: images)
    } else {
      var run = Run()
      let first = Array(UnsafeBufferPointer(start: colours, count: slots.vertexCount))
      _ = search(first, [], state, &run)
      for (vertex, place) in (run.best?.images ?? []).enumerated() { images[vertex] = place }
    }
    if slots.multisets.isEmpty, isIdentity(images) { return false }
    result.update(from: state, count: slotCount)
    slots.rename(state, images, into: result)
    return true
  }

  private func isIdentity(_ images: UnsafePointer<Int32>) -> Bool {
    slots.elements.withUnsafeBufferPointer { elements in
      elements.indices.allSatisfy { images[$0] == elements[$0].element }
    }
  }

  /// Adds what the last search has found to a renaming.
  func note(in renaming: inout Renaming) {
    for (vertex, (set, element)) in slots.elements.enumerated() {
      renaming.images[set][element] = Int(images[vertex])
    }
  }

  private struct Leaf {
    let path: [Int]
    let images: [Int32]
    let state: [Int64]
  }

  private struct Run {
    /// The first leaf, which every later one is compared with.
    var first: Leaf?
    /// The least so far.
    var best: Leaf?
    /// Of the vertices that are elements.
    var automorphisms: [[Int]] = []
  }

  /// Searches below a node.
  ///
  /// - Parameter path: The vertices that have been individualized.
  /// - Returns: The length of the path to go back to, where an automorphism shows that the rest
  ///   below that node is known; else nil.
  private func search(
    _ colours: [Int32], _ path: [Int], _ state: UnsafePointer<Int64>, _ run: inout Run
  ) -> Int? {
    guard let colour = tiedCell(colours, state) else { return visit(colours, path, state, &run) }
    let cell = slots.elements.indices.filter { colours[$0] == colour }
    var explored: [Int] = []
    for vertex in cell {
      if explored.contains(where: { isAlike($0, vertex, state) }) { continue }
      if isMapped(vertex, onto: explored, fixing: path, run.automorphisms) { continue }
      explored.append(vertex)
      var inner = colours
      inner.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { refinement.individualize(vertex, base, state) }
      }
      if let length = search(inner, path + [vertex], state, &run), length < path.count {
        return length
      }
    }
    return nil
  }

  private func visit(
    _ colours: [Int32], _ path: [Int], _ state: UnsafePointer<Int64>, _ run: inout Run
  ) -> Int? {
    rank(colours, into: images)
    let places = Array(UnsafeBufferPointer(start: images, count: slots.elements.count))
    let leaf = Leaf(path: path, images: places, state: renamed(state, by: places))
    guard let best = run.best, let first = run.first else {
      run.first = leaf
      run.best = leaf
      return nil
    }
    for known in [first, best] where known.state == leaf.state {
      run.automorphisms.append(automorphism(from: known.images, to: leaf.images))
      return zip(known.path, path).prefix { $0 == $1 }.count
    }
    if leaf.state.lexicographicallyPrecedes(best.state) { run.best = leaf }
    return nil
  }

  /// The first colour of several elements that are not all alike.
  ///
  /// If the elements of all colours are alike, every order within them gives the same state; and
  /// one whose elements are stays so below a node, because what exchanges them fixes its path.
  private func tiedCell(
    _ colours: UnsafePointer<Int32>, _ state: UnsafePointer<Int64>
  ) -> Int32? {
    var tied = Int32.max
    // From the last one on, so that the next one of a colour is known when one comes by.
    ofColour.update(repeating: -1, count: slots.vertexCount)
    for vertex in slots.elements.indices.reversed() {
      let colour = colours[vertex]
      let next = ofColour[Int(colour)]
      ofColour[Int(colour)] = Int32(vertex)
      // The others are alike if each is like the next one.
      if next >= 0, colour < tied, !isAlike(vertex, Int(next), state) { tied = colour }
    }
    return tied == .max ? nil : tied
  }

  /// Each element's place among those of its set, by colour. Sets have colours of their own, one
  /// after another, so that is the colour less the set's first; elements of one colour follow one
  /// another.
  private func rank(_ colours: UnsafePointer<Int32>, into images: UnsafeMutablePointer<Int32>) {
    ofColour.update(repeating: 0, count: slots.vertexCount)
    for vertex in slots.elements.indices {
      let colour = colours[vertex]
      images[vertex] = colour - slots.initialColours[vertex] + ofColour[Int(colour)]
      ofColour[Int(colour)] += 1
    }
  }

  private func renamed(_ state: UnsafePointer<Int64>, by images: [Int32]) -> [Int64] {
    var result = Array(UnsafeBufferPointer(start: state, count: slotCount))
    result.withUnsafeMutableBufferPointer { buffer in
      images.withUnsafeBufferPointer { images in
        if let base = buffer.baseAddress, let images = images.baseAddress {
          slots.rename(state, images, into: base)
        }
      }
    }
    return result
  }

  /// Whether exchanging two elements of one set leaves the state as it is.
  private func isAlike(_ left: Int, _ right: Int, _ state: UnsafePointer<Int64>) -> Bool {
    if slots.multisets.isEmpty { return slots.isExchangeable(left, right, state) }
    var exchange = slots.elements.map { Int32($0.element) }
    exchange.swapAt(left, right)
    let exchanged = renamed(state, by: exchange)
    return exchanged.indices.allSatisfy { exchanged[$0] == state[$0] }
  }

  // MARK: - Automorphisms

  /// Maps each vertex to the one that has its place in another leaf.
  private func automorphism(from first: [Int32], to second: [Int32]) -> [Int] {
    slots.elements.indices.map { vertex in
      slots.elements.indices.first {
        slots.elements[$0].set == slots.elements[vertex].set && second[$0] == first[vertex]
      } ?? vertex
    }
  }

  /// Whether automorphisms that leave a path as it is map a vertex onto one of some others.
  private func isMapped(
    _ vertex: Int, onto others: [Int], fixing path: [Int], _ automorphisms: [[Int]]
  ) -> Bool {
    let fixing = automorphisms.filter { map in path.allSatisfy { map[$0] == $0 } }
    if fixing.isEmpty { return false }
    var reached: Set<Int> = [vertex]
    var pending = [vertex]
    while let next = pending.popLast() {
      if others.contains(next) { return true }
      for map in fixing where reached.insert(map[next]).inserted { pending.append(map[next]) }
    }
    return false
  }
}
