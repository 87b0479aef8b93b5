import TransitionSystem

extension CFunction {
  mutating func statements(_ statements: [Statement]) {
    for statement in statements where !text.isFull { self.statement(statement) }
  }

  private mutating func statement(_ statement: Statement) {
    switch statement.kind {
    case .assign(let place, let value):
      let name = fresh("v")
      text.line("{")
      text.line("i64 \(name) = \(within(value, place.bounds));")
      if case .handedOn = value.kind {
        storeOrUndefined(name, in: place)
      } else {
        store(name, in: place)
      }
      text.line("}")
    case .copy(let place, let aggregate):
      let (from, to) = (fresh("from"), fresh("to"))
      let source = materialize(aggregate)
      let count = slotCount(of: aggregate)
      noteSlots(count)
      text.line("{ ref \(from) = \(source); ref \(to) = \(reference(to: place));")
      text.line("  copy(s, \(to), \(from), \(count)); }")
    case .clear(let place):
      fill(place, with: place.type.clearedSlots)
    case .undefine(let place):
      fill(place, with: place.type.undefinedSlots)
    case .bindReference(let slot, let place):
      text.line("r[\(slot)] = \(reference(to: place));")
    case .conditional(let clauses, let otherwise):
      conditional(clauses, otherwise)
    case .whileLoop(let condition, let body):
      let outer = beginLoop(rounds: nil)
      text.line("while (\(expression(condition))) {")
      if model.countsRounds { text.line("count_round(c);") }
      statements(body)
      text.line("}")
      endLoop(outer: outer)
    case .forLoop(let loop, let body):
      text.line("{")
      let (head, outer) = open(loop)
      text.line(head)
      // The opening brace stands in the head's middle, so the block is opened by hand.
      statements(body)
      text.line("} }")
      close(loop, outer: outer)
    case .call(let function, let arguments):
      let slotCount = model.system.functions[function].aggregateResultSlotCount
      let result = slotCount.map { temporary(slotCount: $0) }
      text.line("(void)\(call(function, arguments, result: result));")
    case .result(let value):
      result(value)
    case .assertion(let condition, _):
      text.line("if (!\(expression(condition))) bail(c);")
    case .assumption(let condition):
      let failed = discardLabel.map { "goto \($0);" } ?? "bail(c);"
      text.line("if (!\(expression(condition))) \(failed)")
    case .cover(let condition, let cover):
      text.line("if (\(expression(condition))) c->cover_hits[\(cover)] += c->multiplicity;")
    case .error:
      text.line("bail(c);")
    case .put(let value, _):
      // Nothing is printed in a search, but evaluating it may be an error.
      text.line("(void)\(expression(value));")
    case .putText, .putPlace:
      break
    case .multisetAdd(let argument, let place):
      add(argument, to: place)
    case .multisetRemove(let position, let place):
      remove(position, from: place)
    case .multisetRemoveWhere(let place, let slot, let predicate):
      removeWhere(place, slot, predicate)
    }
  }

  /// One `if` behind the other, each with a jump to the end, and not one in the `else` of the one
  /// before: nothing that reads or writes the C has to nest as deep as a chain is long.
  private mutating func conditional(
    _ clauses: [(condition: Expression, body: [Statement])], _ otherwise: [Statement]
  ) {
    if let choice = ValueChoice(clauses), model.symbolic == nil {
      return self.choice(choice, clauses.map(\.body), otherwise)
    }
    let end = fresh("end")
    let jumpCount = otherwise.isEmpty ? clauses.count - 1 : clauses.count
    for (position, clause) in clauses.enumerated() where !text.isFull {
      text.line("if (\(expression(clause.condition))) {")
      statements(clause.body)
      if position < jumpCount { text.line("goto \(end);") }
      text.line("}")
    }
    statements(otherwise)
    if jumpCount > 0 { text.line("\(end):;") }
  }

  /// A jump to the clause that a value chooses, so that many clauses take no longer than a few.
  private mutating func choice(
    _ choice: ValueChoice, _ bodies: [[Statement]], _ otherwise: [Statement]
  ) {
    let clauses = bodies.map { _ in fresh("clause") }
    let (remaining, end) = (fresh("clause"), fresh("end"))
    text.line("switch (\(load(choice.place))) {")
    for (position, values) in choice.values.enumerated() where !values.isEmpty {
      let labels = values.map { "case \(CText.literal($0)):" }.joined(separator: " ")
      text.line("\(labels) goto \(clauses[position]);")
    }
    text.line("default: goto \(remaining);")
    text.line("}")
    for (position, body) in bodies.enumerated() where !text.isFull {
      text.line("\(clauses[position]): {")
      statements(body)
      text.line("goto \(end);")
      text.line("}")
    }
    text.line("\(remaining): {")
    statements(otherwise)
    text.line("}")
    text.line("\(end):;")
  }

