/// The values that addresses have, each under a number: linear terms over the symbolic constants.
///
/// A term is a sum of atoms, each times a whole number, and of a whole number. An atom is an
/// element of a symbolic constant, or what division of a term by a number gives: a quotient or a
/// remainder. Terms have one normal form, so two that are equal for this reason have the same
/// number.
///
/// Where the symbolic constants have values, all terms are numbers.
package final class TermTable {
  /// The number of a term.
  package typealias Handle = Int64

  package struct Term: Hashable, Sendable {
    /// Sorted by atom, no factor being 0.
    package let summands: [Summand]
    package let constant: Int128

    package struct Summand: Hashable, Sendable {
      package let atom: Int
      package let factor: Int128
    }

    /// The value of a term without atoms.
    package var asNumber: Int128? { summands.isEmpty ? constant : nil }
  }

  package enum Atom: Hashable, Sendable {
    /// The element of a symbolic constant of this number.
    case element(Int)
    /// Rounded towards zero, as everywhere in Murphi; the divisor is positive.
    case quotient(Handle, by: Int128)
    /// It has the sign of the term; the divisor is positive.
    case remainder(Handle, by: Int128)
  }

  /// What terms are made by.
  package enum Operation: Sendable {
    /// Of the left operand, which is the number itself; the right one is 0.
    case number
    case sum, difference
    /// The right operand is a number, and no divisor is 0.
    case product, quotient, remainder
  }

  package private(set) var terms: [Term] = []
  package private(set) var atoms: [Atom] = []
  /// Comparisons that have come up, each under a number.
  package private(set) var literals: [Literal] = []

  private let valuation: [Int128]
  private var handles: [Term: Handle] = [:]
  private var atomNumbers: [Atom: Int] = [:]
  private var literalNumbers: [Literal: Int] = [:]
  private var sums: [Pair: Handle] = [:]
  private var products: [Pair: Handle] = [:]
  private var comparisons: [Pair: Truth] = [:]

  private struct Pair: Hashable {
    let left: Handle
    let right: Int64
    var kind = 0
  }

  /// - Parameter valuation: The values of all elements; none where they are open.
  package init(valuation: [Int128] = []) { self.valuation = valuation }

  package func term(_ handle: Handle) -> Term { terms[Int(handle)] }

  // MARK: - Making terms

  package func number(_ value: Int128) -> Handle {
    intern(Term(summands: [], constant: value))
  }

  package func element(_ number: Int) -> Handle {
    valuation.isEmpty ? atom(.element(number)) : self.number(valuation[number])
  }

  /// - Throws: `Undecided.tooLarge`.
  package func sum(_ left: Handle, _ right: Handle) throws(Undecided) -> Handle {
    let pair = Pair(left: left, right: right)
    if let known = sums[pair] { return known }
    let result = intern(try combined(term(left), term(right), times: 1))
    sums[pair] = result
    return result
  }

  /// - Throws: `Undecided.tooLarge`.
  package func difference(_ left: Handle, _ right: Handle) throws(Undecided) -> Handle {
    let pair = Pair(left: left, right: right, kind: 1)
    if let known = sums[pair] { return known }
    let result = intern(try combined(term(left), term(right), times: -1))
    sums[pair] = result
    return result
  }

  /// - Throws: `Undecided.tooLarge`.
  package func product(_ left: Handle, by factor: Int64) throws(Undecided) -> Handle {
    let pair = Pair(left: left, right: factor)
    if let known = products[pair] { return known }
    let result = intern(
      try combined(Term(summands: [], constant: 0), term(left), times: Int128(factor)))
    products[pair] = result
    return result
  }

  /// What has been made already of two operands; nil if it has not.
  package func known(_ operation: Operation, _ left: Handle, _ right: Int64) -> Handle? {
    switch operation {
    case .number: handles[Term(summands: [], constant: Int128(left))]
    case .sum: sums[Pair(left: left, right: right)]
    case .difference: sums[Pair(left: left, right: right, kind: 1)]
    case .product: products[Pair(left: left, right: right)]
    case .quotient: products[Pair(left: left, right: right, kind: 1)]
    case .remainder: products[Pair(left: left, right: right, kind: 2)]
    }
  }

  /// Makes a term of two operands.
  ///
  /// - Throws: `Undecided.tooLarge`.
  package func make(
    _ operation: Operation, _ left: Handle, _ right: Int64
  ) throws(Undecided) -> Handle {
    switch operation {
    case .number: number(Int128(left))
    case .sum: try sum(left, right)
    case .difference: try difference(left, right)
    case .product: try product(left, by: right)
    case .quotient: try quotient(left, by: right)
    case .remainder: remainder(left, by: right)
    }
  }

  /// - Parameter divisor: Not 0.
  /// - Throws: `Undecided.tooLarge`.
  package func quotient(_ left: Handle, by divisor: Int64) throws(Undecided) -> Handle {
    let pair = Pair(left: left, right: divisor, kind: 1)
    if let known = products[pair] { return known }
    let magnitude = Int128(divisor).magnitudeAsInt128
    let term = term(left)
    let positive: Handle
    if let value = term.asNumber {
      positive = number(value / magnitude)
    } else if term.isMultiple(of: magnitude) {
      positive = intern(term.mapped { $0 / magnitude })
    } else {
      positive = atom(.quotient(left, by: magnitude))
    }
    let result = divisor < 0 ? try difference(number(0), positive) : positive
    products[pair] = result
    return result
  }

  /// - Parameter divisor: Not 0.
  package func remainder(_ left: Handle, by divisor: Int64) -> Handle {
    let pair = Pair(left: left, right: divisor, kind: 2)
    if let known = products[pair] { return known }
    let magnitude = Int128(divisor).magnitudeAsInt128
    let term = term(left)
    let result: Handle
    if let value = term.asNumber {
      result = number(value % magnitude)
    } else if term.isMultiple(of: magnitude) {
      result = number(0)
    } else {
      result = atom(.remainder(left, by: magnitude))
    }
    products[pair] = result
    return result
  }

  private func intern(_ term: Term) -> Handle {
    if let known = handles[term] { return known }
    let handle = Handle(terms.count)
    terms.append(term)
    handles[term] = handle
    return handle
  }

  private func atom(_ atom: Atom) -> Handle {
    let number: Int
    if let known = atomNumbers[atom] {
      number = known
    } else {
      number = atoms.count
      atoms.append(atom)
      atomNumbers[atom] = number
    }
    return intern(Term(summands: [.init(atom: number, factor: 1)], constant: 0))
  }

  /// `left + factor * right`.
  private func combined(
    _ left: Term, _ right: Term, times factor: Int128
  ) throws(Undecided) -> Term {
    var summands: [Term.Summand] = []
    var (first, second) = (left.summands[...], right.summands[...])
    while !first.isEmpty || !second.isEmpty {
      switch (first.first, second.first) {
      case (let one?, let other) where other.map({ one.atom < $0.atom }) ?? true:
        summands.append(one)
        first.removeFirst()
      case (let one?, let other?) where one.atom == other.atom:
        let sum = try Self.sum(one.factor, times: factor, other.factor)
        if sum != 0 { summands.append(.init(atom: one.atom, factor: sum)) }
        first.removeFirst()
        second.removeFirst()
      case (_, let other?):
        let product = try Self.sum(0, times: factor, other.factor)
        if product != 0 { summands.append(.init(atom: other.atom, factor: product)) }
        second.removeFirst()
      default: break
      }
    }
    return Term(
      summands: summands, constant: try Self.sum(left.constant, times: factor, right.constant))
  }

  /// `value + factor * other`.
  private static func sum(
    _ value: Int128, times factor: Int128, _ other: Int128
  ) throws(Undecided) -> Int128 {
    let product = factor.multipliedReportingOverflow(by: other)
    let sum = value.addingReportingOverflow(product.partialValue)
    // The least number has no opposite.
    guard !product.overflow, !sum.overflow, sum.partialValue != .min else { throw .tooLarge }
    return sum.partialValue
  }

  // MARK: - Comparing

  /// What a comparison says of a term, in normal form: its first factor is positive, its factors
  /// have no common divisor.
  package struct Literal: Hashable, Sendable {
    package let term: Handle
    package let relation: Relation

    package enum Relation: Hashable, Sendable {
      /// The term is 0 or less.
      case notPositive
      /// The term is 0.
      case zero
    }
  }

  /// A literal or its negation.
  package struct SignedLiteral: Hashable, Sendable, Comparable {
    /// The literal's number.
    package let literal: Int
    package let isNegated: Bool

    package init(_ literal: Int, isNegated: Bool = false) {
      self.literal = literal
      self.isNegated = isNegated
    }

    package var negation: SignedLiteral { SignedLiteral(literal, isNegated: !isNegated) }

    package static func < (left: SignedLiteral, right: SignedLiteral) -> Bool {
      left.literal == right.literal
        ? !left.isNegated && right.isNegated : left.literal < right.literal
    }
  }

  /// What a comparison amounts to.
  package enum Truth: Hashable, Sendable {
    case known(Bool)
    case open(SignedLiteral)

    var negation: Truth {
      switch self {
      case .known(let value): .known(!value)
      case .open(let literal): .open(literal.negation)
      }
    }
  }

  /// What `left < right`, `left = right` or another comparison says.
  ///
  /// - Parameter kind: A number of its own for each comparison.
  /// - Throws: `Undecided.tooLarge`.
  func truth(
    kind: Int, _ left: Handle, _ right: Handle, _ make: (TermTable) throws(Undecided) -> Truth
  ) throws(Undecided) -> Truth {
    let pair = Pair(left: left, right: right, kind: kind)
    if let known = comparisons[pair] { return known }
    let result = try make(self)
    comparisons[pair] = result
    return result
  }

  /// What a comparison says, if that has been found out.
  func knownTruth(kind: Int, _ left: Handle, _ right: Handle) -> Truth? {
    comparisons[Pair(left: left, right: right, kind: kind)]
  }

  /// Whether `left - right + distance` is 0 or less.
  func isNotPositive(
    _ left: Handle, minus right: Handle, plus distance: Int128 = 0
  ) throws(Undecided) -> Truth {
    let difference = term(try self.difference(left, right))
    let (constant, overflow) = difference.constant.addingReportingOverflow(distance)
    guard !overflow else { throw .tooLarge }
    guard let first = difference.summands.first else { return .known(constant <= 0) }
    let divisor = difference.commonDivisor
    // g*t + k <= 0 is t + ceil(k/g) <= 0, for whole t.
    let term = Term(
      summands: difference.summands.map { .init(atom: $0.atom, factor: $0.factor / divisor) },
      constant: Self.quotientRoundedUp(constant, divisor))
    if first.factor > 0 { return .open(SignedLiteral(literal(term, .notPositive))) }
    // t <= 0 is not (-t + 1 <= 0).
    let opposite = try combined(Term(summands: [], constant: 1), term, times: -1)
    return .open(SignedLiteral(literal(opposite, .notPositive), isNegated: true))
  }

  /// Whether `left - right` is 0.
  func isZero(_ left: Handle, minus right: Handle) throws(Undecided) -> Truth {
    let difference = term(try self.difference(left, right))
    guard let first = difference.summands.first else { return .known(difference.constant == 0) }
    let divisor = difference.commonDivisor
    guard difference.constant % divisor == 0 else { return .known(false) }
    let signed = first.factor > 0 ? divisor : -divisor
    return .open(SignedLiteral(literal(difference.mapped { $0 / signed }, .zero)))
  }

  private func literal(_ term: Term, _ relation: Literal.Relation) -> Int {
    let literal = Literal(term: intern(term), relation: relation)
    if let known = literalNumbers[literal] { return known }
    literals.append(literal)
    literalNumbers[literal] = literals.count - 1
    return literals.count - 1
  }

  private static func quotientRoundedUp(_ value: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest > 0 ? quotient + 1 : quotient
  }

  // MARK: - Values

  /// The value of a term where the elements have values.
  ///
  /// - Throws: `Undecided.tooLarge`.
  package func value(_ handle: Handle, _ elements: [Int128]) throws(Undecided) -> Int128 {
    let term = term(handle)
    var sum = term.constant
    for summand in term.summands {
      let value: Int128
      switch atoms[summand.atom] {
      case .element(let number): value = elements[number]
      case .quotient(let inner, let divisor): value = try self.value(inner, elements) / divisor
      case .remainder(let inner, let divisor): value = try self.value(inner, elements) % divisor
      }
      sum = try Self.sum(sum, times: summand.factor, value)
    }
    return sum
  }

  /// Whether a literal holds where the elements have values.
  ///
  /// - Throws: `Undecided.tooLarge`.
  package func holds(_ signed: SignedLiteral, _ elements: [Int128]) throws(Undecided) -> Bool {
    let literal = literals[signed.literal]
    let value = try value(literal.term, elements)
    return (literal.relation == .zero ? value == 0 : value <= 0) != signed.isNegated
  }
}

extension TermTable.Term {
  fileprivate func mapped(_ change: (Int128) -> Int128) -> TermTable.Term {
    TermTable.Term(
      summands: summands.map { .init(atom: $0.atom, factor: change($0.factor)) },
      constant: change(constant))
  }

  fileprivate func isMultiple(of divisor: Int128) -> Bool {
    constant % divisor == 0 && summands.allSatisfy { $0.factor % divisor == 0 }
  }

  /// The greatest number that divides all factors.
  fileprivate var commonDivisor: Int128 {
    summands.reduce(0) { divisor, summand in
      var (left, right) = (divisor, summand.factor.magnitudeAsInt128)
      while right != 0 { (left, right) = (right, left % right) }
      return left
    }
  }
}

extension Int128 {
  /// The absolute value; never asked of the least number.
  fileprivate var magnitudeAsInt128: Int128 { self < 0 ? 0 &- self : self }
}
