import TransitionSystem

/// The canonical state for sets that index the same arrays or name one another: the least of all
/// renamed states that agree with the elements' refined colours.
///
/// What refinement leaves tied is searched, by individualizing one element after another. Two
/// leaves that give the same state show an automorphism; the subtrees that it maps onto ones already
/// searched are left out. Exact: hashes only order the search (`ColourRefinement`).
struct OrbitSearch: Sendable {
  private let structure: ElementStructure
  private let refinement: ColourRefinement
  private let sets: [Int]

  init(_ structure: ElementStructure, _ group: SymmetryPlan.EntangledSets) {
    self.structure = structure
    sets = group.sets
    refinement = ColourRefinement(structure, group)
  }

  /// The renaming to the canonical state; the identity on sets of other groups.
  func renaming(of state: UnsafePointer<Int64>) -> Renaming {
    let colours = refinement.colours(of: state)
    if firstTiedCell(colours) == nil { return renaming(colours) }
    var run = Run()
    _ = search(colours, [], state, &run)
    return run.best?.renaming ?? .identity(structure.sets)
  }

  private struct Leaf {
    let path: [Int]
    let renaming: Renaming
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
    _ colours: [Int], _ path: [Int], _ state: UnsafePointer<Int64>, _ run: inout Run
  ) -> Int? {
    guard let cell = firstTiedCell(colours) else { return visit(colours, path, state, &run) }
    var explored: [Int] = []
    for vertex in cell {
      if explored.contains(where: { isAlike($0, vertex, state) }) { continue }
      if isMapped(vertex, onto: explored, fixing: path, run.automorphisms) { continue }
      explored.append(vertex)
      let inner = refinement.individualize(vertex, colours, state)
      if let length = search(inner, path + [vertex], state, &run), length < path.count {
        return length
      }
    }
    return nil
  }

  private func visit(
    _ colours: [Int], _ path: [Int], _ state: UnsafePointer<Int64>, _ run: inout Run
  ) -> Int? {
    let renaming = renaming(colours)
    let leaf = Leaf(path: path, renaming: renaming, state: renamed(state, by: renaming))
    guard let best = run.best, let first = run.first else {
      run.first = leaf
      run.best = leaf
      return nil
    }
    for known in [first, best] where known.state == leaf.state {
      run.automorphisms.append(automorphism(from: known.renaming, to: leaf.renaming))
      return zip(known.path, path).prefix { $0 == $1 }.count
    }
    if leaf.state.lexicographicallyPrecedes(best.state) { run.best = leaf }
    return nil
  }

  /// The elements of the first colour that several have.
  private func firstTiedCell(_ colours: [Int]) -> [Int]? {
    let elements = refinement.elements.indices
    var count = Array(repeating: 0, count: refinement.vertexCount)
    for vertex in elements { count[colours[vertex]] += 1 }
    guard let colour = count.firstIndex(where: { $0 > 1 }) else { return nil }
    return elements.filter { colours[$0] == colour }
  }

  /// Each element's place among those of its set, by colour.
  private func renaming(_ colours: [Int]) -> Renaming {
    var renaming = Renaming.identity(structure.sets)
    for set in sets {
      let members = refinement.elements.indices.filter { refinement.elements[$0].set == set }
      let ordered = members.sorted { colours[$0] < colours[$1] }
      for (place, vertex) in ordered.enumerated() {
        renaming.images[set][refinement.elements[vertex].element] = place
      }
    }
    return renaming
  }

  private func renamed(_ state: UnsafePointer<Int64>, by renaming: Renaming) -> [Int64] {
    Array(unsafeUninitializedCapacity: structure.roles.count) { buffer, count in
      if let base = buffer.baseAddress { structure.rename(state, by: renaming, into: base) }
      count = structure.roles.count
    }
  }

  /// Whether exchanging two elements of one set leaves the state as it is.
  private func isAlike(_ left: Int, _ right: Int, _ state: UnsafePointer<Int64>) -> Bool {
    let first = refinement.elements[left]
    let second = refinement.elements[right]
    var exchange = Renaming.identity(structure.sets)
    exchange.images[first.set][first.element] = second.element
    exchange.images[second.set][second.element] = first.element
    let exchanged = renamed(state, by: exchange)
    return exchanged.indices.allSatisfy { exchanged[$0] == state[$0] }
  }

  // MARK: - Automorphisms

  /// Maps each vertex to the one that has its place in another leaf.
  private func automorphism(from first: Renaming, to second: Renaming) -> [Int] {
    refinement.elements.map { set, element in
      let place = first.images[set][element]
      let image = second.images[set].firstIndex(of: place) ?? element
      return refinement.elements.firstIndex { $0.set == set && $0.element == image } ?? 0
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
