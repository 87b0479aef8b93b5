extension Generator {
  /// Appends a function of a random sort.
  mutating func makeFunction() {
    let name = "f\(model.functions.count)"
    switch random.integer(in: 0...9) {
    case 0, 1, 2, 3: makePure(name)
    case 4, 5: makeRecursive(name)
    case 6, 7: makeEffectful(name, result: nil)
    default: makeEffectful(name, result: makeResultType())
    }
    allowance = .rule
  }

  private mutating func makeResultType() -> ModelType {
    let complex = model.variables.map(\.type).filter { resolve($0)?.isSimple == false }
    if random.chance(25), let type = random.pick(complex), case .named = type { return type }
    let simple = model.variables.map(\.type).filter { resolve($0)?.isSimple == true }
    return random.pick(simple) ?? makeSimpleType()
  }

  private mutating func makeParameters(_ count: Int, varPercent: Int) -> [Function.Parameter] {
    (0..<count).map { index in
      let isVar = random.chance(varPercent)
      let used = random.pick(model.variables)?.type
      var type = isVar || random.chance(30) ? used ?? .boolean : makeSimpleType()
      if case .array = type, !isVar { type = makeSimpleType() }
      return Function.Parameter(
        declaration: Declaration(name: "p\(index)", type: type), isVar: isVar)
    }
  }

  private func scope(of parameters: [Function.Parameter], in globals: Scope) -> Scope {
    globals.adding(
      parameters.map {
        Symbol(name: $0.declaration.name, type: $0.declaration.type, isWritable: $0.isVar)
      })
  }

  private mutating func makePure(_ name: String) {
    let parameters = makeParameters(random.integer(in: 0...2), varPercent: 0)
    let result = makeResultType()
    let scope = scope(of: parameters, in: globals.readOnly)
    allowance = .pureFunction
    var body = makeBody(in: scope, count: random.integer(in: 0...2), depth: 1)
    let inner = scope.adding(definedLocals(after: body))
    guard let value = value(of: result, in: inner, depth: 2) else { return }
    body.append(.giveBack(value))
    model.functions.append(
      Function(
        name: name, parameters: parameters, result: result, locals: locals, body: body,
        isPure: true))
  }

  private mutating func makeEffectful(_ name: String, result: ModelType?) {
    let parameters = makeParameters(random.integer(in: 1...2), varPercent: 65)
    let scope = scope(of: parameters, in: globals)
    allowance = .procedure
    var body = makeBody(in: scope, count: random.integer(in: 1...3), depth: 1)
    if let result {
      guard let value = value(of: result, in: scope, depth: 1) else { return }
      body.append(.giveBack(value))
    }
    model.functions.append(
      Function(
        name: name, parameters: parameters, result: result, locals: locals, body: body,
        isPure: false))
  }

  /// A pure function of a depth, which its first parameter's range bounds.
  private mutating func makeRecursive(_ name: String) {
    locals = []
    allowance = .pureFunction
    let depth = Function.Parameter(
      declaration: Declaration(
        name: "p0", type: .range(lower: 0, upper: random.integer(in: 1...4))), isVar: false)
    let result = makeResultType()
    let scope = scope(of: [depth], in: globals.readOnly)
    guard let last = value(of: result, in: scope, depth: 0),
      let other = value(of: result, in: scope, depth: 0)
    else { return }
    let isLast = Expression.binary(.equal, .variable("p0"), .number(0))
    let deeper = Expression.call(name, [.binary(.subtract, .variable("p0"), .number(1))])
    let next: Expression
    switch resolve(result) {
    case .range(let lower, let upper, _):
      let span = upper - lower + 1
      let sum = Expression.binary(.add, .binary(.subtract, deeper, .number(lower)), .number(1))
      let wrapped = Expression.binary(.remainder, sum, .number(span))
      next = lower == 0 ? wrapped : .binary(.add, wrapped, .number(lower))
    case .boolean:
      next = .binary(random.chance(50) ? .unequal : .implies, deeper, other)
    default:
      next = .conditional(
        .binary(.equal, deeper, other), then: other, otherwise: deeper)
    }
    let stop = Statement.branch(
      [Statement.Branch(condition: isLast, body: [.giveBack(last)])], otherwise: nil)
    model.functions.append(
      Function(
        name: name, parameters: [depth], result: result, locals: [],
        body: [stop, .giveBack(next)], isPure: true))
  }

  /// The locals of the function being made that have a value: all but the counters of loops.
  private func definedLocals(after body: [Statement]) -> [Symbol] {
    guard flavor != .loseDefinition else { return [] }
    return locals.filter { $0.name.hasPrefix("l") }
      .map { Symbol(name: $0.name, type: $0.type, isWritable: true) }
  }
}
