extension Generator {
  // MARK: Start states

  mutating func makeStartStates() {
    for index in 0..<random.weighted([1: 6, 2: 3, 3: 1]) {
      var outer = Scope()
      var binders: [Binder] = []
      if random.chance(25) {
        let (binder, symbol) = makeBinder(in: outer, spanPercent: 0)
        binders = [binder]
        outer.add(symbol)
      }
      let start = makeStart(name: "start \(index)", in: outer)
      model.items.append(binders.isEmpty ? start : .ruleset(binders, [start]))
    }
  }

  private mutating func makeStart(name: String, in outer: Scope) -> ModelItem {
    locals = []
    mayCall = false
    var scope = outer
    var body: [Statement] = []
    for variable in model.variables {
      let symbol = Symbol(name: variable.name, type: variable.type, isWritable: true)
      if skipsValue(variable.name) { continue }
      body.append(contentsOf: firstValue(of: symbol, in: scope))
      scope.add(symbol)
    }
    mayCall = true
    if flavor != .loseDefinition, random.chance(25) {
      allowance = .start
      body += statements(1, in: outer.adding(globals.symbols), depth: 1)
    }
    allowance = .rule
    return .start(name: name, locals: locals, body: body)
  }

  private mutating func skipsValue(_ name: String) -> Bool {
    if undefinable.contains(name) { return random.chance(60) }
    return flavor == .loseDefinition && random.chance(15)
  }

  /// Statements that give every part of a variable a value.
  private mutating func firstValue(of symbol: Symbol, in scope: Scope) -> [Statement] {
    let whole = Place(root: symbol.name)
    switch resolve(symbol.type) {
    case .array(let index, let element) where random.chance(60):
      let counter = Symbol(name: scope.freshName("i"), type: index, isWritable: false)
      let part = Place(root: symbol.name, steps: [.element(.variable(counter.name))])
      let inner = scope.adding([counter])
      let value = value(of: element, in: inner, depth: 1, avoidsUndefinable: true)
      let statement = value.map { Statement.assign(part, $0) } ?? .clear(part)
      return [.loop(.type(counter.name, index), [statement])]
    case .record(_, let fields) where random.chance(40):
      return fields.map { field in
        let part = Place(root: symbol.name, steps: [.field(field.name)])
        let value = value(of: field.type, in: scope, depth: 1, avoidsUndefinable: true)
        return value.map { .assign(part, $0) } ?? .clear(part)
      }
    default:
      guard random.chance(60),
        let value = value(of: symbol.type, in: scope, depth: 1, avoidsUndefinable: true)
      else { return [.clear(whole)] }
      return [.assign(whole, value)]
    }
  }

  // MARK: Rules

  mutating func makeRules() {
    let count = random.integer(in: max(1, size - 2)...(size + 3))
    var made = 0
    while made < count {
      let inside = random.chance(15) ? random.integer(in: 1...2) : 1
      model.items.append(makeEnclosed(inside, names: made, in: globals, depth: 2))
      made += inside
    }
    if model.deadlock != .off, flavor != .deadlock { makeTicking() }
  }

  /// Rules, sometimes in rulesets and aliases.
  private mutating func makeEnclosed(
    _ count: Int, names: Int, in scope: Scope, depth: Int
  ) -> ModelItem {
    if depth > 0, random.chance(35) {
      var inner = scope
      var binders: [Binder] = []
      for _ in 0..<random.weighted([1: 4, 2: 1]) {
        let (binder, symbol) = makeBinder(in: inner, spanPercent: 0)
        binders.append(binder)
        inner.add(symbol)
      }
      let items = makeSeveral(count, names: names, in: inner, depth: depth - 1)
      return .ruleset(binders, items)
    }
    if depth > 0, random.chance(10), let (alias, inner) = makeAlias(in: scope) {
      return .alias([alias], makeSeveral(count, names: names, in: inner, depth: depth - 1))
    }
    guard count == 1 else {
      return .ruleset(
        [.type(scope.freshName("i"), .range(lower: 0, upper: 0))],
        makeSeveral(count, names: names, in: scope, depth: 0))
    }
    return makeRule(name: "rule \(names)", in: scope)
  }

  private mutating func makeSeveral(
    _ count: Int, names: Int, in scope: Scope, depth: Int
  ) -> [ModelItem] {
    (0..<count).map { makeEnclosed(1, names: names + $0, in: scope, depth: depth) }
  }

  private mutating func makeRule(name: String, in scope: Scope) -> ModelItem {
    mayCallForWhole = false
    var condition: Expression? =
      random.chance(flavor == .deadlock ? 0 : 40)
      ? nil : boolean(in: scope, depth: random.weighted([0: 6, 1: 3, 2: 1]))
    if flavor == .deadlock, let first = condition {
      condition = .binary(.and, boolean(in: scope, depth: 0), first)
    }
    mayCallForWhole = true
    allowance = .rule
    var body = makeBody(in: scope, count: random.integer(in: 1...3), depth: 2)
    if flavor == .reachError, random.chance(30) { body.append(error(in: scope)) }
    return .rule(name: name, guard: condition, locals: locals, body: body)
  }

  /// Statements, after those that give `locals`, made anew, their first values.
  mutating func makeBody(in outer: Scope, count: Int, depth: Int) -> [Statement] {
    locals = []
    var scope = outer
    var body: [Statement] = []
    for _ in 0..<random.weighted([0: 6, 1: 3, 2: 1]) {
      let local = Declaration(name: scope.freshName("l"), type: makeLocalType())
      locals.append(local)
      let symbol = Symbol(name: local.name, type: local.type, isWritable: true)
      if flavor != .loseDefinition || random.chance(75) {
        body += firstValue(of: symbol, in: scope)
      }
      scope.add(symbol)
    }
    body += statements(count, in: scope, depth: depth)
    return body
  }

  private mutating func makeLocalType() -> ModelType {
    if random.chance(40), let variable = random.pick(model.variables) { return variable.type }
    return makeSimpleType()
  }

  /// A rule that is always enabled and changes the state, so that nothing deadlocks.
  private mutating func makeTicking() {
    let numbers = model.variables.filter {
      guard !undefinable.contains($0.name), case .range(let lower, let upper, _) = resolve($0.type)
      else { return false }
      return lower < upper
    }
    let booleans = model.variables.filter {
      $0.type == .boolean && !undefinable.contains($0.name)
    }
    let target: Declaration
    let next: Expression
    if let flag = random.pick(booleans) {
      target = flag
      next = .not(.variable(flag.name))
    } else if let number = random.pick(numbers),
      case .range(let lower, let upper, _) = resolve(number.type)
    {
      target = number
      next = .conditional(
        .binary(.equal, .variable(number.name), .number(upper)), then: .number(lower),
        otherwise: .binary(.add, .variable(number.name), .number(1)))
    } else {
      return
    }
    model.items.append(
      .rule(
        name: "tick", guard: nil, locals: [], body: [.assign(Place(root: target.name), next)]))
  }
}
