package import SMT
package import TransitionSystem

/// All states that the types of variables allow, reachable or not: an unknown for the value of each
/// slot, and one for whether it is defined.
package struct TypedStates: Sendable {
  package let slots: [SymbolicSlot]
  /// That the values that there are are of their types.
  package let areTyped: BoolTerm
  /// The same of what is read at elements that are not there, where these may be named: it may be such an
  /// element, in any slot.
  package let areInRange: BoolTerm
  /// The unknowns of each slot.
  package let unknowns: [Unknowns]

  /// The unknowns of a slot.
  package struct Unknowns: Sendable {
    package let value: String
    /// Nil for a slot that has a value in every state.
    package let isDefined: String?
    package let type: ScalarType
  }

  /// - Parameters:
  ///   - mayBeUndefined: For each slot, whether it has no value in some state; all may, where nothing is
  ///     said.
  ///   - sizes: How many elements there are, where that is not said. Nothing is said of slots that are of
  ///     an element that is not there.
  package init(
    of system: TransitionSystem, mayBeUndefined: [Bool]? = nil, _ sizes: OpenSizes = .none
  ) {
    var slots: [SymbolicSlot] = []
    var (domains, ranges): ([BoolTerm], [BoolTerm]) = ([], [])
    var unknowns: [Unknowns] = []
    for variable in system.variables {
      let presence = sizes.presence(ofSlotsOf: variable.type)
      variable.type.forEachSlot { type in
        // What is read at an element that is not there counts for nothing, but may be written elsewhere.
        let isThere: Truth =
          sizes.hasLooseSlots ? .known(true) : presence[slots.count - variable.slot]
        let name = Self.name(variable, slots.count)
        // A type without values has none.
        let isOpen = type.lower > type.upper || mayBeUndefined?[slots.count] ?? true
        unknowns.append(
          Unknowns(value: name, isDefined: isOpen ? Self.definedName(name) : nil, type: type))
        let isDefined: Truth =
          type.lower > type.upper
          ? .known(false) : isOpen ? .term(BoolTerm(unknown: Self.definedName(name))) : .known(true)
        if type.kind == .boolean {
          slots.append(
            SymbolicSlot(value: .truth(BoolTerm(unknown: name)), isDefined: isDefined))
        } else if type.lower > type.upper {
          slots.append(.undefined)
        } else {
          let value = IntTerm(unknown: name)
          slots.append(
            SymbolicSlot(value: .number(value, type.lower...type.upper), isDefined: isDefined))
          let isInRange = IntTerm(type.lower) <= value && value <= IntTerm(type.upper)
          ranges.append((isDefined & isThere).asTerm.implies(isInRange))
          domains.append(
            (isDefined & isThere).asTerm.implies(
              isInRange && sizes.mayHave(value, of: type, inSlot: slots.count - 1)))
        }
      }
    }
    self.slots = slots
    self.unknowns = unknowns
    areTyped = .all(domains)
    areInRange = sizes.hasLooseSlots ? .all(ranges) : areTyped
  }

  /// A state as values for the unknowns.
  package static func model(of state: [Int64], _ system: TransitionSystem) -> Model {
    var values: [String: Value] = [:]
    var number = 0
    for variable in system.variables {
      variable.type.forEachSlot { type in
        let value = state[number]
        let name = name(variable, number)
        let isDefined = value != Slot.undefined
        values[definedName(name)] = .bool(isDefined)
        if isDefined {
          values[name] =
            type.kind == .boolean ? .bool(value != 0) : .integer(IntegerValue(value))
        }
        number += 1
      }
    }
    return Model(values: values)
  }

  /// The state that values for the unknowns say.
  package func state(of model: Model) -> [Int64] {
    unknowns.map { unknown in
      if let name = unknown.isDefined, model.values[name] != .bool(true) { return Slot.undefined }
      switch model.values[unknown.value] {
      case .bool(let value): return value ? 1 : 0
      case .integer(let value): return value.int64 ?? unknown.type.lower
      case nil: return unknown.type.lower
      }
    }
  }

  /// Of the value of a slot. Variables of one name in two systems have the same unknowns.
  private static func name(_ variable: StateVariable, _ slot: Int) -> String {
    "\(variable.name).\(slot - variable.slot)"
  }

  private static func definedName(_ name: String) -> String { "\(name)?" }
}
