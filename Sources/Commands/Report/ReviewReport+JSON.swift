import Checking
import Comparison
package import Diagnostics
import Exploration
import Trace
import TransitionSystem

extension ReviewReport {
  /// The version of the form of the document; a member that goes or means something else changes it.
  package static let formatVersion = 1

  package var json: JSONValue {
    .document(
      "review", version: Self.formatVersion,
      [("subject", .string(subject)), ("models", .array(models.map(Self.json)))])
  }

  private static func json(_ entry: Entry) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("model", .string(entry.model)),
      ("headline", .string(headline(of: entry).description)),
    ]
    switch entry {
    case .onlyComments: members.append(("conclusion", .string("unchanged")))
    case .added: members.append(("conclusion", .string("new")))
    case .removed: members.append(("conclusion", .string("worse")))
    case .unreadable(_, let headIsBroken, let message):
      members += [
        ("conclusion", .string(headIsBroken ? "worse" : "repaired")),
        ("lines", json(message.description.split(separator: "\n").map(String.init))),
      ]
    case .noted(let note):
      members += [("conclusion", .string(note.conclusion)), json(note.content)]
    case .reviewed(let review):
      members += [
        ("conclusion", .string(review.conclusion.name)),
        ("sizes", .array(review.sizes.map(json))),
        ("text", .array(review.declarations.flatMap(json))),
      ]
    }
    return .object(members)
  }

  private static func json(_ content: Note.Content) -> (String, JSONValue) {
    switch content {
    case .changes(let changes):
      let members = changes.map { change in
        JSONValue.object([
          ("name", .string(change.name)), ("change", .string(change.words.description)),
          ("worse", .bool(change.isWorse)),
        ])
      }
      return ("changes", .array(members))
    case .sentences(let lines), .lines(let lines):
      return ("lines", json(lines.map(\.description)))
    }
  }

  private static func json(_ lines: [String]) -> JSONValue {
    .array(lines.map { .string($0) })
  }

  private static func json(_ size: SizeReview) -> JSONValue {
    let (base, head) = (size.pair.base, size.pair.head)
    var members: [(String, JSONValue)] = [
      ("name", .string(size.name)),
      ("base", json(size.base, base)),
      ("head", json(size.head, head)),
    ]
    let behaviours = size.behaviours
    members += [
      ("added", behaviours.map { json($0.added, head) } ?? .null),
      ("removed", behaviours.map { json($0.removed, base) } ?? .null),
      ("values", behaviours.map(json) ?? .null),
      ("violation", size.runToViolation.map { json($0, head) } ?? .null),
      ("repaired", .bool(size.isRepaired)),
    ]
    members += [
      ("coverage", .array(size.coverage.map { json($0, size.pair) })),
      ("reachableValues", size.values.map { .array($0.map(json)) } ?? .null),
      ("properties", .array(size.properties.map(json))),
    ]
    return .object(members)
  }

  private static func json(_ value: ValueChange) -> JSONValue {
    .object([
      ("place", .string(value.place)), ("value", .string(value.value)),
      ("change", .string(value.isGained ? "gained" : "lost")),
    ])
  }

  private static func json(_ property: PropertyChange) -> JSONValue {
    .object([
      ("kind", .string(property.kind.rawValue)), ("name", .string(property.name)),
      ("change", .string("\(property.change)")),
      ("inTypedStates", property.inTypedStates.map { .string("\($0)") } ?? .null),
      ("worse", .bool(property.isWorse)), ("lost", json(property.lost)),
      ("gained", json(property.gained)),
    ])
  }

  private static func json(_ answer: SizeReview.Answer, _ model: ModelPair.Model) -> JSONValue {
    let finding = answer.outcome?.finding
    func count(_ key: Statistic.Key) -> JSONValue { finding?[key].map { .number($0) } ?? .null }
    return .object([
      ("verdict", answer.outcome.map { .string($0.verdict.word) } ?? .null),
      ("headline", .string(verdict(answer, model).description)),
      ("states", count(.states)), ("rulesFired", count(.rulesFired)), ("depth", count(.depth)),
    ])
  }

  /// `none`, `undecided`, or the run.
  private static func json(
    _ answer: BehaviourComparison.Answer, _ model: ModelPair.Model
  ) -> JSONValue {
    switch answer {
    case .none: return .object([("answer", .string("none"))])
    case .undecided(let limit):
      return .object([
        ("answer", .string("undecided")), ("reason", .string(Wording.limit(limit))),
      ])
    case .run(let run):
      let wording = Wording(system: model.system, source: model.source)
      return .object([
        ("answer", .string("run")),
        ("steps", json(RunStep.all(of: run.execution, run.failure, wording))),
      ])
    }
  }

  private static func json(_ run: ViolatingRun, _ model: ModelPair.Model) -> JSONValue {
    let wording = Wording(system: model.system, source: model.source)
    return .object([("steps", json(RunStep.all(of: run.execution, run.failure, wording)))])
  }

  private static func json(_ steps: [RunStep]) -> JSONValue {
    .array(
      steps.map { step in
        let changes = step.changes.map { change in
          JSONValue.object([("name", .string(change.name)), ("value", .string(change.value))])
        }
        return .object([
          ("actor", step.actor.map { .string($0) } ?? .null), ("rule", .string(step.rule)),
          ("changes", .array(changes)), ("fails", .bool(step.fails)),
        ])
      })
  }

  private static func json(_ behaviours: BehaviourComparison) -> JSONValue {
    switch behaviours.values {
    case nil, .notCompared?: .null
    case .same?: .string("same")
    case .different?: .string("different")
    case .undecided?: .string("undecided")
    }
  }

  private static func json(_ change: CoverageChange, _ pair: ModelPair) -> JSONValue {
    var members: [(String, JSONValue)]
    switch change.subject {
    case .rule(let base, let head):
      let name =
        head.map { pair.head.system.rules[$0].name } ?? base.map { pair.base.system.rules[$0].name }
      members = [("kind", .string("rule")), ("name", .string(name ?? ""))]
    case .cover(let base, _):
      let name = base.map { pair.base.system.covers[$0].name } ?? ""
      members = [("kind", .string("cover")), ("name", .string(name))]
    case .measure(let name):
      members = [("kind", .string("measure")), ("name", .string(name))]
    }
    switch change.change {
    case .cameAlive: members.append(("change", .string("gained")))
    case .died: members.append(("change", .string("lost")))
    case .range(let before, let after, _):
      members.append(("change", .string("range")))
      for (name, range) in [("before", before), ("after", after)] {
        members.append(
          (name, .array([.number(Int(range.lowerBound)), .number(Int(range.upperBound))])))
      }
    }
    return .object(members + [("worse", .bool(change.isWorse))])
  }

  private static func json(_ declaration: DeclarationChange) -> [JSONValue] {
    declaration.changes.map { change in
      var members: [(String, JSONValue)] = [
        ("kind", .string(declaration.kind.rawValue)), ("name", .string(declaration.name)),
      ]
      switch change {
      case .added: members.append(("change", .string("added")))
      case .removed: members.append(("change", .string("removed")))
      case .reordered: members.append(("change", .string("reordered")))
      case .renamed(let name, _):
        members += [("change", .string("renamed")), ("before", .string(name))]
      case .value(let before, let after):
        members += [
          ("change", .string("changed")), ("before", .string(before)), ("after", .string(after)),
        ]
      case .guardLost(let text):
        members += [("change", .string("guard lost")), ("text", .string(text))]
      case .guardGained(let text):
        members += [("change", .string("guard gained")), ("text", .string(text))]
      case .statementLost(let text):
        members += [("change", .string("lost")), ("text", .string(text))]
      case .statementGained(let text):
        members += [("change", .string("gained")), ("text", .string(text))]
      }
      return .object(members)
    }
  }
}

extension ModelReview.Conclusion {
  /// In documents that programs read.
  fileprivate var name: String {
    switch self {
    case .worse: "worse"
    case .undecided: "undecided"
    case .unchanged: "unchanged"
    case .valuesChanged: "values changed"
    case .added: "added"
    case .removed: "removed"
    case .addedAndRemoved: "added and removed"
    case .notCompared: "not compared"
    }
  }
}
