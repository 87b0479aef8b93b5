import Diagnostics
import TransitionSystem

/// What only names and types show: found in the elaborated system.
extension Linter {
  mutating func lintMeaning(_ system: TransitionSystem) {
    for rule in system.startStates + system.rules where !isStopped() {
      rule.guardExpression?.forEachPart { lint($0) }
      rule.body.forEachPart { lint($0) }
    }
    for function in system.functions where !isStopped() { function.body.forEachPart { lint($0) } }
    for property in system.properties where !isStopped() {
      property.expression.forEachPart { lint($0) }
    }
  }

  private mutating func lint(_ part: Part) {
    switch part {
    case .expression(let expression): lint(expression)
    case .statement(let statement): lint(statement)
    case .place, .call: break
    }
  }

  private mutating func lint(_ expression: Expression) {
    switch expression.kind {
    case .aggregatesEqual(let left, _) where left.isWhole && expression.span != .none:
      cmurphi("CMurphi compares single values, not whole records or arrays", at: expression.span)
    case .quantified(_, let loop, _):
      lint(loop)
    default:
      break
    }
  }

  private mutating func lint(_ statement: Statement) {
    switch statement.kind {
    case .forLoop(let loop, _):
      lint(loop)
    case .clear(let place) where place.type.hasScalarset:
      cmurphi("CMurphi clears nothing that holds an element of a scalarset", at: statement.span)
    case .multisetAdd(.value(let value), _):
      if case .load = value.kind { return }
      cmurphi(
        "CMurphi adds a variable to a multiset, not the value of an expression", at: value.span)
    case .multisetAdd(.aggregate(.call(_, _, let span)), _):
      cmurphi("CMurphi adds a variable to a multiset, not the result of a call", at: span)
    default:
      break
    }
  }

  private mutating func lint(_ loop: Loop) {
    guard case .stepped(let from, let to, let step) = loop.domain else { return }
    for bound in [from, to] where bound.isPlaceOfNoNumber {
      cmurphi("CMurphi's loops run between numbers", at: bound.span)
    }
    guard let step else { return }
    if case .literal = step.kind { return }
    cmurphi("CMurphi's steps are constants", at: step.span)
  }
}

extension Expression {
  /// Whether it reads a place that holds an element or a member, and no number.
  fileprivate var isPlaceOfNoNumber: Bool {
    guard case .load(let place) = kind, let type = place.type.asScalar else { return false }
    return type.kind != .range
  }
}

extension Aggregate {
  /// Whether it is a record, an array or a multiset, and not a single value.
  fileprivate var isWhole: Bool {
    switch self {
    case .place(let place): place.type.asScalar == nil
    case .call: true
    case .conditional(_, let then, _): then.isWhole
    }
  }
}

extension ValueType {
  /// Whether a single value of it may be an element of a scalarset that has several.
  fileprivate var hasScalarset: Bool {
    switch self {
    case .scalar(let type): type.hasScalarset
    case .array(_, let element), .multiset(_, let element): element.hasScalarset
    case .record(let fields): fields.contains { $0.type.hasScalarset }
    }
  }
}

extension ScalarType {
  fileprivate var hasScalarset: Bool {
    switch kind {
    case .scalarset: upper > 0
    case .union(let members): members.contains { $0.type.hasScalarset }
    case .boolean, .range, .enumeration, .multisetIndex, .address: false
    }
  }
}
