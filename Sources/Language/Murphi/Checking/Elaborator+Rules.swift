import Diagnostics
import TransitionSystem

/// What stands around a rule, outermost first. It is elaborated anew for each rule, because each
/// rule has a frame of its own.
enum RuleContextEntry {
  case parameter(QuantifierSyntax)
  case choice(ChoiceSyntax)
  case alias(AliasDeclaration)
}

/// What the entries around a rule amount to.
private struct ElaboratedContext {
  var parameters: [RuleParameter] = []
  /// That the places chosen from multisets hold members.
  var conditions: [Expression] = []
  /// Whether a guard goes before conditions that it does not depend on.
  var guardGoesFirst = false
  /// Conditions that are true, or an error where an alias cannot be evaluated.
  var evaluatedAliases: [Expression] = []
  var isValid = true

  /// What has to hold for a rule with a guard to fire, in the order in which it is evaluated.
  ///
  /// CMurphi looks at the guard before it asks for a member of a multiset that the guard does not
  /// mention (`simplerule::generate_code` in src/cpp_code.cpp of 5.4.9): the guard may be an error
  /// although there is nothing to choose.
  func conditions(around condition: Expression?) -> [Expression] {
    guard let condition else { return conditions + evaluatedAliases }
    guard guardGoesFirst else { return conditions + evaluatedAliases + [condition] }
    let needed = conditions.filter { condition.mentions(parameterOf: $0) }
    let others = conditions.filter { !condition.mentions(parameterOf: $0) }
    let isEarly = { (alias: Expression) in !others.contains { alias.mentions(parameterOf: $0) } }
    return needed + evaluatedAliases.filter(isEarly) + [condition] + others
      + evaluatedAliases.filter { !isEarly($0) }
  }
}

extension Expression {
  /// Whether a slot of the frame is read that the position of a chosen member stands in.
  fileprivate func mentions(parameterOf condition: Expression) -> Bool {
    guard case .isOccupied(_, let position) = condition.kind,
      case .load(let parameter) = position.kind
    else { return true }
    var found = false
    forEachPart { part in
      if case .place(let place, _) = part, place.base == .frame, place.offset == parameter.offset {
        found = true
      }
    }
    return found
  }
}

extension Elaborator {
  mutating func elaborate(_ syntax: RuleSyntax) {
    if isStopped() { return }
    switch syntax.kind {
    case .rule(let rule): elaborate(rule, at: syntax.span)
    case .startState(let startState): elaborate(startState, at: syntax.span)
    case .property(let kind, let message, let expression):
      elaborateProperty(kind, message, expression, at: syntax.span)
    case .measure(let message, let expression):
      elaborateMeasure(message, expression, at: syntax.span)
    case .ruleset(let quantifiers, let rules):
      checkNames(quantifiers.map(\.name))
      elaborate(rules, within: quantifiers.map { .parameter($0) })
    case .alias(let aliases, let rules):
      elaborate(rules, within: aliases.map { .alias($0) })
    case .choose(let choices, let rules):
      elaborate(rules, within: choices.map { .choice($0) })
    }
  }

  /// Complains about a name that one ruleset binds twice.
  private mutating func checkNames(_ names: [Name]) {
    for (position, name) in names.enumerated() where !isStopped() {
      guard let earlier = names[..<position].first(where: { $0 == name }) else { continue }
      report(
        .duplicateName, "the ruleset binds `\(name.text)` twice", at: name.span,
        labels: [.init(earlier.span, "first here")])
    }
  }

  private mutating func elaborate(_ rules: [RuleSyntax], within entries: [RuleContextEntry]) {
    context.append(contentsOf: entries)
    for rule in rules { elaborate(rule) }
    context.removeLast(entries.count)
  }

  private mutating func elaborate(_ syntax: SimpleRuleSyntax, at span: SourceSpan) {
    scopes.push()
    var context = enterContext()
    let condition = syntax.guardExpression.map { elaborateCondition($0, of: "a guard") }
    let conditions = context.conditions(around: condition)
    let body = elaborateBody(syntax.declarations, syntax.body)
    scopes.pop()
    checkInstanceCount(&context, at: span)
    guard context.isValid else { return }
    rules.append(
      Rule(
        name: syntax.name ?? "rule \(rules.count + 1)", parameters: context.parameters,
        guardExpression: conjunction(conditions), frameSlotCount: frame.slotCount, body: body,
        priority: syntax.priority ?? 0, span: span))
  }

  private mutating func elaborate(_ syntax: StartStateSyntax, at span: SourceSpan) {
    scopes.push()
    var context = enterContext()
    let body = elaborateBody(syntax.declarations, syntax.body)
    scopes.pop()
    checkInstanceCount(&context, at: span)
    guard context.isValid else { return }
    startStates.append(
      Rule(
        name: syntax.name ?? "startstate \(startStates.count + 1)", parameters: context.parameters,
        guardExpression: conjunction(context.conditions), frameSlotCount: frame.slotCount,
        body: body, span: span))
  }

