extension Generator {
  mutating func makeProperties() {
    mayCallForWhole = false
    makeInvariants()
    if random.chance(12) {
      let condition = random.chance(60) ? truth(in: globals, depth: 1) : mild(in: globals)
      model.items.append(.property(.assume, name: "assumption", condition))
    }
    if flavor == .missCover || random.chance(25) {
      for index in 0..<random.integer(in: 1...2) {
        let condition =
          flavor == .missCover && random.chance(80)
          ? .binary(.and, boolean(in: globals, depth: 0), boolean(in: globals, depth: 0))
          : truth(in: globals, depth: 1)
        model.items.append(enclosed(.cover, name: "cover \(index)", condition))
      }
    }
    if flavor == .missLiveness || random.chance(20) {
      let condition =
        flavor == .missLiveness && random.chance(80)
        ? boolean(in: globals, depth: 1) : truth(in: globals, depth: 1)
      model.items.append(enclosed(.liveness, name: "progress", condition))
    }
  }

  private mutating func makeInvariants() {
    for index in 0..<random.integer(in: 0...3) {
      var scope = globals
      var binder: Binder?
      if random.chance(20) {
        let (made, symbol) = makeBinder(in: scope, spanPercent: 0)
        binder = made
        scope.add(symbol)
      }
      let mayFail = flavor == .breakInvariant && random.chance(70)
      let condition = mayFail ? mild(in: scope) : truth(in: scope, depth: 2)
      let property = ModelItem.property(.invariant, name: "invariant \(index)", condition)
      model.items.append(binder.map { .ruleset([$0], [property]) } ?? property)
    }
  }

  /// The property, sometimes in a ruleset whose parameter it does not use.
  private mutating func enclosed(
    _ property: Property, name: String, _ condition: Expression
  ) -> ModelItem {
    let item = ModelItem.property(property, name: name, condition)
    guard random.chance(8) else { return item }
    let (binder, _) = makeBinder(in: globals, spanPercent: 0)
    return .ruleset([binder], [item])
  }

  /// A condition that most states satisfy.
  private mutating func mild(in scope: Scope) -> Expression {
    let one = boolean(in: scope, depth: 1)
    let other = Expression.binary(.or, one, boolean(in: scope, depth: 0))
    return .binary(.or, other, comparison(in: scope, depth: 1))
  }

  /// A condition that every state satisfies in which it can be evaluated at all.
  mutating func truth(in scope: Scope, depth: Int) -> Expression {
    switch random.integer(in: 0...(depth > 0 ? 7 : 3)) {
    case 0, 1:
      let number = number(in: scope, depth: 1)
      let bounds = interval(of: number, in: scope)
      return random.chance(50)
        ? .binary(.atMost, number, .number(bounds.upper))
        : .binary(.greater, number, .number(bounds.lower - 1))
    case 2:
      let condition = boolean(in: scope, depth: 1)
      return .binary(.or, condition, .not(condition))
    case 3:
      guard let place = place(.read, in: scope, where: { _, _ in true }) else {
        return .boolean(true)
      }
      return .binary(.equal, .place(place), .place(place))
    case 4:
      return .binary(.implies, boolean(in: scope, depth: 1), truth(in: scope, depth: depth - 1))
    case 5, 6:
      let (binder, symbol) = makeBinder(in: scope, spanPercent: 20)
      let body = truth(in: scope.adding([symbol]), depth: depth - 1)
      return .quantified(random.chance(70) ? .forall : .exists, binder, body)
    default:
      return .binary(.and, truth(in: scope, depth: depth - 1), truth(in: scope, depth: depth - 1))
    }
  }
}
