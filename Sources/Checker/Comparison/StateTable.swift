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

  /// Before the start: start states are its steps.
  static let origin: Int32 = 0
  /// Where something went wrong.
  static let failed: Int32 = 1

  /// Where the steps that lead on from a state lie among all steps.
  private struct Steps {
    let seen: Range<Int>
    let unseen: Range<Int>
  }

  private let steps: InterpretedSteps
  private let labelling: Labelling
  private let labels: StepLabels
  private var numbers: [[Int64]: Int32] = [:]
  private var states: [[Int64]] = [[], []]
  /// For each state, its steps; nil where it was not asked for them.
  private var stepsOfStates: [Steps?] = [nil, Steps(seen: 0..<0, unseen: 0..<0)]
  // A state has few steps, and sets of states are gone through many times: an array for each state would be counted
  // at every look.
  /// Of steps that are seen: the number of the label, and where each leads.
  private var seen: [(label: Int32, state: Int32)] = []
  /// Where steps that nobody sees lead.
  private var unseen: [Int32] = []
  /// For each state, the closure that it was met in last.
  private var marks: [Int32] = []
  private var closureCount: Int32 = 0
  /// For each label, its position among those of a set of states; -1 between two questions.
  private var positions: [Int] = []

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

  /// Whether an onlooker sees each step from a state.
  func seesAllSteps(from state: Int32) -> Bool { steps(from: state).unseen.isEmpty }

  private func steps(from state: Int32) -> Steps {
    if let known = stepsOfStates[Int(state)] { return known }
    let firsts = (seen: seen.count, unseen: unseen.count)
    forEachStep(from: state) { label, _, end in
      if let label {
        seen.append((labels.number(label), end))
      } else if !unseen[firsts.unseen...].contains(end) {
        unseen.append(end)
      }
    }
    let found = Steps(
      seen: firsts.seen..<seen.count, unseen: firsts.unseen..<unseen.count)
    stepsOfStates[Int(state)] = found
    return found
  }

  /// Takes all steps from a state.
  private func forEachStep(
    from state: Int32, _ body: (StepLabel?, RuleInstance, Int32) -> Void
  ) {
    if state == Self.failed { return }
    let isStart = state == Self.origin
    let before = states[Int(state)]
    func note(_ instance: RuleInstance, _ outcome: InterpretedSteps.Outcome) -> Bool {
      let after = if case .state(let slots) = outcome { slots } else { [Int64]?.none }
      let taken = TakenStep(isStart: isStart, instance: instance, before: before, after: after)
      body(labelling(taken), instance, after.map(number) ?? Self.failed)
      return true
    }
    if isStart {
      steps.forEachStart(note)
    } else {
      steps.forEachStep(from: before, note)
    }
  }

  private func number(_ slots: [Int64]) -> Int32 {
    if let known = numbers[slots] { return known }
    let number = Int32(states.count)
    states.append(slots)
    stepsOfStates.append(nil)
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
      for position in steps(from: all[next]).unseen { note(unseen[position]) }
      next += 1
    }
    return all.sorted()
  }

  /// The steps from any of some states that an onlooker sees: the numbers of the labels in the order in which they
  /// come up, and where each leads.
  func seenSteps(from states: [Int32]) -> [(label: Int32, ends: [Int32])] {
    var found: [(label: Int32, ends: [Int32])] = []
    for state in states {
      for position in steps(from: state).seen {
        let step = seen[position]
        let label = Int(step.label)
        while positions.count <= label { positions.append(-1) }
        if positions[label] < 0 {
          positions[label] = found.count
          found.append((step.label, [step.state]))
        } else {
          found[positions[label]].ends.append(step.state)
        }
      }
    }
    for (label, _) in found { positions[Int(label)] = -1 }
    return found
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
        forEachStep(from: position.state) { label, instance, state in
          if let label, label != labels[position.seen] { return }
          let end = Position(state: state, seen: position.seen + (label == nil ? 0 : 1))
          guard known.insert(end).inserted else { return }
          parents[end] = (position, instance)
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
