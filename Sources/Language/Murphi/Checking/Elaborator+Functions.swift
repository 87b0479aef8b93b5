import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborate(_ declaration: FunctionDeclaration) {
    frame = FrameBuilder()
    let result = declaration.result.flatMap { elaborate($0) }
    scopes.push()
    let index = functions.count
    let declared = elaborateParameters(declaration.parameters, of: index)
    let parameters = declared?.flatMap(\.filled)
    functions.append(
      FunctionDraft(
        function: Function(
          name: declaration.name.text, parameters: parameters ?? [], result: result,
          frameSlotCount: 0, body: [], span: declaration.name.span),
        hasUnknownResult: declaration.result != nil && result == nil, declared: declared ?? []))
    let isValid = parameters != nil && !functions[index].hasUnknownResult
    // The name belongs to the scope around, and may be used in the body.
    let body = withFunctionDeclared(declaration.name, isValid ? .function(index) : .invalid) {
      elaborator in
      elaborator.currentFunction = index
      elaborator.elaborateLocals(declaration.declarations)
      let body = elaborator.elaborate(declaration.body)
      elaborator.currentFunction = nil
      return body
    }
    functions[index].function = Function(
      name: declaration.name.text, parameters: parameters ?? [], result: result,
      resultRemark: functions[index].resultRemark, frameSlotCount: frame.slotCount, body: body,
      span: declaration.name.span)
    scopes.pop()
    declare(declaration.name, as: isValid ? .function(index) : .invalid)
  }

  /// Runs `body` with the function's own name visible, below its parameters and locals.
  private mutating func withFunctionDeclared(
    _ name: Name, _ symbol: Symbol, _ body: (inout Elaborator) -> [Statement]
  ) -> [Statement] {
    if scopes.isDeclaredInnermost(name.text) { return body(&self) }
    scopes.declare(name, as: symbol)
    return body(&self)
  }

  private mutating func elaborateParameters(
    _ declarations: [ParameterDeclaration], of function: Int
  ) -> [DeclaredParameter]? {
    var parameters: [DeclaredParameter] = []
    var isValid = true
    for declaration in declarations {
      let type = elaborate(declaration.type)
      for name in declaration.names {
        guard let type else {
          declare(name, as: .invalid)
          isValid = false
          continue
        }
        let isAliased =
          !declaration.isReference
          && aliasedParameters.contains(.init(function: function, parameter: parameters.count))
        let isReference = declaration.isReference || isAliased && dialect == .cmurphi
        let original = isAliased && !isReference ? frame.allocate(1) : nil
        let slot = frame.allocate(isReference ? 1 : type.slotCount)
        let place = Place(
          base: isReference ? .reference(frameSlot: slot) : .frame,
          offset: isReference ? 0 : slot, type: type, span: name.span)
        declare(name, as: .place(place, isWritable: declaration.isReference))
        if let original {
          frame.copies.append(
            .init(base: .frame, slots: slot..<slot + type.slotCount, original: original))
        }
        parameters.append(
          DeclaredParameter(
            parameter: .init(
              name: name.text, type: type, isReference: isReference, frameSlot: slot),
            original: original.map {
              .init(name: name.text, type: type, isReference: true, frameSlot: $0)
            },
            isAliased: isAliased && isReference))
      }
    }
    return isValid ? parameters : nil
  }

  /// A call whose value is used.
  mutating func elaborateCall(
    _ name: Name, _ arguments: [ExpressionSyntax], at span: SourceSpan
  ) -> Operand {
    guard let (index, elaborated) = elaborateArguments(name, arguments, at: span) else {
      return .invalid
    }
    guard let result = functions[index].function.result else {
      report(
        .wrongReturn, "`\(name.text)` is a procedure: it has no value", at: span)
      return .invalid
    }
    if let type = result.asScalar {
      return .scalar(Expression(.call(function: index, elaborated), at: span), type)
    }
    return .aggregate(.call(function: index, elaborated, span), result)
  }

  /// Resolves a function and hands it its arguments; nil after a complaint.
  mutating func elaborateArguments(
    _ name: Name, _ arguments: [ExpressionSyntax], at span: SourceSpan
  ) -> (function: Int, [Argument])? {
    guard let index = lookUpFunction(name) else {
      for argument in arguments { _ = elaborate(argument) }
      return nil
    }
    let parameters = functions[index].declared
    guard parameters.count == arguments.count else {
      report(
        .argumentCount,
        "`\(name.text)` takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s"), and "
          + "here \(arguments.count == 1 ? "is" : "are") \(arguments.count)", at: span,
        labels: [.init(functions[index].function.span, "declared here")])
      return nil
    }
    var elaborated: [Argument] = []
    var isValid = true
    for (parameter, argument) in zip(parameters, arguments) {
      guard let value = elaborateArgument(argument, for: parameter) else {
        isValid = false
        continue
      }
      elaborated += value
    }
    guard isValid else { return nil }
    notePassed(elaborated, to: index)
    return (index, elaborated)
  }

  private mutating func lookUpFunction(_ name: Name) -> Int? {
    switch scopes.lookUp(name.text) {
    case .function(let index):
      return index
    case .invalid:
      return nil
    case .some(let symbol):
      report(
        .wrongKindOfName, "`\(name.text)` is \(symbol.kindName), not a function", at: name.span)
      return nil
    case nil where Self.functionsOfReals.contains(name.text.lowercased()):
      report(
        .realNumber,
        "`\(name.text)` is CMurphi's function of real numbers, which are not supported",
        at: name.span)
      return nil
    case nil:
      reportUnknown(name.text, "function", at: name.span)
      return nil
    }
  }

  private static let functionsOfReals: Set<String> = [
    "acos", "asin", "atan", "ceil", "cos", "cosh", "exp", "fabs", "floor", "fmod", "log", "log10",
    "pow", "sin", "sinh", "sqrt", "tan", "tanh",
  ]

  /// What is handed to a parameter: where its variable is first, where that is wanted too.
  private mutating func elaborateArgument(
    _ syntax: ExpressionSyntax, for declared: DeclaredParameter
  ) -> [Argument]? {
    let parameter = declared.parameter
    guard declared.isAliased || declared.original != nil else {
      return elaborateArgument(syntax, for: parameter).map { [$0] }
    }
    guard let value = elaborateValue(syntax, as: parameter.type, for: "`\(parameter.name)`") else {
      return nil
    }
    if case .aggregate(let aggregate) = value, let place = aggregate.placeHandedOn {
      if declared.isAliased { return [.reference(place)] }
      return [.reference(original(of: place) ?? place), value]
    }
    let slot = frame.allocate(parameter.type.slotCount)
    let place = Place(base: .frame, offset: slot, type: parameter.type, span: syntax.span)
    let temporary = Argument.temporary(place, value)
    return declared.isAliased ? [temporary] : [temporary, .aggregate(.place(place))]
  }

  private mutating func elaborateArgument(
    _ syntax: ExpressionSyntax, for parameter: Function.Parameter
  ) -> Argument? {
    if parameter.isReference {
      guard let place = elaborateTarget(syntax, of: "passed to a `var` parameter") else {
        return nil
      }
      guard place.type.hasSameStructure(as: parameter.type, in: dialect) else {
        report(
          .typeMismatch,
          "`\(parameter.name)` stands for a variable of type \(parameter.type.description), and "
            + "this is \(place.type.description)", at: syntax.span)
        return nil
      }
      mixes.note(place.type, parameter.type, at: syntax.span)
      return .reference(place)
    }
    return elaborateValue(syntax, as: parameter.type, for: "`\(parameter.name)`")
  }

  /// Notes which parameters of a call stand for variables in CMurphi.
  private mutating func notePassed(_ arguments: [Argument], to function: Int) {
    var position = 0
    let parameters = functions[function].declared
    let references = arguments.compactMap { argument -> Place? in
      if case .reference(let place) = argument { resolved(place) } else { nil }
    }
    for (number, declared) in parameters.enumerated() {
      let argument = arguments[position + declared.filled.count - 1]
      position += declared.filled.count
      guard case .aggregate(let aggregate) = argument, let place = aggregate.placeHandedOn else {
        continue
      }
      passed.append(
        .init(
          function: function, parameter: number, place: resolved(original(of: place) ?? place),
          references: references))
    }
  }

  /// What an alias stands for; other places as they are.
  private func resolved(_ place: Place) -> Place {
    guard case .reference(let slot) = place.base, let target = frame.aliased[slot] else {
      return place
    }
    return resolved(target)
  }

  /// A value that is handed over: to a parameter, or into a multiset.
  mutating func elaborateValue(
    _ syntax: ExpressionSyntax, as type: ValueType, for use: String
  ) -> Argument? {
    let operand = elaborate(syntax)
    switch operand {
    case .invalid:
      return nil
    case .undefined:
      // A slot that nothing is ever assigned to.
      let slot = frame.allocate(type.slotCount)
      return .aggregate(.place(Place(base: .frame, offset: slot, type: type, span: syntax.span)))
    case .place(let place, _)
    where place.type.hasSameStructure(as: type, in: dialect) && isPassedWhole(place.type, as: type):
      mixes.note(place.type, type, at: syntax.span)
      // An undefined value is handed on; only reading it is an error.
      return .aggregate(copied(place))
    case .scalar, .place, .aggregate, .symbolicArray:
      break
    }
    if let target = type.asScalar,
      let value = transferred(operand, syntax, to: target, by: .parameter)
    {
      return .value(value)
    }
    if let aggregate = aggregateValue(of: operand), let actual = operand.type,
      actual.asScalar == nil, actual.hasSameStructure(as: type, in: dialect)
    {
      mixes.note(actual, type, at: syntax.span)
      return .aggregate(aggregate)
    }
    report(
      .typeMismatch,
      "\(use) is of type \(type.description), and this is "
        + (operand.type?.description ?? "something else"), at: syntax.span)
    return nil
  }

  /// Whether a variable of one type goes to a parameter of another slot by slot. CMurphi reads a number
  /// for a parameter of another range.
  private func isPassedWhole(_ type: ValueType, as target: ValueType) -> Bool {
    guard dialect == .cmurphi, let from = type.asScalar, let to = target.asScalar else {
      return true
    }
    return from.isDeclaredAs(to)
  }
}

extension Aggregate {
  /// The place that is handed on as it is, noted or not.
  fileprivate var placeHandedOn: Place? {
    switch self {
    case .place(let place): place
    case .call: nil
    case .conditional(_, .place(let then), .place(let otherwise)):
      then === otherwise ? then : nil
    case .conditional: nil
    }
  }
}
