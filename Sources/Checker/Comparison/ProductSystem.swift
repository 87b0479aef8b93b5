import Analysis
import Diagnostics
import TransitionSystem

/// Two systems that take the same steps at once, as one system: the variables of both, a rule for
/// each pair of rules, and what one of them may do and the other may not as what is violated.
///
/// An instance of a rule and a state have one successor at most, so each run of one system leads to
/// one state of the other: a state of the product is reached by the runs that both have. The
/// shortest run to a violation is thus, with the step that is meant, the shortest run that one has
/// and the other has not. This is the product by which inclusion of deterministic automata is
/// decided (Hopcroft and Ullman 1979, 3.2), made on the fly.
///
/// Bodies are functions here, because a `return` ends one of them and not both. Invariants, covers and
/// the like of the systems are left out: no step depends on them.
struct ProductSystem {
  let system: TransitionSystem
  /// For each of its rules, those of the systems.
  let rules: [(base: Int, head: Int)]
  /// For each of its start states, those of the systems.
  let startStates: [(base: Int, head: Int)]
  /// For each of its properties, what it being violated says.
  let differences: [Difference]

  /// What an invariant of a product is about.
  enum Difference {
    /// An instance of the rule is enabled in one system alone.
    case rule(Int)
    /// The variables have different values, each by its number in its system.
    case variable(base: Int, head: Int)
  }

  /// What is asked.
  enum Question {
    /// Whether the head takes steps that the base does not.
    case headAlone
    /// Whether the base takes steps that the head does not.
    case baseAlone
    /// Whether variables of one name and type have different values.
    case values
    /// Nothing but whether a step that both take goes wrong.
    case failures
  }

  /// - Throws: `ProductObstacle`.
  init(_ pair: ModelPair, asking question: Question) throws(ProductObstacle) {
    try Self.check(pair)
    let (base, head) = (pair.base.system, pair.head.system)
    // The path condition is what is known in a state of both, and belongs to the product.
    let relocation = Relocation(
      slotCount: base.pathSlot ?? base.slotCount, functionCount: base.functions.count,
      types: TypeIdentities(base, head))
    var functions = base.functions + head.functions.map(relocation.moved)
    /// The body of a rule as a procedure that its parameters are handed to.
    func procedure(_ rule: Rule, _ parameters: [RuleParameter], _ body: [Statement]) -> Int {
      functions.append(
        Function(
          name: rule.name,
          parameters: parameters.enumerated().map { position, parameter in
            .init(
              name: parameter.name, type: .scalar(parameter.type), isReference: false,
              frameSlot: position)
          }, result: nil, frameSlotCount: rule.frameSlotCount, body: body, span: rule.span))
      return functions.count - 1
    }
    func joint(_ first: Rule, _ second: Rule) -> Rule {
      let parameters = first.parameters
      let calls = [
        procedure(first, parameters, first.body.withoutCovers),
        procedure(second, second.parameters.map(relocation.moved), relocation.moved(second.body)),
      ].map { function in
        Statement(
          .call(
            function: function,
            parameters.indices.map { position in
              let type = ValueType.scalar(parameters[position].type)
              let place = Place(base: .frame, offset: position, type: type, span: first.span)
              return .value(Expression(.load(place), at: first.span))
            }), at: first.span)
      }
      return Rule(
        name: first.name, parameters: parameters,
        guardExpression: .all(
          [first.guardExpression, second.guardExpression.map(relocation.moved)]),
        frameSlotCount: max(first.frameSlotCount, second.frameSlotCount), body: calls,
        span: first.span)
    }
    rules = pair.rules.pairs
    startStates = pair.startStates.pairs
    let joinedRules = rules.map { joint(base.rules[$0.base], head.rules[$0.head]) }
    let joinedStarts = startStates.map {
      joint(base.startStates[$0.base], head.startStates[$0.head])
    }
    let twins = pair.commonVariables(identified: relocation.types)
    let asked: [(Difference, Property)] =
      switch question {
      case .headAlone:
        head.rules.indices.map { number in
          let rule = head.rules[number]
          let other = pair.rules.baseOfHead[number].map { base.rules[$0] }
          return (
            .rule(number),
            .only(
              rule, rule.parameters.map(relocation.moved),
              rule.guardExpression.map(relocation.moved), unless: other,
              other?.guardExpression)
          )
        }
      case .baseAlone:
        base.rules.indices.map { number in
          let rule = base.rules[number]
          let other = pair.rules.headOfBase[number].map { head.rules[$0] }
          return (
            .rule(number),
            .only(
              rule, rule.parameters, rule.guardExpression, unless: other,
              other?.guardExpression.map(relocation.moved))
          )
        }
      case .failures: []
      case .values:
        twins.map { twin in
          let (first, second) = (base.variables[twin.base], head.variables[twin.head])
          return (
            .variable(base: twin.base, head: twin.head),
            .same(
              first, relocation.moved(second, name: second.name))
          )
        }
      }
    differences = asked.map(\.0)
    system = TransitionSystem(
      variables: base.variables.filter { !$0.isHidden }
        + head.variables.filter { !$0.isHidden }.map {
          relocation.moved($0, name: Self.headPrefix + $0.name)
        },
      functions: functions, startStates: joinedStarts, rules: joinedRules,
      properties: asked.map(\.1), covers: [], constants: base.constants,
      scalarsetMixes: base.scalarsetMixes
        + head.scalarsetMixes.map { mix in
          .init(
            first: relocation.types.identity(mix.first),
            second: mix.second.map(relocation.types.identity), span: mix.span)
        }, symbolicConstants: base.symbolicConstants, layoutAssumptions: base.layoutAssumptions,
      usesAddresses: base.pathSlot != nil || head.pathSlot != nil)
  }

