import TransitionSystem

/// What is seen of some elements in the states that were reached: for each atom and value the views, by
/// number, that have it.
struct ReachedViews {
  /// The scalarset of each variable.
  let sets: [Int]
  let atoms: [LemmaAtom]
  /// How many values each atom may have.
  private let weights: [Double]
  /// For each atom, by value the views as bits.
  private var views: [[Int64: [UInt64]]]
  private(set) var count = 0

  /// - Parameter states: Values of slots, at the size of the shape.
  init(_ sets: [Int], _ shape: StateShape, _ states: [[Int64]]) {
    self.sets = sets
    atoms = Self.atoms(sets, shape)
    weights = atoms.map { atom in
      atom.named == nil ? Double(shape.places[atom.place].type.valueCount ?? 2) : 2
    }
    let choices = ElementChoices.all(sets, shape.sizes)
    var seen: Set<[Int64]> = []
    for elements in choices {
      let slots = Self.slots(atoms, elements, shape)
      for state in states {
        seen.insert(Self.view(of: state, atoms, slots, elements))
      }
    }
    count = seen.count
    let wordCount = (seen.count + 63) / 64
    views = atoms.map { _ in [:] }
    for (number, view) in seen.enumerated() {
      for atom in atoms.indices {
        views[atom][view[atom], default: Array(repeating: 0, count: wordCount)][number >> 6] |=
          1 << UInt64(number & 63)
      }
    }
  }

  /// Whether a view of so many variables can be had at a size.
  static func isPossible(_ sets: [Int], _ sizes: [Int: Int64]) -> Bool {
    ElementChoices.first(sets, sizes) != nil
  }

  private static func atoms(_ sets: [Int], _ shape: StateShape) -> [LemmaAtom] {
    var found: [LemmaAtom] = []
    for (number, place) in shape.places.enumerated() {
      var choices: [[Int]] = [[]]
      for set in place.sets {
        choices = choices.flatMap { chosen in
          sets.indices.filter { sets[$0] == set }.map { chosen + [$0] }
        }
      }
      for variables in choices {
        switch place.type.kind {
        case .scalarset:
          for named in sets.indices where sets[named] == place.type.identity {
            found.append(LemmaAtom(place: number, variables: variables, named: named))
          }
        case .boolean, .range, .enumeration:
          found.append(LemmaAtom(place: number, variables: variables, named: nil))
        case .union, .multisetIndex, .address: break
        }
      }
    }
    return found
  }

  private static func slots(
    _ atoms: [LemmaAtom], _ elements: [Int64], _ shape: StateShape
  ) -> [Int] {
    atoms.map { atom in
      let slot = StateShape.Slot(
        place: atom.place, elements: atom.variables.map { elements[$0] })
      return shape.number(of: slot) ?? 0
    }
  }

  private static func view(
    of state: [Int64], _ atoms: [LemmaAtom], _ slots: [Int], _ elements: [Int64]
  ) -> [Int64] {
    zip(atoms, slots).map { atom, slot in
      atom.named.map { state[slot] == elements[$0] ? 1 : 0 } ?? state[slot]
    }
  }

  /// Lemmas that are true in all states that were reached, and not in one.
  ///
  /// - Parameters:
  ///   - state: At the size of the shape.
  ///   - most: Literals of a lemma.
  /// - Returns: Those of the fewest literals, and of these those first that exclude most.
  func lemmas(excluding state: [Int64], _ shape: StateShape, most: Int) -> [Lemma] {
    var found: [Lemma: Double] = [:]
    var fewest = most
    for elements in ElementChoices.all(sets, shape.sizes) {
      let slots = Self.slots(atoms, elements, shape)
      let view = Self.view(of: state, atoms, slots, elements)
      for cube in cubes(in: view, most: fewest) {
        if cube.count < fewest {
          fewest = cube.count
          found = [:]
        }
        let lemma = Lemma(
          cube.map { LemmaLiteral(atom: atoms[$0], value: view[$0]) }, over: sets)
        found[lemma] = cube.reduce(0) { $0 + weights[$1] } + 0.1 * Double(lemma.sets.count)
      }
    }
    return found.sorted { ($0.value, $0.key.words) < ($1.value, $1.key.words) }.map(\.key)
  }

  /// Sets of atoms whose values in a view no view that was reached has together; the least, up to so
  /// many.
  private func cubes(in view: [Int64], most: Int) -> [[Int]] {
    let bits = atoms.indices.map { views[$0][view[$0]] }
    let never = atoms.indices.filter { bits[$0] == nil }
    if !never.isEmpty || most < 2 { return never.map { [$0] } }
    var pairs: [[Int]] = []
    // Rare ones first: with them there is least to look at.
    let known = atoms.indices.compactMap { atom in bits[atom].map { (atom, $0) } }
    for (position, (first, firstBits)) in known.enumerated() {
      for (second, secondBits) in known[(position + 1)...]
      where Self.isDisjoint(firstBits, secondBits) {
        pairs.append([first, second])
      }
    }
    if !pairs.isEmpty || most < 3 { return pairs }
    var triples: [[Int]] = []
    for (position, (first, firstBits)) in known.enumerated() {
      for (offset, (second, secondBits)) in known[(position + 1)...].enumerated() {
        let both = zip(firstBits, secondBits).map { $0 & $1 }
        for (third, thirdBits) in known[(position + offset + 2)...]
        where Self.isDisjoint(both, thirdBits) {
          triples.append([first, second, third])
        }
      }
    }
    if !triples.isEmpty || most < 4 { return triples }
    return fours(known)
  }

  private func fours(_ known: [(Int, [UInt64])]) -> [[Int]] {
    var found: [[Int]] = []
    for first in known.indices {
      for second in known.indices where second > first {
        let two = zip(known[first].1, known[second].1).map { $0 & $1 }
        for third in known.indices where third > second {
          let three = zip(two, known[third].1).map { $0 & $1 }
          for fourth in known.indices
          where fourth > third && Self.isDisjoint(three, known[fourth].1) {
            found.append([first, second, third, fourth].map { known[$0].0 })
            if found.count > 100 { return found }
          }
        }
      }
    }
    return found
  }

  private static func isDisjoint(_ one: [UInt64], _ other: [UInt64]) -> Bool {
    for position in one.indices where one[position] & other[position] != 0 { return false }
    return true
  }
}

extension Lemma {
  /// For an order that is the same always.
  var words: String {
    literals.map { "\($0.atom.place).\($0.atom.variables).\($0.atom.named ?? -1)=\($0.value)" }
      .joined(separator: "&")
  }
}
