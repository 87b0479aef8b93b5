package import Diagnostics
import Evaluation
package import Report
package import Runs
package import Trace
package import TransitionSystem

/// Why something that was asked of a walk cannot be done. None of it changes the walk.
package enum WalkError: Error, Sendable {
  /// Constants are left open; an instance of the model has none.
  case symbolicConstants
  /// The walk has no step of this number.
  case noSuchStep(Int)
  /// The model has no such rule, or the parameters are none of its.
  case noSuchInstance
  /// The rule does not lead on, and why: its parts where the guard does not hold.
  case cannotBeTaken(Choice.Consequence?, [ConditionPart])
  case noExpression(ModelExpression.Mistake)
  /// A condition is asked for, and this is none.
  case noCondition
  /// A walk has at most so many steps.
  case tooLong(limit: Int)
}

/// A walk through a model by hand, step by step.
///
/// A walk is a list of steps, of which each can be looked at; who goes on from one that is not the last
/// leaves those behind it. Not safe for use by several threads at once.
package final class WalkSession {
  package let model: ModelText
  package let wording: Wording
  /// The steps so far; the first is a start state.
  package private(set) var steps: [Execution.Step] = []
  /// Grows whenever the walk changes, so that of two who walk at once the second is told.
  package private(set) var revision = 0

  private let moves: Moves
  private let truths: PropertyTruths
  private let shown: ShownRuns
  private let stop: StopCondition
  private var expressions: [String: ModelExpression] = [:]

  /// Steps of a walk: more are not walked by hand.
  package static let maximumStepCount = 10_000
  /// Expressions that are kept read.
  private static let maximumExpressionCount = 256

  private var system: TransitionSystem { model.system }

  /// - Parameter stop: Ends what takes long, within one question too.
  package init(_ model: ModelText, stop: StopCondition = .init()) throws(WalkError) {
    guard model.system.pathSlot == nil, model.system.symbolicConstants.isEmpty else {
      throw .symbolicConstants
    }
    self.model = model
    self.stop = stop
    wording = Wording(system: model.system, source: model.source)
    moves = Moves(model.system, stop: stop)
    truths = PropertyTruths(model.system, moves.interpreter)
    shown = ShownRuns(wording)
  }

  // MARK: - Walking

  /// The start states, or what is enabled behind a step.
  ///
  /// - Parameter step: Its number from 0; nil for before the first.
  package func choices(behind step: Int?) throws(WalkError) -> Choices {
    guard let step else { return Choices(startsOf: moves) }
    return Choices(in: try state(behind: step), moves)
  }

  /// Takes a step behind another one; what stood there is left.
  ///
  /// - Parameters:
  ///   - instance: Of a start state where `step` is nil.
  ///   - step: The number of the other one; nil to begin anew.
  package func take(_ instance: RuleInstance, behind step: Int?) throws(WalkError) {
    let before = try state(behindAny: step)
    let count = step.map { $0 + 1 } ?? 0
    guard count < Self.maximumStepCount else { throw .tooLong(limit: Self.maximumStepCount) }
    guard isInstance(instance, of: before == nil ? system.startStates : system.rules) else {
      throw .noSuchInstance
    }
    switch moves.take(instance, from: before) {
    case .leads(let taken):
      steps.removeSubrange(count...)
      steps.append(taken)
      revision += 1
    case .notEnabled:
      throw .cannotBeTaken(nil, moves.parts(ofGuardOf: instance, in: before))
    case .outranked: throw .cannotBeTaken(.outranked, [])
    case .discarded: throw .cannotBeTaken(.discarded, [])
    case .fails(let cause): throw .cannotBeTaken(.fails(cause), [])
    }
  }

  /// Leaves the steps behind one.
  ///
  /// - Parameter step: Its number; nil leaves all.
  package func goBack(to step: Int?) throws(WalkError) {
    let count = step.map { $0 + 1 } ?? 0
    guard count >= 0, count <= steps.count else { throw .noSuchStep(step ?? 0) }
    guard count < steps.count else { return }
    steps.removeSubrange(count...)
    revision += 1
  }

  private func isInstance(_ instance: RuleInstance, of rules: [Rule]) -> Bool {
    guard rules.indices.contains(instance.rule) else { return false }
    let parameters = rules[instance.rule].parameters
    return parameters.count == instance.bindings.count
      && zip(parameters, instance.bindings).allSatisfy {
        $0.value(called: $0.type.describe($1)) == $1
      }
  }

  /// Nil for before the first step.
  private func state(behindAny step: Int?) throws(WalkError) -> [Int64]? {
    guard let step else { return nil }
    return try state(behind: step)
  }

  private func state(behind step: Int) throws(WalkError) -> [Int64] {
    guard steps.indices.contains(step) else { throw .noSuchStep(step) }
    return steps[step].slots
  }

  // MARK: - Looking

  /// For instances of a rule, what the conjuncts of its guard come to: those that lack least first.
  package func guardParts(
    of rule: Int, behind step: Int
  ) throws(WalkError) -> [(instance: RuleInstance, parts: [ConditionPart])] {
    let state = try state(behind: step)
    guard system.rules.indices.contains(rule) else { throw .noSuchInstance }
    let instances = TransitionSystem.instances(of: [system.rules[rule]])
      .prefix(Self.maximumInstanceCount)
    let inspected = instances.map { each -> (instance: RuleInstance, parts: [ConditionPart]) in
      let instance = RuleInstance(rule: rule, bindings: each.bindings)
      return (instance: instance, parts: moves.parts(ofGuardOf: instance, in: state))
    }
    func lacking(_ parts: [ConditionPart]) -> Int {
      parts.count { $0.truth != .holds }
    }
    // The order of the instances is kept among those that lack as much.
    let order = inspected.indices.sorted { left, right in
      (lacking(inspected[left].parts), left) < (lacking(inspected[right].parts), right)
    }
    return order.map { inspected[$0] }
  }

  /// Instances of a rule of which it is told why they are not enabled.
  private static let maximumInstanceCount = 256

  /// What the properties are behind a step.
  package func properties(behind step: Int) throws(WalkError) -> [PropertyTruth] {
    truths.inspect(try state(behind: step))
  }

  /// What an expression of the model is behind a step.
  package func evaluate(
    _ text: String, behind step: Int
  ) throws(WalkError) -> ExpressionValue {
    let state = try state(behind: step)
    return ExpressionValue(of: try expression(text), in: state, moves.interpreter)
  }

  private func expression(_ text: String) throws(WalkError) -> ModelExpression {
    if let known = expressions[text] { return known }
    let read: ModelExpression
    do throws(ModelExpression.Mistake) {
      read = try ModelExpression(text, in: model)
    } catch {
      throw .noExpression(error)
    }
    if expressions.count >= Self.maximumExpressionCount { expressions.removeAll() }
    expressions[text] = read
    return read
  }

  // MARK: - Searching

  /// Searches for a shortest way to a state in which a condition holds.
  ///
  /// - Parameter step: Behind which it begins; nil for the start states.
  package func shortestWay(
    to text: String, behind step: Int?, _ limits: ShortestWay.Limits
  ) throws(WalkError) -> ShortestWay {
    let state = try state(behindAny: step)
    let expression = try expression(text)
    guard expression.isCondition, let goal = expression.property(.invariant, isNegated: true) else {
      throw .noCondition
    }
    return ShortestWay.find(violating: goal, in: system, from: state, limits)
  }

  /// Walks a way that was found: behind a step, or from the start.
  package func take(_ way: Execution, behind step: Int?) throws(WalkError) {
    let count = step.map { $0 + 1 } ?? 0
    guard count <= steps.count else { throw .noSuchStep(step ?? 0) }
    // Of a way that begins in a state of the walk, the first step is that state.
    let added = step == nil ? way.steps[...] : way.steps.dropFirst()
    guard count + added.count <= Self.maximumStepCount else {
      throw .tooLong(limit: Self.maximumStepCount)
    }
    steps.removeSubrange(count...)
    steps.append(contentsOf: added)
    revision += 1
  }

  /// The graph of the states, or of groups of them.
  ///
  /// - Parameters:
  ///   - grouping: An expression that is the same in all states of a group; nil for single states.
  ///   - step: Whose state is found in it.
  package func graph(
    by grouping: String?, current step: Int?, stop: StopCondition
  ) throws(WalkError) -> StateGraph {
    let current = try state(behindAny: step)
    guard let grouping else {
      return StateGraph(moves, current: current, stop: stop, label: nil)
    }
    let expression = try expression(grouping)
    return StateGraph(moves, current: current, stop: stop) { [moves] state in
      ExpressionValue(of: expression, in: state, moves.interpreter).text
    }
  }

  // MARK: - Keeping

  /// The walk as a run; nil while there is no step.
  package var run: ShownRun? {
    steps.isEmpty ? nil : shown.run(Execution(steps: steps))
  }

  /// Walks a kept run as far as it goes through.
  package func load(_ run: ShownRun) throws(WalkError) -> RunReplay {
    guard run.steps.count <= Self.maximumStepCount else {
      throw .tooLong(limit: Self.maximumStepCount)
    }
    let replay = RunReplay(run, in: wording)
    if !replay.execution.steps.isEmpty {
      steps = replay.execution.steps
      revision += 1
    }
    return replay
  }
}
