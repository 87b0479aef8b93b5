import Diagnostics
import TransitionSystem

extension Elaborator {
  /// Declares a loop or quantifier variable and says what it runs over; nil after a complaint, the
  /// name then being declared all the same.
  mutating func elaborateLoop(_ quantifier: QuantifierSyntax) -> Loop? {
    let name = quantifier.name
    switch quantifier.domain {
    case .type(let syntax):
      guard let type = elaborateScalar(syntax, for: "`\(name.text)`"),
        isCountable(type, syntax.span)
      else {
        scopes.declare(name, as: .invalid)
        return nil
      }
      let slot = declareLoopVariable(name, type)
      return Loop(
        frameSlot: slot, type: type, domain: .values(type.lower, type.upper), span: name.span)
    case .range(let from, let to, let by):
      let first = elaborateLoopBound(from, of: "the start of a loop")
      let last = elaborateLoopBound(to, of: "the end of a loop")
      let step = by.flatMap { elaborateLoopBound($0, of: "the step of a loop") }
      guard let first, let last, (step == nil) == (by == nil) else {
        scopes.declare(name, as: .invalid)
        return nil
      }
      let span = name.span.joined(with: to.span)
      checkStep(from: first, to: last, by: step, at: span)
      let type = Self.type(from: first, to: last)
      let slot = declareLoopVariable(name, type)
      return Loop(
        frameSlot: slot, type: type, domain: .stepped(from: first, to: last, by: step),
        crossing: crossing(from: first, to: last, by: step, at: span), span: name.span)
    }
  }

  /// What becomes of a loop whose bounds cross.
  private mutating func crossing(
    from first: Expression, to last: Expression, by step: Expression?, at span: SourceSpan
  ) -> Loop.Crossing {
    if dialect == .cmurphi { return .noRound }
    guard step == nil else { return .countsDown(remark: nil) }
    if case .value = first.folded, case .value = last.folded { return .countsDown(remark: nil) }
    return .countsDown(remark: remark(.loopCountsDown, at: span))
  }

  /// A bound or step of a loop over numbers; nil after a complaint. As in Rumur, a member of an
  /// enumeration or an element of a scalarset counts as its number.
  private mutating func elaborateLoopBound(
    _ syntax: ExpressionSyntax, of use: String
  ) -> Expression? {
    let operand = elaborate(syntax)
    guard let (value, type) = scalarValue(of: operand, at: syntax.span) else { return nil }
    switch type.kind {
    case .range, .boolean, .enumeration:
      return value
    case .scalarset:
      mixes.noteNumber(type, at: syntax.span)
      return value
    case .union, .multisetIndex, .address:
      report(
        .typeMismatch, "\(use) has to be a number, and this is \(type.description)",
        at: syntax.span)
      return nil
    }
  }

  private mutating func declareLoopVariable(_ name: Name, _ type: ScalarType) -> Int {
    let slot = frame.allocate(1)
    let place = Place(base: .frame, offset: slot, type: .scalar(type), span: name.span)
    // As in Rumur: what a body assigns to its loop variable lasts until the next round.
    scopes.declare(name, as: .place(place, isWritable: true))
    return slot
  }

  /// The type of a variable that runs between two numbers.
  private static func type(from first: Expression, to last: Expression) -> ScalarType {
    guard case .value(let start) = first.folded, case .value(let end) = last.folded else {
      return .number
    }
    return ScalarType(kind: .range, lower: min(start, end), upper: max(start, end))
  }

  private mutating func isCountable(_ type: ScalarType, _ span: SourceSpan) -> Bool {
    if type.valueCount != nil { return true }
    report(.stateTooLarge, "this range has too many values to run over", at: span)
    return false
  }

  /// Complains about a loop of constant bounds that cannot end, as Rumur does.
  private mutating func checkStep(
    from: Expression, to: Expression, by: Expression?, at span: SourceSpan
  ) {
    let step: Int64
    switch by?.folded {
    case .value(let value): step = value
    case nil: step = 1
    case .notConstant, .failure: return
    }
    if step == 0 {
      report(.zeroStep, "the step of the loop is 0", at: by?.span ?? span)
      return
    }
    guard dialect == .rumur, case .value(let first) = from.folded,
      case .value(let last) = to.folded
    else { return }
    if (first < last && step < 0) || (first > last && step > 0) {
      report(
        .zeroStep, "the loop runs away from its end: \(first) to \(last) by \(step)", at: span,
        hint: first > last && by == nil ? "`by -1` counts down" : nil)
    }
  }

