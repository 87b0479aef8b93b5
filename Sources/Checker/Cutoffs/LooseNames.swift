package import TransitionSystem

/// Places of the state that name elements which need not be there.
///
/// Where elements of a scalarset have each an element of the same one, such as a parent, no few elements have
/// all that they name among them. They need not: of an element that is not there nobody can tell more
/// than that it is none of those that are. What is compared with one of these has the same value, whichever
/// other element is named, so all others are one, which is never there. What is read at the named element,
/// or of two that are both not known to be there, needs it: that is counted where it is read.
package struct LooseNames: Sendable {
  /// A variable of the state, by its number, and the scalarset whose elements it names.
  package struct Place: Sendable, Hashable {
    package let variable: Int
    package let set: Int
  }

  package let places: Set<Place>

  package init() { places = [] }

  /// All places that lead from elements of a scalarset back to such, by way of others or at once.
  ///
  /// - Parameter kept: Scalarsets all of whose elements have to be there, where something is.
  init(_ system: TransitionSystem, without kept: Set<Int>) {
    var named: [(variable: Int, index: Int, set: Int)] = []
    for (number, variable) in system.variables.enumerated() {
      variable.type.forEachName(within: []) { indices, set in
        named += indices.map { (number, $0, set) }
      }
    }
    // For each scalarset, those whose elements are named by what is of its elements, and so on.
    var reached: [Int: Set<Int>] = [:]
    var count = -1
    while count < reached.values.reduce(0, { $0 + $1.count }) {
      count = reached.values.reduce(0) { $0 + $1.count }
      for (_, index, set) in named {
        reached[index, default: []].formUnion((reached[set] ?? []).union([set]))
      }
    }
    places = Set(
      named.filter { _, index, set in
        !kept.contains(set) && (set == index || reached[set]?.contains(index) == true)
      }.map { Place(variable: $0.variable, set: $0.set) })
  }

  /// The scalarsets whose elements they name.
  package var sets: Set<Int> { Set(places.map(\.set)) }

  func contains(_ variable: Int, _ type: ScalarType) -> Bool {
    guard case .scalarset = type.kind else { return false }
    return places.contains(Place(variable: variable, set: type.identity))
  }

  /// Whether any of what a variable has of a type is one.
  func isIn(_ type: ValueType, of variable: Int) -> Bool {
    var isFound = false
    type.forEachName(within: []) { _, set in
      if places.contains(Place(variable: variable, set: set)) { isFound = true }
    }
    return isFound
  }

  /// The slots of a state that are such places.
  package func slots(of system: TransitionSystem) -> Set<Int> {
    var found: Set<Int> = []
    for (number, variable) in system.variables.enumerated() {
      var slot = variable.slot
      variable.type.forEachSlot { type in
        if contains(number, type) { found.insert(slot) }
        slot += 1
      }
    }
    return found
  }
}

extension ValueType {
  /// Calls `body` for each place that names an element of a scalarset and of nothing else, with the scalarsets
  /// that index the place. Of multisets there is none.
  fileprivate func forEachName(within indices: Set<Int>, _ body: (Set<Int>, Int) -> Void) {
    switch self {
    case .scalar(let type):
      if case .scalarset = type.kind { body(indices, type.identity) }
    case .array(let index, let element):
      element.forEachName(within: indices.union(index.scalarsets.map(\.identity)), body)
    case .record(let fields):
      for field in fields { field.type.forEachName(within: indices, body) }
    case .multiset: break
    }
  }
}
