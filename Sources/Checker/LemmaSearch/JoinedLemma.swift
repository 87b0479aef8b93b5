/// Lemmas that differ in one value, as one: of literals, one of which has several values, none is true
/// together with the others.
struct JoinedLemma {
  /// The scalarset of each variable.
  let sets: [Int]
  /// Each with the values that it has in one of the lemmas.
  let literals: [(atom: LemmaAtom, values: [Int64])]

  /// Joins lemmas, each into one with as many others as can be; the order is that of the first ones.
  static func all(_ lemmas: [Lemma]) -> [JoinedLemma] {
    var groups: [Open: [Int]] = [:]
    for (number, lemma) in lemmas.enumerated() {
      for position in lemma.literals.indices {
        groups[Open(lemma, at: position), default: []].append(number)
      }
    }
    // The largest first, and of those of a size that which begins first.
    let sorted = groups.filter { $0.value.count > 1 }.sorted {
      ($1.value.count, $0.value[0], $0.key.position) < (
        $0.value.count, $1.value[0], $1.key.position
      )
    }
    var joined: [Int: JoinedLemma] = [:]
    var isJoined = Array(repeating: false, count: lemmas.count)
    func join(_ numbers: [Int], at position: Int?) {
      for number in numbers { isJoined[number] = true }
      let first = lemmas[numbers[0]]
      let literals = first.literals.enumerated().map { place, literal in
        let values =
          place == position
          ? numbers.map { lemmas[$0].literals[place].value } : [literal.value]
        return (atom: literal.atom, values: values.sorted())
      }
      joined[numbers[0]] = JoinedLemma(sets: first.sets, literals: literals)
    }
    for (open, numbers) in sorted {
      let left = numbers.filter { !isJoined[$0] }
      if left.count > 1 { join(left, at: open.position) }
    }
    for number in lemmas.indices where !isJoined[number] { join([number], at: nil) }
    return joined.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A lemma but for the value of one literal.
  private struct Open: Hashable {
    let sets: [Int]
    let atoms: [LemmaAtom]
    let values: [Int64]
    let position: Int

    init(_ lemma: Lemma, at position: Int) {
      sets = lemma.sets
      atoms = lemma.literals.map(\.atom)
      values = lemma.literals.enumerated().filter { $0.offset != position }.map(\.element.value)
      self.position = position
    }
  }
}
