import TransitionSystem

/// What is seen of some elements in the states that were reached: for each atom and value the views, by
/// number, that have it.
struct ReachedViews {
  /// The scalarset of each variable.
  let sets: [Int]
  private let atoms: [LemmaAtom]
  /// How many answers each atom may have.
  private let weights: [Double]
  /// For each atom, by answer where its bits begin.
  private var rows: [[Int64: Int]]
  /// For each answer of each atom the views that have it, a bit for each.
  private var bits: [UInt64] = []
  private let wordCount: Int
  private let viewCount: Int

  /// States that were reached at a size.
  struct Reached {
    let shape: StateShape
    /// Values of slots.
    let states: [[Int64]]
  }

  /// - Parameter reached: At some sizes, one of them at least with as many elements as variables.
  init(_ sets: [Int], _ reached: [Reached]) {
    self.sets = sets
    let shape = reached[0].shape
    atoms = Self.atoms(sets, shape)
    weights = atoms.map { atom in
      atom.question == .value ? Double(shape.places[atom.place].type.valueCount ?? 2) : 2
    }
    var seen: Set<[Int64]> = []
    for size in reached {
      for elements in ElementChoices.all(sets, size.shape.sizes) {
        let looks = Look.all(atoms, elements, size.shape)
        for state in size.states { seen.insert(looks.map { $0.answer(in: state) }) }
      }
    }
    viewCount = seen.count
    wordCount = (seen.count + 63) / 64
    rows = atoms.map { _ in [:] }
    for (number, view) in seen.enumerated() {
      for atom in atoms.indices {
        let row = rows[atom][view[atom]] ?? bits.count
        if row == bits.count {
          rows[atom][view[atom]] = row
          bits += Array(repeating: 0, count: wordCount)
        }
        bits[row + number >> 6] |= 1 << UInt64(number & 63)
      }
    }
  }

  private static func atoms(_ sets: [Int], _ shape: StateShape) -> [LemmaAtom] {
    var found: [LemmaAtom] = []
    for (number, place) in shape.places.enumerated() {
      for variables in choices(for: place, sets) {
        switch place.type.kind {
        case .scalarset:
          found.append(
            LemmaAtom(place: number, variables: variables, question: .namesAnybody))
          for named in sets.indices where sets[named] == place.type.identity {
            found.append(
              LemmaAtom(place: number, variables: variables, question: .names(named)))
          }
        case .boolean, .range, .enumeration:
          found.append(LemmaAtom(place: number, variables: variables, question: .value))
        case .union, .multisetIndex, .address: break
        }
      }
      guard place.sets.count == 1, place.type.scalarsets.isEmpty,
        let count = place.type.valueCount, count <= mostValues
      else { continue }
      for value in place.type.lower...max(place.type.lower, place.type.upper) where count > 0 {
        found.append(LemmaAtom(place: number, variables: [], question: .hasNobody(value)))
      }
    }
    return found
  }

  /// Values of a place for each of which it is asked whether no element has it.
  private static let mostValues = 16

  /// The variables that may stand for the elements of a place.
  private static func choices(for place: StateShape.Place, _ sets: [Int]) -> [[Int]] {
    place.sets.reduce([[]]) { choices, set in
      choices.flatMap { chosen in
        sets.indices.filter { sets[$0] == set }.map { chosen + [$0] }
      }
    }
  }

  /// An atom for certain elements.
  private enum Look {
    case value(slot: Int)
    case names(slot: Int, Int64)
    case namesAnybody(slot: Int)
    case hasNobody(slots: [Int], Int64)

    static func all(
      _ atoms: [LemmaAtom], _ elements: [Int64], _ shape: StateShape
    ) -> [Look] {
      atoms.map { atom in
        if case .hasNobody(let value) = atom.question {
          return .hasNobody(slots: shape.slots(of: atom.place), value)
        }
        let slot =
          shape.number(
            of: StateShape.Slot(
              place: atom.place, elements: atom.variables.map { elements[$0] })) ?? 0
        return switch atom.question {
        case .names(let variable): .names(slot: slot, elements[variable])
        case .namesAnybody: .namesAnybody(slot: slot)
        case .value, .hasNobody: .value(slot: slot)
        }
      }
    }

    func answer(in state: [Int64]) -> Int64 {
      switch self {
      case .value(let slot): state[slot]
      case .names(let slot, let element): state[slot] == element ? 1 : 0
      case .namesAnybody(let slot): state[slot] == Slot.undefined ? 0 : 1
      case .hasNobody(let slots, let value): slots.contains { state[$0] == value } ? 0 : 1
      }
    }
  }

