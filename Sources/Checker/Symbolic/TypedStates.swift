package import SMT
package import TransitionSystem

/// All states that the types of variables allow, reachable or not: an unknown for the value of each
/// slot, and one for whether it is defined.
package struct TypedStates: Sendable {
  let slots: [SymbolicSlot]
  /// That the values that there are are of their types.
  package let areTyped: BoolTerm

  package init(of system: TransitionSystem) {
    var slots: [SymbolicSlot] = []
    var domains: [BoolTerm] = []
    for variable in system.variables {
      variable.type.forEachLeaf(named: variable.name) { _, type in
        let name = Self.name(variable, slots.count)
        let isDefined = BoolTerm(unknown: Self.definedName(name))
        if type.kind == .boolean {
          let value = BoolTerm(unknown: name)
          slots.append(SymbolicSlot(value: .truth(value), isDefined: .term(isDefined)))
        } else {
          let value = IntTerm(unknown: name)
          slots.append(SymbolicSlot(value: .number(value), isDefined: .term(isDefined)))
          domains.append(
            isDefined.implies(IntTerm(type.lower) <= value && value <= IntTerm(type.upper)))
        }
      }
    }
    self.slots = slots
    areTyped = .all(domains)
  }

  /// A state as values for the unknowns.
  package static func model(of state: [Int64], _ system: TransitionSystem) -> Model {
    var values: [String: Value] = [:]
    var number = 0
    for variable in system.variables {
      variable.type.forEachLeaf(named: variable.name) { _, type in
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

  /// Of the value of a slot. Variables of one name in two systems have the same unknowns.
  private static func name(_ variable: StateVariable, _ slot: Int) -> String {
    "\(variable.name).\(slot - variable.slot)"
  }

  private static func definedName(_ name: String) -> String { "\(name)?" }
}
