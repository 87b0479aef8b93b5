import Diagnostics
import TransitionSystem

extension Elaborator {
  /// A name where a value or a variable is wanted.
  mutating func elaborateName(_ name: String, at span: SourceSpan) -> Operand {
    switch scopes.lookUp(name) {
    case .constant(let value, let type):
      bounds.meet(name)
      return .scalar(Expression(.literal(value), at: span), type)
    case .place(let place, let isWritable):
      return copied(.place(place.at(span), isWritable: isWritable), at: span)
    case .value(let operand):
      return copied(operand, at: span)
    case .symbolic(let constant):
      return symbolicOperand(constant, at: span)
    case .invalid:
      return .invalid
    case .type, .function:
      let kind = scopes.lookUp(name)?.kindName ?? "a name"
      report(.wrongKindOfName, "`\(name)` is \(kind), not a value", at: span)
      return .invalid
    case nil:
      reportUnknown(name, "name", at: span)
      return .invalid
    }
  }

  mutating func elaborateField(
    of record: ExpressionSyntax, _ field: Name, at span: SourceSpan
  ) -> Operand {
    guard case .place(let place, let isWritable) = elaborateAggregateBase(record) else {
      return .invalid
    }
    guard case .record(let fields) = place.type else {
      report(
        .wrongOperandType, "`.\(field.text)` needs a record, and this is \(place.type.description)",
        at: record.span)
      return .invalid
    }
    var offset = 0
    for candidate in fields {
      if candidate.name == field.text {
        let narrowed = Place(
          base: place.base, offset: place.offset + offset, indices: place.indices,
          type: candidate.type, span: span)
        return .place(narrowed, isWritable: isWritable)
      }
      offset += candidate.type.slotCount
    }
    report(
      .unknownField, "the record has no field `\(field.text)`", at: field.span,
      hint: didYouMean(field.text, among: Set(fields.map(\.name))))
    return .invalid
  }

  mutating func elaborateElement(
    of array: ExpressionSyntax, index: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    let base = elaborateAggregateBase(array)
    let indexOperand = elaborate(index)
    if case .symbolicArray(let first, let indices, let rest) = base {
      return elaborateSymbolicElement(
        of: array, first: first, indices, rest, index: index, indexOperand, at: span)
    }
    guard case .place(let place, let isWritable) = base else { return .invalid }
    switch place.type {
    case .array(let indexType, let element):
      guard let (value, type) = scalarValue(of: indexOperand, at: index.span) else {
        return .invalid
      }
      guard let position = convert(value, from: type, to: indexType) else {
        report(
          .typeMismatch,
          "the array is indexed by \(indexType.description), and this is \(type.description)",
          at: index.span)
        return .invalid
      }
      let narrowed = place.indexed(
        by: position, lower: indexType.lower, count: indexType.valueCount ?? 0,
        stride: element.slotCount, offset: 0, type: element, span: span)
      return .place(narrowed, isWritable: isWritable)
    case .multiset(let capacity, let element):
      guard let (value, type) = scalarValue(of: indexOperand, at: index.span) else {
        return .invalid
      }
      guard type.kind == .multisetIndex else {
        report(
          .typeMismatch, "a multiset is indexed by what `choose` or the like runs over",
          at: index.span)
        return .invalid
      }
      // The member stands behind the slot that says whether there is one.
      let narrowed = place.indexed(
        by: value, lower: 0, count: capacity, stride: element.slotCount + 1, offset: 1,
        type: element, span: span)
      return .place(narrowed, isWritable: isWritable)
    case .scalar, .record:
      report(
        .wrongOperandType,
        "`[…]` needs an array or a multiset, and this is "
          + place.type.description, at: array.span)
      return .invalid
    }
  }

  /// What stands before `.field` or `[index]`.
  private mutating func elaborateAggregateBase(_ syntax: ExpressionSyntax) -> Operand {
    let operand = elaborate(syntax)
    switch operand {
    case .place, .symbolicArray, .invalid:
      return operand
    case .scalar, .aggregate, .undefined:
      report(.wrongOperandType, "only variables have fields and elements", at: syntax.span)
      return .invalid
    }
  }

  /// A designator that is written to.
  mutating func elaborateTarget(_ syntax: ExpressionSyntax, of action: String) -> Place? {
    switch elaborate(syntax) {
    case .place(let place, let isWritable):
      if isWritable { return place }
      report(
        .notAssignable, "`\(source.text(of: syntax.span))` cannot be \(action): it is read-only",
        at: syntax.span,
        hint: "a parameter is writable if it is declared with `var`")
      return nil
    case .scalar, .aggregate, .symbolicArray, .undefined:
      report(
        .notAssignable, "only variables can be \(action), and this is a value", at: syntax.span)
      return nil
    case .invalid:
      return nil
    }
  }

  /// A designator that has to be a multiset.
  mutating func elaborateMultiset(
    _ syntax: ExpressionSyntax
  ) -> (place: Place, capacity: Int, element: ValueType)? {
    switch elaborate(syntax) {
    case .place(let place, _):
      if case .multiset(let capacity, let element) = place.type {
        return (place, capacity, element)
      }
      report(
        .wrongOperandType, "this needs a multiset, and this is \(place.type.description)",
        at: syntax.span)
      return nil
    case .scalar, .aggregate, .symbolicArray, .undefined:
      report(.wrongOperandType, "this needs a multiset", at: syntax.span)
      return nil
    case .invalid:
      return nil
    }
  }
}

extension Place {
  /// An element of the place. An index that is known and in range needs no work at run time.
  func indexed(
    by value: Expression, lower: Int64, count: Int, stride: Int, offset: Int, type: ValueType,
    span: SourceSpan
  ) -> Place {
    if case .value(let known) = value.folded, known >= lower, known - lower < Int64(count) {
      return Place(
        base: base, offset: self.offset + offset + Int(known - lower) * stride, indices: indices,
        type: type, span: span)
    }
    let index = Index(value: value, lower: lower, count: count, stride: stride, span: value.span)
    return Place(
      base: base, offset: self.offset + offset, indices: indices + [index], type: type, span: span)
  }
}
