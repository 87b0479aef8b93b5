import Analysis
package import Checking
import Diagnostics
import Exploration
import Settings
package import TransitionSystem

extension Scenario {
  /// What of a model that was checked is not as it is expected, in sentences; none where all is.
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
  ) -> [String] {
    guard expectation.isMet(by: finding.verdict, of: system) else {
      return ["expected \(expectation), and it is \(verdict)"]
    }
    return countSurprises(finding) + measureSurprises(finding, system)
      + ruleSurprises(finding, system)
  }

  private func countSurprises(_ finding: CheckFinding) -> [String] {
    var surprises: [String] = []
    if let states {
      switch finding[.states] {
      case let count? where states.contains(count): break
      case let count?: surprises.append("expected \(states) states, and there are \(count)")
      case nil: surprises.append("expected \(states) states, and there are no counts")
      }
    }
    if let ruleFiringCount, ruleFiringCount != finding[.rulesFired] {
      let fired = finding[.rulesFired].map { "\($0)" } ?? "not known"
      surprises.append("expected \(ruleFiringCount) rules fired, and it is \(fired)")
    }
    return surprises
  }

  // MARK: - Measures

  /// A measure with parameters has the least and the greatest value of all its instances.
  private func measureSurprises(_ finding: CheckFinding, _ system: TransitionSystem) -> [String] {
    var surprises: [String] = []
    for (name, bounds) in measures.sorted(by: { $0.key < $1.key }) {
      let ranges = finding.measures.filter { system.properties[$0.property].name == name }
      guard let least = ranges.map(\.least).min(), let greatest = ranges.map(\.greatest).max()
      else {
        surprises.append(absence(of: name, bounds, system))
        continue
      }
      guard !bounds.contains(Int(least)) || !bounds.contains(Int(greatest)) else { continue }
      let found = Bounds(least: Int(least), greatest: Int(greatest))
      surprises.append("expected measure \"\(name)\": \(bounds), and it is \(found)")
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

  private func ruleSurprises(_ finding: CheckFinding, _ system: TransitionSystem) -> [String] {
    guard case .holds = finding.verdict, finding.scope == .allStates,
      finding.reductions?.usesStubbornSets != true,
      let firings = finding.coverage?.ruleFirings
    else { return [] }
    let listed = Set(deadRules)
    var surprises: [String] = []
    let silent = system.rules.indices.filter { firings[$0] == 0 }
    for number in silent {
      let rule = system.rules[number]
      guard !listed.contains(rule.name), !rule.isSwitchedOff(in: system) else { continue }
      surprises.append(
        "rule \"\(rule.name)\" never fires, and `dead-rules` does not list it")
    }
    let silentNames = Set(silent.map { system.rules[$0].name })
    let names = Set(system.rules.map(\.name))
    for name in deadRules where !silentNames.contains(name) {
      if names.contains(name) {
        let count = system.rules.indices.filter { system.rules[$0].name == name }
          .reduce(0) { $0 + firings[$1] }
        let times = count == 1 ? "once" : "\(count) times"
        surprises.append("rule \"\(name)\" fires, \(times), and `dead-rules` lists it")
      } else {
        let hint = didYouMean(name, among: names).map { "; \($0)" } ?? ""
        surprises.append("`dead-rules` lists \"\(name)\", and the model has no such rule" + hint)
      }
    }
    return surprises
  }
}
