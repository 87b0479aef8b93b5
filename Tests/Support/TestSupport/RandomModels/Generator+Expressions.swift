extension Generator {
  /// A value of a type, in its range unless the model is to lose it; nil if there is none, as for a
  /// scalarset without a variable in scope.
  mutating func value(
    of type: ModelType, in scope: Scope, depth: Int, avoidsUndefinable: Bool = false
  ) -> Expression? {
    if !avoidsUndefinable, random.chance(12), resolve(type)?.isSimple == true,
      let read = guardedRead(of: type, in: scope)
    {
      return read
    }
    if depth > 0, random.chance(15), let call = pureCall(of: type, in: scope) { return call }
    if depth > 0, random.chance(10), let then = value(of: type, in: scope, depth: 0),
      let otherwise = value(of: type, in: scope, depth: 0), resolve(type)?.isSimple == true
    {
      let condition = boolean(in: scope, depth: depth - 1)
      return .conditional(condition, then: then, otherwise: otherwise)
    }
    switch resolve(type) {
    case nil: return nil
    case .boolean: return boolean(in: scope, depth: depth)
    case .range(let lower, let upper, _):
      return fittedNumber(Interval(lower: lower, upper: upper), in: scope, depth: depth)
    case .enumeration(_, let members):
      if random.chance(50), let place = place(of: type, .read, in: scope) { return .place(place) }
      return random.pick(members).map { .name($0) }
    case .scalarset, .record, .array:
      return place(of: type, .read, in: scope).map { .place($0) }
    }
  }

  // MARK: Numbers

  /// A number brought into `bounds`, by `lower + ((n % span) + span) % span` where needed.
  private mutating func fittedNumber(
    _ bounds: Interval, in scope: Scope, depth: Int
  ) -> Expression {
    if random.chance(15) {
      return literal(random.integer(in: bounds.lower...bounds.upper))
    }
    let raw = number(in: scope, depth: depth)
    let reach = interval(of: raw, in: scope)
    if reach.isWithin(bounds) || flavor == .loseRange && random.chance(8) { return raw }
    let span = bounds.upper - bounds.lower + 1
    var wrapped = Expression.binary(.remainder, raw, .number(span))
    if reach.lower < 0 {
      wrapped = .binary(.remainder, .binary(.add, wrapped, .number(span)), .number(span))
    }
    if bounds.lower == 0 { return wrapped }
    return .binary(.add, wrapped, literal(bounds.lower))
  }

  private mutating func literal(_ value: Int) -> Expression {
    if random.chance(60), let constant = model.constants.first(where: { $0.value == value }) {
      return .name(constant.name)
    }
    return .number(value)
  }

  /// Any number, below 5,000 in magnitude.
  mutating func number(in scope: Scope, depth: Int) -> Expression {
    guard depth > 0, random.chance(75) else { return simpleNumber(in: scope) }
    if random.chance(8) {
      let operand = number(in: scope, depth: depth - 1)
      return .unary(random.weighted([.minus: 2, .bitNot: 1]), operand)
    }
    let operation: BinaryOperator = random.weighted([
      .add: 40, .subtract: 20, .multiply: 10, .remainder: 10, .divide: 6, .bitAnd: 5, .bitOr: 5,
      .bitXor: 5, .shiftLeft: 4, .shiftRight: 4,
    ])
    let left = number(in: scope, depth: depth - 1)
    let result = Expression.binary(
      operation, plain(left, before: operation, in: scope),
      operand(of: operation, in: scope, depth: depth - 1))
    let limit = Interval(lower: -5_000, upper: 5_000)
    return interval(of: result, in: scope).isWithin(limit) ? result : left
  }

  private mutating func simpleNumber(in scope: Scope) -> Expression {
    let any = ModelType.range(lower: -9, upper: 9)
    if random.chance(80), let place = place(of: any, .read, in: scope) { return .place(place) }
    if random.chance(30), let constant = random.pick(model.constants) {
      return .name(constant.name)
    }
    return .number(random.integer(in: random.chance(20) ? -3...7 : 0...3))
  }

  /// The right operand: never zero behind a division, and small behind a shift.
  private mutating func operand(
    of operation: BinaryOperator, in scope: Scope, depth: Int
  ) -> Expression {
    switch operation {
    case .divide, .remainder:
      if flavor == .loseRange, random.chance(8),
        let place = place(of: .range(lower: 0, upper: 0), .read, in: scope)
      {
        return .place(place)
      }
      return .number(random.pick([1, 2, 3, 4, 5, -2, -3]) ?? 2)
    case .shiftLeft, .shiftRight:
      let amount = number(in: scope, depth: 0)
      let isSmall = interval(of: amount, in: scope).isWithin(Interval(lower: -3, upper: 4))
      return isSmall ? amount : .number(random.integer(in: 0...3))
    default: return number(in: scope, depth: depth)
    }
  }

  /// The left operand of `&` or `|`, without a named range (see `Kind.number`).
  private func plain(
    _ operand: Expression, before operation: BinaryOperator, in scope: Scope
  ) -> Expression {
    guard operation == .bitAnd || operation == .bitOr,
      checker.kind(of: operand, in: scope) != .number(isNamed: false)
    else { return operand }
    return .binary(.add, operand, .number(0))
  }

  // MARK: Truth values

  mutating func boolean(in scope: Scope, depth: Int) -> Expression {
    guard depth > 0 else { return simpleBoolean(in: scope) }
    switch random.integer(in: 0...11) {
    case 0, 1: return .not(boolean(in: scope, depth: depth - 1))
    case 2, 3, 4, 5, 6:
      let operation: BinaryOperator = random.weighted([.and: 4, .or: 4, .implies: 2])
      return .binary(
        operation, boolean(in: scope, depth: depth - 1), boolean(in: scope, depth: depth - 1))
    case 7, 8:
      return quantified(in: scope) { generator, inner in
        generator.boolean(in: inner, depth: depth - 1)
      }
    case 9:
      if let call = pureCall(of: .boolean, in: scope) { return call }
      return comparison(in: scope, depth: depth - 1)
    default: return comparison(in: scope, depth: depth - 1)
    }
  }

  mutating func quantified(
    in scope: Scope, _ body: (inout Generator, Scope) -> Expression
  ) -> Expression {
    let (binder, symbol) = makeBinder(in: scope, spanPercent: 20)
    let inner = body(&self, scope.adding([symbol]))
    return .quantified(random.chance(50) ? .forall : .exists, binder, inner)
  }

  private mutating func simpleBoolean(in scope: Scope) -> Expression {
    if random.chance(45), let place = place(of: .boolean, .read, in: scope) { return .place(place) }
    let isSimple: (Generator, ModelType) -> Bool = { $0.resolve($1)?.isSimple == true }
    if random.chance(20), let place = place(.readUndefinable, in: scope, where: isSimple) {
      return random.chance(50) ? .isUndefined(place) : .not(.isUndefined(place))
    }
    if random.chance(5) { return .boolean(random.chance(50)) }
    return comparison(in: scope, depth: 0)
  }

  /// A comparison of two values of a type that the scope has.
  mutating func comparison(in scope: Scope, depth: Int) -> Expression {
    let equality: BinaryOperator = random.chance(60) ? .equal : .unequal
    let others: (Generator, ModelType) -> Bool = { generator, type in
      switch generator.resolve(type) {
      case .range, .boolean, nil: false
      case .enumeration, .scalarset, .record, .array: true
      }
    }
    let isRange: (Generator, ModelType) -> Bool = { generator, type in
      if case .range = generator.resolve(type) { true } else { false }
    }
    let hasNumbers = place(.read, in: scope, where: isRange) != nil
    if !hasNumbers || random.chance(45), let place = place(.read, in: scope, where: others),
      let type = checker.type(of: place, in: scope),
      let other = value(of: type, in: scope, depth: depth)
    {
      return .binary(equality, .place(place), other)
    }
    let order: BinaryOperator = random.weighted([
      .less: 2, .atMost: 1, .greater: 2, .atLeast: 1, .equal: 3, .unequal: 2,
    ])
    return .binary(order, number(in: scope, depth: depth), number(in: scope, depth: depth))
  }

  // MARK: Calls and binders

  /// A call of a pure function with a result of the type; nil if there is none.
  mutating func pureCall(of type: ModelType, in scope: Scope) -> Expression? {
    guard mayCall, mayCallForWhole || resolve(type)?.isSimple == true else { return nil }
    let choices = model.functions.filter { $0.isPure && $0.result == type }
    guard let function = random.pick(choices),
      let arguments = arguments(of: function, in: scope)
    else { return nil }
    return .call(function.name, arguments)
  }

  /// Arguments for a call; nil if the scope has nothing to pass.
  mutating func arguments(of function: Function, in scope: Scope) -> [Expression]? {
    var arguments: [Expression] = []
    for parameter in function.parameters {
      let type = parameter.declaration.type
      let argument =
        parameter.isVar
        ? place(of: type, .share, in: scope).map { .place($0) }
        : value(of: type, in: scope, depth: 0)
      guard let argument else { return nil }
      arguments.append(argument)
    }
    return arguments
  }

  /// The parameter of a loop or quantifier, and what it declares.
  mutating func makeBinder(in scope: Scope, spanPercent: Int) -> (Binder, Symbol) {
    let name = scope.freshName("i")
    guard random.chance(spanPercent) else {
      let type = makeBinderType()
      return (.type(name, type), Symbol(name: name, type: type, isWritable: false))
    }
    let lower = random.integer(in: -1...1)
    var (from, to) = (literal(lower), literal(lower + random.integer(in: 0...3)))
    let isDown = random.chance(30)
    if isDown { swap(&from, &to) }
    var step: Int? = random.integer(in: 1...2) * (isDown && from != to ? -1 : 1)
    if random.chance(50), !isDown { step = nil }
    // Between ends that are not constant, a loop without a step counts in either direction.
    if random.chance(30) {
      let moving = number(in: scope, depth: 0)
      if checker.constantValue(moving) == nil, step == nil { from = moving }
    }
    let bounds = interval(of: from, in: scope).union(interval(of: to, in: scope))
    let type = ModelType.range(lower: bounds.lower, upper: bounds.upper)
    return (
      .span(name, from: from, to: to, step: step),
      Symbol(name: name, type: type, isWritable: false)
    )
  }
}
