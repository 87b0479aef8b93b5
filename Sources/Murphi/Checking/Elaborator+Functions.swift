import Diagnostics
import TransitionSystem

extension Elaborator {
  mutating func elaborate(_ declaration: FunctionDeclaration) {
    frame = FrameBuilder()
    let result = declaration.result.flatMap { elaborate($0) }
    scopes.push()
    let parameters = elaborateParameters(declaration.parameters)
    let index = functions.count
    functions.append(
      FunctionDraft(
        function: Function(
          name: declaration.name.text, parameters: parameters ?? [], result: result,
          frameSlotCount: 0, body: [], span: declaration.name.span),
        hasUnknownResult: declaration.result != nil && result == nil))
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
      frameSlotCount: frame.slotCount, body: body, span: declaration.name.span)
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
    _ declarations: [ParameterDeclaration]
  ) -> [Function.Parameter]? {
    var parameters: [Function.Parameter] = []
    var isValid = true
    for declaration in declarations {
      let type = elaborate(declaration.type)
      for name in declaration.names {
        guard let type else {
          declare(name, as: .invalid)
          isValid = false
          continue
        }
        let slot = frame.allocate(declaration.isReference ? 1 : type.slotCount)
        let place = Place(
          base: declaration.isReference ? .reference(frameSlot: slot) : .frame,
          offset: declaration.isReference ? 0 : slot, type: type, span: name.span)
        declare(name, as: .place(place, isWritable: declaration.isReference))
        parameters.append(
          .init(
            name: name.text, type: type, isReference: declaration.isReference, frameSlot: slot))
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
    let parameters = functions[index].function.parameters
    guard parameters.count == arguments.count else {
      report(
        .argumentCount,
        "`\(name.text)` takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s"), and "
          + "here \(arguments.count == 1 ? "is" : "are") \(arguments.count)", at: span,
        labels: [.init(functions[index].function.span, "declared here")])
      return nil
    }
    var elaborated: [Argument] = []
    for (parameter, argument) in zip(parameters, arguments) {
      guard let value = elaborateArgument(argument, for: parameter) else { continue }
      elaborated.append(value)
    }
    return elaborated.count == parameters.count ? (index, elaborated) : nil
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

  private mutating func elaborateArgument(
    _ syntax: ExpressionSyntax, for parameter: Function.Parameter
  ) -> Argument? {
    if parameter.isReference {
      guard let place = elaborateTarget(syntax, of: "passed to a `var` parameter") else {
        return nil
      }
      guard place.type.hasSameStructure(as: parameter.type) else {
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
    case .place(let place, _) where place.type.hasSameStructure(as: type):
      mixes.note(place.type, type, at: syntax.span)
      // Rumur hands an undefined value on; only reading it is an error.
      return .aggregate(.place(place))
    case .scalar, .place, .aggregate, .symbolicArray:
      break
    }
    if let target = type.asScalar, operand.type?.asScalar != nil,
      let (value, valueType) = scalarValue(of: operand, at: syntax.span),
      let converted = convert(value, from: valueType, to: target)
    {
      return .value(converted)
    }
    if let aggregate = aggregateValue(of: operand), let actual = operand.type,
      actual.asScalar == nil, actual.hasSameStructure(as: type)
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
}
