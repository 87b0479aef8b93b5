import Analysis
import TransitionSystem

extension CFunction {
  /// A C expression of the same value; conditions are 0 or 1.
  mutating func expression(_ expression: Expression) -> String {
    switch expression.kind {
    case .literal(let value):
      return CText.literal(value)
    case .load(let place):
      return load(place)
    case .compare(let comparison, let left, let right):
      return binary(left, right) { "(\($0) \(comparison.symbol) \($1))" }
    case .and(let left, let right):
      return "(\(self.expression(left)) && \(self.expression(right)))"
    case .or(let left, let right):
      return "(\(self.expression(left)) || \(self.expression(right)))"
    case .implies(let left, let right):
      return "(!\(self.expression(left)) || \(self.expression(right)))"
    case .not(let operand):
      return "(!\(self.expression(operand)))"
    case .arithmetic(let operation, let left, let right):
      return binary(left, right) { "\(operation.function)(c, \($0), \($1))" }
    case .negate(let operand):
      return "subtract(c, 0, \(self.expression(operand)))"
    case .bitNot(let operand):
      return "bit_xor(c, -1, \(self.expression(operand)))"
    case .conditional(let condition, let then, let otherwise):
      let test = self.expression(condition)
      let first = self.expression(then)
      return "(\(test) ? (i64)\(first) : (i64)\(self.expression(otherwise)))"
    case .quantified(let quantifier, let loop, let body):
      return quantified(quantifier, loop, body)
    case .isUndefined(let place):
      return isUndefined(place)
    case .aggregatesEqual(let left, let right):
      return equal(left, right)
    case .call(let function, let arguments):
      let value = call(function, arguments)
      return model.mayReturnUndefined(function) ? "defined_value(c, \(value))" : value
    case .handedOn(let operand, let distance):
      let value = valueOrUndefined(of: operand)
      return distance == 0 ? value : "moved(\(value), \(CText.literal(distance)))"
    case .isOccupied(let place, let position):
      return isOccupied(place, position)
    case .symbolic(let operation):
      return symbolic(operation)
    case .multisetCount(let place, let slot, let predicate):
      return multisetCount(place, slot, predicate)
    }
  }

  /// The value of a place, a call, or a choice of these, which may be undefined.
  private mutating func valueOrUndefined(of expression: Expression) -> String {
    switch expression.kind {
    case .load(let place): return loadOrUndefined(place)
    case .call(let function, let arguments): return call(function, arguments)
    case .conditional(let condition, let then, let otherwise):
      let test = self.expression(condition)
      let first = valueOrUndefined(of: then)
      return "(\(test) ? (i64)\(first) : (i64)\(valueOrUndefined(of: otherwise)))"
    default: return self.expression(expression)
    }
  }

  /// Two operands, the left one first where that can matter: one may write to the state, or ask for
  /// what is known of symbolic constants.
  mutating func binary(
    _ left: Expression, _ right: Expression, _ combine: (String, String) -> String
  ) -> String {
    let first = expression(left)
    let second = expression(right)
    if model.symbolic == nil, model.purity.isPure(left), model.purity.isPure(right) {
      return combine(first, second)
    }
    let (one, other) = (fresh("x"), fresh("y"))
    return "({ i64 \(one) = \(first); i64 \(other) = \(second); \(combine(one, other)); })"
  }

  private mutating func quantified(
    _ quantifier: Expression.Quantifier, _ loop: Loop, _ body: Expression
  ) -> String {
    let result = fresh("q")
    let isForall = quantifier == .forall
    let (head, outer) = open(loop)
    let test = expression(body)
    close(loop, outer: outer)
    let stop = "if (\(isForall ? "!" : "")\(test)) { \(result) = \(isForall ? 0 : 1); break; }"
    return "({ i64 \(result) = \(isForall ? 1 : 0); \(head) \(stop) } \(result); })"
  }

  /// The beginning of a C loop that takes the loop's variable through its values, up to the opening
  /// brace and the counting of a round.
  mutating func open(_ loop: Loop) -> (head: String, outer: Int) {
    let variable = "f[\(loop.frameSlot)]"
    let count = model.countsRounds ? " count_round(c);" : ""
    switch loop.domain {
    case .values(let lower, let upper):
      let (distance, overflow) = upper.subtractingReportingOverflow(lower)
      let rounds = overflow ? nil : max(0, Int(distance) + 1)
      let outer = beginLoop(rounds: rounds)
      let value = fresh("i")
      bind(loop.frameSlot, lower, upper)
      return (
        "for (i64 \(value) = \(CText.literal(lower)); \(value) <= \(CText.literal(upper)); "
          + "\(value)++) { \(variable) = \(value);\(count)",
        outer
      )
    case .stepped(let from, let to, let by):
      return openStepped(variable, from, to, by, loop.crossing, count)
    }
  }

