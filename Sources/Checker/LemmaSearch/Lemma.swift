import Proving
import TransitionSystem

/// What can be said of some elements of scalarsets, no two of them the same, and of what is of none: that
/// a place has a value, or names one of the elements.
struct LemmaAtom: Hashable {
  /// By number in `StateShape`.
  let place: Int
  /// Variables that stand for the elements of the place.
  let variables: [Int]
  /// The variable that the place names, where it is asked whether it does; nil for its value.
  let named: Int?
}

/// An atom with what it is: a value, or 1 and 0 for whether the place names the element.
struct LemmaLiteral: Hashable {
  let atom: LemmaAtom
  let value: Int64
}

/// That some literals are never true together, for any elements that the variables stand for.
struct Lemma: Hashable {
  /// The scalarset of each variable.
  let sets: [Int]
  let literals: [LemmaLiteral]

  /// The lemma of some literals, with no other variables than it needs, in the order in which it names
  /// them.
  init(_ literals: [LemmaLiteral], over sets: [Int]) {
    var order: [Int] = []
    for literal in literals {
      for variable in literal.atom.variables + (literal.atom.named.map { [$0] } ?? [])
      where !order.contains(variable) {
        order.append(variable)
      }
    }
    // By their scalarsets, so that the same lemma is the same value.
    order.sort { (sets[$0], $0) < (sets[$1], $1) }
    func renamed(_ variable: Int) -> Int { order.firstIndex(of: variable) ?? 0 }
    self.sets = order.map { sets[$0] }
    self.literals = literals.map { literal in
      LemmaLiteral(
        atom: LemmaAtom(
          place: literal.atom.place, variables: literal.atom.variables.map(renamed),
          named: literal.atom.named.map(renamed)), value: literal.value)
    }
  }

  /// What is never met together at a size, for each choice of elements.
  func cubes(in shape: StateShape) -> [[SlotCondition]] {
    ElementChoices.all(sets, shape.sizes).compactMap { cube($0, in: shape) }
  }

  /// The first of `cubes`.
  func firstCube(in shape: StateShape) -> [SlotCondition]? {
    ElementChoices.first(sets, shape.sizes).flatMap { cube($0, in: shape) }
  }

  private func cube(_ elements: [Int64], in shape: StateShape) -> [SlotCondition]? {
    var conditions: [SlotCondition] = []
    for literal in literals {
      let slot = StateShape.Slot(
        place: literal.atom.place, elements: literal.atom.variables.map { elements[$0] })
      guard let number = shape.number(of: slot) else { return nil }
      if let named = literal.atom.named {
        conditions.append(
          SlotCondition(slot: number, value: elements[named], isEqual: literal.value == 1))
      } else {
        conditions.append(SlotCondition(slot: number, value: literal.value))
      }
    }
    return conditions
  }
}

/// Elements for variables, no two of a scalarset the same.
enum ElementChoices {
  static func all(_ sets: [Int], _ sizes: [Int: Int64]) -> [[Int64]] {
    var found: [[Int64]] = [[]]
    for (position, set) in sets.enumerated() {
      found = found.flatMap { chosen in
        (0..<(sizes[set] ?? 0)).filter { element in
          !(0..<position).contains { sets[$0] == set && chosen[$0] == element }
        }.map { chosen + [$0] }
      }
    }
    return found
  }

  /// Nil where there are too few elements.
  static func first(_ sets: [Int], _ sizes: [Int: Int64]) -> [Int64]? {
    var used: [Int: Int64] = [:]
    var chosen: [Int64] = []
    for set in sets {
      let next = used[set] ?? 0
      guard next < sizes[set] ?? 0 else { return nil }
      chosen.append(next)
      used[set] = next + 1
    }
    return chosen
  }
}
