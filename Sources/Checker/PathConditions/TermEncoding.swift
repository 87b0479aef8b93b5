import Evaluation
import SMT
import TransitionSystem

/// Terms and literals in Z3's words.
struct TermEncoding {
  private let table: TermTable
  /// For each element of the symbolic constants, the unknown that stands for it.
  let unknowns: [IntTerm]
  private var terms: [TermTable.Handle: IntTerm] = [:]
  private var literals: [Int: BoolTerm] = [:]

  init(_ system: TransitionSystem, _ table: TermTable) {
    self.table = table
    unknowns = system.symbolicConstants.flatMap { constant in
      (0..<constant.elementCount).map { IntTerm(unknown: constant.name(ofElement: $0)) }
    }
  }

  mutating func formula(_ signed: TermTable.SignedLiteral) throws(Undecided) -> BoolTerm {
    let positive: BoolTerm
    if let known = literals[signed.literal] {
      positive = known
    } else {
      let literal = table.literals[signed.literal]
      if literal.relation == .zero, let divisible = divisibility(table.term(literal.term)) {
        positive = divisible
      } else {
        let term = term(literal.term)
        positive = literal.relation == .zero ? term.equals(0) : term <= 0
      }
      literals[signed.literal] = positive
    }
    return signed.isNegated ? !positive : positive
  }

  mutating func formula(_ formula: SymbolicFormula) throws(Undecided) -> BoolTerm {
    switch formula {
    case .known(let value): return BoolTerm(value)
    case .literal(let literal): return try self.formula(literal)
    case .not(let inner): return !(try self.formula(inner))
    case .all(let parts): return .all(try formulas(parts))
    case .any(let parts): return .any(try formulas(parts))
    }
  }

  private mutating func formulas(_ parts: [SymbolicFormula]) throws(Undecided) -> [BoolTerm] {
    var formulas: [BoolTerm] = []
    for part in parts { formulas.append(try formula(part)) }
    return formulas
  }

  mutating func term(_ handle: TermTable.Handle) -> IntTerm {
    if let known = terms[handle] { return known }
    let term = table.term(handle)
    var parts: [IntTerm] = []
    for summand in term.summands {
      let atom = atom(table.atoms[summand.atom])
      parts.append(summand.factor == 1 ? atom : IntegerValue(summand.factor) * atom)
    }
    if term.constant != 0 || parts.isEmpty { parts.append(IntTerm(IntegerValue(term.constant))) }
    let made = IntTerm.sum(parts)
    terms[handle] = made
    return made
  }

  /// That a term which is a mere remainder is 0. The sign, by which Murphi and Z3 differ, does not
  /// matter then.
  private mutating func divisibility(_ term: TermTable.Term) -> BoolTerm? {
    guard term.constant == 0, term.summands.count == 1,
      case .remainder(let inner, let number) = table.atoms[term.summands[0].atom],
      let divisor = Divisor(IntegerValue(number))
    else { return nil }
    return self.term(inner).remainder(by: divisor, rounding: .euclidean).equals(0)
  }

  private mutating func atom(_ atom: TermTable.Atom) -> IntTerm {
    switch atom {
    case .element(let number): return unknowns[number]
    case .quotient(let inner, let divisor):
      // Divisors are positive.
      return Divisor(IntegerValue(divisor)).map { term(inner).divided(by: $0) } ?? 0
    case .remainder(let inner, let divisor):
      return Divisor(IntegerValue(divisor)).map { term(inner).remainder(by: $0) } ?? 0
    }
  }

  /// The values of all elements in a model.
  ///
  /// - Throws: `SMTError.valueTooLarge`.
  func values(of model: Model) throws(SMTError) -> [Int128] {
    var values: [Int128] = []
    for unknown in unknowns {
      guard let value = try model.value(of: unknown).int128 else { throw .valueTooLarge }
      values.append(value)
    }
    return values
  }
}