  /// The loop is left.
  mutating func close(_ loop: Loop, outer: Int) {
    unbind(loop.frameSlot)
    endLoop(outer: outer)
  }

  private mutating func openStepped(
    _ variable: String, _ from: Expression, _ to: Expression, _ by: Expression?,
    _ crossing: Loop.Crossing, _ count: String
  ) -> (head: String, outer: Int) {
    let (first, last, step) = (fresh("from"), fresh("to"), fresh("by"))
    let (rounds, value) = (fresh("rounds"), fresh("i"))
    let start = expression(from)
    let end = expression(to)
    let stride: String
    let isCrossing = "((\(first) < \(last) && \(step) < 0) || (\(first) > \(last) && \(step) > 0))"
    var check = "if (\(step) == 0) bail(c); "
    var goesOn = ""
    switch crossing {
    case .countsDown(let remark):
      stride = by.map { expression($0) } ?? "(\(first) <= \(last) ? 1 : -1)"
      check += "if (\(isCrossing)) bail(c);"
      if by == nil, let remark { check += " if (\(first) > \(last)) c->remarks[\(remark)] = 1;" }
    case .noRound:
      stride = by.map { expression($0) } ?? "1"
      goesOn = "!\(isCrossing) && "
    }
    let outer = beginLoop(rounds: nil)
    let setup =
      "i64 \(first) = \(start); i64 \(last) = \(end); i64 \(step) = \(stride); \(check)"
    // The rounds are counted, since the step past the end could overflow.
    let further =
      "\(step) > 0 ? ((u64)\(last) - (u64)\(first)) / (u64)\(step) "
      + ": ((u64)\(first) - (u64)\(last)) / (0 - (u64)\(step))"
    return (
      "\(setup) u64 \(rounds) = \(further); "
        + "for (u64 \(value) = 0; \(goesOn)\(value) <= \(rounds); \(value)++) "
        + "{ \(variable) = (i64)((u64)\(first) + \(value) * (u64)\(step));\(count)",
      outer
    )
  }

  private mutating func equal(_ left: Aggregate, _ right: Aggregate) -> String {
    let count = slotCount(of: left)
    let first = materialize(left)
    let second = materialize(right)
    let (one, other) = (fresh("x"), fresh("y"))
    let spent = noteComparedSlots(count)
    return
      "({ ref \(one) = \(first); ref \(other) = \(second); \(spent)same(s, \(one), \(other), \(count)); })"
  }

  // MARK: - Multisets

  private mutating func isOccupied(_ place: Place, _ position: Expression) -> String {
    guard case .multiset(let capacity, let element) = place.type else { return "0" }
    let base = reference(to: place)
    let (set, value) = (fresh("m"), fresh("n"))
    return "({ i64 \(value) = \(expression(position)); \(value) >= 0 && \(value) < \(capacity) "
      + "&& ({ ref \(set) = \(base); peek(s, \(set), \(value) * \(element.slotCount + 1)) == 1; }); })"
  }

  private mutating func multisetCount(
    _ place: Place, _ slot: Int, _ predicate: Expression
  ) -> String {
    let count = fresh("n")
    let (setup, head, _, outer) = openMembers(of: place, slot)
    let test = expression(predicate)
    endLoop(outer: outer)
    return "({ i64 \(count) = 0; \(setup)\(head) if (\(test)) \(count)++; } \(count); })"
  }

  /// A loop over the members of a multiset, their positions in a slot of the frame.
  mutating func openMembers(
    of place: Place, _ slot: Int
  ) -> (setup: String, head: String, member: String, outer: Int) {
    guard case .multiset(let capacity, let element) = place.type else {
      preconditionFailure("the type checker lets nothing but multisets have members")
    }
    let (set, position) = (fresh("m"), fresh("i"))
    let base = reference(to: place)
    let member = "\(position) * \(element.slotCount + 1)"
    let outer = beginLoop(rounds: capacity)
    return (
      "ref \(set) = \(base); ",
      "for (i64 \(position) = 0; \(position) < \(capacity); \(position)++) { "
        + "if (peek(s, \(set), \(member)) != 1) continue;\(model.countsRounds ? " count_round(c);" : "") "
        + "f[\(slot)] = \(position);",
      "((ref){\(set).frame, \(set).slot + \(member)})", outer
    )
  }
}

extension Expression.ComparisonOperator {
  fileprivate var symbol: String { self == .equal ? "==" : rawValue }
}

extension Expression.ArithmeticOperator {
  /// The operation's name in the runtime.
  fileprivate var function: String {
    switch self {
    case .add: "add"
    case .subtract: "subtract"
    case .multiply: "multiply"
    case .divide: "divide"
    case .modulo: "modulo"
    case .bitAnd: "bit_and"
    case .bitOr: "bit_or"
    case .bitXor: "bit_xor"
    case .shiftLeft: "shift_left"
    case .shiftRight: "shift_right"
    }
  }
}
