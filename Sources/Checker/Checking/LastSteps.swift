import Diagnostics
import Trace
import TransitionSystem

/// By which rule a run comes to a state in which an invariant does not hold.
struct LastStep: Hashable {
  let property: Int
  /// A position in `startStates` where it is the first step of the run, else in `rules`.
  let rule: Int
  let isStart: Bool

  /// Nil for a violation of something else.
  init?(_ counterexample: Counterexample) {
    guard case .invariant(let property, _) = counterexample.violation.kind,
      let last = counterexample.execution.steps.last
    else { return nil }
    self.property = property
    rule = last.instance.rule
    isStart = counterexample.execution.steps.count == 1
  }
}

extension TransitionSystem {
  /// The system in which rules do not lead to where invariants do not hold that they are known to
  /// violate, and in which liveness and covers say nothing, because states are missing. A run of it is one
  /// of this system.
  ///
  /// - Returns: Nil where one of the rules may end before its last statement.
  func discarding(_ known: Set<LastStep>) -> TransitionSystem? {
    let silent = properties.indices.filter {
      [.liveness, .cover].contains(properties[$0].kind)
    }
    let system = silencing(Set(silent))
    let broken = Set(known.map(\.property)).sorted()
    func assumptions(_ rule: Int, isStart: Bool) -> [Statement] {
      broken.enumerated().filter { _, property in
        known.contains { $0.property == property && $0.rule == rule && $0.isStart == isStart }
      }.map { position, property in
        let span = properties[property].span
        let call = Expression(.call(function: functions.count + position, []), at: span)
        return Statement(.assumption(call), at: span)
      }
    }
    var startStates: [Rule] = []
    for (number, rule) in system.startStates.enumerated() {
      guard let changed = rule.ending(with: assumptions(number, isStart: true)) else { return nil }
      startStates.append(changed)
    }
    var rules: [Rule] = []
    for (number, rule) in system.rules.enumerated() {
      guard let changed = rule.ending(with: assumptions(number, isStart: false)) else { return nil }
      rules.append(changed)
    }
    return TransitionSystem(
      // The hidden variable is added again.
      variables: variables.filter { !$0.isHidden },
      functions: functions + broken.map { properties[$0].asFunction }, startStates: startStates,
      rules: rules, properties: system.properties, covers: covers, constants: constants,
      scalarsetMixes: scalarsetMixes, symbolicConstants: symbolicConstants,
      layoutAssumptions: layoutAssumptions, usesAddresses: pathSlot != nil, remarks: remarks)
  }
}

extension Rule {
  /// The rule with statements behind its own; nil where a `return` may leave them out.
  fileprivate func ending(with statements: [Statement]) -> Rule? {
    if statements.isEmpty { return self }
    var returns = false
    for statement in body {
      statement.forEachPart { part in
        if case .statement(let each) = part, case .result = each.kind { returns = true }
      }
    }
    if returns { return nil }
    return Rule(
      name: name, parameters: parameters, guardExpression: guardExpression,
      frameSlotCount: frameSlotCount, body: body + statements, priority: priority, span: span)
  }
}

extension Property {
  /// What it says for all values of its parameters, as a function without any.
  fileprivate var asFunction: Function {
    var whole = expression
    for (slot, parameter) in parameters.enumerated().reversed() {
      whole = Expression(
        .quantified(.forall, Loop(parameter, frameSlot: slot, at: span), whole), at: span)
    }
    return Function(
      name: name, parameters: [],
      result: .scalar(.boolean), frameSlotCount: frameSlotCount,
      body: [Statement(.result(.scalar(whole)), at: span)], span: span)
  }
}

extension Loop {
  fileprivate convenience init(_ parameter: RuleParameter, frameSlot: Int, at span: SourceSpan) {
    let domain: Domain
    switch parameter.values {
    case .all(let lower, let upper): domain = .values(lower, upper)
    case .stepped(let first, let step, let count):
      func number(_ value: Int64) -> Expression { Expression(.literal(value), at: span) }
      domain = .stepped(
        from: number(first), to: number(first + step * Int64(max(0, count - 1))), by: number(step))
    }
    self.init(frameSlot: frameSlot, type: parameter.type, domain: domain, span: span)
  }
}