  private mutating func fill(_ place: Place, with values: [Int64]) {
    noteSlots(values.count)
    let target = reference(to: place)
    if let first = values.first, values.count == 1 {
      text.line("poke(s, \(target), 0, \(CText.slot(first)));")
      return
    }
    let name = fresh("fill")
    let list = values.map(CText.slot).joined(separator: ", ")
    text.line("{ static const i64 \(name)[] = { \(list.isEmpty ? "0" : list) };")
    text.line("  fill(s, \(target), \(name), \(values.count)); }")
  }

  private mutating func result(_ value: Statement.ReturnedValue?) {
    switch (value, returned) {
    case (.scalar(let expression), .scalar(let bounds, let remark?)):
      let name = fresh("v")
      text.line("i64 \(name) = \(self.expression(expression));")
      text.line(
        "if (\(name) < \(CText.literal(bounds.lowerBound)) "
          + "|| \(name) > \(CText.literal(bounds.upperBound))) c->remarks[\(remark)] = 1;")
      text.line("return \(name);")
    case (.scalar(let expression), .scalar):
      text.line("return \(self.expression(expression));")
    case (.aggregate(let aggregate), .aggregate(let slotCount)):
      let source = materialize(aggregate)
      noteSlots(slotCount)
      text.line("copy(s, (ref){result, 0}, \(source), \(slotCount));")
      text.line("return;")
    case (.scalar(let expression), _):
      text.line("(void)\(self.expression(expression));")
      leave()
    case (.aggregate, _), (nil, _):
      leave()
    }
  }

  private mutating func leave() {
    if case .jump(let label) = returned {
      text.line("goto \(label);")
    } else {
      text.line("return;")
    }
  }

  // MARK: - Multisets

  private mutating func add(_ argument: Argument, to place: Place) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let stride = element.slotCount + 1
    let (set, free, member) = (fresh("m"), fresh("i"), fresh("to"))
    text.line("{ ref \(set) = \(reference(to: place)); i64 \(free) = 0;")
    text.line(
      "  while (\(free) < \(capacity) && peek(s, \(set), \(free) * \(stride)) == 1) \(free)++;")
    text.line("  if (\(free) == \(capacity)) bail(c);")
    text.line("  ref \(member) = {\(set).frame, \(set).slot + \(free) * \(stride)};")
    switch argument {
    case .value(let value):
      text.line("  poke(s, \(member), 1, \(within(value, element.bounds)));")
    case .aggregate(let aggregate):
      let source = materialize(aggregate)
      text.line("  { ref from = \(source); ref to = {\(member).frame, \(member).slot + 1};")
      text.line("    copy(s, to, from, \(element.slotCount)); }")
    case .reference, .temporary:
      text.line("  bail(c);")
    }
    text.line("  poke(s, \(member), 0, 1); }")
  }

  private mutating func remove(_ position: Expression, from place: Place) {
    guard case .multiset(let capacity, let element) = place.type else { return }
    let stride = element.slotCount + 1
    let (set, value) = (fresh("m"), fresh("n"))
    let number = expression(position)
    text.line("{ i64 \(value) = \(number); ref \(set) = \(reference(to: place));")
    text.line("  if (\(value) < 0 || \(value) >= \(capacity)) bail(c);")
    text.line("  if (peek(s, \(set), \(value) * \(stride)) != 1) bail(c);")
    let member = "((ref){\(set).frame, \(set).slot + \(value) * \(stride)})"
    text.line("  \(erase(member, slotCount: element.slotCount)) }")
  }

  private mutating func removeWhere(_ place: Place, _ slot: Int, _ predicate: Expression) {
    guard case .multiset(_, let element) = place.type else { return }
    let (setup, head, member, outer) = openMembers(of: place, slot)
    let test = expression(predicate)
    endLoop(outer: outer)
    text.line("{ \(setup)\(head)")
    text.line("  if (\(test)) { \(erase(member, slotCount: element.slotCount)) } } }")
  }

  private func erase(_ member: String, slotCount: Int) -> String {
    "poke(s, \(member), 0, 0); "
      + "for (i64 k = 1; k <= \(slotCount); k++) poke(s, \(member), k, UNDEFINED);"
  }
}

extension CText {
  /// The value of a slot, which may be undefined.
  static func slot(_ value: Int64) -> String {
    value == Slot.undefined ? "UNDEFINED" : literal(value)
  }
}

extension Function {
  /// Slots of a result that is an aggregate.
  var aggregateResultSlotCount: Int? {
    result.flatMap { $0.asScalar == nil ? $0.slotCount : nil }
  }
}

extension ValueType {
  /// What `clear` makes of each slot: the least value, and multisets empty.
  var clearedSlots: [Int64] {
    var slots: [Int64] = []
    forEachSlot { slots.append($0.lower <= $0.upper ? $0.lower : Slot.undefined) }
    emptyMultisets(in: &slots)
    return slots
  }

  /// What `undefine` makes of each slot.
  var undefinedSlots: [Int64] {
    var slots = Array(repeating: Slot.undefined, count: slotCount)
    emptyMultisets(in: &slots)
    return slots
  }

  private func emptyMultisets(in slots: inout [Int64]) {
    slots.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      forEachMultiset(from: 0) { $0.clear(in: base) }
    }
  }
}
