import Checking
import Exploration
import Trace
import TransitionSystem

/// Why a product gives no answer.
package enum ProductFailure: Error, Sendable, Hashable {
  case obstacle(ProductObstacle)
  /// Something goes wrong in a step or guard of one or both: what follows is not seen.
  case interrupted
  /// What was found was not found again by the interpreter of each system.
  case notConfirmed
}

/// Compares two systems by searching their product.
struct ProductComparison {
  private let pair: ModelPair
  private let request: CheckRequest

  init(_ pair: ModelPair, _ request: CheckRequest) {
    self.pair = pair
    self.request = request
  }

  func compare(_ watch: some CheckWatch) throws(ProductFailure) -> BehaviourComparison {
    let added = try answer(.headAlone, watch)
    let removed = try answer(.baseAlone, watch)
    var values: BehaviourComparison.ValueAnswer?
    if case .none = added, case .none = removed { values = try valueAnswer(watch) }
    return BehaviourComparison(added: added, removed: removed, values: values, method: .product)
  }

  private enum Finding {
    case nothing
    case violated(ProductSystem.Difference, bindings: [Int64], Execution, ProductSystem)
    case limited(ExplorationLimit)
  }

  /// - Parameter depth: Steps from a start state at most.
  private func search(
    _ question: ProductSystem.Question, upTo depth: Int? = nil, _ watch: some CheckWatch
  ) throws(ProductFailure) -> Finding {
    let product: ProductSystem
    do throws(ProductObstacle) {
      product = try ProductSystem(pair, asking: question)
    } catch {
      throw .obstacle(error)
    }
    var request = request
    request.system = product.system
    request.options.deadlock = .off
    if let depth { request.options.maximumDepth = depth }
    request.facts = nil
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request, watch)
    } catch {
      throw .notConfirmed
    }
    switch outcome.verdict {
    case .holds: return .nothing
    case .inconclusive(let limit): return .limited(limit)
    case .violated(let counterexample):
      guard case .invariant(let property, let bindings) = counterexample.violation.kind else {
        throw .interrupted
      }
      return .violated(
        product.differences[property], bindings: bindings, counterexample.execution, product)
    }
  }

  private func answer(
    _ question: ProductSystem.Question, _ watch: some CheckWatch
  ) throws(ProductFailure) -> BehaviourComparison.Answer {
    switch try search(question, watch) {
    case .nothing: return .none
    case .limited(let limit): return .undecided(limit)
    case .violated(let difference, let bindings, let execution, let product):
      guard case .rule(let rule) = difference else { throw .notConfirmed }
      // A step that goes wrong on the way to this level ends a shorter run, which a search that shows
      // one violation of a level does not tell. The depth is a limit that is meant.
      let before = try search(.failures, upTo: execution.steps.count - 1, watch)
      if case .limited(let limit) = before {
        guard case .depth = limit else { return .undecided(limit) }
      }
      let (base, head) = try replayed(execution, product)
      let isHead = question == .headAlone
      let step = RuleInstance(rule: rule, bindings: bindings)
      let owner = isHead ? (pair.head.system, head) : (pair.base.system, base)
      let other = isHead ? base : head
      let instances = owner.1.steps.map(\.instance) + [step]
      let extended: Execution
      do throws(ReplayError) {
        extended = try Replay(system: owner.0, valuation: execution.valuation).run(
          start: instances[0], Array(instances.dropFirst()))
      } catch {
        throw .interrupted
      }
      return .run(
        .init(execution: extended, failure: nil, other: other, step: step, isStart: false))
    }
  }

  private func valueAnswer(
    _ watch: some CheckWatch
  ) throws(ProductFailure) -> BehaviourComparison.ValueAnswer {
    switch try search(.values, watch) {
    case .nothing: return pair.haveSameVariables ? .same : .notCompared
    case .limited(let limit): return .undecided(limit)
    case .violated(let difference, _, let execution, let product):
      guard case .variable(let first, let second) = difference else { throw .notConfirmed }
      let (base, head) = try replayed(execution, product)
      return .different(.init(base: base, head: head, variable: (first, second)))
    }
  }

  /// The run of each system, by its own interpreter.
  private func replayed(
    _ execution: Execution, _ product: ProductSystem
  ) throws(ProductFailure) -> (base: Execution, head: Execution) {
    func instances(_ side: ((base: Int, head: Int)) -> Int) -> [RuleInstance] {
      execution.steps.enumerated().map { number, step in
        let rules = number == 0 ? product.startStates : product.rules
        return RuleInstance(
          rule: side(rules[step.instance.rule]), bindings: step.instance.bindings)
      }
    }
    let (first, second) = (instances(\.base), instances(\.head))
    guard !first.isEmpty else { throw .notConfirmed }
    do throws(ReplayError) {
      return (
        try Replay(system: pair.base.system, valuation: execution.valuation).run(
          start: first[0], Array(first.dropFirst())),
        try Replay(system: pair.head.system, valuation: execution.valuation).run(
          start: second[0], Array(second.dropFirst()))
      )
    } catch {
      throw .notConfirmed
    }
  }
}
