extension Generator {
  mutating func makeConstants() {
    for index in 0..<random.integer(in: 0...3) {
      let value = random.integer(in: -3...4)
      if !model.constants.contains(where: { $0.value == value }) {
        model.constants.append(Constant(name: "c\(index)", value: value))
      }
    }
  }

  mutating func makeTypes() {
    for _ in 0..<random.integer(in: 0...2) { declare("enum", makeEnumeration()) }
    if random.chance(50) { declare("set", .scalarset(count: random.weighted([1: 1, 2: 5, 3: 4]))) }
    for _ in 0..<random.integer(in: 0...2) { declare("range", .synonym(makeRange())) }
    if random.chance(35), let type = makeArray() { declare("array", .synonym(type)) }
    for _ in 0..<random.weighted([0: 4, 1: 4, 2: 2]) { declare("record", makeRecord()) }
  }

  private mutating func declare(_ prefix: String, _ shape: TypeShape) {
    let name = "\(prefix)_t\(model.types.count)"
    model.types.append(TypeDeclaration(name: name, shape: shape))
  }

  private mutating func makeEnumeration() -> TypeShape {
    let prefix = "m\(model.types.count)"
    return .enumeration(
      members: (0..<random.weighted([1: 1, 2: 4, 3: 4, 4: 2])).map { "\(prefix)_\($0)" })
  }

  private mutating func makeRange() -> ModelType {
    let lower = random.weighted([-3: 1, -1: 3, 0: 10, 1: 3, 2: 1])
    return .range(
      lower: lower, upper: lower + random.weighted([0: 1, 1: 4, 2: 6, 3: 4, 4: 2, 6: 1]))
  }

  private mutating func makeRecord() -> TypeShape {
    let fields = (0..<random.integer(in: 1...3)).map { index in
      let type = random.chance(20) ? makeArray() ?? .boolean : makeSimpleType()
      return Declaration(name: "d\(index)", type: nestedRecord() ?? type)
    }
    return .record(fields: fields)
  }

  /// Now and then a record declared before, for nesting.
  private mutating func nestedRecord() -> ModelType? {
    guard random.chance(15) else { return nil }
    return random.pick(
      model.types.filter { if case .record = $0.shape { true } else { false } }
    ).map { .named($0.name) }
  }

  private mutating func makeArray() -> ModelType? {
    let index = makeSimpleType()
    var element = makeSimpleType()
    if random.chance(30), let declared = random.pick(model.types) {
      element = .named(declared.name)
    }
    let array = ModelType.array(index: index, element: element)
    guard model.types.valueCount(of: index) <= 4, model.types.valueCount(of: array) <= 300
    else { return nil }
    return array
  }

  /// A boolean, a range, or a declared type without parts.
  mutating func makeSimpleType() -> ModelType {
    let declared = model.types.map { ModelType.named($0.name) }
      .filter { resolve($0)?.isSimple == true }
    if random.chance(55), let type = random.pick(declared) { return type }
    return random.chance(35) ? .boolean : makeRange()
  }

  /// Variables whose ranges' product stays below a bound drawn for this model.
  mutating func makeVariables() {
    let exponent = random.integer(in: 6...14)
    let most = min(4_000 * size, max(8, (1 << exponent) * size))
    var product = 1
    for index in 0..<(2 + size) {
      let type = index == 0 ? makeRange() : makeVariableType()
      let count = model.types.valueCount(of: type)
      guard count > 0, product * count <= most else { continue }
      product *= count
      let name = "v\(index)"
      model.variables.append(Declaration(name: name, type: type))
      if random.chance(12), canBeUndefined(type) { undefinable.append(name) }
    }
    if model.variables.isEmpty {
      model.variables.append(Declaration(name: "v0", type: .range(lower: 0, upper: 3)))
    }
  }

  private mutating func makeVariableType() -> ModelType {
    let complex = model.types.map { ModelType.named($0.name) }
      .filter { resolve($0)?.isSimple == false }
    if random.chance(35), let type = random.pick(complex) { return type }
    // A second variable of the same type makes comparison and assignment of whole values possible.
    if random.chance(25), let earlier = random.pick(model.variables) { return earlier.type }
    if random.chance(25), let array = makeArray() { return array }
    return makeSimpleType()
  }

  private func canBeUndefined(_ type: ModelType) -> Bool {
    switch resolve(type) {
    case .array(_, let element): resolve(element)?.isSimple == true
    case .record, nil: false
    default: true
    }
  }

  /// A type to count over, most often one that indexes an array.
  mutating func makeBinderType() -> ModelType {
    var choices = model.variables.compactMap { variable in
      if case .array(let index, _) = resolve(variable.type) { index } else { nil }
    }
    choices += choices
    choices += model.types.map { .named($0.name) }.filter { resolve($0)?.isSimple == true }
    choices.append(.range(lower: 0, upper: random.integer(in: 0...3)))
    if random.chance(10) { choices.append(.boolean) }
    return random.pick(choices) ?? .boolean
  }
}
