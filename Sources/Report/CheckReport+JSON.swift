import Diagnostics
import Exploration
import Trace
import TransitionSystem

extension CheckReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  public static let formatVersion = 1

  /// The report as JSON, with everything that the text has.
  public var json: JSONValue {
    let system = wording.system
    return .object([
      ("model", .string(wording.source.path)),
      (
        "constants",
        .object(system.constants.map { ($0.name, .string($0.type.describe($0.value))) })
      ),
      ("verdict", .string(verdictWord)),
      ("reason", .string(headline)),
      ("statistics", statisticsJSON),
      ("digest", .string(result.digest.description)),
      (
        "rules",
        .array(
          zip(system.rules, result.coverage.ruleFirings).map { rule, count in
            .object([("name", .string(rule.name)), ("fired", .number(count))])
          })
      ),
      (
        "covers",
        .array(
          zip(system.covers, result.coverage.coverHits).map { cover, count in
            .object([("name", .string(cover.name)), ("hits", .number(count))])
          })
      ),
      (
        "vacuousInvariants",
        .array(result.coverage.vacuousInvariants.map { .string(system.properties[$0].name) })
      ),
      ("measures", .array(result.measures.map(json))),
      ("counterexample", counterexampleJSON),
    ])
  }

  private var statisticsJSON: JSONValue {
    let statistics = result.statistics
    return .object([
      ("states", .number(statistics.stateCount)),
      ("rulesFired", .number(statistics.ruleFiringCount)),
      ("depth", .number(statistics.depth)),
      ("seconds", .decimal(statistics.seconds)),
      ("rulesPerSecond", .number(rulesPerSecond)),
      ("memoryBytes", .number(statistics.byteCount)),
      ("stateBits", .number(statistics.stateBitCount)),
    ])
  }

  private func json(_ measure: ExplorationResult.MeasuredRange) -> JSONValue {
    .object([
      ("name", .string(wording.property(measure.property, measure.bindings))),
      ("least", .number(Int(measure.least))),
      ("greatest", .number(Int(measure.greatest))),
      ("leastTrace", json(measure.leastExecution)),
      ("greatestTrace", json(measure.greatestExecution)),
    ])
  }

  private var counterexampleJSON: JSONValue {
    guard let violation, case .violated(let counterexample) = result.verdict else { return .null }
    let isStart = counterexample.execution.steps.isEmpty
    return .object([
      ("kind", .string(violation.kind)),
      ("name", violation.name.map { .string($0) } ?? .null),
      ("message", .string(violation.title)),
      (
        "location", violation.span == .none ? .null : .string(wording.location(violation.span))
      ),
      (
        "part",
        violation.span == .none ? .null : .string(wording.source.text(of: violation.span))
      ),
      (
        "values",
        .array(
          violation.values.map {
            .object([("text", .string($0.text)), ("value", .string($0.value))])
          })
      ),
      ("trace", json(counterexample.execution)),
      (
        "failedStep",
        counterexample.violation.failedStep.map { json($0, isStart: isStart) } ?? .null
      ),
    ])
  }

  private func json(_ execution: Execution) -> JSONValue {
    var previous: [(name: String, value: String)] = []
    return .array(
      execution.steps.enumerated().map { number, step in
        let values = wording.values(of: step.slots)
        let changes = values.indices.filter {
          number == 0 || previous[$0].value != values[$0].value
        }
        previous = values
        var members: [(String, JSONValue)] = [("number", .number(number + 1))]
        members.append(("step", json(step.instance, isStart: number == 0)))
        members.append(
          ("changes", .object(changes.map { (values[$0].name, .string(values[$0].value)) })))
        if !step.output.isEmpty { members.append(("output", .string(step.output))) }
        return .object(members)
      })
  }

  private func json(_ instance: RuleInstance, isStart: Bool) -> JSONValue {
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
