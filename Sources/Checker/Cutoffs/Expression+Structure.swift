import TransitionSystem

extension Expression {
  /// What it says, wherever it stands: two that say the same have the same value where their frames have.
  ///
  /// - Parameter bound: Slots of the frame that quantifiers around it run over, the outermost first.
  func structure(_ bound: [Int] = []) -> String {
    switch kind {
    case .literal(let value): "\(value)"
    case .load(let place): place.structure(bound)
    case .arithmetic(let operation, let left, let right):
      "(\(left.structure(bound))\(operation.rawValue)\(right.structure(bound)))"
    case .negate(let operand): "-\(operand.structure(bound))"
    case .bitNot(let operand): "~\(operand.structure(bound))"
    case .compare(let operation, let left, let right):
      "(\(left.structure(bound))\(operation.rawValue)\(right.structure(bound)))"
    case .aggregatesEqual(let left, let right):
      "(\(left.structure(bound))==\(right.structure(bound)))"
    case .not(let operand): "!\(operand.structure(bound))"
    case .and(let left, let right): "(\(left.structure(bound))&\(right.structure(bound)))"
    case .or(let left, let right): "(\(left.structure(bound))|\(right.structure(bound)))"
    case .implies(let left, let right): "(\(left.structure(bound))->\(right.structure(bound)))"
    case .conditional(let condition, let then, let otherwise):
      "(\(condition.structure(bound))?\(then.structure(bound)):\(otherwise.structure(bound)))"
    case .quantified(let quantifier, let loop, let body):
      "(\(quantifier) \(loop.structure(bound)) \(body.structure(bound + [loop.frameSlot])))"
    case .isUndefined(let place): "undefined(\(place.structure(bound)))"
    case .call(let function, let arguments):
      "call\(function)(\(arguments.map { $0.structure(bound) }.joined(separator: ",")))"
    case .handedOn(let operand, let distance): "handed(\(operand.structure(bound)),\(distance))"
    case .isOccupied(let place, let position):
      "occupied(\(place.structure(bound)),\(position.structure(bound)))"
    case .multisetCount(let place, let slot, let predicate):
      "count(\(place.structure(bound)),\(predicate.structure(bound + [slot])))"
    // Nobody asks.
    case .symbolic: "symbolic \(ObjectIdentifier(self))"
    }
  }
}

extension Place {
  fileprivate func structure(_ bound: [Int] = []) -> String {
    if case .frame = base, indices.isEmpty, let depth = bound.lastIndex(of: offset) {
      return "#\(depth)"
    }
    let indices = indices.map { "[\($0.value.structure(bound)),\($0.lower),\($0.stride)]" }.joined()
    // A record and its first field are in one place.
    let kind = if case .scalar = type { "" } else { ":\(type)" }
    return "\(base)+\(offset)\(indices)\(kind)"
  }
}

extension Loop {
  fileprivate func structure(_ bound: [Int] = []) -> String {
    switch domain {
    case .values(let lower, let upper): "\(type.identity):\(lower)..\(upper)"
    case .stepped(let from, let to, let by):
      "\(from.structure(bound))..\(to.structure(bound)),\(by?.structure(bound) ?? "")"
    }
  }
}

extension Aggregate {
  fileprivate func structure(_ bound: [Int] = []) -> String {
    switch self {
    case .place(let place): place.structure(bound)
    case .call(let function, let arguments, _):
      "call\(function)(\(arguments.map { $0.structure(bound) }.joined(separator: ",")))"
    case .conditional(let condition, let then, let otherwise):
      "(\(condition.structure(bound))?\(then.structure(bound)):\(otherwise.structure(bound)))"
    }
  }
}

extension Argument {
  fileprivate func structure(_ bound: [Int] = []) -> String {
    switch self {
    case .value(let expression): expression.structure(bound)
    case .aggregate(let aggregate): aggregate.structure(bound)
    case .reference(let place): "var \(place.structure(bound))"
    case .temporary(let place, let argument):
      "\(place.structure(bound))=\(argument.structure(bound))"
    }
  }
}
