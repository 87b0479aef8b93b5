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

/// Numbers of labels, which two tables share: sets of states are looked through far more often than
/// steps are taken, and numbers are compared without a count of references.
final class StepLabels {
  private var numbers: [StepLabel: Int32] = [:]
  private var labels: [StepLabel] = []

  func number(_ label: StepLabel) -> Int32 {
    if let known = numbers[label] { return known }
    let number = Int32(labels.count)
    labels.append(label)
    numbers[label] = number
    return number
  }

  subscript(number: Int32) -> StepLabel { labels[Int(number)] }
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

  /// What leads on from a state.
  struct Successors {
    var steps: [Step] = []
    /// Of steps that are seen: the number of the label, and where each leads.
    var seen: [(label: Int32, state: Int32)] = []
    /// Where steps that nobody sees lead.
    var unseen: [Int32] = []
  }

  private let steps: InterpretedSteps
  private let labelling: Labelling
  private let labels: StepLabels
  private var numbers: [[Int64]: Int32] = [:]
  private var states: [[Int64]] = [[], []]
  private var successors: [Successors?] = [nil, Successors()]
  /// For each state, the closure that it was met in last.
  private var marks: [Int32] = []
  private var closureCount: Int32 = 0

  init(
    _ system: TransitionSystem, _ labels: StepLabels, _ labelling: @escaping Labelling,
    stop: StopCondition
  ) {
    steps = InterpretedSteps(system, stop: stop)
    self.labels = labels
    self.labelling = labelling
  }

  var count: Int { states.count }

  /// Nil before the start, and where something went wrong.
  func slots(of state: Int32) -> [Int64]? {
    state == Self.origin || state == Self.failed ? nil : states[Int(state)]
  }

  func steps(from state: Int32) -> [Step] { successors(of: state).steps }

  func successors(of state: Int32) -> Successors {
    if let known = successors[Int(state)] { return known }
    var found = Successors()
    let isStart = state == Self.origin
    let before = states[Int(state)]
    func note(_ instance: RuleInstance, _ outcome: InterpretedSteps.Outcome) -> Bool {
      let after = if case .state(let slots) = outcome { slots } else { [Int64]?.none }
      let taken = TakenStep(isStart: isStart, instance: instance, before: before, after: after)
      let step = Step(
        label: labelling(taken), instance: instance, state: after.map(number) ?? Self.failed)
      found.steps.append(step)
      if let label = step.label {
        found.seen.append((labels.number(label), step.state))
      } else if !found.unseen.contains(step.state) {
        found.unseen.append(step.state)
      }
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
    closureCount += 1
    var all: [Int32] = []
    func note(_ state: Int32) {
      let position = Int(state)
      while marks.count <= position { marks.append(0) }
      guard marks[position] != closureCount else { return }
      marks[position] = closureCount
      all.append(state)
    }
    for state in states { note(state) }
    var next = 0
    while next < all.count {
      for state in successors(of: all[next]).unseen { note(state) }
      next += 1
    }
    return all.sorted()
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
