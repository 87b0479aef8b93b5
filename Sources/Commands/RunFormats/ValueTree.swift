import Diagnostics
import Runs

/// A variable as a tree of what it is made of, by the names of its places.
struct ValueTree {
  let name: String
  private var root: Node

  private indirect enum Node {
    case place(Int)
    /// An array by index, or a record by field, or a multiset by member, in the order of the places.
    case parts(Kind, keys: [String], nodes: [Node], positions: [String: Int])
  }

  private enum Kind { case array, record, multiset }

  /// The variables of a run, and for each place the variable that it is in.
  ///
  /// Places whose names say that one thing is of two kinds are variables of their own.
  static func variables(_ places: [ShownPlace]) -> (trees: [ValueTree], ofPlace: [Int]) {
    var trees: [ValueTree] = []
    var numbers: [String: Int] = [:]
    var ofPlace: [Int] = []
    for (number, place) in places.enumerated() {
      let path = place.path[...]
      if let tree = numbers[place.variable], insert(number, path, into: &trees[tree].root) {
        ofPlace.append(tree)
        continue
      }
      let isFirst = numbers[place.variable] == nil
      if isFirst { numbers[place.variable] = trees.count }
      ofPlace.append(trees.count)
      trees.append(
        isFirst
          ? ValueTree(name: place.variable, root: node(number, path))
          : ValueTree(name: place.name, root: .place(number)))
    }
    return (trees, ofPlace)
  }

  private static func split(_ part: ShownPlace.Part) -> (Kind, String) {
    switch part {
    case .index(let index): (.array, index)
    case .field(let field): (.record, field)
    case .member(let member): (.multiset, member)
    }
  }

  private static func node(_ place: Int, _ path: ArraySlice<ShownPlace.Part>) -> Node {
    path.reversed().reduce(.place(place)) { node, part in
      let (kind, key) = split(part)
      return .parts(kind, keys: [key], nodes: [node], positions: [key: 0])
    }
  }

  /// Whether there is room for a place.
  private static func insert(
    _ place: Int, _ path: ArraySlice<ShownPlace.Part>, into node: inout Node
  ) -> Bool {
    guard let part = path.first, case .parts(let kind, var keys, var nodes, var positions) = node
    else { return false }
    let (partKind, key) = split(part)
    guard partKind == kind else { return false }
    // Nobody else has the lists while they are changed.
    node = .place(place)
    defer { node = .parts(kind, keys: keys, nodes: nodes, positions: positions) }
    if let position = positions[key] {
      return insert(place, path.dropFirst(), into: &nodes[position])
    }
    positions[key] = keys.count
    keys.append(key)
    nodes.append(self.node(place, path.dropFirst()))
    return true
  }

  // MARK: - Values

  /// What the variable is in a state, as an expression of the Informal Trace Format.
  func value(_ state: [String], _ places: [ShownPlace]) -> JSONValue {
    Self.value(root, state, places) ?? Self.empty(root)
  }

  /// A variable of which nothing has a value.
  private static func empty(_ node: Node) -> JSONValue {
    switch node {
    case .place: .string(ShownRun.undefined)
    case .parts(.array, _, _, _): .object([("#map", .array([]))])
    case .parts(.record, _, _, _): .object([])
    case .parts(.multiset, _, _, _): .array([])
    }
  }

  /// Nil where nothing has a value.
  private static func value(
    _ node: Node, _ state: [String], _ places: [ShownPlace]
  ) -> JSONValue? {
    switch node {
    case .place(let number): return leaf(state[number], places[number].kind)
    case .parts(let kind, let keys, let nodes, _):
      let defined = zip(keys, nodes).compactMap { key, node in
        value(node, state, places).map { (key, $0) }
      }
      if defined.isEmpty { return nil }
      switch kind {
      case .array:
        let pairs = defined.map { JSONValue.array([InformalTrace.literal($0), $1]) }
        return .object([("#map", .array(pairs))])
      // Names of fields that begin with `#` belong to the format.
      case .record: return .object(defined.map { ($0.hasPrefix("#") ? "_" + $0 : $0, $1) })
      case .multiset: return .array(defined.map(\.1))
      }
    }
  }

  private static func leaf(_ text: String, _ kind: ShownPlace.Kind) -> JSONValue? {
    if text == ShownRun.undefined { return nil }
    switch kind {
    case .boolean where text == "true" || text == "false": return .bool(text == "true")
    case .number: return InformalTrace.number(text) ?? .string(text)
    case .boolean, .name: return .string(text)
    }
  }
}
