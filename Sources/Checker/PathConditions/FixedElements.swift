import Evaluation
import SMT

/// Which elements of the symbolic constants have one value, the same in every layout. What depends
/// on these alone is computed: for a machine that is known to the byte Z3 has little to say.
struct FixedElements {
  private let isFixed: [Bool]
  private let layout: KnownLayout
  /// For each literal that has come up, whether it depends on fixed elements alone.
  private var isDecided: [Int: Bool] = [:]

  init(_ isFixed: [Bool], in layout: KnownLayout) {
    self.isFixed = isFixed
    self.layout = layout
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
    return isDecided ? try layout.holds(literal, terms) : nil
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

extension PathConditions {
  /// Layouts that are asked for, each with another value of an element that may be fixed, before
  /// the rest is taken not to be.
  private static let mostVariedLayouts = 64
  /// What Z3 may take to say that there is no other layout; it is never needed to know.
  private static let varyingMilliseconds: UInt32 = 1_000

  /// Asks Z3 for layouts until what is alike in all of them has to be alike.
  ///
  /// - Throws: `Undecided.stopped`.
  func findFixedElements() throws(Undecided) -> FixedElements {
    guard let solver, let layout = conditions[0].witnesses.first else { throw .unasked }
    let values = layout.values
    let limits = solver.limits
    solver.limits.timeoutMilliseconds = min(
      limits.timeoutMilliseconds ?? .max, Self.varyingMilliseconds)
    defer { solver.limits = limits }
    var open = Array(values.indices)
    for _ in 0..<Self.mostVariedLayouts {
      let isOther = open.map { !encoding.unknowns[$0].equals(IntTerm(IntegerValue(values[$0]))) }
      do throws(Undecided) {
        guard let other = try solution(of: [.any(isOther)]) else {
          return FixedElements(values.indices.map { open.contains($0) }, in: layout)
        }
        known.add(KnownLayout(other))
        open.removeAll { other[$0] != values[$0] }
      } catch {
        if error == .stopped { throw error }
        break
      }
      if open.isEmpty { break }
    }
    return FixedElements(values.map { _ in false }, in: layout)
  }
}
