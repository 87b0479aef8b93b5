extension Generator {
  /// Statements of which the first, where it can, changes a variable.
  mutating func statements(_ count: Int, in scope: Scope, depth: Int) -> [Statement] {
    var statements: [Statement] = []
    for index in 0..<count {
      let statement =
        index == 0 && random.chance(70)
        ? assignment(in: scope) : self.statement(in: scope, depth: depth)
      if let statement { statements.append(statement) }
    }
    return statements
  }

  private mutating func statement(in scope: Scope, depth: Int) -> Statement? {
    let isFlat = depth == 0
    switch random.integer(in: 0...(isFlat ? 54 : 99)) {
    case 0..<28: return assignment(in: scope)
    case 28..<34: return wholeAssignment(in: scope)
    case 34..<38: return clearing(in: scope)
    case 38..<42: return undefining(in: scope)
    case 42..<49: return call(in: scope)
    case 49..<55: return property(in: scope)
    case 55..<69: return branch(in: scope, depth: depth)
    case 69..<75: return choice(in: scope, depth: depth)
    case 75..<86: return loop(in: scope, depth: depth)
    case 86..<91: return countedWhile(in: scope, depth: depth)
    case 91..<97: return alias(in: scope, depth: depth)
    default: return unlikely(in: scope)
    }
  }

  /// An assignment of a simple value; nil if nothing can be assigned.
  mutating func assignment(in scope: Scope) -> Statement? {
    let isSimple: (Generator, ModelType) -> Bool = { $0.resolve($1)?.isSimple == true }
    guard let target = place(.write, in: scope, where: isSimple) else { return nil }
    return assignment(to: target, in: scope)
  }

  /// An assignment to this place, or its clearing if there is no value to assign.
  private mutating func assignment(to target: Place, in scope: Scope) -> Statement? {
    guard let type = checker.type(of: target, in: scope) else { return nil }
    if target.steps.isEmpty, let call = effectfulCall(of: type, in: scope) {
      return .assign(target, call)
    }
    let isDefined = scope.symbol(named: target.root)?.mayBeUndefined == false
    if isDefined, allowance == .rule, random.chance(60), let next = successor(of: target, type) {
      return .assign(target, next)
    }
    guard let value = value(of: type, in: scope, depth: random.integer(in: 0...2)) else {
      return .clear(target)
    }
    return .assign(target, value)
  }

  /// The place's value moved on, cyclically; without such assignments most models stand still soon.
  private mutating func successor(of place: Place, _ type: ModelType) -> Expression? {
    switch resolve(type) {
    case .boolean: return .not(.place(place))
    case .range(let lower, let upper, _):
      let step = Expression.number(random.weighted([1: 5, 2: 1]))
      let span = Expression.number(upper - lower + 1)
      if lower == 0 {
        return .binary(.remainder, .binary(.add, .place(place), step), span)
      }
      let offset = Expression.binary(.subtract, .place(place), .number(lower))
      return .binary(
        .add, .binary(.remainder, .binary(.add, offset, step), span), .number(lower))
    case .enumeration(_, let members):
      guard members.count > 1 else { return nil }
      let first = random.integer(in: 0...(members.count - 2))
      return .conditional(
        .binary(.equal, .place(place), .name(members[first])), then: .name(members[first + 1]),
        otherwise: .name(members[0]))
    case .scalarset, .record, .array, nil: return nil
    }
  }

  private mutating func effectfulCall(of type: ModelType, in scope: Scope) -> Expression? {
    guard mayCall, allowance == .rule || allowance == .procedure, random.chance(30) else {
      return nil
    }
    let choices = model.functions.filter { !$0.isPure && $0.result == type }
    guard let function = random.pick(choices), let arguments = arguments(of: function, in: scope)
    else { return nil }
    return .call(function.name, arguments)
  }

  /// An assignment of a whole record or array.
  private mutating func wholeAssignment(in scope: Scope) -> Statement? {
    let isComplex: (Generator, ModelType) -> Bool = { $0.resolve($1)?.isSimple == false }
    guard let target = place(.write, in: scope, where: isComplex) else {
      return assignment(in: scope)
    }
    return assignment(to: target, in: scope)
  }

  private mutating func clearing(in scope: Scope) -> Statement? {
    place(.write, in: scope) { _, _ in true }.map { .clear($0) }
  }

  /// Takes the value of a variable whose readers expect that.
  private mutating func undefining(in scope: Scope) -> Statement? {
    let loses = flavor == .loseDefinition && random.chance(30)
    let access: Access = loses ? .write : .readUndefinable
    guard let target = place(access, in: scope, where: { _, _ in true }),
      checker.isWritable(target, in: scope)
    else { return assignment(in: scope) }
    return .undefine(target)
  }

  private mutating func call(in scope: Scope) -> Statement? {
    guard mayCall, allowance != .pureFunction,
      let procedure = random.pick(model.functions.filter { $0.result == nil }),
      let arguments = arguments(of: procedure, in: scope)
    else { return assignment(in: scope) }
    return .call(procedure.name, arguments)
  }

  private mutating func property(in scope: Scope) -> Statement? {
    guard allowance != .pureFunction else { return nil }
    let property: StatementProperty = random.weighted([.assert: 6, .assume: 2, .cover: 1])
    // In a function, Rumur may evaluate an assume and another error in either order.
    if property == .assume, allowance == .procedure { return nil }
    if property == .cover, flavor != .missCover { return nil }
    let mayFail = property == .assert ? flavor == .breakInvariant && random.chance(25) : true
    let condition =
      mayFail && random.chance(60) ? boolean(in: scope, depth: 1) : truth(in: scope, depth: 1)
    return .property(property, condition, message: "\(property.rawValue) in \(allowance)")
  }

  /// An error statement behind a condition that can hold only in some models, or an early return.
  private mutating func unlikely(in scope: Scope) -> Statement? {
    guard allowance != .pureFunction else { return nil }
    if allowance == .rule, random.chance(40) {
      let branch = Statement.Branch(
        condition: boolean(in: scope, depth: 1), body: [.giveBack(nil)])
      return .branch([branch], otherwise: nil)
    }
    return error(in: scope)
  }

  mutating func error(in scope: Scope) -> Statement {
    let condition =
      flavor == .reachError
      ? .binary(.and, boolean(in: scope, depth: 0), boolean(in: scope, depth: 1))
      : Expression.not(truth(in: scope, depth: 1))
    let branch = Statement.Branch(condition: condition, body: [.error(message: "reached")])
    return .branch([branch], otherwise: nil)
  }

  // MARK: Statements with parts

  private mutating func branch(in scope: Scope, depth: Int) -> Statement? {
    let branches = (0..<random.weighted([1: 7, 2: 3])).map { _ in
      Statement.Branch(
        condition: boolean(in: scope, depth: random.integer(in: 0...1)),
        body: statements(random.integer(in: 1...2), in: scope, depth: depth - 1))
    }
    let otherwise =
      random.chance(40)
      ? statements(random.integer(in: 0...2), in: scope, depth: depth - 1) : nil
    return .branch(branches, otherwise: otherwise)
  }

  private mutating func choice(in scope: Scope, depth: Int) -> Statement? {
    let isSimple: (Generator, ModelType) -> Bool = { $0.resolve($1)?.isSimple == true }
    guard let subject = place(.read, in: scope, where: isSimple),
      let type = checker.type(of: subject, in: scope)
    else { return nil }
    let cases = (0..<random.integer(in: 1...3)).compactMap { _ -> Statement.Case? in
      let labels = (0..<random.weighted([1: 3, 2: 1])).compactMap { _ in
        value(of: type, in: scope, depth: 0)
      }
      let body = statements(random.integer(in: 0...2), in: scope, depth: depth - 1)
      return labels.isEmpty ? nil : Statement.Case(labels: labels, body: body)
    }
    guard !cases.isEmpty else { return nil }
    let otherwise = random.chance(50) ? statements(1, in: scope, depth: depth - 1) : nil
    return .choose(.place(subject), cases, otherwise: otherwise)
  }

  private mutating func loop(in scope: Scope, depth: Int) -> Statement? {
    let (binder, symbol) = makeBinder(in: scope, spanPercent: 35)
    let inner = scope.adding([symbol])
    return .loop(binder, statements(random.integer(in: 1...2), in: inner, depth: depth - 1))
  }

  private mutating func countedWhile(in scope: Scope, depth: Int) -> Statement? {
    let limit = random.integer(in: 1...4)
    let counter = "w\(locals.count)"
    let type = ModelType.range(lower: 0, upper: limit)
    locals.append(Declaration(name: counter, type: type))
    let inner = scope.adding([Symbol(name: counter, type: type, isWritable: false)])
    let condition = random.chance(40) ? boolean(in: inner, depth: 0) : nil
    let body = statements(random.integer(in: 1...2), in: inner, depth: depth - 1)
    return .countedWhile(counter: counter, limit: limit, condition: condition, body)
  }

  private mutating func alias(in scope: Scope, depth: Int) -> Statement? {
    guard let (alias, inner) = makeAlias(in: scope) else { return nil }
    let body = statements(random.integer(in: 1...2), in: inner, depth: depth - 1)
    return .alias([alias], body)
  }

  /// An alias of some place, and the scope with it; nil if the scope has no place.
  mutating func makeAlias(in scope: Scope) -> (Alias, Scope)? {
    guard let place = place(.write, in: scope, where: { _, _ in true }),
      let type = checker.type(of: place, in: scope)
    else { return nil }
    let name = scope.freshName("a")
    let source = scope.symbol(named: place.root)
    let symbol = Symbol(
      name: name, type: type, isWritable: checker.isWritable(place, in: scope),
      mayBeUndefined: source?.mayBeUndefined ?? false)
    return (Alias(name: name, place: place), scope.adding([symbol]))
  }
}
