import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborate(_ statements: [StatementSyntax]) -> [Statement] {
    statements.flatMap { elaborate($0) }
  }

  /// One statement; aliases and loops over several names become several.
  private mutating func elaborate(_ syntax: StatementSyntax) -> [Statement] {
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
      return one(elaborateReturn(value, at: span))
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
    if let targetType = place.type.asScalar, let valueType = type.asScalar,
      let (expression, _) = scalarValue(of: operand, at: value.span),
      let converted = convert(expression, from: valueType, to: targetType)
    {
      return .assign(place, converted)
    }
    if place.type.asScalar == nil, type.hasSameStructure(as: place.type),
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
    let stored = Expression(.load(place), at: value.span)
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
      Statement(.assign(place, subject), at: value.span),
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
    let span = alias.value.span
    switch operand {
    case .place(let place, let isWritable):
      guard !place.indices.isEmpty else {
        declare(alias.name, as: .place(place, isWritable: isWritable))
        return []
      }
      let slot = frame.allocate(1)
      let reference = Place(
        base: .reference(frameSlot: slot), offset: 0, type: place.type, span: alias.name.span)
      declare(alias.name, as: .place(reference, isWritable: isWritable))
      return [Statement(.bindReference(frameSlot: slot, place), at: span)]
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
  ) -> Statement.Kind? {
    let draft = currentFunction.map { functions[$0] }
    let result = draft?.function.result
    let hasUnknownResult = draft?.hasUnknownResult ?? false
    guard let value else {
      if result == nil, !hasUnknownResult { return .result(nil) }
      report(.wrongReturn, "the function has to return a value here", at: span)
      return nil
    }
    guard let result else {
      _ = elaborate(value)
      if hasUnknownResult { return nil }
      report(
        .wrongReturn,
        currentFunction == nil
          ? "a rule returns no value" : "a procedure returns no value", at: value.span)
      return nil
    }
    if result.asScalar != nil {
      let operand = elaborate(value)
      guard let (expression, type) = scalarValue(of: operand, at: value.span),
        let target = result.asScalar
      else { return nil }
      guard let converted = convert(expression, from: type, to: target) else {
        report(
          .typeMismatch,
          "the function returns \(result.description), and this is \(type.description)",
          at: value.span)
        return nil
      }
      return .result(.scalar(converted))
    }
    guard case .aggregate(let aggregate) = elaborateValue(value, as: result, for: "the result")
    else { return nil }
    return .result(.aggregate(aggregate))
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
  /// Whether this is the literal `false`.
  fileprivate var isFalse: Bool {
    if case .literal(0) = kind { return true }
    return false
  }
}