  /// A body: aliases around it are bound first, so that what it changes does not move them.
  private mutating func elaborateBody(
    _ declarations: [DeclarationSyntax], _ statements: [StatementSyntax]
  ) -> [Statement] {
    var bindings: [Statement] = []
    scopes.push()
    defer { scopes.pop() }
    for entry in context {
      if case .alias(let alias) = entry { bindings += bindAlias(alias) }
    }
    scopes.push()
    defer { scopes.pop() }
    elaborateLocals(declarations)
    return bindings + elaborate(statements)
  }

  private mutating func elaborateProperty(
    _ kind: PropertyKind, _ message: String?, _ syntax: ExpressionSyntax, at span: SourceSpan
  ) {
    scopes.push()
    defer { scopes.pop() }
    var context = enterContext()
    let asserted = elaborateCondition(syntax, of: "what `\(kind.rawValue)` says")
    let condition = conjunction(context.evaluatedAliases + [asserted]) ?? asserted
    checkInstanceCount(&context, isProperty: true, at: span)
    guard context.isValid else { return }
    let name = message ?? source.text(of: syntax.span)
    if kind == .assume, context.conditions.isEmpty, isAboutLayout(condition) {
      layoutAssumptions.append(
        Property(
          kind: .assumption, name: name, parameters: context.parameters, expression: condition,
          frameSlotCount: frame.slotCount, span: syntax.span))
      return
    }
    var cover: Int?
    if kind == .cover {
      covers.append(Cover(name: name, span: span))
      cover = covers.count - 1
    }
    properties.append(
      Property(
        kind: kind.propertyKind, name: name, parameters: context.parameters,
        expression: restricted(condition, kind, by: context.conditions),
        frameSlotCount: frame.slotCount, cover: cover, span: syntax.span))
  }

  private mutating func elaborateMeasure(
    _ message: String, _ syntax: ExpressionSyntax, at span: SourceSpan
  ) {
    measureSpans.append(span)
    scopes.push()
    defer { scopes.pop() }
    var context = enterContext()
    let operand = elaborate(syntax)
    guard let (value, type) = scalarValue(of: operand, at: syntax.span) else { return }
    guard type.isNumber || type.isBoolean || type.isAddress else {
      report(
        .typeMismatch,
        "a measure has to be a number or an address, and this is \(type.description)",
        at: syntax.span)
      return
    }
    guard context.conditions.isEmpty else {
      report(.misplacedProperty, "a measure cannot stand in `choose`", at: span)
      return
    }
    checkInstanceCount(&context, isProperty: true, at: span)
    guard context.isValid else { return }
    properties.append(
      Property(
        kind: .measure, name: message, parameters: context.parameters, expression: value,
        frameSlotCount: frame.slotCount, isAddress: type.isAddress, span: syntax.span))
  }

  /// Declares what is around the rule, parameters in the first slots of a new frame.
  private mutating func enterContext() -> ElaboratedContext {
    var result = ElaboratedContext()
    result.guardGoesFirst = dialect == .cmurphi
    let parameterCount = context.reduce(0) { count, entry in
      if case .alias = entry { return count }
      return count + 1
    }
    frame = FrameBuilder(reserving: parameterCount)
    for entry in context where !isStopped() {
      // Each in a scope of its own: an inner name may hide an outer one.
      switch entry {
      case .parameter(let quantifier):
        let parameter = elaborateParameter(quantifier)
        declareParameter(quantifier.name, parameter, in: &result)
      case .choice(let choice):
        let found = elaborateMultiset(choice.multiset)
        let parameter = found.map {
          RuleParameter(
            name: choice.name.text, type: .multisetIndex(capacity: $0.capacity),
            values: .all(0, Int64($0.capacity) - 1))
        }
        declareParameter(choice.name, parameter, in: &result)
        guard let found, let symbol = scopes.lookUp(choice.name.text),
          case .place(let place, _) = symbol
        else { continue }
        let position = Expression(.load(place), at: choice.name.span)
        result.conditions.append(
          Expression(.isOccupied(found.place, position: position), at: choice.name.span))
      case .alias(let alias):
        let operand = elaborate(alias.value)
        let isPart = !isVariable(alias.value)
        if let evaluated = evaluated(
          operand, besideParameters: parameterCount, at: alias.value.span)
        {
          result.evaluatedAliases.append(evaluated)
        }
        let symbol: Symbol
        switch operand {
        case .place(let place, let isWritable): symbol = .place(place, isWritable: isWritable)
        case .scalar, .aggregate, .symbolicArray: symbol = .value(operand)
        case .undefined, .invalid: symbol = .invalid
        }
        scopes.declare(alias.name, as: symbol)
        if isPart { scopes.markAliasOfPart(alias.name.text) }
      }
    }
    return result
  }

