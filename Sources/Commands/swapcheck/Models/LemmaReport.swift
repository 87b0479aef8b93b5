import Checking
import Diagnostics
import Exploration
import Proving
import Report
import TransitionSystem

/// What came of a proof with lemmas, as text.
struct LemmaReport {
  private let proposed: Lemmas
  private let path: String
  private let wording: Wording

  init(_ proposed: Lemmas, path: String) {
    (self.proposed, self.path) = (proposed, path)
    wording = Wording(system: proposed.model.system, source: proposed.model.source)
  }

  private var system: TransitionSystem { proposed.model.system }

  /// The same of the model with other values of constants.
  func at(_ model: LoadedModel) -> LemmaReport {
    LemmaReport(proposed.at(model), path: path)
  }

  /// How many invariants the model has, and how many were proposed.
  var counts: DisplayText {
    let own = system.properties[..<proposed.ownCount].count { $0.kind == .invariant }
    let added = system.properties.count - proposed.ownCount
    if added == 0 { return "\(own) invariant\(own == 1 ? "" : "s")" }
    return "\(own) invariant\(own == 1 ? "" : "s") and \(added) lemma\(added == 1 ? "" : "s")"
  }

  var proved: ProofWords {
    ProofWords("proved: safety properties, by induction over \(counts) together")
  }

  func open(
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)]
  ) -> ProofWords {
    ProofWords("inconclusive: \(counts) are not inductive together", reasons(obstacles))
  }

  /// What is not proved, each with what keeps it from being so.
  func reasons(
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)]
  ) -> [DisplayText] {
    var found: [DisplayText] = []
    for (obligation, obstacle) in obstacles {
      found.append("  \(name(obligation)) \(reason(obstacle))")
      switch obstacle {
      case .start(let instance):
        found.append("    start: \(wording.rule(instance, isStart: true))")
      case .step(let before, let instance, let after):
        found.append("    before: \(words(before))")
        found.append("    step:   \(wording.rule(instance, isStart: false))")
        found.append("    after:  \(words(after, changedFrom: before))")
      case .state(let state): found.append("    state:  \(words(state))")
      case .stopped: break
      }
    }
    return found
  }

  func name(_ obligation: LemmaProof.Obligation) -> DisplayText {
    switch obligation {
    case .rest: "that nothing else goes wrong"
    case .property(let number):
      number < proposed.ownCount
        ? "\(system.properties[number].kind.rawValue) \"\(system.properties[number].name)\""
        : "lemma \"\(system.properties[number].name)\""
    }
  }

  private func reason(_ obstacle: LemmaProof.Obstacle) -> DisplayText {
    switch obstacle {
    case .start: "does not hold in a start state"
    case .step: "is not kept by a step from a state in which all hold"
    case .state: "does not follow: a rule fails or none leads on where all hold"
    case .stopped: "was not decided in time"
    }
  }

  /// The same for programs.
  func json(
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)]
  ) -> [JSONValue] {
    obstacles.map { obligation, obstacle in
      let (kind, property): (String, JSONValue) =
        switch obligation {
        case .rest: ("rules", .null)
        case .property(let number):
          (
            number < proposed.ownCount ? "invariant" : "lemma",
            .string(system.properties[number].name)
          )
        }
      return .object(
        [
          ("of", .string(kind)), ("name", property),
          ("reason", .string(reason(obstacle).description)),
        ]
          + members(obstacle))
    }
  }

  private func members(_ obstacle: LemmaProof.Obstacle) -> [(String, JSONValue)] {
    switch obstacle {
    case .start(let instance): [("start", .string(wording.rule(instance, isStart: true)))]
    case .step(let before, let instance, let after):
      [
        ("before", json(before)), ("rule", .string(wording.rule(instance, isStart: false))),
        ("after", json(after)),
      ]
    case .state(let state): [("before", json(state))]
    case .stopped: []
    }
  }

  /// A state, each value as text.
  func json(_ state: [Int64]) -> JSONValue {
    .object(values(state).map { ($0.name, .string($0.value)) })
  }

  /// The values of a state, or those that another one has otherwise.
  func words(_ state: [Int64], changedFrom before: [Int64]? = nil) -> DisplayText {
    let found = values(state, changedFrom: before).map { "\($0.name)=\($0.value)" as DisplayText }
    return found.isEmpty ? "the same" : found.joined(separator: " ")
  }

  private func values(
    _ state: [Int64], changedFrom before: [Int64]? = nil
  ) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var slot = 0
    for variable in system.variables {
      variable.type.forEachLeaf(named: variable.name) { name, type in
        if before.map({ $0[slot] != state[slot] }) ?? true {
          let value = state[slot]
          found.append((name, value == Slot.undefined ? "undefined" : type.describe(value)))
        }
        slot += 1
      }
    }
    return found
  }
}
