import Diagnostics
package import Evaluation
package import Runs
package import Trace
package import TransitionSystem

/// Takes a kept run once more, in a model that may have changed since: by the names of its rules and
/// of their parameters.
package struct RunReplay {
  /// As far as the run goes through.
  package let execution: Execution
  package let end: End
  /// The first value that is another one than was kept; nil where there is none.
  package let difference: Difference?
  /// What has become of what the run was kept for, as a clause, where it goes through and that is not
  /// so any more; nil otherwise.
  package let loss: String?

  package enum End: Sendable, Equatable {
    /// All steps have been taken.
    case taken
    /// The last step fails, and did when the run was kept.
    case fails(RuleInstance, Interruption.Cause)
    /// The step of this number, from 0, cannot be taken.
    case stopped(step: Int, Obstacle)
  }

  /// Why a step cannot be taken.
  package enum Obstacle: Sendable, Equatable {
    /// The model has no rule of this name.
    case unknownRule(String)
    /// The rule has other parameters, or the parameter has no such value.
    case unknownParameters(RuleInstance.Words)
    /// The guard does not hold: its parts, of which at least one is false or has no value.
    case notEnabled(RuleInstance, [ConditionPart])
    /// A rule of a higher priority is enabled.
    case outranked(RuleInstance)
    /// An assumption discards what the step leads to.
    case discarded(RuleInstance)
    /// The step fails.
    case fails(RuleInstance, Interruption.Cause)
  }

  /// A value that differs from what was kept.
  package struct Difference: Sendable, Equatable {
    /// The step behind which it is seen, from 0.
    package let step: Int
    /// What the run calls the place.
    package let place: String
    package let kept: String
    package let now: String
  }

  /// - Parameters:
  ///   - valuation: The values of the elements of the symbolic constants, in order.
  ///   - deadlock: What counts as a deadlock, for a run that was kept for one.
  package init(
    _ run: ShownRun, in wording: Wording, valuation: [Int128] = [],
    deadlock: DeadlockMode = .stuttering
  ) {
    var taking = Taking(run, wording, valuation)
    end = taking.take()
    execution = Execution(steps: taking.steps, valuation: valuation)
    difference = taking.difference
    loss = taking.loss(at: end, valuation, deadlock)
  }
}

extension RuleInstance {
  /// A rule with its parameters, as a kept run names them.
  package struct Words: Sendable, Hashable {
    package let rule: String
    package let parameters: [ShownRun.NamedValue]
  }
}

/// A replay under way.
private struct Taking {
  private let run: ShownRun
  private let wording: Wording
  private let system: TransitionSystem
  private let shown: ShownRuns
  private let moves: Moves
  private(set) var steps: [Execution.Step] = []
  private(set) var difference: RunReplay.Difference?

  init(_ run: ShownRun, _ wording: Wording, _ valuation: [Int128]) {
    self.run = run
    self.wording = wording
    system = wording.system
    shown = ShownRuns(wording)
    moves = Moves(system, valuation: valuation)
  }

  mutating func take() -> RunReplay.End {
    var kept = Array(repeating: ShownRun.undefined, count: run.places.count)
    for (number, step) in run.steps.enumerated() {
      switch take(step, number) {
      case .success(let taken):
        steps.append(taken)
        for change in step.changes { kept[change.place] = change.new }
        if difference == nil { difference = firstDifference(kept, taken.slots, behind: number) }
      case .failure(let obstacle):
        if step.fails, case .fails(let instance, let cause) = obstacle.why {
          return .fails(instance, cause)
        }
        return .stopped(step: number, obstacle.why)
      }
    }
    return .taken
  }

  func loss(at end: RunReplay.End, _ valuation: [Int128], _ deadlock: DeadlockMode) -> String? {
    guard let finding = run.finding else { return nil }
    let kept = KeptFinding(
      finding, wording, moves, valuation: valuation, deadlock: deadlock)
    let execution = Execution(steps: steps, valuation: valuation)
    switch end {
    case .taken: return kept.loss(behind: execution, failure: nil)
    case .fails(let instance, let cause):
      return kept.loss(behind: execution, failure: (instance, cause))
    case .stopped: return nil
    }
  }

  private struct Stop: Error { let why: RunReplay.Obstacle }

  private func take(_ step: ShownRun.Step, _ number: Int) -> Result<Execution.Step, Stop> {
    let rules = number == 0 ? system.startStates : system.rules
    let named = rules.indices.filter { rules[$0].name == step.rule }
    if named.isEmpty { return .failure(Stop(why: .unknownRule(step.rule))) }
    let words = RuleInstance.Words(rule: step.rule, parameters: step.parameters)
    var obstacle = RunReplay.Obstacle.unknownParameters(words)
    // Several rules may have one name: the first that can be taken is the one.
    for rule in named {
      guard let bindings = bindings(of: rules[rule], step.parameters) else { continue }
      let instance = RuleInstance(rule: rule, bindings: bindings)
      switch moves.take(instance, from: steps.last?.slots) {
      case .leads(let taken): return .success(taken)
      case .fails(let cause): obstacle = .fails(instance, cause)
      case .discarded: obstacle = .discarded(instance)
      case .outranked: obstacle = .outranked(instance)
      case .notEnabled:
        obstacle = .notEnabled(instance, moves.parts(ofGuardOf: instance, in: steps.last?.slots))
      }
    }
    return .failure(Stop(why: obstacle))
  }

  private func bindings(of rule: Rule, _ parameters: [ShownRun.NamedValue]) -> [Int64]? {
    guard rule.parameters.map(\.name) == parameters.map(\.name) else { return nil }
    var bindings: [Int64] = []
    for (parameter, kept) in zip(rule.parameters, parameters) {
      guard let value = parameter.value(called: kept.value) else { return nil }
      bindings.append(value)
    }
    return bindings
  }

  /// Values that the model has no place for any more are no difference.
  private func firstDifference(
    _ kept: [String], _ slots: [Int64], behind number: Int
  ) -> RunReplay.Difference? {
    let now = shown.values(of: slots)
    for (place, value) in zip(run.places, kept) {
      guard let new = now[place.name], new != value else { continue }
      return .init(step: number, place: place.name, kept: value, now: new)
    }
    return nil
  }
}

extension RuleParameter {
  /// The value of this name; nil where the parameter has none.
  package func value(called name: String) -> Int64? {
    if let number = Int64(name), type.describe(number) == name, values.contain(number) {
      return number
    }
    // Names are of enumerations and scalarsets, which are no larger than arrays.
    return (0..<min(count, 1 << 20)).lazy.map { self.value(at: $0) }
      .first { type.describe($0) == name }
  }
}

extension RuleParameter.Values {
  fileprivate func contain(_ number: Int64) -> Bool {
    switch self {
    case .all(let lower, let upper): lower <= number && number <= upper
    case .stepped(let first, let step, let count):
      (0..<count).contains { first + Int64($0) * step == number }
    }
  }
}
