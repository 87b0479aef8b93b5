import Diagnostics
import Exploration
import Trace
import TransitionSystem

/// All states that follow from one, by a search of a model of its own: the state is its only start
/// state, and that a property holds violates its only invariant. The search uses no reduction, and
/// nothing of how liveness was decided.
struct SecondSearch {
  private let plan: CheckPlan
  private let state: [Int64]

  /// States beyond which a search is not worth the time of whoever waits for the verdict.
  private static let mostStates = 20_000_000

  /// Nil for a model with addresses: its slots are not numbers alone.
  init?(_ plan: CheckPlan, from state: [Int64]) {
    guard plan.system.pathSlot == nil else { return nil }
    self.plan = plan
    self.state = state
  }

  /// Whether the property holds in any of the states.
  func search(for property: Int, _ bindings: [Int64]) -> FollowingAnswer {
    var options = plan.options
    options.deadlock = .off
    options.store = .exact
    options.maximumDepth = nil
    options.maximumStateCount = Self.mostStates
    let space = SearchSpace(model(of: property, bindings), symmetry: .off, stop: plan.stop.again())
    let result = Explorer.explore(space, options: options)
    let count = result.statistics.stateCount
    switch result.verdict {
    case .holds: return .nowhere(stateCount: count)
    case .violated(let counterexample):
      // What this state does not lead to may well be covered from the start.
      if case .uncovered = counterexample.violation.kind { return .nowhere(stateCount: count) }
      return .found
    case .inconclusive: return .tooMany(stateCount: count)
    }
  }

  private func model(of property: Int, _ bindings: [Int64]) -> TransitionSystem {
    let system = plan.system
    let liveness = system.properties[property]
    let parameters = zip(liveness.parameters, bindings).map { parameter, value in
      RuleParameter(name: parameter.name, type: parameter.type, values: .all(value, value))
    }
    let never = Property(
      kind: .invariant, name: liveness.name, parameters: parameters,
      expression: Expression(.not(liveness.expression), at: liveness.span),
      frameSlotCount: liveness.frameSlotCount, span: liveness.span)
    // What fails within the other properties leaves states out, so they stay.
    let others = system.properties.filter { $0.kind != .liveness || $0 !== liveness }
      .map { $0.kind == .liveness ? $0.asMeasure : $0 }
    return TransitionSystem(
      variables: system.variables, functions: system.functions,
      startStates: [.start("the last state of the run", in: state)],
      rules: system.rules, properties: others + [never], covers: system.covers,
      constants: system.constants, scalarsetMixes: system.scalarsetMixes)
  }
}

extension Property {
  /// Evaluated like it, and never violated.
  fileprivate var asMeasure: Property {
    Property(
      kind: .measure, name: name, parameters: parameters, expression: expression,
      frameSlotCount: frameSlotCount, span: span)
  }
}
