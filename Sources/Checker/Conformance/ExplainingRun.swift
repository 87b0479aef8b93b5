import Checking
package import Diagnostics
package import Evaluation
import Exploration
import Packing
import Symmetry
package import Trace
import TransitionSystem

/// A run of a system that a log is a record of: one of those with few unseen steps.
///
/// It is found from its end. Where some scalarsets are reduced, states stand for orbits, so that a real run is
/// then taken from the start by the reference interpreter, along the states that were found.
package struct ExplainingRun {
  package let execution: Execution
  /// For each step of the execution behind the start state, the event that it explains; nil for unseen ones.
  package let events: [TimedEvent?]
  /// Steps from a start state to where the log begins; none where it begins in one.
  package let leadCount: Int

  /// A step along the states that are known.
  private struct KnownStep {
    let instance: Int32
    let state: MetStates.Number
    let event: TimedEvent?
  }

  /// Steps that are shown at most.
  package static let mostSteps = 1 << 20

  /// - Parameter history: How the log was followed.
  /// - Returns: Nil where there is none, or the time was up.
  package init?(
    _ history: AlignmentHistory, _ sets: StateSets, stop: StopCondition
  ) throws(Undecided) {
    guard var cut = history.cuts(ofLevel: history.levelCount).first,
      var state = sets.states(of: cut.node).first
    else { return nil }
    var backwards: [KnownStep] = []
    var level = history.levelCount
    while level > 0 {
      if stop.isDue() { return nil }
      level -= 1
      guard let before = try Self.before(state, cut, level, history, sets) else { return nil }
      if let instance = before.instance {
        backwards.append(KnownStep(instance: instance, state: state, event: before.event))
      }
      for step in before.unseen.reversed() {
        backwards.append(KnownStep(instance: step.instance, state: step.state, event: nil))
      }
      (cut, state) = (before.cut, before.origin)
    }
    guard let lead = try sets.way(to: state, while: { !stop.isDue() }) else { return nil }
    let steps =
      lead.steps.map { KnownStep(instance: $0.instance, state: $0.state, event: nil) }
      + backwards.reversed()
    guard steps.count <= Self.mostSteps,
      let taken = try Self.taken(from: lead.origin, steps, sets, stop)
    else { return nil }
    execution = taken
    events = steps.map(\.event)
    leadCount = lead.steps.count
  }

  /// What comes in front of a state that an event leads to.
  private struct Before {
    let cut: AlignmentHistory.Cut
    /// The state of the earlier cut.
    let origin: MetStates.Number
    /// From there to where the event happens.
    let unseen: [MetStates.Step]
    /// Nil where the event was only looked at.
    let instance: Int32?
    let event: TimedEvent
  }

  private static func before(
    _ state: MetStates.Number, _ cut: AlignmentHistory.Cut, _ level: Int,
    _ history: AlignmentHistory, _ sets: StateSets
  ) throws(Undecided) -> Before? {
    for earlier in history.cuts(ofLevel: level) {
      guard let number = cut.event(behind: earlier), history.events.indices.contains(number) else {
        continue
      }
      let event = history.events[number]
      let observed = sets.event(event.label)
      let possible = try sets.holding(observed.before, in: try sets.closure(earlier.node))
      let unchanged =
        try observed.nothingWhere.map { conditions throws(Undecided) in
          try sets.holding(conditions, in: possible)
        } ?? []
      for candidate in possible {
        var instance: Int32?
        if observed.rules == nil {
          guard candidate == state else { continue }
        } else if candidate != state || !unchanged.contains(state) {
          instance = try sets.states.steps(from: candidate)
            .first { $0.state == state && sets.matches($0.instance, event.label) }?.instance
          guard instance != nil else { continue }
        }
        guard let way = try sets.unseenWay(from: earlier.node, to: candidate) else { continue }
        return Before(
          cut: earlier, origin: way.origin, unseen: way.steps, instance: instance, event: event)
      }
    }
    return nil
  }

  /// The run as the interpreter takes it.
  private static func taken(
    from start: MetStates.Number, _ steps: [KnownStep], _ sets: StateSets, _ stop: StopCondition
  ) throws(Undecided) -> Execution? {
    let space = sets.states.source.space
    let interpreted = InterpretedSteps(space.system, stop: stop)
    let orbits = OrbitNames(space)
    var wanted = sets.states.slots(of: start)
    var first: Execution.Step?
    interpreted.forEachStart { instance, outcome in
      guard case .state(let slots) = outcome, orbits.isSame(slots, wanted) else { return true }
      first = Execution.Step(instance: instance, slots: slots)
      return false
    }
    guard let first else { return nil }
    var execution = [first]
    for step in steps {
      if stop.isDue() { return nil }
      wanted = sets.states.slots(of: step.state)
      let known = space.instances[Int(step.instance)]
      let before = execution[execution.count - 1].slots
      var found: Execution.Step?
      if orbits.isEmpty {
        guard interpreted.fire(known, from: before) == wanted else { return nil }
        execution.append(Execution.Step(instance: known, slots: wanted))
        continue
      }
      interpreted.forEachStep(from: before) { instance, outcome in
        guard instance.rule == known.rule, case .state(let slots) = outcome,
          orbits.isSame(slots, wanted)
        else { return true }
        found = Execution.Step(instance: instance, slots: slots)
        return false
      }
      guard let found else { return nil }
      execution.append(found)
    }
    return Execution(steps: execution)
  }
}

/// Tells whether states are of one orbit.
private final class OrbitNames {
  private let canonicalizer: Canonicalizer
  private let space: SearchSpace

  init(_ space: SearchSpace) {
    self.space = space
    canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
  }

  var isEmpty: Bool { canonicalizer.isEmpty }

  /// - Parameter representative: One that stands for its orbit.
  func isSame(_ slots: [Int64], _ representative: [Int64]) -> Bool {
    if isEmpty { return slots == representative }
    return words(slots, isCanonical: false) == words(representative, isCanonical: true)
  }

  private func words(_ slots: [Int64], isCanonical: Bool) -> [UInt64] {
    var words = Array(repeating: UInt64(0), count: space.packing.wordCount)
    space.packing.encode(slots, into: &words)
    if !isCanonical { canonicalizer.canonicalize(&words) }
    return words
  }
}
