import Proving
import TransitionSystem

/// What can be asked of some elements of scalarsets, no two of them the same, and of what is of none.
struct LemmaAtom: Hashable {
  /// By number in `StateShape`.
  let place: Int
  /// Variables that stand for the elements of the place; none where all elements are looked at.
  let variables: [Int]
  let question: Question

  enum Question: Hashable {
    /// Which value the place has.
    case value
    /// Whether it names the element that a variable stands for.
    case names(Int)
    /// Whether the place, which names elements, names one.
    case namesAnybody
    /// Whether no element has this value there.
    case hasNobody(Int64)
  }

  /// The variables that it is about.
  var all: [Int] {
    if case .names(let variable) = question { variables + [variable] } else { variables }
  }
}

/// An atom with what it is: a value, or 1 and 0 for yes and no.
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
      for variable in literal.atom.all where !order.contains(variable) { order.append(variable) }
    }
    // By their scalarsets, so that the same lemma is the same value.
    order.sort { (sets[$0], $0) < (sets[$1], $1) }
    func renamed(_ variable: Int) -> Int { order.firstIndex(of: variable) ?? 0 }
    self.sets = order.map { sets[$0] }
    self.literals = literals.map { literal in
      var question = literal.atom.question
      if case .names(let variable) = question { question = .names(renamed(variable)) }
      return LemmaLiteral(
        atom: LemmaAtom(
          place: literal.atom.place, variables: literal.atom.variables.map(renamed),
          question: question), value: literal.value)
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
      let atom = literal.atom
      if case .hasNobody(let value) = atom.question {
        conditions += shape.slots(of: atom.place).map {
          SlotCondition(slot: $0, value: value, isEqual: false)
        }
        continue
      }
      let slot = StateShape.Slot(place: atom.place, elements: atom.variables.map { elements[$0] })
      guard let number = shape.number(of: slot) else { return nil }
      switch atom.question {
      case .names(let variable):
        conditions.append(
          SlotCondition(slot: number, value: elements[variable], isEqual: literal.value == 1))
      case .namesAnybody:
        conditions.append(
          SlotCondition(slot: number, value: Slot.undefined, isEqual: literal.value == 0))
      case .value, .hasNobody:
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
