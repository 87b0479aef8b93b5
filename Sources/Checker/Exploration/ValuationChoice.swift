import Evaluation
import Packing
import PathConditions
import Trace
import TransitionSystem

/// Values of the symbolic constants for which a run is shown: those of the last state's path
/// condition for which what is said of the run is so. Where Z3 does not find them, there are none
/// and the path conditions have a failure.
struct ValuationChoice {
  private let space: SearchSpace
  private let generator: InterpreterGenerator
  private let deadlock: DeadlockMode
  private let batch: SuccessorBatch

  init(_ space: SearchSpace, _ generator: InterpreterGenerator, _ deadlock: DeadlockMode) {
    self.space = space
    self.generator = generator
    self.deadlock = deadlock
    batch = SuccessorBatch(wordCount: space.layout.wordCount)
  }

  /// Where a measure has a value.
  func valuation(
    in state: PackedState, where instance: PropertyInstance, is value: Int64
  ) -> [Int128] {
    load(state)
    let outcomes = generator.outcomes(of: instance)
    guard space.system.properties[instance.property].isAddress else {
      let outcome = outcomes.first {
        if case .value(value) = $0.result { return true }
        return false
      }
      return values(outcome?.path)
    }
    for outcome in outcomes {
      guard case .value(let term?) = outcome.result else { continue }
      if let values = space.paths?.values(outcome.path, where: term, is: value) { return values }
    }
    return values(nil)
  }

  /// Where something is wrong with a state or a step from it.
  func valuation(of target: RunTarget, for violation: Violation) -> [Int128] {
    let state = target.state
    load(state)
    switch violation.kind {
    case .invariant(let property, let bindings):
      let instance = PropertyInstance(property: property, bindings: bindings)
      let outcome = generator.outcomes(of: instance).first {
        if case .value(0) = $0.result { return true }
        return false
      }
      return values(outcome?.path)
    case .deadlock:
      expand(state)
      let goesOn = deadlock == .stuck ? generator.enabled : generator.progress
      return values(generator.path, noneOf: goesOn + generator.failurePaths)
    case .interruption(let failure):
      if case .property(let property, let bindings) = failure.place {
        let instance = PropertyInstance(property: property, bindings: bindings)
        let outcome = generator.outcomes(of: instance).first {
          if case .violation(violation.kind) = $0.result { return true }
          return false
        }
        return values(outcome?.path)
      }
      expand(state)
      return values(failures { $0.failure == failure })
    case .liveness:
      return values(target.path)
    case .uncovered:
      return []
    }
  }

  /// Where a start state cannot be made.
  func valuation(atStartFor violation: Violation) -> [Int128] {
    guard case .interruption(let failure) = violation.kind else { return [] }
    generator.startStates(into: batch)
    return values(failures { $0.failure == failure })
  }

  private func failures(
    _ isWanted: ((instance: Int, failure: Violation.Failure)) -> Bool
  ) -> Int? {
    batch.failures.firstIndex { isWanted($0) }.map { generator.failurePaths[$0] }
  }

  private func values(_ path: Int?, noneOf outcomes: [Int] = []) -> [Int128] {
    guard let path, let paths = space.paths else {
      space.paths?.fail(.unasked)
      return []
    }
    return paths.values(path, noneOf: outcomes) ?? []
  }

  private func load(_ state: PackedState) {
    space.layout.decode(state.words, into: generator.interpreter.slots)
  }

  private func expand(_ state: PackedState) { generator.expand(state.words, into: batch) }
}
