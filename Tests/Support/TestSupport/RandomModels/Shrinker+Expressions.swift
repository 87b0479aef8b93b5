extension Expression {
  /// The expressions that are one step smaller: a part of this one, a literal, or this one with a
  /// smaller part. Their types may differ from this one's; the type checker sorts them out.
  var reductions: [Expression] {
    switch self {
    case .number(let value):
      return value == 0 ? [] : value == 1 ? [.number(0)] : [.number(0), .number(1)]
    case .boolean(let value): return value ? [] : [.boolean(true)]
    case .name: return [.number(0), .number(1)]
    case .place(let place):
      return Self.literals + place.indices + place.reductions.map { .place($0) }
    case .unary(let operation, let operand):
      return Self.literals + [operand] + operand.reductions.map { .unary(operation, $0) }
    case .binary(let operation, let left, let right):
      return Self.literals + [left, right]
        + left.reductions.map { .binary(operation, $0, right) }
        + right.reductions.map { .binary(operation, left, $0) }
    case .conditional(let condition, let then, let otherwise):
      return Self.literals + [condition, then, otherwise]
        + condition.reductions.map { .conditional($0, then: then, otherwise: otherwise) }
        + then.reductions.map { .conditional(condition, then: $0, otherwise: otherwise) }
        + otherwise.reductions.map { .conditional(condition, then: then, otherwise: $0) }
    case .quantified(let quantifier, let binder, let body):
      return Self.literals + [body]
        + body.reductions.map { .quantified(quantifier, binder, $0) }
        + binder.reductions.map { .quantified(quantifier, $0, body) }
    case .isUndefined(let place):
      return Self.literals + place.reductions.map { .isUndefined($0) }
    case .call(let name, let arguments):
      return Self.literals + arguments + arguments.oneReduced.map { .call(name, $0) }
    }
  }

  private static let literals: [Expression] = [
    .boolean(true), .boolean(false), .number(0), .number(1),
  ]
}

extension [Expression] {
  /// The lists in which one expression is a step smaller.
  var oneReduced: [[Expression]] {
    indices.flatMap { index in
      self[index].reductions.map { smaller in
        var copy = self
        copy[index] = smaller
        return copy
      }
    }
  }
}

extension Place {
  fileprivate var indices: [Expression] {
    steps.compactMap { if case .element(let index) = $0 { index } else { nil } }
  }

  /// The places that have a smaller index expression.
  var reductions: [Place] {
    steps.indices.flatMap { position -> [Place] in
      guard case .element(let index) = steps[position] else { return [] }
      return index.reductions.map { smaller in
        var copy = self
        copy.steps[position] = .element(smaller)
        return copy
      }
    }
  }
}

extension Binder {
  /// The same parameter with simpler bounds.
  var reductions: [Binder] {
    guard case .span(let name, let from, let to, let step) = self else { return [] }
    let withoutStep: [Binder] = step == nil ? [] : [.span(name, from: from, to: to, step: nil)]
    return withoutStep
      + from.reductions.map { .span(name, from: $0, to: to, step: step) }
      + to.reductions.map { .span(name, from: from, to: $0, step: step) }
  }
}
