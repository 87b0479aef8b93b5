import Options
package import Runs
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

  /// Reads a kept run that a scenario names, by its path; nil where it is not there, or is none.
  package typealias RunReader = (_ path: String) -> ShownRun?

  /// - Parameters:
  ///   - runBefore: Of the files that kept runs are in, as they were.
  ///   - runAfter: The same, as they are.
  package init(
    _ before: ScenarioFile.Contents, _ after: ScenarioFile.Contents, runBefore: RunReader,
    runAfter: RunReader
  ) {
    self.init(
      before.scenarios, after.scenarios, Self.scores(before.leastScores, after.leastScores),
      runBefore, runAfter)
  }

  /// What the head of a model, or the message of a patch, asks for otherwise.
  ///
  /// - Parameter path: That of the model or the patch.
  package init(
    head path: String, _ before: StatedExpectation?, _ after: StatedExpectation?
  ) {
    let sides = [before, after].map { stated in
      Scenario(path, stated?.verdict).adding(stated ?? StatedExpectation())
    }
    changes =
      (Self.verdict(sides[0], sides[1], unsaid: "nothing") + Self.bounds(sides[0], sides[1])
      + Self.names(sides[0], sides[1])).map {
        Change(scenario: path, words: $0.words, isWorse: $0.isWorse)
      }
  }

  /// - Parameter scores: Changes that concern no scenario.
  private init(
    _ before: [Scenario], _ after: [Scenario], _ scores: [Change], _ runBefore: RunReader,
    _ runAfter: RunReader
  ) {
    let known = Dictionary(
      before.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let kept = Set(after.map(Self.key))
    var changes: [Change] = []
    for scenario in after {
      guard let old = known[Self.key(scenario)] else {
        changes.append(.init(scenario: scenario.name, words: "is new", isWorse: false))
        continue
      }
      let runs = Self.runs(old, scenario, runBefore, runAfter)
      changes += (Self.all(old, scenario) + runs).map { words, isWorse in
        .init(scenario: scenario.name, words: words, isWorse: isWorse)
      }
    }
    changes += before.filter { !kept.contains(Self.key($0)) }.map {
      .init(scenario: $0.name, words: "is gone", isWorse: true)
    }
    self.changes = changes + scores
  }

  /// Entries with folders of variants may have one name.
  private static func key(_ scenario: Scenario) -> String {
    scenario.variants.map { "\(scenario.name)/\($0)" } ?? scenario.name
  }

  private static func scores(_ before: [String: Double], _ after: [String: Double]) -> [Change] {
    Set(before.keys).union(after.keys).sorted().compactMap { model in
      let (old, new) = (before[model], after[model])
      guard old != new else { return nil }
      func text(_ score: Double?) -> String { score.map { "\($0)" } ?? "nothing" }
      return .init(
        scenario: model, words: "is to have the score \(text(new)), was \(text(old))",
        isWorse: new ?? -1 < old ?? -1)
    }
  }

  private typealias Found = (words: String, isWorse: Bool)

  private static func all(_ old: Scenario, _ new: Scenario) -> [Found] {
    var found: [Found] = []
    func note(_ words: String, isWorse: Bool = false) { found.append((words, isWorse)) }
    if old.subject != new.subject {
      note("asks about \(new.subject.path), and not about \(old.subject.path)", isWorse: true)
    }
    if old.patches != new.patches { note("has other patches", isWorse: true) }
    for name in Set(old.constants.keys).union(new.constants.keys).sorted()
    where old.constants[name] != new.constants[name] {
      let values = [new.constants[name], old.constants[name]].map {
        $0.map { "\($0)" } ?? "what the model says"
      }
      note("sets `\(name)` to \(values[0]), was \(values[1])")
    }
    let unsaid = "what the head of the model says"
    return found + verdict(old, new, unsaid: unsaid) + bounds(old, new) + names(old, new)
      + settings(old, new)
  }

  private static func verdict(_ old: Scenario, _ new: Scenario, unsaid: String) -> [Found] {
    guard old.expectation != new.expectation else { return [] }
    let words = [new.expectation, old.expectation].map { $0?.description ?? unsaid }
    let asksNothing = old.expectation == .inconclusive || words[1] == "nothing"
    return [("expects \(words[0]), expected \(words[1])", !asksNothing)]
  }

  /// Of the run that the model has to have. One to the same end may take another way, as models change.
  private static func runs(
    _ old: Scenario, _ new: Scenario, _ runBefore: RunReader, _ runAfter: RunReader
  ) -> [Found] {
    guard let path = new.trace else {
      return old.trace.map { [("need not have the run of \($0) any more", true)] } ?? []
    }
    guard let oldPath = old.trace else { return [("has to have the run of \(path)", false)] }
    guard let before = runBefore(oldPath) else {
      return path == oldPath ? [] : [("has to have the run of \(path), was \(oldPath)", false)]
    }
    guard let after = runAfter(path) else {
      return [("has to have the run of \(path), which is gone or no run", true)]
    }
    let ends = [after, before].map(end)
    if ends[0] != ends[1] {
      return [("has to have a run of \(path) to \(ends[0]), was one to \(ends[1])", true)]
    }
    let divergence = RunDivergence(before, after)
    if !divergence.isNone {
      let step = divergence.commonCount + 1
      return [("has to have another run of \(path), from step \(step) on", false)]
    }
    return path == oldPath ? [] : [("has to have the run of \(path), was \(oldPath)", false)]
  }

  /// What a run is kept for.
  private static func end(of run: ShownRun) -> String {
    guard let finding = run.finding else { return "nothing in particular" }
    return finding.name.map { "\(finding.kind) \"\($0)\"" } ?? finding.message
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
        isWorse: true)
      + changes(old.tags, new.tags, "has the tag", "has no more the tag", isWorse: false)
      .map { ($0.words, $0.words.hasSuffix("has the tag \"nightly\"")) }
  }

  private static func settings(_ old: Scenario, _ new: Scenario) -> [Found] {
    zip(Mirror(reflecting: old.settings).children, Mirror(reflecting: new.settings).children)
      .compactMap { before, after in
        let values = [after.value, before.value].map { text(of: $0) }
        guard let label = after.label, values[0] != values[1] else { return nil }
        return ("is checked with \(label) \(values[0]), was \(values[1])", true)
      }
  }

  /// A setting, which may be none.
  private static func text(of value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return "\(value)" }
    return mirror.children.first.map { "\($0.value)" } ?? "not said"
  }
}
