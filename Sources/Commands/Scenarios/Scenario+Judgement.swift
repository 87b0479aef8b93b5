import Analysis
package import Checking
import Diagnostics
import Exploration
import Settings
package import TransitionSystem

extension Scenario {
  /// What of a model that was checked is not as it is expected; nothing where all is.
  ///
  /// Where the verdict is another one, that alone is said. Counts are compared whatever the verdict
  /// is, and so are measures: what was seen can be reached, however much was not. Whether a rule never
  /// fires is known where all states were seen, nothing is violated, and no rule was left out by a
  /// reduction.
  ///
  /// - Parameters:
  ///   - expectation: As the scenario says it, or who says it in its place.
  ///   - verdict: The verdict with its reason.
  package func surprises(
    _ expectation: Expectation, _ finding: CheckFinding, of system: TransitionSystem,
    verdict: String
  ) -> [Surprise] {
    guard expectation.isMet(by: finding.verdict, of: system) else {
      return [Surprise(.verdict, "expected \(expectation), and it is \(verdict)")]
    }
    return countSurprises(finding) + measureSurprises(finding, system)
      + ruleSurprises(finding, system)
  }

  /// The scenario with what says something of right and wrong alone: how many states there are, and how
  /// many rules are fired, says nothing where it is one number, which any change makes another one.
  package var withoutExactCounts: Scenario {
    var scenario = self
    scenario.ruleFiringCount = nil
    if states?.value != nil { scenario.states = nil }
    return scenario
  }

  /// Whether there may be so many states and more.
  package func allows(moreStatesThan count: Int) -> Bool { count < states?.greatest ?? .max }

  private func countSurprises(_ finding: CheckFinding) -> [Surprise] {
    var surprises: [Surprise] = []
    if let states {
      let count = finding[.states]
      if count.map(states.contains) != true {
        let found = count.map { "there are \($0)" } ?? "there are no counts"
        surprises.append(Surprise(.stateCount, "expected \(states) states, and \(found)"))
      }
    }
    if let ruleFiringCount, ruleFiringCount != finding[.rulesFired] {
      let fired = finding[.rulesFired].map { "\($0)" } ?? "not known"
      surprises.append(
        Surprise(
          .ruleFiringCount, "expected \(ruleFiringCount) rules fired, and it is \(fired)"))
    }
    return surprises
  }

  // MARK: - Measures

  /// A measure with parameters has the least and the greatest value of all its instances.
  private func measureSurprises(
    _ finding: CheckFinding, _ system: TransitionSystem
  ) -> [Surprise] {
    var surprises: [Surprise] = []
    for (name, bounds) in measures.sorted(by: { $0.key < $1.key }) {
      let ranges = finding.measures.filter { system.properties[$0.property].name == name }
      guard let least = ranges.map(\.least).min(), let greatest = ranges.map(\.greatest).max()
      else {
        surprises.append(Surprise(.measure(name), absence(of: name, bounds, system)))
        continue
      }
      guard !bounds.contains(Int(least)) || !bounds.contains(Int(greatest)) else { continue }
      let found = Bounds(least: Int(least), greatest: Int(greatest))
      surprises.append(
        Surprise(.measure(name), "expected measure \"\(name)\": \(bounds), and it is \(found)"))
    }
    return surprises
  }

  private func absence(
    of name: String, _ bounds: Bounds, _ system: TransitionSystem
  ) -> String {
    let names = Set(system.properties.filter { $0.kind == .measure }.map(\.name))
    let expected = "expected measure \"\(name)\": \(bounds), and "
    if names.contains(name) { return expected + "nothing was measured" }
    let hint = didYouMean(name, among: names).map { "; \($0)" } ?? ""
    return expected + "the model has no such measure" + hint
  }

  // MARK: - Rules that never fire

  private func ruleSurprises(
    _ finding: CheckFinding, _ system: TransitionSystem
  ) -> [Surprise] {
    guard case .holds = finding.verdict, finding.scope == .allStates,
      finding.reductions?.usesStubbornSets != true,
      let firings = finding.coverage?.ruleFirings
    else { return [] }
    let listed = Set(deadRules)
    var surprises: [Surprise] = []
    let silent = system.rules.indices.filter { firings[$0] == 0 }
    for number in silent {
      let rule = system.rules[number]
      guard !listed.contains(rule.name), !rule.isSwitchedOff(in: system) else { continue }
      surprises.append(
        Surprise(
          .silentRule(rule.name),
          "rule \"\(rule.name)\" never fires, and `dead-rules` does not list it"))
    }
    let silentNames = Set(silent.map { system.rules[$0].name })
    let names = Set(system.rules.map(\.name))
    for name in deadRules where !silentNames.contains(name) {
      if names.contains(name) {
        let count = system.rules.indices.filter { system.rules[$0].name == name }
          .reduce(0) { $0 + firings[$1] }
        let times = count == 1 ? "once" : "\(count) times"
        surprises.append(
          Surprise(
            .firingRule(name), "rule \"\(name)\" fires, \(times), and `dead-rules` lists it"))
      } else {
        let hint = didYouMean(name, among: names).map { "; \($0)" } ?? ""
        surprises.append(
          Surprise(
            .missingRule(name),
            "`dead-rules` lists \"\(name)\", and the model has no such rule" + hint))
      }
    }
    return surprises
  }
}
