import Checking
import Diagnostics
import Exploration
import TransitionSystem

extension CheckReport {
  /// What was fired and hit, as sentences: first what is of interest because it did not happen.
  var coverageLists: [NameList] {
    // A search that ended at a violation has seen too little to say what is never reached.
    guard violation == nil, let coverage = finding.coverage else { return [] }
    let system = wording.system
    let notAsked = NotAsked(wording)
    var lists: [NameList] = []
    let dead = deadRules.filter { notAsked.rules[$0] == nil }
    if !dead.isEmpty {
      lists.append(
        NameList(
          "\(counted(dead.count, "rule")) never fired\(soFar)",
          names: dead.map { quoted(system.rules[$0].name) }))
    }
    let vacuous = coverage.vacuousInvariants.filter { notAsked.invariants[$0] == nil }
    if !vacuous.isEmpty {
      lists.append(
        NameList(
          "\(counted(vacuous.count, "invariant")) with a left side that was never true\(soFar)",
          names: vacuous.map { quoted(system.properties[$0].name) }))
    }
    let missed = coverage.coverHits.indices.filter {
      coverage.coverHits[$0] == 0 && notAsked.covers[$0] == nil
    }
    if !missed.isEmpty {
      lists.append(
        NameList(
          "\(counted(missed.count, "cover")) not hit\(soFar)",
          names: missed.map { quoted(system.covers[$0].name) }))
    }
    lists += list(notAsked.rules, "rule") { system.rules[$0].name }
    lists += list(
      notAsked.invariants.filter { coverage.vacuousInvariants.contains($0.key) }, "invariant"
    ) { system.properties[$0].name }
    let hit = coverage.coverHits.count - missed.count - notAsked.covers.count
    let prefix: DisplayText = hit > 0 ? "\(counted(hit, "cover")) hit" : ""
    let asked = list(notAsked.covers, "cover", after: prefix) { system.covers[$0].name }
    return lists + (asked.isEmpty && hit > 0 ? [NameList(prefix, names: [])] : asked)
  }

  /// What is said of a search that a limit ended.
  private var soFar: DisplayText {
    if case .inconclusive = outcome.verdict { return " so far" }
    return ""
  }

  /// Those that the constants switch off, by the constants that do.
  ///
  /// - Parameter prefix: What is said of the others.
  private func list(
    _ notAsked: [Int: [String]], _ noun: DisplayText, after prefix: DisplayText = "",
    _ name: (Int) -> String
  ) -> [NameList] {
    guard !notAsked.isEmpty else { return [] }
    var groups: [(head: DisplayText, names: [DisplayText])] = []
    for number in notAsked.keys.sorted() {
      let head = wording.reason(notAsked[number] ?? [])
      if let position = groups.firstIndex(where: { $0.head == head }) {
        groups[position].names.append(quoted(name(number)))
      } else {
        groups.append((head, [quoted(name(number))]))
      }
    }
    let count =
      prefix.isEmpty
      ? counted(notAsked.count, noun) : "\(prefix), \(Wording.grouped(notAsked.count))"
    return [NameList("\(count) not asked", groups)]
  }

  private func counted(_ count: Int, _ noun: DisplayText) -> DisplayText {
    "\(Wording.grouped(count)) \(noun)\(count == 1 ? "" : "s" as DisplayText)"
  }

  private func quoted(_ name: String) -> DisplayText { "\"\(name)\"" }
}

extension Wording {
  /// Why something is not asked: `FAULTS = 0`.
  fileprivate func reason(_ constants: [String]) -> DisplayText {
    let values = values(ofConstants: constants)
    return values.isEmpty ? "whatever the constants are" : DisplayText(values)
  }
}