  private mutating func declareParameter(
    _ name: Name, _ parameter: RuleParameter?, in context: inout ElaboratedContext
  ) {
    guard let parameter else {
      context.isValid = false
      scopes.declare(name, as: .invalid)
      return
    }
    let place = Place(
      base: .frame, offset: context.parameters.count, type: .scalar(parameter.type),
      span: name.span)
    // As in Rumur: a body may assign to a parameter, which is its own copy.
    scopes.declare(name, as: .place(place, isWritable: true))
    context.parameters.append(parameter)
  }

  private mutating func elaborateParameter(_ quantifier: QuantifierSyntax) -> RuleParameter? {
    switch quantifier.domain {
    case .type(let syntax):
      guard let type = elaborateScalar(syntax, for: "`\(quantifier.name.text)`") else {
        return nil
      }
      guard let count = type.valueCount, count <= Self.maximumInstanceCount else {
        report(
          .tooManyRules, "`\(quantifier.name.text)` has too many values for a ruleset",
          at: syntax.span)
        return nil
      }
      return RuleParameter(
        name: quantifier.name.text, type: type, values: .all(type.lower, type.upper))
    case .range(let from, let to, let by):
      let first = elaborate(from)
      let last = elaborate(to)
      let step = by.map { ($0, elaborate($0)) }
      guard let (start, _) = constantValue(of: first, at: from.span),
        let (end, _) = constantValue(of: last, at: to.span)
      else { return nil }
      var stride: Int64 = 1
      if let (syntax, operand) = step {
        guard let (value, _) = constantValue(of: operand, at: syntax.span) else { return nil }
        stride = value
      }
      return steppedParameter(quantifier.name, start, end, stride, at: to.span)
    }
  }

  private mutating func steppedParameter(
    _ name: Name, _ start: Int64, _ end: Int64, _ stride: Int64, at span: SourceSpan
  ) -> RuleParameter? {
    guard stride != 0, start == end || (start < end) == (stride > 0) else {
      report(
        .zeroStep, "the ruleset never ends: \(start) to \(end) by \(stride)",
        at: name.span.joined(with: span))
      return nil
    }
    let distance = end.subtractingReportingOverflow(start)
    guard !distance.overflow, distance.partialValue / stride < Int64(Self.maximumInstanceCount)
    else {
      report(.tooManyRules, "`\(name.text)` has too many values for a ruleset", at: name.span)
      return nil
    }
    let count = Int(distance.partialValue / stride) + 1
    let type = ScalarType(kind: .range, lower: min(start, end), upper: max(start, end))
    return RuleParameter(
      name: name.text, type: type, values: .stepped(first: start, step: stride, count: count))
  }

  private mutating func checkInstanceCount(
    _ context: inout ElaboratedContext, isProperty: Bool = false, at span: SourceSpan
  ) {
    let limit = isProperty ? Self.maximumPropertyInstanceCount : Self.maximumInstanceCount
    var count = 1
    for parameter in context.parameters {
      let (product, overflow) = count.multipliedReportingOverflow(by: parameter.count)
      count = overflow ? .max / 2 : min(product, .max / 2)
    }
    let sum = count + (isProperty ? propertyInstanceCount : instanceCount)
    if isProperty { propertyInstanceCount = sum } else { instanceCount = sum }
    guard sum > limit else { return }
    if isProperty { propertyInstanceCount = 0 } else { instanceCount = 0 }
    context.isValid = false
    report(
      .tooManyRules,
      isProperty
        ? "the rulesets stand for more than \(limit) properties, too many to look at in each state"
        : "the rulesets stand for more than \(limit) rules, too many to try in each state", at: span
    )
  }

  private func conjunction(_ conditions: [Expression]) -> Expression? {
    guard let first = conditions.first else { return nil }
    return conditions.dropFirst().reduce(first) { partial, condition in
      Expression(.and(partial, condition), at: condition.span)
    }
  }

  /// A property about what is chosen from multisets is about the places that hold members.
  private func restricted(
    _ condition: Expression, _ kind: PropertyKind, by conditions: [Expression]
  ) -> Expression {
    guard let occupied = conjunction(conditions) else { return condition }
    let span = condition.span
    return kind == .cover
      ? Expression(.and(occupied, condition), at: span)
      : Expression(.implies(occupied, condition), at: span)
  }
}

extension PropertyKind {
  /// What the word means beside the rules.
  fileprivate var propertyKind: Property.Kind {
    switch self {
    case .assert, .invariant: .invariant
    case .assume: .assumption
    case .cover: .cover
    case .liveness: .liveness
    }
  }
}
