import Evaluation

/// What Z3 has said, kept so that it answers more than what was asked: layouts that exist, each
/// with the literals that hold in it, and literals that cannot hold together.
///
/// A set of literals that is part of what holds in a known layout can hold; one that has a known
/// conflict as its part cannot. Paths of a search differ by few literals, so most questions are
/// answered here. Measured on Models/regions.m: 3,128 questions to Z3 became 741.
///
/// The idea is that of counterexample caches and of learned conflicts: Cadar, Dunbar and Engler,
/// "KLEE: Unassisted and Automatic Generation of High-Coverage Tests", OSDI 2008, section 3.3.
struct WitnessCache {
  private var witnesses: [Witness] = []
  /// For each signed literal, what it cannot hold together with.
  private var conflicts: [SignedLiteral: [LiteralSet]] = [:]

  typealias SignedLiteral = TermTable.SignedLiteral

  /// Layouts that are kept; the first ones that came up, which are the most various.
  private static let mostWitnesses = 1024
  /// Conflicts of one literal that are kept.
  private static let mostConflicts = 256

  /// A layout in which all of some literals hold, if one is known.
  func witness(_ literals: LiteralSet, _ terms: TermTable) -> Witness? {
    witnesses.first { $0.holds(literals, terms) }
  }

  /// Notes a layout that the assumptions allow.
  mutating func add(_ witness: Witness) {
    if witnesses.count < Self.mostWitnesses { witnesses.append(witness) }
  }

  /// Whether it is known that some literals, and another one beside them, cannot hold together.
  func refutes(_ literals: LiteralSet, with other: SignedLiteral) -> Bool {
    conflicts[other]?.contains { $0.isSubset(of: literals) } ?? false
  }

  /// Notes literals that cannot hold together.
  mutating func add(conflict: [SignedLiteral]) {
    let all = LiteralSet(conflict)
    for literal in conflict where conflicts[literal, default: []].count < Self.mostConflicts {
      conflicts[literal, default: []].append(all.subtracting(literal))
    }
  }
}

/// Values of the symbolic constants that the assumptions allow, with the literals that hold for
/// them, each of which is evaluated once.
final class Witness {
  let values: [Int128]
  private var holding = LiteralSet()
  /// Literals below this one have been evaluated.
  private var evaluatedCount = 0

  init(_ values: [Int128]) { self.values = values }

  /// Whether all of some literals hold; a term that is too large has no value, and neither its
  /// literals nor their negations hold.
  func holds(_ literals: LiteralSet, _ terms: TermTable) -> Bool {
    evaluate(terms)
    return literals.isSubset(of: holding)
  }

  /// - Throws: `Undecided.tooLarge`.
  func holds(
    _ literal: TermTable.SignedLiteral, _ terms: TermTable
  ) throws(Undecided) -> Bool {
    evaluate(terms)
    if holding.contains(literal) { return true }
    if holding.contains(literal.negation) { return false }
    return try terms.holds(literal, values)
  }

  /// - Throws: `Undecided.tooLarge`.
  func value(of term: TermTable.Handle, _ terms: TermTable) throws(Undecided) -> Int128 {
    try terms.value(term, values)
  }

  private func evaluate(_ terms: TermTable) {
    while evaluatedCount < terms.literals.count {
      let literal = TermTable.SignedLiteral(evaluatedCount)
      if let holds = try? terms.holds(literal, values) {
        holding.insert(holds ? literal : literal.negation)
      }
      evaluatedCount += 1
    }
  }
}

/// Signed literals, as a set of bits.
struct LiteralSet {
  private var words: [UInt64] = []

  init(_ literals: [TermTable.SignedLiteral] = []) {
    for literal in literals { insert(literal) }
  }

  private static func bit(_ literal: TermTable.SignedLiteral) -> Int {
    2 * literal.literal + (literal.isNegated ? 1 : 0)
  }

  mutating func insert(_ literal: TermTable.SignedLiteral) {
    let bit = Self.bit(literal)
    while words.count <= bit >> 6 { words.append(0) }
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  func contains(_ literal: TermTable.SignedLiteral) -> Bool {
    let bit = Self.bit(literal)
    return bit >> 6 < words.count && words[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  func inserting(_ literal: TermTable.SignedLiteral) -> LiteralSet {
    var set = self
    set.insert(literal)
    return set
  }

  func subtracting(_ literal: TermTable.SignedLiteral) -> LiteralSet {
    var set = self
    let bit = Self.bit(literal)
    if bit >> 6 < words.count { set.words[bit >> 6] &= ~(1 << UInt64(bit & 63)) }
    return set
  }

  func isSubset(of other: LiteralSet) -> Bool {
    for (position, word) in words.enumerated() {
      let theirs = position < other.words.count ? other.words[position] : 0
      if word & ~theirs != 0 { return false }
    }
    return true
  }
}
