import Checking
import Diagnostics
import TransitionSystem

/// What an onlooker sees of a step.
struct StepLabel: Hashable {
  /// The same for what is the same step in both models.
  let key: Int
  /// Of parameters, or what is read of the state; none where nothing is looked at.
  let values: [Int64]
  /// Whether something goes wrong in the step.
  let fails: Bool
}

/// The states of one model and the steps between them, made when they are asked for.
final class StateTable {
  /// Nil for a step that nobody sees.
  typealias Labelling = (TakenStep) -> StepLabel?

  /// A step as it was taken.
  struct TakenStep {
    let isStart: Bool
    let instance: RuleInstance
    /// Empty before the start.
    let before: [Int64]
    /// Nil where something went wrong.
    let after: [Int64]?
  }

  struct Step {
    let label: StepLabel?
    let instance: RuleInstance
    let state: Int32
  }

  /// Before the start: start states are its steps.
  static let origin: Int32 = 0
  /// Where something went wrong.
  static let failed: Int32 = 1

  private let steps: InterpretedSteps
  private let labelling: Labelling
  private var numbers: [[Int64]: Int32] = [:]
  private var states: [[Int64]] = [[], []]
  private var successors: [[Step]?] = [nil, []]

  init(_ system: TransitionSystem, _ labelling: @escaping Labelling, stop: StopCondition) {
    steps = InterpretedSteps(system, stop: stop)
    self.labelling = labelling
  }

  var count: Int { states.count }

  /// Nil before the start, and where something went wrong.
  func slots(of state: Int32) -> [Int64]? {
    state == Self.origin || state == Self.failed ? nil : states[Int(state)]
  }

  func steps(from state: Int32) -> [Step] {
    if let known = successors[Int(state)] { return known }
    var found: [Step] = []
    let isStart = state == Self.origin
    let before = states[Int(state)]
    func note(_ instance: RuleInstance, _ outcome: InterpretedSteps.Outcome) -> Bool {
      let after = if case .state(let slots) = outcome { slots } else { [Int64]?.none }
      let taken = TakenStep(isStart: isStart, instance: instance, before: before, after: after)
      found.append(
        Step(
          label: labelling(taken), instance: instance, state: after.map(number) ?? Self.failed))
      return true
    }
    if isStart {
      steps.forEachStart(note)
    } else {
      steps.forEachStep(from: before, note)
    }
    successors[Int(state)] = found
    return found
  }

  private func number(_ slots: [Int64]) -> Int32 {
    if let known = numbers[slots] { return known }
    let number = Int32(states.count)
    states.append(slots)
    successors.append(nil)
    numbers[slots] = number
    return number
  }

  /// The states that steps which nobody sees lead to, with those that they lead on from; in order.
  func closure(_ states: [Int32]) -> [Int32] {
    var seen = Set(states)
    var open = states
    while let state = open.popLast() {
      for step in steps(from: state) where step.label == nil {
        if seen.insert(step.state).inserted { open.append(step.state) }
      }
    }
    return seen.sorted()
  }

  /// A shortest run that an onlooker sees as this.
  func instances(for labels: [StepLabel]) -> [RuleInstance] {
    struct Position: Hashable {
      let state: Int32
      let seen: Int
    }
    let first = Position(state: Self.origin, seen: 0)
    var parents: [Position: (Position, RuleInstance)] = [:]
    var level = [first]
    var known: Set<Position> = [first]
    while !level.isEmpty {
      var next: [Position] = []
      for position in level {
        if position.seen == labels.count { return path(to: position, parents) }
        for step in steps(from: position.state) {
          let seen: Int
          if let label = step.label {
            guard label == labels[position.seen] else { continue }
            seen = position.seen + 1
          } else {
            seen = position.seen
          }
          let end = Position(state: step.state, seen: seen)
          guard known.insert(end).inserted else { continue }
          parents[end] = (position, step.instance)
          next.append(end)
        }
      }
      level = next
    }
    return []
  }

  private func path<Position: Hashable>(
    to end: Position, _ parents: [Position: (Position, RuleInstance)]
  ) -> [RuleInstance] {
    var instances: [RuleInstance] = []
    var position = end
    while let (before, instance) = parents[position] {
      instances.append(instance)
      position = before
    }
    return instances.reversed()
  }
}
