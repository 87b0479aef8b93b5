import Diagnostics
import TransitionSystem

extension NeedsWalk {
  /// Goes through an expression whose value is no sum over elements, and says what is known of it.
  @discardableResult
  mutating func walk(
    _ expression: Expression, keeping preserved: Preserved = .value
  ) throws(CutoffRefusal) -> AbstractValue {
    let value = try evaluate(expression, keeping: preserved)
    guard !value.isSum else { throw CutoffRefusal(.sumIsUsed, at: expression.span) }
    return value
  }

  /// Goes through an expression, and says what is known of its value.
  mutating func evaluate(
    _ expression: Expression, keeping preserved: Preserved = .value
  ) throws(CutoffRefusal) -> AbstractValue {
    try countPart(expression.span)
    switch expression.kind {
    case .literal(let value): return elementCount(at: expression.span) ?? .number(value)
    case .load(let place): return try load(place)
    case .arithmetic(let operation, let left, let right):
      let (first, second) = (try evaluate(left), try evaluate(right))
      if first.isSum || second.isSum {
        return try combine(operation, (first, left), (second, right), at: expression.span)
      }
      guard case .number(let first) = first, case .number(let second) = second,
        case .success(let value) = operation.apply(first, second)
      else { return .unknown }
      return .number(value)
    case .negate(let operand), .bitNot(let operand):
      try walk(operand)
      return .unknown
    case .compare(let operation, let left, let right):
      return try compare(operation, left, right, at: expression.span, keeping: preserved)
    case .aggregatesEqual(let left, let right):
      let types = [try walk(left), try walk(right)]
      // One element for each dimension, where the first difference is.
      types.compactMap { $0 }.first?.forEachScalarsetIndex { need($0.identity, along: scope) }
      return .unknown
    case .not(let operand):
      let value = try walk(operand, keeping: preserved.ofNegated)
      return value.truth.map { AbstractValue(!$0) } ?? .unknown
    case .and(let left, let right): return try walk(left, and: right, preserved)
    case .or(let left, let right):
      return try walk(left, or: right, preserved, firstIsNegated: false)
    case .implies(let left, let right):
      return try walk(left, or: right, preserved, firstIsNegated: true)
    case .conditional(let condition, let then, let otherwise):
      if let truth = try walk(condition).truth {
        return try evaluate(truth ? then : otherwise, keeping: preserved)
      }
      var values: Set<AbstractValue> = []
      try oneOf(2) { walk, number throws(CutoffRefusal) in
        values.insert(try walk.walk(number == 0 ? then : otherwise, keeping: preserved))
      }
      return values.count == 1 ? values.first ?? .unknown : .unknown
    case .quantified(let quantifier, let loop, let body):
      try walk(quantifier, loop, body, of: expression, preserved)
      return .unknown
    case .isUndefined(let place):
      _ = try walk(place)
      return .unknown
    case .call(let function, let arguments):
      return try call(function, arguments, at: expression.span, keeping: preserved)
    case .handedOn(let operand, let distance):
      if distance == 0 { return try evaluate(operand) }
      try walk(operand)
      return .unknown
    case .isOccupied(let place, let position):
      _ = try walk(place)
      try walk(position)
      return .unknown
    case .multisetCount(let place, let slot, let predicate):
      try walkMembers(of: place, slot: slot, predicate)
      return .unknown
    case .symbolic: throw CutoffRefusal(.symbolicConstants, at: expression.span)
    }
  }

  // MARK: - Connectives

  private mutating func walk(
    _ left: Expression, and right: Expression, _ preserved: Preserved
  ) throws(CutoffRefusal) -> AbstractValue {
    if preserved == .wrong {
      // The one that is wrong stays so; the other may become so.
      try oneOf(2) { walk, number throws(CutoffRefusal) in
        try walk.walk(number == 0 ? left : right, keeping: .wrong)
      }
      return .unknown
    }
    let first = try walk(left, keeping: preserved == .truth ? .truth : .value)
    if first.truth == false { return first }
    let second = try walk(right, keeping: preserved)
    return first.truth == true || second.truth == false ? second : .unknown
  }

