import Options
import Settings

/// What a change of a file of scenarios does to what is asked, scenario by scenario.
package struct ScenarioDifference: Sendable {
  /// In the order of the file after the change; what is gone comes last.
  package let changes: [Change]

  package struct Change: Sendable, Hashable {
    package let scenario: String
    /// What has become of it, as the end of a sentence that begins with the scenario.
    package let words: String
    /// Whether less is asked than before.
    package let isWorse: Bool
  }

  package init(_ before: [Scenario], _ after: [Scenario]) {
    let known = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = Set(after.map(\.name))
    var changes: [Change] = []
    for scenario in after {
      guard let old = known[scenario.name] else {
        changes.append(.init(scenario: scenario.name, words: "is new", isWorse: false))
        continue
      }
      changes += Self.all(old, scenario).map { words, isWorse in
        .init(scenario: scenario.name, words: words, isWorse: isWorse)
      }
    }
    changes += before.filter { !kept.contains($0.name) }.map {
      .init(scenario: $0.name, words: "is gone", isWorse: true)
    }
    self.changes = changes
  }

  private typealias Found = (words: String, isWorse: Bool)

  private static func all(_ old: Scenario, _ new: Scenario) -> [Found] {
    var found: [Found] = []
    func note(_ words: String, isWorse: Bool = false) { found.append((words, isWorse)) }
    if old.subject != new.subject {
      note("asks about \(new.subject.path), and not about \(old.subject.path)")
    }
    if old.patches != new.patches || old.variants != new.variants { note("has other patches") }
    for name in Set(old.constants.keys).union(new.constants.keys).sorted()
    where old.constants[name] != new.constants[name] {
      let values = [new.constants[name], old.constants[name]].map {
        $0.map { "\($0)" } ?? "what the model says"
      }
      note("sets `\(name)` to \(values[0]), was \(values[1])")
    }
    if old.expectation != new.expectation {
      let words = [new.expectation, old.expectation].map {
        $0?.description ?? "what the head of the model says"
      }
      note(
        "expects \(words[0]), expected \(words[1])", isWorse: old.expectation != .inconclusive)
    }
    return found + bounds(old, new) + names(old, new) + settings(old, new)
  }

  /// What is expected of counts and measures.
  private static func bounds(_ old: Scenario, _ new: Scenario) -> [Found] {
    var pairs: [(String, Bounds?, Bounds?)] = [
      ("states", old.states, new.states),
      (
        "rules fired", old.ruleFiringCount.map { Bounds($0) },
        new.ruleFiringCount.map { Bounds($0) }
      ),
    ]
    for name in Set(old.measures.keys).union(new.measures.keys).sorted() {
      pairs.append(("measure \"\(name)\"", old.measures[name], new.measures[name]))
    }
    return pairs.compactMap { name, before, after in
      guard before != after else { return nil }
      let words =
        "expects \(name) \(after.map { "\($0)" } ?? "to be anything"), was "
        + (before.map { "\($0)" } ?? "anything")
      // A model with other states has another count, which is for the review of the model to say.
      let isOtherCount = !name.hasPrefix("measure") && after?.value != nil
      return (words, !isOtherCount && before.map { isWider(after, than: $0) } ?? false)
    }
  }

  /// Whether one allows for values that the other does not.
  private static func isWider(_ new: Bounds?, than old: Bounds) -> Bool {
    guard let new else { return true }
    return (new.least ?? .min) < (old.least ?? .min)
      || (new.greatest ?? .max) > (old.greatest ?? .max)
  }

  private static func names(_ old: Scenario, _ new: Scenario) -> [Found] {
    func changes(
      _ before: [String], _ after: [String], _ gained: String, _ lost: String, isWorse: Bool
    ) -> [Found] {
      Set(after).subtracting(before).sorted().map { ("\(gained) \"\($0)\"", isWorse) }
        + Set(before).subtracting(after).sorted().map { ("\(lost) \"\($0)\"", false) }
    }
    return changes(
      old.deadRules, new.deadRules, "no longer minds that this rule never fires:",
      "minds if this rule never fires:", isWorse: true)
      + changes(
        old.without, new.without, "is looked at without the rule", "is looked at with the rule",
        isWorse: false)
      + changes(old.tags, new.tags, "has the tag", "has no more the tag", isWorse: false)
  }

  private static func settings(_ old: Scenario, _ new: Scenario) -> [Found] {
    old.settings == new.settings ? [] : [("is checked in another way", false)]
  }
}
