import Checking
package import Diagnostics
import Exploration
import Symmetry
import TransitionSystem

extension CheckReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 1

  /// The report as JSON, with everything that the text has.
  package var json: JSONValue {
    let system = wording.system
    return .object([
      ("model", .string(wording.source.path)),
      ("patches", .array(wording.source.patches.map { .string($0) })),
      ("constants", traceJSON.constants),
      ("dialect", meaning.map { .string($0.dialect) } ?? .null),
      ("meaning", meaning?.sentence.map { .string($0) } ?? .null),
      ("warnings", .array(warnings.map(json))),
      ("verdict", .string(verdictWord)),
      ("reason", .string(headline)),
      ("evidence", evidenceJSON),
      ("statistics", statisticsJSON),
      ("compilationFailure", compilationFailureJSON),
      ("symbolic", symbolicJSON),
      ("symmetry", symmetryJSON),
      (
        "partialOrder",
        .object([
          ("reduced", .bool(result.isReduced)),
          ("refused", reductionRefusalWords.map { .string($0) } ?? .null),
        ])
      ),
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

  private var evidenceJSON: JSONValue {
    switch evidence {
    case .replayed: .object([("kind", .string("replayed"))])
    case .closedSet(let count):
      .object([("kind", .string("closed set")), ("states", .number(count))])
    case .replayedUpTo(let count):
      .object([("kind", .string("replayed")), ("statesLookedAt", .number(count))])
    case .none: .null
    }
  }

  private func json(_ warning: Diagnostic) -> JSONValue {
    .object([
      ("code", .string(warning.code.rawValue)),
      ("message", .string(warning.message)),
      ("place", .string(wording.location(warning.span))),
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

  private var compilationFailureJSON: JSONValue {
    guard let failure = result.compilationFailure else { return .null }
    return .object([
      ("reason", .string("\(failure.error)")), ("interpreted", .bool(failure.isInterpreted)),
    ])
  }

  private var symbolicJSON: JSONValue {
    guard let symbolic = result.symbolic else { return .null }
    return .object([
      ("constants", .number(wording.system.symbolicElementCount)),
      ("pathConditions", .number(symbolic.pathCount)),
      ("literals", .number(symbolic.literalCount)),
      ("solverCalls", .number(symbolic.solverCallCount)),
      ("subsumedStates", .number(symbolic.subsumedStateCount)),
    ])
  }

  private var symmetryJSON: JSONValue {
    .object([
      (
        "reduced",
        .array(
          result.symmetry.sets.map { set in
            .object([
              ("type", .string(set.type.name ?? "")), ("elements", .number(set.count)),
            ])
          })
      ),
      (
        "refused",
        .array(
          result.symmetry.refusals.map { refusal in
            .object([
              ("type", .string(refusal.type.name ?? "")),
              ("reason", .string(refusal.reason.words)),
              ("place", .string(wording.location(refusal.span))),
            ])
          })
      ),
    ])
  }

  private func json(_ measure: ExplorationResult.MeasuredRange) -> JSONValue {
    .object([
      ("name", .string(wording.property(measure.property, measure.bindings))),
      ("least", .number(Int(measure.least))),
      ("greatest", .number(Int(measure.greatest))),
      ("leastLayout", traceJSON.layout(of: measure.leastExecution)),
      ("greatestLayout", traceJSON.layout(of: measure.greatestExecution)),
      ("leastTrace", traceJSON.steps(of: measure.leastExecution)),
      ("greatestTrace", traceJSON.steps(of: measure.greatestExecution)),
    ])
  }

  private var counterexampleJSON: JSONValue {
    guard let violation, case .violated(let counterexample) = result.verdict else { return .null }
    return traceJSON.counterexample(counterexample, violation)
  }

  private var traceJSON: TraceJSON { TraceJSON(wording: wording) }
}