  /// `|` and `->`: the second counts where the first is not enough.
  private mutating func walk(
    _ left: Expression, or right: Expression, _ preserved: Preserved, firstIsNegated: Bool
  ) throws(CutoffRefusal) -> AbstractValue {
    let kept: Preserved =
      preserved == .falsehood ? (firstIsNegated ? .truth : .falsehood) : .value
    let first = try walk(left, keeping: kept).truth.map { $0 != firstIsNegated }
    if first == true { return AbstractValue(true) }
    let second = try walk(right, keeping: preserved)
    return first == false || second.truth == true ? second : .unknown
  }

  // MARK: - Quantifiers

  private mutating func walk(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression, of whole: Expression,
    _ preserved: Preserved
  ) throws(CutoffRefusal) {
    let isForall = quantifier == .forall
    if let set = try scalarset(of: loop) {
      switch (preserved, isForall) {
      case (.truth, true), (.falsehood, false):
        try ranging(over: set, slot: loop.frameSlot, of: whole, needsOne: false) {
          walk throws(CutoffRefusal) in try walk.walk(body, keeping: preserved)
        }
      case (.wrong, true):
        // The first for which it is wrong; whether others are wrong too does not matter.
        bind(loop.frameSlot, choose(set))
        try walk(body, keeping: .wrong)
        bind(loop.frameSlot, nil)
      // Also of what is wrong: behind one that goes wrong nobody has looked.
      case (.value, _), (.truth, false), (.falsehood, true), (.wrong, false):
        try ranging(over: set, slot: loop.frameSlot, of: whole, needsOne: true) {
          walk throws(CutoffRefusal) in try walk.walk(body)
        }
      }
      return
    }
    let values = try values(of: loop)
    let kept: Preserved =
      switch (preserved, isForall) {
      case (.truth, true), (.falsehood, false): preserved
      default: .value
      }
    if preserved == .wrong, isForall {
      try oneOf(values.count) { walk, number throws(CutoffRefusal) in
        walk.bind(loop.frameSlot, values[number])
        try walk.walk(body, keeping: .wrong)
      }
    } else {
      for value in values {
        beginRound(of: loop)
        bind(loop.frameSlot, value)
        try walk(body, keeping: kept)
      }
    }
    bind(loop.frameSlot, nil)
  }

  mutating func bind(_ slot: Int, _ value: AbstractValue?) {
    frames[frames.count - 1].values[slot] = value
  }

  /// The scalarset that a loop runs over; nil where it runs over something that does not grow.
  mutating func scalarset(of loop: Loop) throws(CutoffRefusal) -> Int? {
    guard !loop.type.scalarsets.isEmpty else { return nil }
    guard case .scalarset = loop.type.kind, case .values = loop.domain else {
      throw CutoffRefusal(.mixedIndex, at: loop.span)
    }
    return loop.type.identity
  }

  /// What is stepped through may be so in another order than here: each round may find anything.
  mutating func beginRound(of loop: Loop) {
    if case .stepped = loop.domain { forgetKnown() }
  }

  /// The values that a loop runs over, or more of them; where it is stepped, in another order perhaps.
  mutating func values(of loop: Loop) throws(CutoffRefusal) -> [AbstractValue] {
    var (first, last) = (loop.type.lower, loop.type.upper)
    switch loop.domain {
    case .values(let lower, let upper): (first, last) = (lower, upper)
    case .stepped(let from, let to, let by):
      let (from, to) = (try walk(from), try walk(to))
      if let by { try walk(by) }
      if case .number(let lower) = from, case .number(let upper) = to {
        (first, last) = (min(lower, upper), max(lower, upper))
      }
    }
    guard first <= last else { return [] }
    let (span, overflows) = last.subtractingReportingOverflow(first)
    guard !overflows, span < Self.mostValues else {
      throw CutoffRefusal(.unboundedRepetition, at: loop.span)
    }
    return (first...last).map { .number($0) }
  }

