package import SMT
package import TransitionSystem

/// Sizes of scalarsets that are not said: of the elements that a type has, the first few are there, and
/// unknowns say how many. So what is asked of a system with so many elements is asked of all smaller ones
/// at once.
///
/// Nothing may look at an element that is not there: no variable runs over it, no parameter is it, no slot
/// of those that are there names it, but for such of which that is said, and two arrays are equal whatever they have for it. What the slots
/// hold that are of it is then the same for all that can be asked, so nothing is said of them. The elements
/// that are there are the first ones, so their numbers are those that they have in the smaller system.
package struct OpenSizes: Sendable {
  /// A scalarset of which it is not said how many elements there are.
  package struct OpenSet: Sendable {
    /// Of the scalarset.
    package let identity: Int
    /// The elements that need not be there, each with the unknown that says whether it is. Of the others
    /// all are.
    package let elements: [(element: Int64, name: String)]
  }

  /// All sizes are as the types say.
  package static let none = OpenSizes()

  package let sets: [OpenSet]
  /// For each scalarset of them, whether each element is there.
  private let presence: [Int: [Truth]]
  /// Slots that may name elements which are not there.
  private let looseSlots: Set<Int>

  private init() { (sets, presence, looseSlots) = ([], [:], []) }

  /// Sizes from some up to those that the types of a system have.
  ///
  /// - Parameters:
  ///   - least: By the identity of a scalarset, its smallest size, at least 1. Of those without
  ///     one the size is said.
  ///   - looseSlots: Slots that may name elements which are not there.
  package init(
    of system: TransitionSystem, atLeast least: [Int: Int64], looseSlots: Set<Int> = []
  ) {
    self.looseSlots = looseSlots
    var sets: [OpenSet] = []
    var presence: [Int: [Truth]] = [:]
    for type in system.scalarsets {
      guard let first = least[type.identity], first <= type.upper else { continue }
      let elements = (first...type.upper).map { element in
        (element: element, name: "\(type.name ?? "scalarset") \(type.identity).\(element) is there")
      }
      sets.append(OpenSet(identity: type.identity, elements: elements))
      presence[type.identity] =
        (type.lower..<first).map { _ in .known(true) }
        + elements.map { .term(BoolTerm(unknown: $0.name)) }
    }
    (self.sets, self.presence) = (sets, presence)
  }

  /// Whether any slot may name an element that is not there.
  var hasLooseSlots: Bool { !looseSlots.isEmpty }

  /// Whether a slot may have a value: it names no element that is not there, or may do so.
  func mayHave(_ value: IntTerm, of type: ScalarType, inSlot slot: Int) -> BoolTerm {
    looseSlots.contains(slot) ? true : isPresent(value, in: type)
  }

  /// Whether a value of a type is no element that is not there.
  package func isPresent(_ value: Int64, in type: ScalarType) -> Truth {
    guard !sets.isEmpty, let (set, element) = type.element(at: value),
      let presence = presence[set.identity], presence.indices.contains(Int(element))
    else { return .known(true) }
    return presence[Int(element)]
  }

  /// Whether a value of a type, which lies within its bounds, is no element that is not there.
  package func isPresent(_ value: IntTerm, in type: ScalarType) -> BoolTerm {
    guard !sets.isEmpty, !type.scalarsets.isEmpty, type.lower <= type.upper else { return true }
    var conditions: [BoolTerm] = []
    for element in type.lower...type.upper {
      guard case .term(let isThere) = isPresent(element, in: type) else { continue }
      conditions.append(value.equals(IntTerm(element)).implies(isThere))
    }
    return .all(conditions)
  }

  /// For each slot of a type, whether all elements are there that it is of.
  func presence(ofSlotsOf type: ValueType) -> [Truth] {
    if sets.isEmpty { return Array(repeating: .known(true), count: type.slotCount) }
    var found: [Truth] = []
    type.forEachSlot(within: []) { indices, _ in
      found.append(
        indices.reduce(.known(true)) { $0 & isPresent($1.value, in: $1.type) })
    }
    return found
  }
}
