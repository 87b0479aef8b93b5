import Diagnostics
import TransitionSystem

extension NeedsWalk {
  mutating func walk(_ statements: [Statement]) throws(CutoffRefusal) {
    for statement in statements { try walk(statement) }
  }

  private mutating func walk(_ statement: Statement) throws(CutoffRefusal) {
    try countPart(statement.span)
    let span = statement.span
    switch statement.kind {
    case .assign(let place, let value):
      try walk(value)
      try write(try walk(place), at: span)
    case .copy(let place, let aggregate):
      try walk(aggregate)
      try write(try walk(place), at: span)
    case .clear(let place):
      // The first element is told apart.
      try place.type.forEachScalarsetValue { (type) throws(CutoffRefusal) in
        throw CutoffRefusal(.notInterchangeable(type.name ?? "a scalarset"), at: span)
      }
      try write(try walk(place), at: span)
    case .undefine(let place): try write(try walk(place), at: span)
    case .bindReference(let slot, let place):
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
      try write(try walk(place), at: span)
    case .multisetRemove(let position, let place):
      try walk(position)
      try write(try walk(place), at: span)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      try walkMembers(of: place, slot: slot, predicate)
      try write(try walk(place), at: span)
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
      for value in try values(of: loop) {
        bind(loop.frameSlot, value)
        try walk(body)
      }
      return bind(loop.frameSlot, nil)
    }
    forgetWritten(in: body)
    let mayEnd = !body.allSatisfy(\.isPlain)
    try rounds(over: set, slot: loop.frameSlot, needsOne: mayEnd) {
      walk throws(CutoffRefusal) in try walk.walk(body)
    }
  }

  /// What one round leaves in the frame, another one finds there.
  private mutating func forgetWritten(in body: [Statement]) {
    body.forEachPart { part in
      guard case .place(let place, let use) = part, case .frame = place.base else { return }
      switch use {
      case .write, .update, .reference: bind(place.offset, .unknown)
      case .read: break
      }
    }
  }
}

extension Statement {
  /// Whether it always comes to its end: what is written is a constant, and where to is said by names.
  fileprivate var isPlain: Bool {
    switch kind {
    case .assign(let place, let value):
      guard case .literal = value.kind else { return false }
      return place.indices.allSatisfy(\.value.isName)
    case .undefine(let place): return place.indices.allSatisfy(\.value.isName)
    default: return false
    }
  }
}

extension Expression {
  fileprivate var isName: Bool {
    switch kind {
    case .literal: return true
    case .load(let place):
      if case .frame = place.base { return place.indices.isEmpty }
      return false
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