  /// In front of the names of the head's variables: no name of a model begins so, and compiled rules
  /// can have it in theirs.
  private static let headPrefix = "2"

  private static func check(_ pair: ModelPair) throws(ProductObstacle) {
    for system in [pair.base.system, pair.head.system] {
      if system.hasPriorities { throw .priorities }
      if system.hasAssumptions { throw .assumptions }
      let purity = Purity(system)
      for rule in system.rules + system.startStates {
        if let condition = rule.guardExpression, !purity.isPure(condition) { throw .impureGuards }
      }
    }
    guard pair.startStates.isComplete else { throw .startStates }
    guard pair.haveSameSymbolicConstants else { throw .symbolicConstants }
  }
}

/// Why two systems cannot be compared by a product.
package enum ProductObstacle: Error, Sendable, Hashable {
  /// Start states have no partners.
  case startStates
  case assumptions
  case priorities
  /// A guard that changes the state.
  case impureGuards
  /// Both leave other constants open, or assume other things of them.
  case symbolicConstants
}

extension TransitionSystem {
  /// Whether a state or a step may be discarded.
  fileprivate var hasAssumptions: Bool {
    if properties.contains(where: { $0.kind == .assumption }) { return true }
    var found = false
    forEachPart { part in
      if case .statement(let statement) = part, case .assumption = statement.kind { found = true }
    }
    return found
  }
}

extension RuleMatching {
  /// Rules of the base that have a partner, in the order of the base.
  fileprivate var pairs: [(base: Int, head: Int)] {
    headOfBase.enumerated().compactMap { base, head in head.map { (base, $0) } }
  }

  /// Whether each rule has a partner.
  var isComplete: Bool { !headOfBase.contains(nil) && !baseOfHead.contains(nil) }
}

extension Expression {
  /// The conjunction of those that there are, in order; nil is true.
  fileprivate static func all(_ operands: [Expression?]) -> Expression? {
    let operands = operands.compactMap { $0 }
    guard let first = operands.first else { return nil }
    return operands.dropFirst().reduce(first) { Expression(.and($0, $1), at: $0.span) }
  }
}

extension Property {
  /// That no instance of a rule is enabled without that of another one.
  ///
  /// - Parameters:
  ///   - parameters: Those of the rule, with types as the product has them.
  ///   - condition: Its guard, likewise.
  ///   - other: The rule that takes the same step in the other system, if there is one.
  fileprivate static func only(
    _ rule: Rule, _ parameters: [RuleParameter], _ condition: Expression?, unless other: Rule?,
    _ otherCondition: Expression?
  ) -> Property {
    let never = Expression(.literal(0), at: rule.span)
    let always = Expression(.literal(1), at: rule.span)
    let allowed = other == nil ? never : otherCondition ?? always
    return Property(
      kind: .invariant, name: rule.name, parameters: parameters,
      expression: condition.map { Expression(.implies($0, allowed), at: rule.span) } ?? allowed,
      frameSlotCount: max(rule.frameSlotCount, other?.frameSlotCount ?? 0), span: rule.span)
  }

  /// That two variables of one type have the same values.
  fileprivate static func same(_ first: StateVariable, _ second: StateVariable) -> Property {
    func place(_ variable: StateVariable) -> Aggregate {
      .place(
        Place(base: .state, offset: variable.slot, type: variable.type, span: variable.span))
    }
    return Property(
      kind: .invariant, name: first.name, parameters: [],
      expression: Expression(.aggregatesEqual(place(first), place(second)), at: first.span),
      frameSlotCount: 0, span: first.span)
  }
}

extension [Statement] {
  /// The same statements, where what a cover looks for is evaluated and not counted.
  fileprivate var withoutCovers: [Statement] {
    Relocation(slotCount: 0, functionCount: 0, types: TypeIdentities()).moved(self)
  }
}
