import Diagnostics
import TransitionSystem

extension NeedsWalk {
  mutating func walk(_ statements: some Sequence<Statement>) throws(CutoffRefusal) {
    for statement in statements { try walk(statement) }
  }

  private mutating func walk(_ statement: Statement) throws(CutoffRefusal) {
    try countPart(statement.span)
    let span = statement.span
    switch statement.kind {
    case .assign(let place, let value):
      let found = isLoose(place) ? try evaluateName(value) : try evaluate(value)
      try assign(found, value, to: place, at: span)
    case .copy(let place, let aggregate):
      guard sizes.bounds[place.span] == nil else { throw CutoffRefusal(.sumIsUsed, at: span) }
      if isLoose(place), case .place(let source) = aggregate, isLoose(source) {
        _ = try walk(source)
      } else {
        try walk(aggregate)
      }
      try write(try walk(place, isTarget: true), of: place.type, at: span)
    case .clear(let place):
      // The first element is told apart.
      try place.type.forEachScalarsetValue { (type) throws(CutoffRefusal) in
        throw CutoffRefusal(.notInterchangeable(type.name ?? "a scalarset"), at: span)
      }
      try write(try walk(place, isTarget: true), of: place.type, at: span)
    case .undefine(let place):
      try write(try walk(place, isTarget: true), of: place.type, at: span)
    case .bindReference(let slot, let place):
      guard sizes.bounds[place.span] == nil else { throw CutoffRefusal(.sumIsUsed, at: span) }
      let target = try walk(place)
      frames[frames.count - 1].references[slot] = target
    case .conditional(let clauses, let otherwise): try walk(clauses[...], otherwise)
    case .whileLoop(let condition, let body):
      forgetWritten(in: body)
      try repeated(at: span) { walk throws(CutoffRefusal) in
        try walk.walk(condition)
        try walk.walk(body)
      }
    case .forLoop(let loop, let body): try walk(loop, body)
    case .call(let function, let arguments):
      try call(function, arguments, at: span, keeping: .value)
    case .result(.scalar(let value)?): try walk(value)
    case .result(.aggregate(let aggregate)?): try walk(aggregate)
    case .assertion(let condition, _), .assumption(let condition), .cover(let condition, _),
      .put(let condition, _):
      try walk(condition)
    case .putPlace(let place, _): _ = try walk(place)
    case .multisetAdd(let argument, let place):
      try walkArgument(argument)
      try write(try walk(place), of: place.type, at: span)
    case .multisetRemove(let position, let place):
      try walk(position)
      try write(try walk(place), of: place.type, at: span)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      // One after another is removed, and the predicate is asked of what is left.
      try walkMembers(of: place, slot: slot, predicate) { walk throws(CutoffRefusal) in
        try walk.write(try walk.walk(place), of: place.type, at: span)
      }
    case .result(nil), .error, .putText: break
    }
  }

  private mutating func walk(
    _ clauses: ArraySlice<(condition: Expression, body: [Statement])>, _ otherwise: [Statement]
  ) throws(CutoffRefusal) {
    guard let first = clauses.first else { return try walk(otherwise) }
    switch try walk(first.condition).truth {
    case true?: try walk(first.body)
    case false?: try walk(clauses.dropFirst(), otherwise)
    case nil:
      try oneOf(2) { walk, number throws(CutoffRefusal) in
        if number == 0 { return try walk.walk(first.body) }
        try walk.walk(clauses.dropFirst(), otherwise)
      }
    }
  }

  private mutating func walk(_ loop: Loop, _ body: [Statement]) throws(CutoffRefusal) {
    guard let set = try scalarset(of: loop) else {
      var isStepped = false
      if case .stepped = loop.domain { isStepped = true }
      if isStepped { forgetWritten(in: body) }
      for value in try values(of: loop) {
        beginRound(of: loop)
        bind(loop.frameSlot, value)
        if isStepped {
          try repeating { walk throws(CutoffRefusal) in try walk.walk(body) }
        } else {
          try walk(body)
        }
      }
      return bind(loop.frameSlot, nil)
    }
    if let count = CountingLoop(loop, body) { return try walk(count, over: set) }
    forgetWritten(in: body)
    // It stands for any element.
    bind(loop.frameSlot, .element(-1))
    let mayEnd = !body.allSatisfy(isPlain)
    try rounds(over: set, slot: loop.frameSlot, needsOne: mayEnd) {
      walk throws(CutoffRefusal) in try walk.walk(body)
    }
  }

  /// What one round leaves in the frame, another one finds there.
  private mutating func forgetWritten(in body: [Statement]) {
    body.forEachPart { part in
      guard case .place(let place, let use) = part, case .frame = place.base else { return }
      switch use {
      case .write, .update, .reference:
        bind(place.offset, isSum(place.offset) ? .mixedSum : .unknown)
      case .read: break
      }
    }
  }
}

extension NeedsWalk {
  /// Whether it comes to its end for every element, whatever the state.
  fileprivate func isPlain(_ statement: Statement) -> Bool {
    switch statement.kind {
    case .assign(let place, let value):
      return place.indices.allSatisfy(isSure) && isSure(value, within: place.bounds)
    case .undefine(let place): return place.indices.allSatisfy(isSure)
    case .conditional(let clauses, let otherwise):
      return otherwise.allSatisfy(isPlain)
        && clauses.allSatisfy { isSure($0.condition, within: 0...1) && $0.body.allSatisfy(isPlain) }
    default: return false
    }
  }

  private func isSure(_ index: Place.Index) -> Bool {
    index.count > 0
      && isSure(index.value, within: index.lower...index.lower + Int64(index.count) - 1)
  }

  /// Whether an expression has a value within bounds for every element, whatever the state.
  private func isSure(_ expression: Expression, within bounds: ClosedRange<Int64>) -> Bool {
    switch expression.kind {
    case .literal(let value):
      return sizes.scalarsets[expression.span] == nil && bounds.contains(value)
    case .load(let place):
      guard case .frame = place.base, place.indices.isEmpty else { return false }
      switch frames[frames.count - 1].values[place.offset] {
      case .number(let value)?: return bounds.contains(value)
      case .element?: return true
      case .unknown?, .sum?, nil: return false
      }
    case .not(let operand): return isSure(operand, within: 0...1)
    case .handedOn(let operand, plus: 0): return isSure(operand, within: bounds)
    case .and(let left, let right), .or(let left, let right), .implies(let left, let right):
      return isSure(left, within: 0...1) && isSure(right, within: 0...1)
    case .compare(_, let left, let right):
      let all = Int64.min...Int64.max
      return isSure(left, within: all) && isSure(right, within: all)
    case .conditional(let condition, let then, let otherwise):
      return isSure(condition, within: 0...1) && isSure(then, within: bounds)
        && isSure(otherwise, within: bounds)
    default: return false
    }
  }
}

extension ValueType {
  /// Calls `body` with each scalarset that values in it are of.
  fileprivate func forEachScalarsetValue(
    _ body: (ScalarType) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    switch self {
    case .scalar(let type): for set in type.scalarsets { try body(set) }
    case .array(_, let element), .multiset(_, let element): try element.forEachScalarsetValue(body)
    case .record(let fields): for field in fields { try field.type.forEachScalarsetValue(body) }
    }
  }
}
