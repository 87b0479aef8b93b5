package import TransitionSystem

/// Which slots of a state can be undefined in a reachable state.
///
/// A variable needs no code for *undefined* if every start state leaves it defined and nothing can
/// make it undefined again. The second is decided for whole variables, from above: `undefine` of it
/// or a part of it, a copy into it of slots that may be undefined, and being handed to a `var`
/// parameter or bound by an alias in a model where something could undefine through those.
package struct Definedness {
  private let system: TransitionSystem
  /// For each slot, the position of its variable.
  private var variableOfSlot: [Int] = []
  /// Variables that something can make undefined.
  private var undefinable: Set<Int> = []
  /// Copies between variables: if the key may be undefined, so may the values.
  private var copies: [Int: Set<Int>] = [:]
  /// Variables that a reference can stand for.
  private var referenced: Set<Int> = []
  /// Whether something can become undefined through a reference.
  private var referencesUndefine = false

  /// For each slot, whether it may be undefined.
  ///
  /// - Parameter startStates: All start states, each `slotCount` slots.
  package static func mayBeUndefined(
    in system: TransitionSystem, startStates: [[Int64]]
  ) -> [Bool] {
    var analysis = Definedness(system)
    system.forEachPart { analysis.visit($0) }
    return analysis.conclude(startStates)
  }

  private init(_ system: TransitionSystem) {
    self.system = system
    for (position, variable) in system.variables.enumerated() {
      variableOfSlot += Array(repeating: position, count: variable.type.slotCount)
      if variable.type.hasMultiset { undefinable.insert(position) }
    }
  }

  private func conclude(_ startStates: [[Int64]]) -> [Bool] {
    var undefinable = self.undefinable
    if referencesUndefine { undefinable.formUnion(referenced) }
    for state in startStates {
      for slot in state.indices where state[slot] == Slot.undefined {
        undefinable.insert(variableOfSlot[slot])
      }
    }
    var pending = Array(undefinable)
    while let variable = pending.popLast() {
      for target in copies[variable] ?? [] where undefinable.insert(target).inserted {
        pending.append(target)
      }
    }
    return variableOfSlot.map(undefinable.contains)
  }

  // MARK: - What can become undefined

  /// The variable that a place is part of; nil for a local one or a reference.
  private func variable(of place: Place) -> Int? {
    guard place.base == .state else { return nil }
    return place.offset < variableOfSlot.count ? variableOfSlot[place.offset] : nil
  }

  /// Something that may be undefined is written to a place.
  private mutating func markUndefinable(_ place: Place) {
    switch place.base {
    case .state: if let variable = variable(of: place) { undefinable.insert(variable) }
    case .reference: referencesUndefine = true
    case .frame: break
    }
  }

  private mutating func visitCopy(into place: Place, of aggregate: Aggregate) {
    switch aggregate {
    case .place(let source):
      if let from = variable(of: source), let to = variable(of: place) {
        copies[from, default: []].insert(to)
      } else {
        markUndefinable(place)
      }
    case .call:
      markUndefinable(place)
    case .conditional(_, let then, let otherwise):
      visitCopy(into: place, of: then)
      visitCopy(into: place, of: otherwise)
    }
  }

  private mutating func visitCopy(into place: Place, of value: Expression) {
    switch value.kind {
    case .load(let source): visitCopy(into: place, of: .place(source))
    case .conditional(_, let then, let otherwise):
      visitCopy(into: place, of: then)
      visitCopy(into: place, of: otherwise)
    default: markUndefinable(place)
    }
  }

  private mutating func visit(_ part: Part) {
    switch part {
    case .place(let place, .reference):
      if let variable = variable(of: place) { referenced.insert(variable) }
    case .statement(let statement):
      visit(statement)
    case .place, .expression, .call:
      break
    }
  }

  /// What the statement itself does; what it consists of is visited on its own.
  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .undefine(let place):
      markUndefinable(place)
    case .copy(let place, let aggregate):
      visitCopy(into: place, of: aggregate)
    case .assign(let place, let value):
      if case .handedOn(let operand, _) = value.kind { visitCopy(into: place, of: operand) }
    case .clear(let place):
      // A type without values is left undefined.
      if place.type.hasEmptyType { markUndefinable(place) }
    default:
      break
    }
  }
}

extension ValueType {
  fileprivate var hasMultiset: Bool {
    var found = false
    forEachMultiset(from: 0) { _ in found = true }
    return found
  }

  fileprivate var hasEmptyType: Bool {
    var found = false
    forEachSlot { found = found || $0.lower > $0.upper }
    return found
  }
}
