import Checking
package import Diagnostics
import Exploration
import Proving
import Runs
import Symmetry
import TransitionSystem

extension CheckReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 2

  /// What `check` writes of several models.
  package static func document(_ reports: [JSONValue]) -> JSONValue {
    .document("check", version: formatVersion, [("models", .array(reports))])
  }

  /// The report as JSON, with everything that the text has.
  package var json: JSONValue {
    .object(subjectMembers + verdictMembers + effortMembers + coverageMembers)
  }

  /// Which model it is, and whose meaning it has.
  private var subjectMembers: [(String, JSONValue)] {
    [
      ("model", .string(wording.source.path)),
      ("patches", .array(wording.source.patches.map { .string($0) })),
      ("without", .array(absentRules.map { .string($0) })),
      ("constants", constantsJSON),
      ("dialect", meaning.map { .string($0.dialect) } ?? .null),
      ("meaning", meaning?.sentence.map { .string($0) } ?? .null),
      ("warnings", .array(warnings.map(json))),
    ]
  }

  private var verdictMembers: [(String, JSONValue)] {
    [
      ("verdict", .string(verdictWord)),
      ("reason", .string(headline)),
      ("engine", .string(outcome.engine)),
      ("scope", scopeJSON),
      ("evidence", evidenceJSON),
      ("proof", proof?.json ?? .null),
    ]
  }

  /// What it took, and what was left out.
  private var effortMembers: [(String, JSONValue)] {
    let partialOrder: [(String, JSONValue)] = [
      ("reduced", .bool(finding.reductions?.usesStubbornSets ?? false)),
      ("refused", reductionRefusalWords.map { .string($0) } ?? .null),
    ]
    return [
      ("statistics", statisticsJSON),
      ("compilationFailure", compilationFailureJSON),
      ("symbolic", symbolicJSON),
      ("symmetry", symmetryJSON),
      ("partialOrder", .object(partialOrder)),
    ]
  }

  /// What was met, and what was violated.
  private var coverageMembers: [(String, JSONValue)] {
    let system = wording.system
    let notAsked = NotAsked(wording)
    let vacuous = coverageJSON { coverage in
      coverage.vacuousInvariants.filter { notAsked.invariants[$0] == nil }
        .map { .string(system.properties[$0].name) }
    }
    return [
      ("digest", finding.digest.map { .string($0.description) } ?? .null),
      ("stepDigest", finding.stepDigest.map { .string($0.description) } ?? .null),
      ("rules", coverageJSON { rules($0, notAsked.rules) }),
      ("covers", coverageJSON { covers($0, notAsked.covers) }),
      ("vacuousInvariants", vacuous),
      ("measures", .array(finding.measures.map(json))),
      ("counterexamples", .array(counterexampleRuns.map(\.json))),
      ("lastState", violation?.obstacles?.json(wording) ?? .null),
    ]
  }

  /// Constants with their values, as overridden.
  private var constantsJSON: JSONValue {
    .object(wording.system.constants.map { ($0.name, .string($0.type.describe($0.value))) })
  }

  /// What the verdict is about.
  private var scopeJSON: JSONValue {
    switch finding.scope {
    case .allStates: .object([("kind", .string("all states"))])
    case .states(let count): .object([("kind", .string("states")), ("states", .number(count))])
    case .depth(let depth): .object([("kind", .string("depth")), ("depth", .number(depth))])
    case .run: .object([("kind", .string("run"))])
    case .proof(.induction(let states)):
      .object([
        ("kind", .string("proof")), ("method", .string("induction")),
        ("states", .number(states)),
      ])
    case .proof(.invariant(let clauses)):
      .object([
        ("kind", .string("proof")), ("method", .string("invariant")),
        ("clauses", .number(clauses)),
      ])
    }
  }

  /// Null for an engine that does not know.
  private func coverageJSON(
    _ list: (ExplorationResult.Coverage) -> [JSONValue]
  ) -> JSONValue {
    finding.coverage.map { .array(list($0)) } ?? .null
  }

  private func rules(
    _ coverage: ExplorationResult.Coverage, _ notAsked: [Int: [String]]
  ) -> [JSONValue] {
    zip(wording.system.rules, coverage.ruleFirings).enumerated().map { number, rule in
      counted(rule.0.name, "fired", rule.1, notAsked[number])
    }
  }

  private func covers(
    _ coverage: ExplorationResult.Coverage, _ notAsked: [Int: [String]]
  ) -> [JSONValue] {
    zip(wording.system.covers, coverage.coverHits).enumerated().map { number, cover in
      counted(cover.0.name, "hits", cover.1, notAsked[number])
    }
  }

  /// - Parameter constants: That switch it off, so that the count says nothing; nil if none do.
  private func counted(
    _ name: String, _ key: String, _ count: Int, _ constants: [String]?
  ) -> JSONValue {
    .object([
      ("name", .string(name)),
      (key, constants == nil ? .number(count) : .null),
      ("notAsked", constants.map { .array($0.map { .string($0) }) } ?? .null),
    ])
  }

  private var evidenceJSON: JSONValue {
    switch outcome.evidence {
    case .replayed: .object([("kind", .string("replayed"))])
    case .closedSet(let count):
      .object([("kind", .string("closed set")), ("states", .number(count))])
    case .searchedAgain(let count):
      .object([("kind", .string("second search")), ("states", .number(count))])
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
    .object(
      finding.statistics.map { statistic in
        switch statistic.amount {
        case .count(let count), .bytes(let count): (statistic.key.name, .number(count))
        case .seconds(let seconds): (statistic.key.name, .decimal(seconds))
        }
      })
  }

  private var compilationFailureJSON: JSONValue {
    guard let failure = finding.compilationFailure else { return .null }
    return .object([
      ("reason", .string("\(failure.error)")), ("interpreted", .bool(failure.isInterpreted)),
    ])
  }

  private var symbolicJSON: JSONValue {
    guard let symbolic = finding.symbolic else { return .null }
    return .object([
      ("constants", .number(wording.system.symbolicElementCount)),
      ("pathConditions", .number(symbolic.pathCount)),
      ("literals", .number(symbolic.literalCount)),
      ("solverCalls", .number(symbolic.solverCallCount)),
      ("subsumedStates", .number(symbolic.subsumedStateCount)),
    ])
  }

  private var symmetryJSON: JSONValue {
    let symmetry = finding.reductions?.symmetry
    let reduced = (symmetry?.sets ?? []).map { set in
      JSONValue.object([
        ("type", .string(set.type.name ?? "")), ("elements", .number(set.count)),
      ])
    }
    let refused = (symmetry?.refusals ?? []).map { refusal in
      JSONValue.object([
        ("type", .string(refusal.type.name ?? "")),
        ("reason", .string(refusal.reason.words)),
        ("place", .string(wording.location(refusal.span))),
      ])
    }
    return .object([("reduced", .array(reduced)), ("refused", .array(refused))])
  }

  private func json(_ measure: ExplorationResult.MeasuredRange) -> JSONValue {
    .object([
      ("name", .string(wording.property(measure.property, measure.bindings))),
      ("least", .number(Int(measure.least))),
      ("greatest", .number(Int(measure.greatest))),
      ("leastRun", shown.run(measure.leastExecution).json),
      ("greatestRun", shown.run(measure.greatestExecution).json),
    ])
  }
}