  // MARK: - Lemmas

  /// Lemmas that are true in all states that were reached, and not in one.
  ///
  /// - Parameters:
  ///   - state: At the size of the shape.
  ///   - most: Literals of a lemma.
  ///   - asksForNobody: Whether a lemma may say that somebody has a value.
  /// - Returns: Those of the fewest literals, and of these those first that exclude most.
  func lemmas(
    excluding state: [Int64], _ shape: StateShape, most: Int, asksForNobody: Bool
  ) -> [(lemma: Lemma, weight: Double)] {
    var found: [Lemma: Double] = [:]
    var fewest = most
    var seen: Set<[Int64]> = []
    for elements in ElementChoices.all(sets, shape.sizes) {
      let view = Look.all(atoms, elements, shape).map { $0.answer(in: state) }
      guard seen.insert(view).inserted else { continue }
      for cube in cubes(in: view, most: fewest, asksForNobody) {
        if cube.count < fewest {
          fewest = cube.count
          found = [:]
        }
        let lemma = Lemma(
          cube.map { LemmaLiteral(atom: atoms[$0], value: view[$0]) }, over: sets)
        found[lemma] = cube.reduce(0) { $0 + weights[$1] } + 0.1 * Double(lemma.sets.count)
      }
    }
    return found.sorted { ($0.value, $0.key.words) < ($1.value, $1.key.words) }
      .map { ($0.key, $0.value) }
  }

  /// Atoms that may be part of a lemma with what they are in a view. That somebody has a value is said
  /// with a variable.
  private func literals(of view: [Int64], _ asksForNobody: Bool) -> [Int] {
    atoms.indices.filter {
      if case .hasNobody = atoms[$0].question { asksForNobody && view[$0] == 1 } else { true }
    }
  }

  private func isAlways(_ row: Int) -> Bool {
    bits[row..<row + wordCount].reduce(0) { $0 + $1.nonzeroBitCount } == viewCount
  }

  /// Sets of atoms whose answers in a view no view that was reached has together; the least, up to so
  /// many.
  private func cubes(in view: [Int64], most: Int, _ asksForNobody: Bool) -> [[Int]] {
    let literals = literals(of: view, asksForNobody)
    let never = literals.filter { rows[$0][view[$0]] == nil }
    if !never.isEmpty || most < 2 { return never.map { [$0] } }
    // What all views have excludes nothing.
    let known = literals.compactMap { atom in rows[atom][view[atom]].map { (atom, $0) } }
      .filter { !isAlways($0.1) }
    return bits.withUnsafeBufferPointer { bits in
      let search = CubeSearch(bits: bits, wordCount: wordCount, rows: known.map(\.1))
      return search.smallest(most: most).map { $0.map { known[$0].0 } }
    }
  }
}

/// Sets of rows of bits that have no bit in common.
private struct CubeSearch {
  let bits: UnsafeBufferPointer<UInt64>
  let wordCount: Int
  let rows: [Int]

  private static let mostFours = 100

  /// The least of them, up to so many rows; each by its positions.
  func smallest(most: Int) -> [[Int]] {
    var found: [[Int]] = []
    for size in 2...max(2, most) where found.isEmpty {
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount * (size + 1)) { common in
        common.initialize(repeating: .max)
        extend([], common, size, &found)
      }
    }
    return found
  }

  /// - Parameter common: For each position of the set that has been chosen, bits that are in all rows up
  ///   to there.
  private func extend(
    _ chosen: [Int], _ common: UnsafeMutableBufferPointer<UInt64>, _ size: Int,
    _ found: inout [[Int]]
  ) {
    let level = chosen.count * wordCount
    for position in ((chosen.last ?? -1) + 1)..<max((chosen.last ?? -1) + 1, rows.count) {
      let row = rows[position]
      if chosen.count == size - 1 {
        var isDisjoint = true
        for word in 0..<wordCount where bits[row + word] & common[level + word] != 0 {
          isDisjoint = false
          break
        }
        if isDisjoint { found.append(chosen + [position]) }
      } else {
        for word in 0..<wordCount {
          common[level + wordCount + word] = bits[row + word] & common[level + word]
        }
        extend(chosen + [position], common, size, &found)
      }
      if size > 3, found.count > Self.mostFours { return }
    }
  }
}

extension Lemma {
  /// For an order that is the same always.
  var words: String {
    literals.map { "\($0.atom.place).\($0.atom.variables).\($0.atom.question)=\($0.value)" }
      .joined(separator: "&")
  }
}
