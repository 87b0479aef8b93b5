import Evaluation

/// Which elements of the symbolic constants have one value, the same in every layout. What depends
/// on these alone is computed: for a machine that is known to the byte Z3 has little to say.
struct Backbone {
  private let isFixed: [Bool]
  private let witness: Witness
  /// For each literal that has come up, whether it depends on fixed elements alone.
  private var isDecided: [Int: Bool] = [:]

  init(_ isFixed: [Bool], in witness: Witness) {
    self.isFixed = isFixed
    self.witness = witness
  }

  /// Whether a literal holds in every layout or in none; nil where that is not for these elements
  /// to say.
  ///
  /// - Throws: `Undecided.tooLarge`.
  mutating func truth(
    of literal: TermTable.SignedLiteral, _ terms: TermTable
  ) throws(Undecided) -> Bool? {
    guard isFixed.contains(true) else { return nil }
    let isDecided =
      isDecided[literal.literal] ?? isFixed(terms.literals[literal.literal].term, terms)
    self.isDecided[literal.literal] = isDecided
    return isDecided ? try witness.holds(literal, terms) : nil
  }

  private func isFixed(_ handle: TermTable.Handle, _ terms: TermTable) -> Bool {
    terms.term(handle).summands.allSatisfy { summand in
      switch terms.atoms[summand.atom] {
      case .element(let number): isFixed[number]
      case .quotient(let inner, _), .remainder(let inner, _): isFixed(inner, terms)
      }
    }
  }
}