  // MARK: - Places

  private mutating func load(_ place: Place) throws(CutoffRefusal) -> AbstractValue {
    if case .frame = place.base, place.indices.isEmpty {
      let value = read(place.offset)
      guard value != .mixedSum else { throw CutoffRefusal(.sumIsUsed, at: place.span) }
      return value
    }
    try needNamed(at: try walk(place), place)
    return .unknown
  }

  /// The element that a place names is needed, where it may be one that is not there.
  private mutating func needNamed(at found: AbstractPlace, _ place: Place) throws(CutoffRefusal) {
    guard case .scalar(let type) = place.type, let variable = found.variable,
      loose.contains(variable, type)
    else { return }
    need(type.identity, along: scope)
  }

  /// The place of the state that an expression reads, if that may name an element that is not there.
  func looseName(_ expression: Expression) -> Place? {
    guard case .load(let place) = expression.kind, isLoose(place) else { return nil }
    return place
  }

  func isLoose(_ place: Place) -> Bool {
    guard case .scalar(let type) = place.type else { return false }
    let variable =
      switch place.base {
      case .state: Optional(variable(ofSlot: place.offset))
      case .reference(let slot): frames.last?.references[slot]?.variable
      case .frame: Int?.none
      }
    return variable.map { loose.contains($0, type) } ?? false
  }

  /// Goes through an expression of which nothing is wanted but whether it is the element that another one is,
  /// or to hand it on to where any may be named.
  mutating func evaluateName(_ expression: Expression) throws(CutoffRefusal) -> AbstractValue {
    guard let place = looseName(expression) else { return try evaluate(expression) }
    try countPart(expression.span)
    _ = try walk(place)
    return .unknown
  }

  /// - Parameter isTarget: Whether it is written to, whatever it had.
  mutating func walk(
    _ place: Place, isTarget: Bool = false
  ) throws(CutoffRefusal) -> AbstractPlace {
    var found: AbstractPlace
    switch place.base {
    case .state: found = AbstractPlace(variable: variable(ofSlot: place.offset))
    case .frame: found = AbstractPlace(frame: frames.count - 1, slot: place.offset)
    case .reference(let slot):
      guard let target = frames[frames.count - 1].references[slot] else {
        throw CutoffRefusal(.tooLarge, at: place.span)
      }
      found = target
    }
    if !isTarget, let frame = found.frame, let slot = found.slot {
      guard !(slot..<slot + place.slotCount).contains(where: { isSum($0, ofFrame: frame) }) else {
        throw CutoffRefusal(.sumIsUsed, at: place.span)
      }
    }
    // What a frame has, and what a reference stands for, is not followed.
    if place.base != .state { readUnknown() }
    for index in place.indices {
      if case .element(let variable) = try walk(index.value) { found.elements.insert(variable) }
    }
    if let variable = found.variable { readState(variable, at: found.elements) }
    return found
  }

  /// - Returns: The type of what is compared or copied.
  @discardableResult
  mutating func walk(_ aggregate: Aggregate) throws(CutoffRefusal) -> ValueType? {
    switch aggregate {
    case .place(let place):
      try handOn(place)
      return place.type
    case .call(let function, let arguments, let span):
      _ = try call(function, arguments, at: span, keeping: .value)
      return system.functions[function].result
    case .conditional(let condition, let then, let otherwise):
      try walk(condition)
      try walk(otherwise)
      return try walk(then)
    }
  }

  /// A place whose value goes where nobody asks whether the elements that it names are there.
  private mutating func handOn(_ place: Place) throws(CutoffRefusal) {
    let found = try walk(place)
    if case .scalar = place.type { return try needNamed(at: found, place) }
    if let variable = found.variable, loose.isIn(place.type, of: variable) {
      throw CutoffRefusal(.chain(system.variables[variable].name), at: place.span)
    }
  }

