/// A column of a signature, or that it is false.
struct Literal: Hashable, Sendable {
  let column: Int
  let isTrue: Bool

  var negation: Literal { Literal(column: column, isTrue: !isTrue) }
}

/// For each literal over the columns of a signature, in which of some vectors it is true, as bits.
struct LiteralSets: Sendable {
  private let sets: [[UInt64]]
  /// A bit for each vector.
  let all: [UInt64]

  init(_ vectors: Set<ConditionVector>, columns: Int) {
    let count = (vectors.count + 63) / 64
    var sets = Array(repeating: Array(repeating: UInt64(0), count: count), count: 2 * columns)
    var all = Array(repeating: UInt64(0), count: count)
    for (number, vector) in vectors.enumerated() {
      let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
      all[word] |= bit
      for column in 0..<columns {
        guard let value = vector.value(column) else { continue }
        sets[2 * column + (value ? 0 : 1)][word] |= bit
      }
    }
    (self.sets, self.all) = (sets, all)
  }

  /// Those of some vectors in which a literal is true.
  func filter(_ vectors: [UInt64], by literal: Literal) -> [UInt64] {
    zip(vectors, set(literal)).map { $0 & $1 }
  }

  /// Whether a literal is true in one of some vectors.
  func isTrue(_ literal: Literal, inOneOf vectors: [UInt64]) -> Bool {
    let set = set(literal)
    for word in vectors.indices where vectors[word] & set[word] != 0 { return true }
    return false
  }

  /// Whether each can be evaluated wherever those before it are true.
  func canBeEvaluated(_ literals: [Literal]) -> Bool {
    var left = all
    for literal in literals {
      let (own, other) = (set(literal), set(literal.negation))
      for word in left.indices where left[word] & ~(own[word] | other[word]) != 0 { return false }
      left = filter(left, by: literal)
    }
    return true
  }

  private func set(_ literal: Literal) -> [UInt64] {
    sets[2 * literal.column + (literal.isTrue ? 0 : 1)]
  }
}

/// Looks for literals that are true at once in a vector, and nowhere else.
struct LiteralSearch {
  /// Where they are never true at once.
  let outside: LiteralSets
  /// How much it takes to read each column.
  let lengths: [Int]

  private static let mostVectors = 24
  private static let mostVectorsOfTriples = 3
  /// A negation, and what holds two together.
  private static let signLength = 3

  /// The shortest of the fewest, three at most, that are true at once in one of the vectors, nowhere
  /// outside, and accepted.
  ///
  /// Complexity: the third power of the number of columns, for the few vectors that are looked at.
  func shortest(
    of vectors: [ConditionVector], _ isAccepted: ([Literal]) -> Bool
  ) -> [Literal]? {
    for count in 1...3 {
      var best: (literals: [Literal], length: Int)?
      for vector in vectors.prefix(count < 3 ? Self.mostVectors : Self.mostVectorsOfTriples) {
        let own = lengths.indices.compactMap { column in
          vector.value(column).map { Literal(column: column, isTrue: $0) }
        }
        extend([], 0, outside.all, with: own[...], count, &best, isAccepted)
      }
      if let best { return best.literals }
    }
    return nil
  }

  /// Adds so many of the literals to those that have been chosen, in all ways.
  ///
  /// - Parameter left: Where outside those that have been chosen are true.
  private func extend(
    _ chosen: [Literal], _ length: Int, _ left: [UInt64], with literals: ArraySlice<Literal>,
    _ count: Int, _ best: inout (literals: [Literal], length: Int)?,
    _ isAccepted: ([Literal]) -> Bool
  ) {
    for position in literals.indices {
      let literal = literals[position]
      let length = length + lengths[literal.column] + (literal.isTrue ? 0 : Self.signLength)
      if let best, length >= best.length { continue }
      if count == 1 {
        guard !outside.isTrue(literal, inOneOf: left) else { continue }
        let all = chosen + [literal]
        if isAccepted(all) { best = (all, length) }
      } else {
        extend(
          chosen + [literal], length, outside.filter(left, by: literal),
          with: literals[(position + 1)...], count - 1, &best, isAccepted)
      }
    }
  }
}
