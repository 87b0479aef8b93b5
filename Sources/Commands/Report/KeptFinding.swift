import Checking
import Diagnostics
import Evaluation
import Exploration
import Runs
import Trace
import TransitionSystem

/// What a kept run shows at its end, looked for in a model that may have changed since: by its name, or
/// by what it says.
struct KeptFinding {
  private let finding: ShownRun.Finding
  private let wording: Wording
  private let moves: Moves
  private let valuation: [Int128]
  private let deadlock: DeadlockMode

  init(
    _ finding: ShownRun.Finding, _ wording: Wording, _ moves: Moves, valuation: [Int128],
    deadlock: DeadlockMode
  ) {
    (self.finding, self.wording, self.moves) = (finding, wording, moves)
    self.valuation = valuation
    // Who asks for a deadlock means one.
    self.deadlock = deadlock == .off ? .stuttering : deadlock
  }

  /// What has become of it, in a clause, where it is not so any more; nil where it is.
  ///
  /// - Parameter failure: The last step, where that fails, and why.
  func loss(
    behind execution: Execution, failure: (instance: RuleInstance, cause: Interruption.Cause)?
  ) -> String? {
    switch Violation.Category(rawValue: finding.kind) {
    case .invariant: return propertyLoss(.invariant, execution)
    case .liveness: return propertyLoss(.liveness, execution)
    case .deadlock:
      return isConfirmed(.deadlock, execution) ? nil : "something leads on from its end"
    case .assertion, .error, .runtimeError:
      return failureLoss(execution, failure)
    case .cover, nil: return nil
    }
  }

  // MARK: - Properties

  private func propertyLoss(_ kind: Property.Kind, _ execution: Execution) -> String? {
    let properties = wording.system.properties
    let name = finding.name ?? ""
    let called = properties.indices.filter {
      properties[$0].kind == kind && properties[$0].name == name
    }
    guard !called.isEmpty else { return "the model has no \(kind.rawValue) \"\(name)\"" }
    guard let last = execution.steps.last?.slots else { return nil }
    for property in called {
      for bindings in TransitionSystem.bindings(of: properties[property].parameters)
      where isFalse(property, bindings, in: last) {
        let violation: Violation.Kind =
          kind == .liveness
          ? .liveness(property: property, bindings: bindings)
          : .invariant(property: property, bindings: bindings)
        if isConfirmed(violation, execution) { return nil }
      }
    }
    return kind == .liveness
      ? "liveness \"\(name)\" can hold at its end or behind it"
      : "invariant \"\(name)\" holds at its end"
  }

  private func isFalse(_ property: Int, _ bindings: [Int64], in state: [Int64]) -> Bool {
    moves.interpreter.load(state)
    return (try? moves.interpreter.evaluate(wording.system.properties[property], bindings)) == 0
  }

  private func isConfirmed(_ kind: Violation.Kind, _ execution: Execution) -> Bool {
    var request = CheckRequest(wording.system)
    request.options.deadlock = deadlock
    let counterexample = Counterexample(execution: execution, violation: Violation(kind))
    return (try? Checking.confirm(counterexample, of: request)) != nil
  }

  // MARK: - What fails

  private func failureLoss(
    _ execution: Execution, _ failure: (instance: RuleInstance, cause: Interruption.Cause)?
  ) -> String? {
    var now: String?
    if let failure {
      now = title(
        of: Interruption(failure.cause, at: .none), in: .action, failure.instance, execution)
    } else if let last = execution.steps.last?.slots {
      // Several things may fail in one state: what was kept is to be among them.
      forEachFailure(in: last) { interruption, place in
        let found = title(of: interruption, in: place, nil, execution)
        if now != finding.message { now = found ?? now }
        return now != finding.message
      }
    }
    guard now != finding.message else { return nil }
    return "it was kept for \(finding.message), and "
      + (now.map { "now it ends in \($0)" } ?? "nothing of this kind is at its end")
  }

  private func title(
    of interruption: Interruption, in place: Violation.Failure.Place, _ failedStep: RuleInstance?,
    _ execution: Execution
  ) -> String? {
    Violation.Failure(interruption, in: place).map {
      ViolationText.title(of: $0, failedStep, isStart: execution.steps.isEmpty, wording)
    }
  }

  /// Calls `body` with what goes wrong in a property or a guard, until it returns false.
  private func forEachFailure(
    in state: [Int64], _ body: (Interruption, Violation.Failure.Place) -> Bool
  ) {
    for (number, property) in wording.system.properties.enumerated() {
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        moves.interpreter.load(state)
        do throws(Interruption) {
          _ = try moves.interpreter.evaluate(property, bindings)
        } catch {
          if !body(error, .property(number, bindings: bindings)) { return }
        }
      }
    }
    _ = moves.forEachMove(from: state) { instance, outcome in
      guard case .fails = outcome else { return true }
      moves.interpreter.load(state)
      do throws(Interruption) {
        _ = try moves.interpreter.guardHolds(wording.system.rules[instance.rule], instance.bindings)
        return true
      } catch {
        return body(error, .guardExpression(instance))
      }
    }
  }
}
