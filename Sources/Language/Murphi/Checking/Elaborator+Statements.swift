import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborate(_ statements: [StatementSyntax]) -> [Statement] {
    statements.flatMap { elaborate($0) }
  }

  /// One statement; aliases and loops over several names become several.
  private mutating func elaborate(_ syntax: StatementSyntax) -> [Statement] {
    if isStopped() { return [] }
    let span = syntax.span
    func one(_ kind: Statement.Kind?) -> [Statement] {
      kind.map { [Statement($0, at: span)] } ?? []
    }
    switch syntax.kind {
    case .assign(let target, let value):
      return one(elaborateAssignment(target, value))
    case .clear(let target):
      return one(elaborateClear(target))
    case .undefine(let target):
      return one(elaborateTarget(target, of: "undefined").map { .undefine($0) })
    case .conditional(let clauses, let otherwise):
      let elaborated = clauses.map { clause in
        (
          condition: elaborateCondition(clause.condition, of: "the condition of `if`"),
          body: elaborate(clause.body)
        )
      }
      return one(.conditional(elaborated, otherwise: elaborate(otherwise)))
    case .switching(let value, let cases, let otherwise):
      return elaborateSwitch(value, cases, otherwise, at: span)
    case .whileLoop(let condition, let body):
      let test = elaborateCondition(condition, of: "the condition of `while`")
      return one(.whileLoop(test, elaborate(body)))
    case .forLoop(let quantifiers, let body):
      return elaborateFor(quantifiers[...], body, at: span)
    case .alias(let aliases, let body):
      scopes.push()
      defer { scopes.pop() }
      return aliases.flatMap { bindAlias($0) } + elaborate(body)
    case .call(let name, let arguments):
      return one(
        elaborateArguments(name, arguments, at: span).map { .call(function: $0.function, $0.1) })
    case .result(let value):
      return elaborateReturn(value, at: span)
    case .error(let message):
      return one(.error(message: message))
    case .property(let kind, let message, let condition):
      return one(elaborateProperty(kind, message, condition, at: span))
    case .putText(let text):
      return one(.putText(text))
    case .put(let value):
      return one(elaboratePut(value))
    case .multisetAdd(let value, let multiset):
      guard let (place, _, element) = elaborateMultiset(multiset) else {
        _ = elaborate(value)
        return []
      }
      return one(
        elaborateValue(value, as: element, for: "a member").map { .multisetAdd($0, to: place) })
    case .multisetRemove(let position, let multiset):
      return one(elaborateRemoval(position, multiset))
    case .multisetRemoveWhere(let name, let multiset, let predicate):
      return one(
        elaborateMultisetPredicate(name, multiset, predicate).map {
          .multisetRemoveWhere($0.0, frameSlot: $0.frameSlot, predicate: $0.2)
        })
    case .invalid:
      return []
    }
  }

  private mutating func elaborateAssignment(
    _ target: ExpressionSyntax, _ value: ExpressionSyntax
  ) -> Statement.Kind? {
    let place = elaborateTarget(target, of: "assigned to")
    let operand = elaborate(value)
    guard let place else { return nil }
    if case .undefined = operand { return .undefine(place) }
    guard let type = operand.type else { return nil }
    if let target = place.type.asScalar,
      let assigned = transferred(operand, value, to: target, by: .assignment)
    {
      if isCopiedByCMurphi(operand, value, to: target) { noteUndefinedIsTaken(assigned) }
      return .assign(place, assigned)
    }
    if place.type.asScalar == nil, type.hasSameStructure(as: place.type, in: dialect),
      let aggregate = aggregateValue(of: operand)
    {
      mixes.note(type, place.type, at: value.span)
      return .copy(place, aggregate)
    }
    report(
      .typeMismatch, "\(type.description) cannot be assigned to \(place.type.description)",
      at: target.span.joined(with: value.span))
    return nil
  }

  /// Whether CMurphi copies a single value here even if it is undefined.
  private func isCopiedByCMurphi(
    _ operand: Operand, _ syntax: ExpressionSyntax, to target: ScalarType
  ) -> Bool {
    guard let type = operand.type?.asScalar else { return false }
    return isVariable(syntax) || type.isReadUnchecked
      || type.isCopiedUnchecked && type.isDeclaredAs(target)
  }

  /// The value is evaluated once; cases are compared with it in order.
  private mutating func elaborateSwitch(
    _ value: ExpressionSyntax, _ cases: [SwitchCase], _ otherwise: [StatementSyntax],
    at span: SourceSpan
  ) -> [Statement] {
    let operand = elaborate(value)
    guard let (subject, type) = scalarValue(of: operand, at: value.span) else {
      for each in cases { _ = elaborate(each.body) }
      _ = elaborate(otherwise)
      return []
    }
    let slot = frame.allocate(1)
    let place = Place(
      base: .frame, offset: slot, type: .scalar(type.isNumber ? .number : type), span: value.span)
    let stored = compared(Expression(.load(place), at: value.span), type)
    var clauses: [(condition: Expression, body: [Statement])] = []
    for each in cases {
      var condition = Expression(.literal(0), at: span)
      for match in each.matches {
        let matchOperand = elaborate(match)
        guard let (candidate, candidateType) = scalarValue(of: matchOperand, at: match.span)
        else { continue }
        guard let converted = convert(candidate, from: candidateType, to: type) else {
          report(
            .typeMismatch,
            "`switch` is over \(type.description), and this case is \(candidateType.description)",
            at: match.span)
          continue
        }
        let equal = comparison(.equal, stored, converted, type, type, at: match.span)
        condition =
          condition.isFalse
          ? equal : Expression(.or(condition, equal), at: match.span)
      }
      clauses.append((condition, elaborate(each.body)))
    }
    return [
      Statement(.assign(place, compared(subject, type)), at: value.span),
      Statement(.conditional(clauses, otherwise: elaborate(otherwise)), at: span),
    ]
  }

  private mutating func elaborateFor(
    _ quantifiers: ArraySlice<QuantifierSyntax>, _ body: [StatementSyntax], at span: SourceSpan
  ) -> [Statement] {
    guard let quantifier = quantifiers.first else { return elaborate(body) }
    scopes.push()
    defer { scopes.pop() }
    let loop = elaborateLoop(quantifier)
    let inner = elaborateFor(quantifiers.dropFirst(), body, at: span)
    return loop.map { [Statement(.forLoop($0, inner), at: span)] } ?? []
  }

  /// Declares an alias whose place or value is settled here, once.
  mutating func bindAlias(_ alias: AliasDeclaration) -> [Statement] {
    let operand = elaborate(alias.value)
    let isPart = !isVariable(alias.value)
    defer { if isPart { scopes.markAliasOfPart(alias.name.text) } }
    let span = alias.value.span
    switch operand {
    case .place(let place, let isWritable):
      guard !place.indices.isEmpty else {
        declare(alias.name, as: .place(place, isWritable: isWritable))
        return []
      }
      let slot = frame.allocate(1)
      frame.aliased[slot] = place
      let reference = Place(
        base: .reference(frameSlot: slot), offset: 0, type: place.type, span: alias.name.span)
      declare(alias.name, as: .place(reference, isWritable: isWritable))
      return [Statement(.bindReference(frameSlot: slot, place), at: span)]
        + bindOriginal(of: place, to: slot, at: span)
    case .scalar(let value, let type):
      if case .value = value.folded {
        declare(alias.name, as: .value(operand))
        return []
      }
      let slot = frame.allocate(1)
      let place = Place(
        base: .frame, offset: slot, type: .scalar(type.isNumber ? .number : type), span: span)
      declare(alias.name, as: .place(place, isWritable: false))
      return [Statement(.assign(place, value), at: span)]
    case .symbolicArray:
      declare(alias.name, as: .value(operand))
      return []
    case .aggregate(let aggregate, let type):
      guard let slot = allocate(type, at: span) else {
        declare(alias.name, as: .invalid)
        return []
      }
      let place = Place(base: .frame, offset: slot, type: type, span: span)
      declare(alias.name, as: .place(place, isWritable: false))
      return [Statement(.copy(place, aggregate), at: span)]
    case .undefined:
      report(.wrongOperandType, "`undefined` cannot have an alias", at: span)
      declare(alias.name, as: .invalid)
      return []
    case .invalid:
      declare(alias.name, as: .invalid)
      return []
    }
  }

  private mutating func elaborateReturn(
    _ value: ExpressionSyntax?, at span: SourceSpan
  ) -> [Statement] {
    let draft = currentFunction.map { functions[$0] }
    let result = draft?.function.result
    let hasUnknownResult = draft?.hasUnknownResult ?? false
    guard let value else {
      if result == nil, !hasUnknownResult { return [Statement(.result(nil), at: span)] }
      report(.wrongReturn, "the function has to return a value here", at: span)
      return []
    }
    guard let result else {
      _ = elaborate(value)
      if hasUnknownResult { return [] }
      report(
        .wrongReturn,
        currentFunction == nil
          ? "a rule returns no value" : "a procedure returns no value", at: value.span)
      return []
    }
    if let target = result.asScalar {
      let operand = elaborate(value)
      guard let type = operand.type else {
        _ = scalarValue(of: operand, at: value.span)
        return []
      }
      guard let returned = transferred(operand, value, to: target, by: .parameter) else {
        if type.asScalar == nil {
          _ = scalarValue(of: operand, at: value.span)
        } else {
          report(
            .typeMismatch,
            "the function returns \(result.description), and this is \(type.description)",
            at: value.span)
        }
        return []
      }
      return elaborateReturn(of: returned, as: target, at: span)
    }
    guard case .aggregate(let aggregate) = elaborateValue(value, as: result, for: "the result")
    else { return [] }
    return [Statement(.result(.aggregate(aggregate)), at: span)]
  }

  /// CMurphi checks a number that is returned against the type of the result; in Rumur only what it
  /// is then assigned to bounds it.
  private mutating func elaborateReturn(
    of value: Expression, as type: ScalarType, at span: SourceSpan
  ) -> [Statement] {
    guard type.isNumber, !value.isAlways(within: type.lower, type.upper) else {
      return [Statement(.result(.scalar(value)), at: span)]
    }
    switch dialect {
    case .rumur:
      if let function = currentFunction { noteUncheckedResult(of: function, at: value.span) }
      return [Statement(.result(.scalar(value)), at: span)]
    case .cmurphi:
      let place = Place(
        base: .frame, offset: frame.allocate(1), type: .scalar(type), span: value.span)
      let checked = Expression(
        .handedOn(Expression(.load(place), at: value.span), plus: 0), at: value.span)
      return [
        Statement(.assign(place, value), at: value.span),
        Statement(.result(.scalar(checked)), at: span),
      ]
    }
  }

  private mutating func noteUncheckedResult(of function: Int, at span: SourceSpan) {
    guard functions[function].resultRemark == nil else { return }
    functions[function].resultRemark = remark(.resultOutOfRange, at: span)
  }

  private mutating func elaborateProperty(
    _ kind: PropertyKind, _ message: String?, _ syntax: ExpressionSyntax, at span: SourceSpan
  ) -> Statement.Kind? {
    let condition = elaborateCondition(syntax, of: "what `\(kind.rawValue)` says")
    switch kind {
    case .assert, .invariant:
      return .assertion(condition, message: message ?? source.text(of: syntax.span))
    case .assume:
      return .assumption(condition)
    case .cover:
      covers.append(Cover(name: message ?? source.text(of: syntax.span), span: span))
      return .cover(condition, cover: covers.count - 1)
    case .liveness:
      report(
        .misplacedProperty, "`liveness` is about the whole model and cannot stand in a body",
        at: span, hint: "put it beside the rules")
      return nil
    }
  }

  private mutating func elaboratePut(_ syntax: ExpressionSyntax) -> Statement.Kind? {
    switch elaborate(syntax) {
    case .place(let place, _):
      return .putPlace(place, label: source.text(of: syntax.span))
    case .scalar(let value, let type):
      return .put(value, type)
    case .aggregate, .symbolicArray, .undefined:
      report(
        .wrongOperandType, "`put` needs a string, a variable or a single value", at: syntax.span)
      return nil
    case .invalid:
      return nil
    }
  }

  private mutating func elaborateRemoval(
    _ position: ExpressionSyntax, _ multiset: ExpressionSyntax
  ) -> Statement.Kind? {
    let operand = elaborate(position)
    guard let (place, _, _) = elaborateMultiset(multiset),
      let (value, type) = scalarValue(of: operand, at: position.span)
    else { return nil }
    guard type.kind == .multisetIndex else {
      report(
        .typeMismatch, "what is removed is named by what `choose` or the like runs over",
        at: position.span, hint: "`multisetremovepred` removes by value")
      return nil
    }
    return .multisetRemove(position: value, from: place)
  }
}

extension Expression {
  /// Whether the form of the value shows that it lies between two others, both included.
  func isAlways(within lower: Int64, _ upper: Int64) -> Bool {
    switch kind {
    case .literal(let value): value >= lower && value <= upper
    case .load(let place): place.bounds.lowerBound >= lower && place.bounds.upperBound <= upper
    case .handedOn(let operand, plus: 0): operand.isAlways(within: lower, upper)
    case .conditional(_, let then, let otherwise):
      then.isAlways(within: lower, upper) && otherwise.isAlways(within: lower, upper)
    default: false
    }
  }

  /// Whether this is the literal `false`.
  fileprivate var isFalse: Bool {
    if case .literal(0) = kind { return true }
    return false
  }
}