  mutating func elaborateQuantified(
    _ quantification: Quantification, _ quantifiers: ArraySlice<QuantifierSyntax>,
    _ body: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    guard let quantifier = quantifiers.first else {
      let word = quantification == .forall ? "forall" : "exists"
      return .scalar(elaborateCondition(body, of: "the body of `\(word)`"), .boolean)
    }
    scopes.push()
    defer { scopes.pop() }
    let loop = elaborateLoop(quantifier)
    let inner = elaborateQuantified(quantification, quantifiers.dropFirst(), body, at: span)
    guard let loop, case .scalar(let condition, _) = inner else { return .invalid }
    let kind: Expression.Quantifier = quantification == .forall ? .forall : .exists
    return .scalar(Expression(.quantified(kind, loop, condition), at: span), .boolean)
  }

  mutating func elaborateIsUndefined(
    _ syntax: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    switch elaborate(syntax) {
    case .place(let place, _):
      guard place.type.asScalar != nil else {
        report(
          .wrongOperandType,
          "`isundefined` needs a single value, and this is \(place.type.description)",
          at: syntax.span)
        return .invalid
      }
      return .scalar(undefinedness(of: place, at: span), .boolean)
    case .scalar, .aggregate, .symbolicArray, .undefined:
      report(.wrongOperandType, "`isundefined` needs a variable", at: syntax.span)
      return .invalid
    case .invalid:
      return .invalid
    }
  }

  mutating func elaborateIsMember(
    _ syntax: ExpressionSyntax, _ typeSyntax: TypeSyntax, at span: SourceSpan
  ) -> Operand {
    let operand = elaborate(syntax)
    guard let target = elaborateScalar(typeSyntax, for: "`ismember`"),
      let (read, type) = scalarValue(of: operand, at: syntax.span)
    else { return .invalid }
    guard mayCopy(read.partCount, at: span) else { return .invalid }
    // An undefined value is below all others.
    let value = compared(read, type)
    if case .union(let members) = type.kind,
      let member = members.first(where: { $0.type.hasSameValues(as: target, in: dialect) })
    {
      mixes.note(member.type, target, at: span)
      return .scalar(
        value.isBetween(
          member.offset, member.offset + (member.type.upper - member.type.lower), span),
        .boolean)
    }
    guard type.agrees(with: target, in: dialect) else {
      report(
        .typeMismatch, "\(target.description) is no member of \(type.description)",
        at: typeSyntax.span)
      return .invalid
    }
    return .scalar(value.isBetween(target.lower, target.upper, span), .boolean)
  }

  mutating func elaborateMultisetCount(
    _ name: Name, _ multiset: ExpressionSyntax, _ predicate: ExpressionSyntax, at span: SourceSpan
  ) -> Operand {
    guard let (place, slot, condition) = elaborateMultisetPredicate(name, multiset, predicate)
    else { return .invalid }
    return .scalar(
      Expression(.multisetCount(place, frameSlot: slot, predicate: condition), at: span), .number)
  }

  /// `name : multiset, predicate`.
  mutating func elaborateMultisetPredicate(
    _ name: Name, _ multiset: ExpressionSyntax, _ predicate: ExpressionSyntax
  ) -> (Place, frameSlot: Int, Expression)? {
    let found = elaborateMultiset(multiset)
    scopes.push()
    defer { scopes.pop() }
    let slot = declareLoopVariable(name, .multisetIndex(capacity: found?.capacity ?? 0))
    let condition = elaborateCondition(predicate, of: "the predicate")
    return found.map { ($0.place, slot, condition) }
  }
}

extension ScalarType {
  /// The type of places in a multiset.
  static func multisetIndex(capacity: Int) -> ScalarType {
    ScalarType(kind: .multisetIndex, lower: 0, upper: Int64(capacity) - 1)
  }
}

extension Expression {
  /// Whether the value lies between two others, both included.
  fileprivate func isBetween(_ lower: Int64, _ upper: Int64, _ span: SourceSpan) -> Expression {
    let low = Expression(.literal(lower), at: span)
    let high = Expression(.literal(upper), at: span)
    return Expression(
      .and(
        Expression(.compare(.lessOrEqual, low, self), at: span),
        Expression(.compare(.lessOrEqual, self, high), at: span)), at: span)
  }
}
