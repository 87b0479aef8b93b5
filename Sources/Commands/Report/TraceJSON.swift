import Diagnostics
import Trace
import TransitionSystem

/// Runs and what goes wrong in them, as JSON.
struct TraceJSON {
  let wording: Wording

  /// Constants with their values, as overridden.
  var constants: JSONValue {
    .object(wording.system.constants.map { ($0.name, .string($0.type.describe($0.value))) })
  }

  /// The symbolic constants for which a run is shown, by name: the value, a decimal number as a
  /// string because it may have more than 53 bits, and how people read it.
  func layout(of execution: Execution) -> JSONValue {
    let values = wording.symbolicValues(execution.valuation)
    if values.isEmpty { return .null }
    return .object(
      values.map { value in
        (
          value.name,
          .object([("value", .string("\(value.value)")), ("text", .string(value.text))])
        )
      })
  }

  /// Numbered steps: the first with the whole state, the others with what changed.
  func steps(of execution: Execution) -> JSONValue {
    var previous: [Int64]?
    return .array(
      execution.steps.enumerated().map { number, step in
        let changes = wording.changes(in: step.slots, since: previous)
        previous = step.slots
        var members: [(String, JSONValue)] = [("number", .number(number + 1))]
        members.append(("step", self.step(step.instance, isStart: number == 0)))
        members.append(
          ("changes", .object(changes.map { ($0.name, .string($0.value)) })))
        if !step.output.isEmpty { members.append(("output", .string(step.output))) }
        return .object(members)
      })
  }

  /// What goes wrong, without the run that leads there.
  func violation(_ counterexample: Counterexample, _ text: ViolationText) -> JSONValue {
    .object(about(text) + [failedStep(of: counterexample)])
  }

  /// What goes wrong, with the run that leads there.
  func counterexample(_ counterexample: Counterexample, _ text: ViolationText) -> JSONValue {
    let trace = ("trace", steps(of: counterexample.execution))
    let layout = ("layout", layout(of: counterexample.execution))
    return .object(about(text) + [layout, trace, failedStep(of: counterexample)])
  }

  private func about(_ violation: ViolationText) -> [(String, JSONValue)] {
    let span = violation.span
    let values = violation.values.map { value in
      JSONValue.object([("text", .string(value.text)), ("value", .string(value.value))])
    }
    return [
      ("kind", .string(violation.category.rawValue)),
      ("name", violation.name.map { .string($0) } ?? .null),
      ("message", .string(violation.title)),
      ("location", span == .none ? .null : .string(wording.location(span))),
      ("part", span == .none ? .null : .string(wording.source.text(of: span))),
      ("values", .array(values)),
    ]
  }

  private func failedStep(of counterexample: Counterexample) -> (String, JSONValue) {
    let isStart = counterexample.execution.steps.isEmpty
    let failed = counterexample.violation.failedStep
    return ("failedStep", failed.map { step($0, isStart: isStart) } ?? .null)
  }

  private func step(_ instance: RuleInstance, isStart: Bool) -> JSONValue {
    let rule = (isStart ? wording.system.startStates : wording.system.rules)[instance.rule]
    return .object([
      ("rule", .string(rule.name)),
      ("actor", rule.actor.map { .string($0) } ?? .null),
      (
        "parameters",
        .object(
          zip(rule.parameters, instance.bindings).map { parameter, value in
            (parameter.name, .string(parameter.type.describe(value)))
          })
      ),
    ])
  }
}
