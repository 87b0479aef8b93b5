package import Diagnostics
import Mutation
import Report

extension MutationReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 1

  /// The report as JSON, with all mutants.
  package var json: JSONValue {
    .document(
      "mutate", version: Self.formatVersion,
      [
        ("model", .string(source.path)),
        ("patches", .array(source.patches.map { .string($0) })),
        (
          "sizes",
          .array(
            sizes.map {
              .object([("name", .string($0.name)), ("states", .number($0.stateCount))])
            })
        ),
        ("score", score.json),
        ("reason", limit.map { .string(Wording.limit($0)) } ?? .null),
        (
          "declarations",
          .array(
            declarations.map { declaration, score in
              .object([
                ("kind", .string(declaration.kind.rawValue)), ("name", .string(declaration.name)),
                ("score", score.json),
              ])
            })
        ),
        (
          "firstToNotice",
          .array(
            witnesses.map { witness, count in
              .object(
                witness.members + [
                  ("mutants", .number(count)), ("needed", json(need(of: witness))),
                ])
            })
        ),
        ("mutants", .array(results.indices.map(json))),
        ("seconds", .decimal(seconds)),
      ])
  }

  private func json(_ need: Need?) -> JSONValue {
    switch need {
    case .needed: .bool(true)
    case .notNeeded: .bool(false)
    case .unknown, nil: .null
    }
  }

  private func json(_ position: Int) -> JSONValue {
    let result = results[position]
    let mutant = result.mutant
    let place = source.position(of: mutant.span.start)
    return .object(
      [
        ("kind", .string(mutant.kind.rawValue)),
        ("declaration", .string(mutant.declaration.name)),
        ("line", .number(place.line)), ("column", .number(place.column)),
        ("question", .string("nothing notices if \(mutant.question)")),
        ("outcome", .string(result.outcome?.word ?? "not tried")),
      ] + details(result.outcome) + [
        ("suggestion", suggestions[position].map { .string($0.text) } ?? .null),
        ("known", .bool(result.isFromCache)),
        ("diff", .string(String(decoding: patch(of: mutant), as: UTF8.self))),
      ])
  }

  private func details(_ outcome: MutantOutcome?) -> [(String, JSONValue)] {
    switch outcome {
    case .killed(let notice):
      [("noticedBy", .object(notice.witness.members)), ("size", .string(notice.size))]
    case .survived(let rules):
      [("rulesThatNeverFire", .array(rules.map { .string($0) }))]
    case .invalid(let why), .undecided(let why): [("reason", .string(why))]
    case .equivalent, nil: []
    }
  }
}

extension MutationReport.Score {
  fileprivate var json: JSONValue {
    .object([
      ("percent", percent.map { .number($0) } ?? .null), ("killed", .number(killed)),
      ("survived", .number(survived)), ("equivalent", .number(equivalent)),
      ("invalid", .number(invalid)), ("undecided", .number(undecided)),
      ("untried", .number(untried)),
    ])
  }
}

extension Witness {
  fileprivate var members: [(String, JSONValue)] {
    [("kind", .string(kind.word)), ("name", name.map { .string($0) } ?? .null)]
  }
}
