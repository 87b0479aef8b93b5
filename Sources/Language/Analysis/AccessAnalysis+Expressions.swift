import TransitionSystem

extension AccessAnalysis {
  /// Notes what an expression reads and writes, and returns what its value may be. No value at all
  /// says that it is an error.
  mutating func evaluate(_ expression: Expression) throws(Overrun) -> ValueSet {
    try spend()
    switch expression.kind {
    case .literal(let value):
      return ValueSet(value)
    case .load(let place):
      let target = try resolve(place)
      read(target, slotCount: 1)
      return value(at: target, within: place.bounds)
    case .arithmetic(let operation, let left, let right):
      let first = try evaluate(left)
      return first.combined(with: try evaluate(right)) { try? operation.apply($0, $1).get() }
    case .negate(let operand):
      return ValueSet(0).combined(with: try evaluate(operand)) {
        try? Expression.ArithmeticOperator.subtract.apply($0, $1).get()
      }
    case .bitNot(let operand):
      return ValueSet(-1).combined(with: try evaluate(operand)) { $0 ^ $1 }
    case .compare(let comparison, let left, let right):
      let first = try evaluate(left)
      return first.combined(with: try evaluate(right)) { comparison.holds($0, $1) ? 1 : 0 }
        .clamped(to: 0...1)
    case .not(let operand):
      return try evaluate(operand).clamped(to: 0...1).combined(with: ValueSet(1)) { $1 - $0 }
    case .and(let left, let right):
      return try evaluate(left, right, decidedBy: 0, with: 0)
    case .or(let left, let right):
      return try evaluate(left, right, decidedBy: 1, with: 1)
    case .implies(let left, let right):
      return try evaluate(left, right, decidedBy: 0, with: 1)
    case .conditional(let condition, let then, let otherwise):
      let known = try evaluate(condition)
      if let single = known.single { return try evaluate(single != 0 ? then : otherwise) }
      uncertainty += 1
      defer { uncertainty -= 1 }
      let first = try evaluate(then)
      return first.union(try evaluate(otherwise))
    case .quantified(let quantifier, let loop, let body):
      return try evaluate(quantifier, loop, body)
    case .isUndefined(let place):
      read(try resolve(place), slotCount: 1)
      return .boolean
    case .aggregatesEqual(let left, let right):
      _ = try values(of: left)
      _ = try values(of: right)
      return .boolean
    case .call(let function, let arguments):
      return try call(function, arguments)
    case .handedOn(let operand, _):
      _ = try evaluate(operand)
      return .any
    case .isOccupied(let place, let position):
      read(try resolve(place), slotCount: place.slotCount)
      _ = try evaluate(position)
      return .boolean
    case .symbolic(let operation):
      for operand in operation.operands { _ = try evaluate(operand) }
      if case .comparison = operation { return .boolean }
      return .any
    case .multisetCount(let place, let frameSlot, let predicate):
      read(try resolve(place), slotCount: place.slotCount)
      frames[level].values[frameSlot] = .any
      uncertainty += 1
      defer { uncertainty -= 1 }
      _ = try evaluate(predicate)
      return .any
    }
  }

  /// What is handed to something that has bounds: beyond them is an error, and leads nowhere.
  mutating func evaluate(
    _ expression: Expression, within bounds: ClosedRange<Int64>
  ) throws(Overrun) -> ValueSet {
    let value = try evaluate(expression)
    if case .handedOn = expression.kind { return value }
    return value.clamped(to: bounds)
  }

  /// `&`, `|` or `->`: the right operand is evaluated unless the left one is `deciding`.
  private mutating func evaluate(
    _ left: Expression, _ right: Expression, decidedBy deciding: Int64, with result: Int64
  ) throws(Overrun) -> ValueSet {
    let first = try evaluate(left)
    guard let single = first.single else {
      uncertainty += 1
      defer { uncertainty -= 1 }
      return ValueSet(result).union(try evaluate(right).clamped(to: 0...1))
    }
    return single == deciding ? ValueSet(result) : try evaluate(right).clamped(to: 0...1)
  }

  private mutating func evaluate(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression
  ) throws(Overrun) -> ValueSet {
    let stop: Int64 = quantifier == .forall ? 0 : 1
    let outer = uncertainty
    defer {
      uncertainty = outer
      frames[level].values[loop.frameSlot] = .any
    }
    guard let rounds = try knownRounds(of: loop) else {
      frames[level].values[loop.frameSlot] = .any
      uncertainty += 1
      try repeatUntilStable { analysis throws(Overrun) in _ = try analysis.evaluate(body) }
      return .boolean
    }
    var isKnown = true
    for value in rounds {
      frames[level].values[loop.frameSlot] = ValueSet(value)
      let round = try evaluate(body)
      if round.single == stop {
        return isKnown ? ValueSet(stop) : ValueSet(stop).union(ValueSet(1 - stop))
      }
      if round.single == nil, isKnown {
        isKnown = false
        uncertainty += 1
      }
    }
    return isKnown ? ValueSet(1 - stop) : .boolean
  }

  /// The values of a loop's variable, in order; nil if they are not known or many. Bounds are
  /// evaluated.
  mutating func knownRounds(of loop: Loop) throws(Overrun) -> [Int64]? {
    switch loop.domain {
    case .values(let lower, let upper):
      guard lower <= upper else { return [] }
      let (span, overflow) = upper.subtractingReportingOverflow(lower)
      return overflow || span >= Self.maximumRounds ? nil : Array(lower...upper)
    case .stepped(let from, let to, let by):
      let first = try evaluate(from).single
      let last = try evaluate(to).single
      var step: Int64?
      if let by { step = try evaluate(by).single ?? 0 }
      guard let first, let last else { return nil }
      let distance = step ?? loop.impliedStep(from: first, to: last)
      guard distance != 0, distance != .min else { return nil }
      guard first == last || (first < last) == (distance > 0) else {
        return loop.crossing == .noRound ? [] : nil
      }
      let (span, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, span != .min, abs(span) / abs(distance) < Self.maximumRounds else {
        return nil
      }
      return Array(stride(from: first, through: last, by: Int(distance)))
    }
  }

  /// Follows something that may be executed any number of times.
  mutating func repeatUntilStable(
    _ round: (inout AccessAnalysis) throws(Overrun) -> Void
  ) throws(Overrun) {
    var before: [Frame]
    repeat {
      before = frames
      try round(&self)
    } while frames != before
  }

  /// What the slots of an aggregate may hold; nil is anything.
  mutating func values(of aggregate: Aggregate) throws(Overrun) -> [ValueSet]? {
    try spend()
    switch aggregate {
    case .place(let place):
      try spend(slots: place.slotCount)
      let target = try resolve(place)
      read(target, slotCount: place.slotCount)
      guard case .frame(let level) = target.base, target.starts.count == 1 else { return nil }
      return (0..<place.slotCount).map { frames[level].values[target.starts[0] + $0] ?? .any }
    case .call(let function, let arguments, _):
      _ = try call(function, arguments)
      return nil
    case .conditional(let condition, let then, let otherwise):
      let known = try evaluate(condition)
      if let single = known.single { return try values(of: single != 0 ? then : otherwise) }
      uncertainty += 1
      defer { uncertainty -= 1 }
      let first = try values(of: then)
      let second = try values(of: otherwise)
      guard let first, let second else { return nil }
      return zip(first, second).map { $0.union($1) }
    }
  }
}
