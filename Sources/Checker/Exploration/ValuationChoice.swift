import Evaluation
import Packing
import PathConditions
import Trace
import TransitionSystem

/// Values of the symbolic constants for which a run is shown: those of the last state's path
/// condition for which what is said of the run is so.
struct ValuationChoice {
  private let space: SearchSpace
  private let paths: PathConditions
  private let generator: InterpreterGenerator
  private let deadlock: DeadlockMode
  private let batch: SuccessorBatch

  init(
    _ space: SearchSpace, _ paths: PathConditions, _ generator: InterpreterGenerator,
    _ deadlock: DeadlockMode
  ) {
    self.space = space
    self.paths = paths
    self.generator = generator
    self.deadlock = deadlock
    batch = SuccessorBatch(wordCount: space.packing.wordCount)
  }

  /// Where a measure has a value.
  func valuation(
    in state: PackedState, where instance: PropertyInstance, is value: Int64
  ) throws(Undecided) -> [Int128] {
    load(state)
    let outcomes = try generator.outcomes(of: instance)
    guard space.system.properties[instance.property].isAddress else {
      let outcome = outcomes.first {
        if case .value(value) = $0.result { return true }
        return false
      }
      return try values(outcome?.path)
    }
    for outcome in outcomes {
      guard case .value(let term?) = outcome.result else { continue }
      if let values = try paths.values(outcome.path, where: term, is: value) { return values }
    }
    return try values(nil)
  }

  /// Where something is wrong with a state or a step from it.
  func valuation(
    of target: RunTarget, for violation: Violation
  ) throws(Undecided) -> [Int128] {
    let state = target.state
    load(state)
    switch violation.kind {
    case .invariant(let property, let bindings):
      let instance = PropertyInstance(property: property, bindings: bindings)
      let outcome = try generator.outcomes(of: instance).first {
        if case .value(0) = $0.result { return true }
        return false
      }
      return try values(outcome?.path)
    case .deadlock:
      try expand(state)
      let goesOn = deadlock == .stuck ? generator.enabled : generator.progress
      return try values(generator.path, noneOf: goesOn + generator.failurePaths)
    case .interruption(let failure):
      if case .property(let property, let bindings) = failure.place {
        let instance = PropertyInstance(property: property, bindings: bindings)
        let outcome = try generator.outcomes(of: instance).first {
          if case .violation(violation.kind) = $0.result { return true }
          return false
        }
        return try values(outcome?.path)
      }
      try expand(state)
      return try values(failures { $0.failure == failure })
    case .liveness:
      return try values(target.path)
    case .uncovered:
      return []
    }
  }

  /// Where a start state cannot be made.
  func valuation(atStartFor violation: Violation) throws(Undecided) -> [Int128] {
    guard case .interruption(let failure) = violation.kind else { return [] }
    try generator.startStates(into: batch)
    return try values(failures { $0.failure == failure })
  }

  private func failures(
    _ isWanted: ((instance: Int, failure: Violation.Failure)) -> Bool
  ) -> Int? {
    batch.failures.firstIndex { isWanted($0) }.map { generator.failurePaths[$0] }
  }

  private func values(
    _ path: Int?, noneOf outcomes: [Int] = []
  ) throws(Undecided) -> [Int128] {
    guard let path else { throw .unasked }
    return try paths.values(path, noneOf: outcomes)
  }

  private func load(_ state: PackedState) {
    space.packing.decode(state.words, into: generator.interpreter.slots)
  }

  private func expand(_ state: PackedState) throws(Undecided) {
    try generator.expand(state.words, into: batch)
  }
}