  /// A predicate of the members of a multiset, of which there are so many at any size.
  mutating func walkMembers(
    of place: Place, slot: Int, _ predicate: Expression,
    _ behindEach: (inout Self) throws(CutoffRefusal) -> Void = { _ throws(CutoffRefusal) in }
  ) throws(CutoffRefusal) {
    _ = try walk(place)
    guard case .multiset(let capacity, _) = place.type, capacity <= Self.mostValues else {
      throw CutoffRefusal(.unboundedRepetition, at: place.span)
    }
    for _ in 0..<capacity {
      bind(slot, .unknown)
      try walk(predicate)
      try behindEach(&self)
    }
    bind(slot, nil)
  }

  // MARK: - Calls

  @discardableResult
  mutating func call(
    _ number: Int, _ arguments: [Argument], at span: SourceSpan, keeping preserved: Preserved
  ) throws(CutoffRefusal) -> AbstractValue {
    let function = system.functions[number]
    var frame = AbstractFrame(scope: scope.count, repetitions: repetitions)
    for (parameter, argument) in zip(function.parameters, arguments) {
      switch argument {
      case .value(let expression): frame.values[parameter.frameSlot] = try walk(expression)
      case .aggregate(let aggregate):
        if let place = aggregate.localVariable {
          // A copy of what the variable has.
          let value = try load(place)
          guard !value.isSum else { throw CutoffRefusal(.sumIsUsed, at: place.span) }
          frame.values[parameter.frameSlot] = value
        } else {
          try walk(aggregate)
        }
      case .reference(let place):
        guard sizes.bounds[place.span] == nil else {
          throw CutoffRefusal(.sumIsUsed, at: place.span)
        }
        let target = try walk(place)
        if let frame = target.frame, let slot = target.slot {
          frames[frame].values[slot] = .unknown
        }
        frame.references[parameter.frameSlot] = target
      case .temporary(let place, let inner):
        try walkArgument(inner)
        let target = try walk(place)
        try write(target, of: place.type, at: span)
        frame.references[parameter.frameSlot] = target
      }
    }
    return try call(frame, at: span) { walk throws(CutoffRefusal) in
      guard let value = function.onlyResult else {
        try walk.walk(function.body)
        return .unknown
      }
      try walk.ending(well: preserved.isTruth) { walk throws(CutoffRefusal) in
        try walk.walk(function.body.dropLast())
      }
      return try walk.evaluate(value, keeping: preserved)
    }
  }

  /// What is handed to a place of its own.
  mutating func walkArgument(_ argument: Argument) throws(CutoffRefusal) {
    switch argument {
    case .value(let expression): try walk(expression)
    case .aggregate(let aggregate): try walk(aggregate)
    case .reference(let place): try handOn(place)
    case .temporary(let place, let inner):
      try walkArgument(inner)
      _ = try walk(place)
    }
  }
}

extension Aggregate {
  /// A variable of the frame of single values.
  fileprivate var localVariable: Place? {
    guard case .place(let place) = self, case .frame = place.base, place.indices.isEmpty,
      case .scalar = place.type
    else { return nil }
    return place
  }
}

extension Function {
  /// The value that it returns at its end, and nowhere before.
  fileprivate var onlyResult: Expression? {
    guard case .result(.scalar(let value))? = body.last?.kind else { return nil }
    var hasOther = false
    for statement in body.dropLast() {
      statement.forEachPart { part in
        if case .statement(let inner) = part, case .result = inner.kind { hasOther = true }
      }
    }
    return hasOther ? nil : value
  }
}

extension Preserved {
  /// Whether it is known to end without going wrong, and how.
  var isTruth: Bool { self == .truth || self == .falsehood }

  /// What has to be kept of the operand of a negation.
  fileprivate var ofNegated: Preserved {
    switch self {
    case .value, .wrong: .value
    case .truth: .falsehood
    case .falsehood: .truth
    }
  }
}
