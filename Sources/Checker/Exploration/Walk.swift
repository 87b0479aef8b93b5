import Diagnostics
package import Evaluation
import Packing
import Randomness
package import Trace
package import TransitionSystem

/// A walk that takes one enabled rule after the other.
package struct Walk {
  /// Which of the enabled rules are taken.
  package enum Choice: Sendable {
    /// Any; the same seed gives the same walk.
    case random(seed: UInt64)
    /// Those of a run, as long as they are enabled and lead to a state that is kept: an instance of a
    /// start state, and instances of rules.
    case run([RuleInstance])
  }

  /// What ended a walk.
  package enum End: Sendable, Hashable {
    case steps
    case violated(Violation)
    /// No rule that would be taken leads on to a state that the assumptions allow, and that counts as
    /// no deadlock.
    case stuck
    /// Where the next step leads is not decided.
    case undecided(Undecided)
    /// No more was wanted.
    case ended(ExplorationLimit)
  }

  /// Walks from a start state, until the space's `stop` is met.
  ///
  /// - Parameters:
  ///   - maximumStepCount: Steps behind the start state.
  /// - Returns: The run and what ended it; nil if there is no start state.
  package static func take(
    _ space: SearchSpace, _ choice: Choice, maximumStepCount: Int, deadlock: DeadlockMode
  ) -> (execution: Execution, end: End)? {
    var walk = Walk(space, deadlock, maximumStepCount, choice)
    let end = walk.run()
    guard let start = walk.start else {
      switch end {
      case .undecided, .ended, .violated:
        return (Execution(steps: [], valuation: space.domain.valuation), end)
      case .steps, .stuck: return nil
      }
    }
    // The steps that were taken are shown.
    space.stop.suspend()
    let replay = Replay(system: space.system, valuation: space.domain.valuation)
    guard let execution = try? replay.run(start: start, walk.steps) else { return nil }
    return (execution, end)
  }

  private let space: SearchSpace
  private let deadlock: DeadlockMode
  private let maximumStepCount: Int
  private let generator: InterpreterGenerator
  private let batch: SuccessorBatch
  /// What is left of the run that is to be taken; nil where rules are taken at random.
  private var given: ArraySlice<RuleInstance>?
  private var random: SplitMix64
  private var start: RuleInstance?
  /// Behind the start state.
  private var steps: [RuleInstance] = []

  private init(
    _ space: SearchSpace, _ deadlock: DeadlockMode, _ maximumStepCount: Int, _ choice: Choice
  ) {
    (self.space, self.deadlock, self.maximumStepCount) = (space, deadlock, maximumStepCount)
    switch choice {
    case .random(let seed): (given, random) = (nil, SplitMix64(seed: seed))
    case .run(let instances): (given, random) = (instances[...], SplitMix64(seed: 0))
    }
    generator = InterpreterGenerator(space)
    batch = SuccessorBatch(wordCount: space.packing.wordCount)
  }

  private mutating func run() -> End {
    if space.stop.isDue() { return .ended(.ended(space.stop)) }
    do throws(Undecided) {
      return try walk()
    } catch {
      return error == .stopped ? .ended(.ended(space.stop)) : .undecided(error)
    }
  }

  private mutating func walk() throws(Undecided) -> End {
    if let violation = try startStates() { return .violated(violation) }
    while true {
      let candidates = try admissible()
      if space.stop.isDue() { return .ended(.ended(space.stop)) }
      if let (position, kind) = candidates.violation {
        note(batch.instances[position])
        return .violated(Violation(kind))
      }
      if start != nil, isDeadlock { return .violated(Violation(.deadlock)) }
      guard let chosen = choose(candidates.positions) else { return .stuck }
      note(batch.instances[chosen])
      if steps.count >= maximumStepCount { return .steps }
      if let violation = try expand(chosen) { return .violated(violation) }
    }
  }

  /// Finds the start states.
  ///
  /// - Returns: What goes wrong there. Where something is not decided, what was found before counts.
  private func startStates() throws(Undecided) -> Violation? {
    let undecided = outcome { () throws(Undecided) in try generator.startStates(into: batch) }
    if let (position, failure) = batch.failures.first {
      return Violation(.interruption(failure), failedStep: space.startInstances[position])
    }
    if let undecided { throw undecided }
    return nil
  }

  /// What was not decided in a call.
  private func outcome(_ call: () throws(Undecided) -> Void) -> Undecided? {
    do throws(Undecided) {
      try call()
      return nil
    } catch {
      return error
    }
  }

  /// One of the states of the batch.
  private mutating func choose(_ positions: [Int]) -> Int? {
    guard given != nil else { return positions.randomElement(using: &random) }
    guard let next = given?.popFirst() else { return nil }
    return positions.first { instance(batch.instances[$0]) == next }
  }

  /// By its number: of a start state, before there is one.
  private func instance(_ number: Int) -> RuleInstance {
    start == nil ? space.startInstances[number] : space.instances[number]
  }

  private mutating func note(_ number: Int) {
    let instance = instance(number)
    if start == nil { start = instance } else { steps.append(instance) }
  }

  /// Finds the successors of a state of the batch.
  ///
  /// - Returns: What goes wrong there.
  private func expand(_ chosen: Int) throws(Undecided) -> Violation? {
    let wordCount = space.packing.wordCount
    let state = Array(UnsafeBufferPointer(start: batch.state(chosen), count: wordCount))
    let undecided = outcome { () throws(Undecided) in try generator.expand(state, into: batch) }
    // What goes wrong in a guard takes no step.
    let first = batch.failures.first { $0.failure.place != .action } ?? batch.failures.first
    if let (position, failure) = first {
      return Violation(
        .interruption(failure),
        failedStep: failure.place == .action ? space.instances[position] : nil)
    }
    if let undecided { throw undecided }
    return nil
  }

  /// Whether the state whose successors are in the batch is a deadlock, as a search says it.
  private var isDeadlock: Bool {
    switch deadlock {
    case .off: false
    case .stuck: batch.count == 0
    case .stuttering: batch.hasProgress[0] == 0
    }
  }

  /// The successors that are not discarded, and the first that violates a property.
  private func admissible() throws(Undecided) -> (
    positions: [Int], violation: (Int, Violation.Kind)?
  ) {
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
