extension Generator {
  /// A way to a part of a variable whose indices are not chosen yet.
  private struct Path {
    var root: Symbol
    var steps: [Step] = []
    var type: ModelType

    enum Step {
      case field(String)
      case element(index: ModelType)
    }
  }

  /// Which variables a place may be a part of.
  enum Access {
    /// Surely has a value.
    case read
    /// Needs a look at `isundefined` first.
    case readUndefinable
    case write
    /// To be passed as a var parameter: writable, and has a value.
    case share
  }

  /// A random place of a type; nil if the scope has none.
  mutating func place(of type: ModelType, _ access: Access, in scope: Scope) -> Place? {
    let resolved = resolve(type)
    return place(access, in: scope) { generator, candidate in
      if candidate == type { return true }
      guard access != .share else { return false }
      return switch (resolved, generator.resolve(candidate)) {
      case (.range, .range): access == .read || access == .readUndefinable
      case (.array, .array(let index, let element)):
        resolved.map { generator.isArray($0, of: element, by: index) } ?? false
      default: false
      }
    }
  }

  private func isArray(
    _ resolved: ResolvedType, of element: ModelType, by index: ModelType
  ) -> Bool {
    if case .array(index, element) = resolved { true } else { false }
  }

  /// A random place whose type satisfies `isWanted`; nil if the scope has none.
  mutating func place(
    _ access: Access, in scope: Scope, where isWanted: (Generator, ModelType) -> Bool
  ) -> Place? {
    var paths: [Path] = []
    // Parameters are few among the parts of all variables, and make what rules do differ.
    let onlyParameters = access == .read && random.chance(30)
    let parameters = onlyParameters ? scope.symbols.filter { $0.name.hasPrefix("i") } : []
    for symbol in parameters.isEmpty ? scope.symbols : parameters where allows(access, symbol) {
      collect(Path(root: symbol, type: symbol.type), isWanted, into: &paths)
    }
    // An index of a scalarset may have no value in scope; then another path may still do.
    if paths.isEmpty, !parameters.isEmpty { return place(access, in: scope, where: isWanted) }
    for _ in 0..<3 {
      guard let path = random.pick(paths) else { return nil }
      if let place = fill(path, in: scope) { return place }
    }
    return nil
  }

  private func allows(_ access: Access, _ symbol: Symbol) -> Bool {
    switch access {
    case .read: !symbol.mayBeUndefined
    case .readUndefinable: symbol.mayBeUndefined
    case .write: symbol.isWritable
    case .share: symbol.isWritable && !symbol.mayBeUndefined
    }
  }

  private func collect(
    _ path: Path, _ isWanted: (Generator, ModelType) -> Bool, into paths: inout [Path]
  ) {
    if isWanted(self, path.type) { paths.append(path) }
    switch resolve(path.type) {
    case .record(_, let fields):
      for field in fields {
        let steps = path.steps + [.field(field.name)]
        collect(Path(root: path.root, steps: steps, type: field.type), isWanted, into: &paths)
      }
    case .array(let index, let element):
      let steps = path.steps + [.element(index: index)]
      collect(Path(root: path.root, steps: steps, type: element), isWanted, into: &paths)
    default: break
    }
  }

  private mutating func fill(_ path: Path, in scope: Scope) -> Place? {
    var place = Place(root: path.root.name)
    for step in path.steps {
      switch step {
      case .field(let name): place.steps.append(.field(name))
      case .element(let index):
        guard let expression = indexValue(of: index, in: scope) else { return nil }
        place.steps.append(.element(expression))
      }
    }
    return place
  }

  /// An index. Below the second level it is a constant, for indices are places with indices.
  private mutating func indexValue(of type: ModelType, in scope: Scope) -> Expression? {
    indexDepth += 1
    defer { indexDepth -= 1 }
    guard indexDepth > 2 else { return value(of: type, in: scope, depth: 0) }
    switch resolve(type) {
    case .boolean: return .boolean(random.chance(50))
    case .range(let lower, let upper, _): return .number(random.integer(in: lower...upper))
    case .enumeration(_, let members): return random.pick(members).map { .name($0) }
    case .scalarset:
      let variables = scope.symbols.filter { $0.type == type && !$0.mayBeUndefined }
      return random.pick(variables).map { .variable($0.name) }
    case .record, .array, nil: return nil
    }
  }

  /// `isundefined(p) ? d : p` for a place that may lack a value; nil if the scope has none.
  mutating func guardedRead(of type: ModelType, in scope: Scope) -> Expression? {
    guard let place = place(of: type, .readUndefinable, in: scope),
      let fallback = value(of: type, in: scope, depth: 0, avoidsUndefinable: true)
    else { return nil }
    return .conditional(.isUndefined(place), then: fallback, otherwise: .place(place))
  }
}
