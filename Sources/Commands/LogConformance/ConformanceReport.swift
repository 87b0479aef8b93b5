import Conformance
package import Diagnostics
import Exploration
import Report
package import Runs
import Trace
import TransitionSystem

/// What is shown of how a log fits a model.
package struct ConformanceReport {
  package let finding: LogFinding
  /// The path of the log.
  let log: String
  let wording: Wording
  private let explained: ExplainingRun?
  /// Rules by the events that they explain in that run, and unseen ones; nil without a run.
  let firings: [Int: Int]?
  let unseenFirings: [Int: Int]

  /// The version of the JSON document.
  package static let formatVersion = 1

  /// - Parameter findsRun: Whether a run is looked for that explains the log.
  package init(_ finding: LogFinding, log: String, findsRun: Bool = true, stop: StopCondition) {
    self.finding = finding
    self.log = log
    let model = finding.meaning.model
    wording = Wording(system: model.system, source: model.source)
    explained = findsRun ? finding.explainingRun(stop: stop) : nil
    guard let explained else {
      firings = nil
      unseenFirings = [:]
      return
    }
    var seen: [Int: Int] = [:]
    var unseen: [Int: Int] = [:]
    let logged = explained.leadCount
    for (step, event) in zip(
      explained.execution.steps.dropFirst(1 + logged), explained.events.dropFirst(logged))
    {
      if event == nil {
        unseen[step.instance.rule, default: 0] += 1
      } else {
        seen[step.instance.rule, default: 0] += 1
      }
    }
    firings = seen
    unseenFirings = unseen
  }

  /// A run that the log is a record of, as far as it fits; nil where none was found.
  package var run: ShownRun? { explained.map { ShownRuns(wording).run($0.execution) } }

  // MARK: - The verdict

  /// The verdict in a sentence, such as `conforms: …`.
  package var headline: String {
    let count = finding.figures.eventCount
    let events = Self.events(count)
    switch finding.verdict {
    case .conforms: return "conforms: \(events) are a run of the model"
    case .refused(let misfit):
      let line = misfit.events.first?.line ?? 0
      return "does not conform: \(Self.events(finding.fittingCount)) fit, line \(line) does not"
    case .endsInTheMiddle: return "ends in the middle: \(events) fit, and the end is not reached"
    case .violated(let kind, let event):
      return "violated: \(wording.violation(kind)) after line \(event.line)"
    case .empty: return "no event of the log is one that the map knows"
    case .inconclusive(let limit):
      return "\(Wording.inconclusive(limit)); \(Self.events(finding.fittingCount)) fit"
    }
  }

  private static func events(_ count: Int) -> String {
    "\(Wording.grouped(count)) event\(count == 1 ? "" : "s")"
  }

  /// The verdict as one word of the JSON document and of scenarios.
  package var word: String {
    switch finding.verdict {
    case .conforms: "conforms"
    case .refused: "refused"
    case .endsInTheMiddle: "ends in the middle"
    case .violated: "violated"
    case .empty: "empty"
    case .inconclusive: "inconclusive"
    }
  }

  /// What is violated in all states that are possible behind an event, by its name in the text.
  package var violatedName: String? {
    guard case .violated(let kind, _) = finding.verdict else { return nil }
    return Violation(kind).name(in: wording.system)
  }

  // MARK: - What is shown of it

  /// Names of rules that explain an event of the log, with how often, in the order of the text.
  var seenRules: [(name: String, count: Int)] { named(firings ?? [:]) }

  var unseenRules: [(name: String, count: Int)] { named(unseenFirings) }

  private func named(_ firings: [Int: Int]) -> [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for (rule, count) in firings { counts[wording.system.rules[rule].name, default: 0] += count }
    return ruleNames.compactMap { name in counts[name].map { (name, $0) } }
  }

  /// Names of the rules that the map has events for, and that the run does not have.
  package var neverSeenRules: [String] {
    guard firings != nil else { return [] }
    let mapped = Set(
      finding.meaning.entries.flatMap { $0.rules ?? [] }.map { wording.system.rules[$0.rule].name })
    let seen = Set(seenRules.map(\.name))
    return ruleNames.filter { mapped.contains($0) && !seen.contains($0) }
  }

  /// In the order of the text, each once.
  private var ruleNames: [String] {
    var seen: Set<String> = []
    return wording.system.rules.map(\.name).filter { seen.insert($0).inserted }
  }

  /// Why an event could not come, of all that could have come next.
  var misfits: [(event: TimedEvent, reasons: [MisfitReason])] {
    guard case .refused(let misfit) = finding.verdict else { return [] }
    return misfit.events.map { ($0, finding.reasons($0, misfit)) }
  }
}
