package import Diagnostics

/// The waist: what every engine works on. It knows no Murphi, and engines know nothing else.
///
/// A state is `slotCount` slots, each a 64-bit value or `Slot.undefined`. A multiset
/// is kept sorted and without gaps between one step and the next, so that equal multisets are equal
/// slots.
package struct TransitionSystem: Sendable {
  /// In slot order; they cover all slots.
  package let variables: [StateVariable]
  package let functions: [Function]
  package let startStates: [Rule]
  package let rules: [Rule]
  package let properties: [Property]
  /// All covers, those in bodies too.
  package let covers: [Cover]
  /// The constants of the model with the values that it was built with, in declaration order.
  package let constants: [Constant]
  /// Scalarsets whose elements are used for one another, or as numbers.
  package let scalarsetMixes: [ScalarsetMix]
  /// Constants that are left open.
  package let symbolicConstants: [SymbolicConstant]
  /// What a reader is told if a run meets it.
  package let remarks: [Remark]
  /// What the symbolic constants keep to, for all values of the parameters; none reads the state.
  package let layoutAssumptions: [Property]
  /// The slot of the path condition, the last one: what is known of the symbolic constants in this
  /// state, as the number that whoever explores has given to it. Nil where nothing is an address.
  package let pathSlot: Int?

  /// The number of slots of a state.
  package let slotCount: Int
  /// Whether rules have different priorities, so that an enabled one may not fire.
  package let hasPriorities: Bool

  /// A constant and its value.
  package struct Constant: Sendable, Hashable {
    package let name: String
    package let value: Int64
    package let type: ScalarType

    package init(name: String, value: Int64, type: ScalarType) {
      self.name = name
      self.value = value
      self.type = type
    }
  }

  /// Two scalarsets, by the identities of their types, and a place where one stands for the other.
  package struct ScalarsetMix: Sendable, Hashable {
    package let first: Int
    /// Nil where elements of the first stand for their numbers.
    package let second: Int?
    package let span: SourceSpan

    package init(first: Int, second: Int?, span: SourceSpan) {
      self.first = first
      self.second = second
      self.span = span
    }
  }

  package init(
    variables: [StateVariable], functions: [Function], startStates: [Rule], rules: [Rule],
    properties: [Property], covers: [Cover], constants: [Constant],
    scalarsetMixes: [ScalarsetMix] = [], symbolicConstants: [SymbolicConstant] = [],
    layoutAssumptions: [Property] = [], usesAddresses: Bool = false, remarks: [Remark] = []
  ) {
    let declaredSlotCount = variables.reduce(0) { $0 + $1.type.slotCount }
    pathSlot = usesAddresses ? declaredSlotCount : nil
    self.variables =
      usesAddresses ? variables + [.pathCondition(slot: declaredSlotCount)] : variables
    self.symbolicConstants = symbolicConstants
    self.layoutAssumptions = layoutAssumptions
    self.functions = functions
    self.startStates = startStates
    self.rules = rules
    self.properties = properties
    self.covers = covers
    self.constants = constants
    self.scalarsetMixes = scalarsetMixes
    self.remarks = remarks
    slotCount = declaredSlotCount + (usesAddresses ? 1 : 0)
    hasPriorities = rules.contains { $0.priority != rules[0].priority }
  }

  /// The rules, by number, in groups of one priority: the least number first, which goes before all
  /// others.
  package var rulesByPriority: [[Int]] {
    Dictionary(grouping: rules.indices, by: { rules[$0].priority })
      .sorted { $0.key < $1.key }.map(\.value)
  }

  /// The variable that a slot is a part of.
  package func variable(ofSlot slot: Int) -> StateVariable? {
    var (low, high) = (0, variables.count)
    while low < high {
      let middle = (low + high) / 2
      if variables[middle].slot <= slot { low = middle + 1 } else { high = middle }
    }
    // Where a type has no slot, two variables begin at one.
    return low == 0 ? nil : variables[low - 1]
  }

  /// The elements of all symbolic constants.
  package var symbolicElementCount: Int {
    symbolicConstants.reduce(0) { $0 + $1.elementCount }
  }

  /// All instances of a list of rules.
  package static func instances(of rules: [Rule]) -> RuleInstances { RuleInstances(of: rules) }

  /// All bindings of a list of parameters, the last varying fastest.
  package static func bindings(of parameters: [RuleParameter]) -> [[Int64]] {
    parameters.reduce([[]]) { partial, parameter in
      partial.flatMap { bound in
        (0..<parameter.count).map { bound + [parameter.value(at: $0)] }
      }
    }
  }
}

/// A variable of the state.
package struct StateVariable: Sendable {
  package let name: String
  package let type: ValueType
  /// The first of its slots.
  package let slot: Int
  package let span: SourceSpan
  /// Names of the constants that say which values it may have.
  package let boundingConstants: Set<String>
  /// Whether it belongs to the way in which the model is explored, and not to the model.
  package let isHidden: Bool

  package init(
    name: String, type: ValueType, slot: Int, span: SourceSpan,
    boundingConstants: Set<String> = []
  ) {
    self.init(
      name: name, type: type, slot: slot, span: span, boundingConstants: boundingConstants,
      isHidden: false)
  }

  private init(
    name: String, type: ValueType, slot: Int, span: SourceSpan, boundingConstants: Set<String>,
    isHidden: Bool
  ) {
    self.name = name
    self.type = type
    self.slot = slot
    self.span = span
    self.boundingConstants = boundingConstants
    self.isHidden = isHidden
  }

  /// The number of the path condition: a part of the state like any other for whoever packs states,
  /// remembers them and finds the way back.
  static func pathCondition(slot: Int) -> StateVariable {
    StateVariable(
      name: "path condition", type: .scalar(ScalarType(kind: .range, lower: 0, upper: 0xFFFF)),
      slot: slot, span: .none, boundingConstants: [], isHidden: true)
  }
}
