import Diagnostics
package import Evaluation
import Randomness
package import Trace
import TransitionSystem

/// A walk that takes enabled rules at random.
package struct RandomWalk {
  /// What ended a walk.
  package enum End: Sendable, Hashable {
    case steps
    case violated(Violation)
    /// No rule leads on, and that counts as no deadlock.
    case stuck
    /// Where the next step leads is not decided.
    case undecided(Undecided)
    /// No more was wanted.
    case ended(ExplorationLimit)
  }

  /// Walks from a start state, until the space's `stop` is met.
  ///
  /// - Parameters:
  ///   - seed: The same seed gives the same walk.
  ///   - maximumStepCount: Steps behind the start state.
  /// - Returns: The run and what ended it; nil if there is no start state.
  package static func walk(
    _ space: SearchSpace, seed: UInt64, maximumStepCount: Int, deadlock: DeadlockMode
  ) -> (execution: Execution, end: End)? {
    if space.stop.isDue() {
      return (Execution(steps: []), .ended(.ended(space.stop)))
    }
    let generator = InterpreterGenerator(space)
    var random = SplitMix64(seed: seed)
    let batch = SuccessorBatch(wordCount: space.layout.wordCount)
    // Where something is not decided, what was found before it counts.
    var undecided: Undecided?
    do throws(Undecided) {
      try generator.startStates(into: batch)
    } catch {
      undecided = error
    }
    if let (position, failure) = batch.failures.first {
      let violation = Violation(
        .interruption(failure), failedStep: space.startInstances[position])
      return (Execution(steps: [], valuation: space.domain.valuation), .violated(violation))
    }
    var steps: [RuleInstance] = []
    var start: RuleInstance?
    var end = End.steps
    while true {
      let candidates: (positions: [Int], violation: (Int, Violation.Kind)?)
      do throws(Undecided) {
        if let undecided { throw undecided }
        candidates = try admissible(batch, generator)
      } catch {
        end = error == .stopped ? .ended(.ended(space.stop)) : .undecided(error)
        break
      }
      if space.stop.isDue() {
        end = .ended(.ended(space.stop))
        break
      }
      if let (position, kind) = candidates.violation {
        let instance = batch.instances[position]
        if start == nil {
          start = space.startInstances[instance]
        } else {
          steps.append(space.instances[instance])
        }
        end = .violated(Violation(kind))
        break
      }
      guard let chosen = candidates.positions.randomElement(using: &random) else {
        if start == nil { return nil }
        end = deadlock == .off ? .stuck : .violated(Violation(.deadlock))
        break
      }
      let instance = batch.instances[chosen]
      if start == nil {
        start = space.startInstances[instance]
      } else {
        steps.append(space.instances[instance])
      }
      if steps.count >= maximumStepCount { break }
      let wordCount = space.layout.wordCount
      let state = Array(UnsafeBufferPointer(start: batch.state(chosen), count: wordCount))
      do throws(Undecided) {
        try generator.expand(state, into: batch)
      } catch {
        undecided = error
      }
      if let (position, failure) = batch.failures.first {
        let failed = failure.place == .action ? space.instances[position] : nil
        end = .violated(Violation(.interruption(failure), failedStep: failed))
        break
      }
    }
    if start == nil {
      switch end {
      case .undecided, .ended: return (Execution(steps: []), end)
      case .steps, .stuck, .violated: break
      }
    }
    // The steps that were taken are shown.
    space.stop.suspend()
    guard let start,
      let execution = try? Replay(system: space.system, valuation: space.domain.valuation)
        .run(start: start, steps)
    else { return nil }
    return (execution, end)
  }

  /// The successors that are not discarded, and the first that violates a property.
  private static func admissible(
    _ batch: SuccessorBatch, _ generator: InterpreterGenerator
  ) throws(Undecided) -> (positions: [Int], violation: (Int, Violation.Kind)?) {
    var inspection = Inspection()
    var positions: [Int] = []
    for position in 0..<batch.count {
      try generator.inspect(batch.state(position), into: &inspection)
      if let kind = inspection.violation { return ([], (position, kind)) }
      if !inspection.isDiscarded { positions.append(position) }
    }
    return (positions, nil)
  }
}
