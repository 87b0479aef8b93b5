import ArgumentParser
import Checking
import Diagnostics
import Exploration
import FitReports
import Fitting
import LogConformance
import Options
import Report
import Revisions
import RunFormats
import Runs
import Scenarios
import Settings
import Trace
import UserCache

/// Runs the scenarios of a file and compares what comes out with what was expected.
struct ScenarioRun {
  let path: String
  let tag: String?
  /// The revision since which a scenario has to have changed; nil for all.
  let changedSince: String?
  /// What all of them together may take.
  let budgetSeconds: Double?
  /// Whether what is known already is not looked at again.
  let usesCache: Bool
  let format: CheckFormat
  let style: ReportStyle

  /// What one scenario gave.
  private struct Outcome {
    let scenario: Scenario
    /// As the scenario says it, or the head of the model or patch; nil where that cannot be read.
    let expectation: Scenario.Expectation?
    let verdict: String
    let stateCount: Int?
    let seconds: Double
    /// Why this is a surprise, in lines; nil if it is none.
    let surprise: [String]?
    /// What was found; nil where it is known already, or nothing was.
    let report: CheckReport?
    /// Why there is no model.
    var refusal: RefusedModel?
    /// Of a layout.
    var fit: FitReport?
    /// Of a log: what is said of it.
    var conformance: (text: DisplayText, json: JSONValue)?
    /// Whether it was known already.
    var isCached = false
    /// Whether the surprise is about counts alone, of which a report says no more.
    var isOfCounts = false
    /// Whether something is wrong with a file, so that nothing was asked.
    var isError = false

    var code: ExitCode { surprise == nil ? Exit.verified : isError ? Exit.error : Exit.violated }
  }

  func run() throws {
    let source: SourceText
    do throws(CommandFailure) {
      source = try ModelFile.read(path, limit: ScenarioFile.maximumByteCount)
    } catch {
      throw CommandFailure(
        lines: error.lines + ["hint: name a model to check it, or --scenarios a file"])
    }
    let all = try read(String(decoding: source.bytes, as: UTF8.self))
    let chosen = all.filter { scenario, _ in
      tag.map(scenario.tags.contains) ?? !scenario.tags.contains("nightly")
    }
    guard !chosen.isEmpty else {
      let cause =
        if let tag { "no scenario has the tag `\(tag)`" } else if all.isEmpty {
          "no scenario is to run"
        } else { "every scenario has the tag `nightly`, and runs with `--tag nightly`" }
      throw CommandFailure("\(path): error: \(cause)")
    }
    try run(try changed(chosen))
  }

  /// A scenario, and the entry of the file that it comes from.
  private typealias Chosen = (scenario: Scenario, entry: Scenario)

  /// Those that have changed, where that is asked for.
  private func changed(_ chosen: [Chosen]) throws(CommandFailure) -> [Scenario] {
    guard let changedSince else { return chosen.map(\.scenario) }
    do throws(RevisionError) {
      let changes = try ScenarioChanges(
        since: changedSince, file: path, limit: ScenarioFile.maximumByteCount)
      return chosen.filter { changes.concern($0.scenario, of: $0.entry) }.map(\.scenario)
    } catch {
      throw CommandFailure(
        lines: ["error: \(error)"] + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
  }

  /// The scenarios of the file, those of its folders of variants among them.
  private func read(_ text: String) throws(CommandFailure) -> [Chosen] {
    let scenarios: [Scenario]
    do throws(SettingError) {
      scenarios = try ScenarioFile.read(text)
    } catch {
      throw CommandFailure("\(path)\(error.place): error: \(error.message)")
    }
    var all: [Chosen] = []
    for entry in scenarios { all += try variants(of: entry).map { ($0, entry) } }
    var names: Set<String> = []
    for (scenario, _) in all where !names.insert(scenario.name).inserted {
      throw CommandFailure("\(path): error: there are two scenarios `\(scenario.name)`")
    }
    return all
  }

  private func variants(of scenario: Scenario) throws(CommandFailure) -> [Scenario] {
    guard let variants = scenario.expanded(in: folder) else {
      let place = ScenarioPath.resolved(scenario.variants ?? "", in: folder)
      throw CommandFailure(
        "\(path): error: the variants of scenario `\(scenario.name)` cannot be read: "
          + "\(place) is no folder that can be opened")
    }
    guard !variants.isEmpty else {
      throw CommandFailure(
        "\(path): error: scenario `\(scenario.name)` has no variant: there is no file that ends "
          + "in \(VariantFolder.suffix) in its folder")
    }
    return variants
  }

  private func run(_ scenarios: [Scenario]) throws {
    var outcomes: [Outcome] = []
    UserInterrupt.listen()
    let width = scenarios.map { DisplayText($0.name).count }.max() ?? 0
    let whole = StopCondition.forCommand(seconds: budgetSeconds)
    let cache = VerdictCache(
      usesCache && !format.hasEvidence ? ResultCache() : ResultCache(folder: nil))
    for (number, scenario) in scenarios.enumerated() {
      let left = whole.seconds.map { $0 - whole.elapsed }
      if let left, left <= 0 { break }
      let subject: DisplayText = "\(number + 1)/\(scenarios.count) \(scenario.name)"
      Console.status(subject)
      let own = scenario.settings.timeoutSeconds
      let isShortened = left.map { $0 < own ?? .infinity } ?? false
      let stop = StopCondition.forCommand(seconds: isShortened ? left : own)
      let before = outcomes
      let outcome = Watchdog.watch(
        stop,
        { limit in
          let outcome = unread(scenario, limit)
          // Where there is no memory, there is none for a document of all of them either.
          guard limit != .noMemory else {
            return LastWords(error: "\(scenario.name): \(outcome.verdict)\n")
          }
          let isOwn = limit != .cancelled && !isShortened
          return conclusion(before + (isOwn ? [outcome] : []), of: scenarios)
        }
      ) { run(scenario, stop, cache, subject) }
      if UserInterrupt.isRequested { break }
      // What the budget ended says nothing of the scenario.
      if isShortened, stop.reason == .timeIsUp, outcome.surprise != nil { break }
      outcomes.append(outcome)
      if format == .text, style.detail != .verdict || outcome.surprise != nil {
        Console.write(line(of: outcome, width: width))
      }
    }
    let words = conclusion(outcomes, of: scenarios)
    Console.write(words)
    if words.code != Exit.verified { throw words.code }
  }

  /// What came out, of as many scenarios as have run.
  private func conclusion(_ outcomes: [Outcome], of scenarios: [Scenario]) -> LastWords {
    let isWhole = outcomes.count == scenarios.count
    let code =
      UserInterrupt.isRequested
      ? Exit.interrupted
      : outcomes.map(\.code).reduce(isWhole ? Exit.verified : Exit.inconclusive, Exit.worse)
    switch format {
    case .json:
      return LastWords(program: json(outcomes, of: scenarios).text + "\n", code: code)
    case .markdown: return LastWords(markdown(outcomes, of: scenarios), code: code)
    case .junit:
      return LastWords(program: ResultFormat.junit.text(results(outcomes, scenarios)), code: code)
    case .sarif:
      return LastWords(program: ResultFormat.sarif.text(results(outcomes, scenarios)), code: code)
    case .text, .mail: break
    }
    var text: DisplayText = ""
    for outcome in outcomes where outcome.surprise != nil {
      let surprise: DisplayText =
        "\(outcome.scenario.name): \(DisplayText(lines: outcome.surprise ?? []))"
      text += "\n" + fitted(surprise.lines) + "\n"
      text += report(of: outcome, style)
    }
    return LastWords(text + summary(outcomes, of: scenarios) + "\n", code: code)
  }

  /// Each scenario as a test: one that is as expected has passed, whatever its verdict.
  private func results(
    _ outcomes: [Outcome], _ scenarios: [Scenario]
  ) -> [ResultList.Entry] {
    let run = outcomes.map { outcome in
      if let refusal = outcome.refusal { return refusal.result(named: outcome.scenario.name) }
      let shown = outcome.surprise == nil ? nil : outcome.report?.counterexampleRun
      return ResultList.Entry(
        name: outcome.scenario.name, model: outcome.scenario.subject.path,
        outcome: outcome.surprise == nil ? .passed : .failed, verdict: outcome.verdict,
        seconds: outcome.seconds, message: (outcome.surprise ?? []).joined(separator: "\n"),
        location: shown?.finding?.location, run: shown)
    }
    let rest = scenarios.dropFirst(outcomes.count).map {
      ResultList.Entry(
        name: $0.name, model: $0.subject.path, outcome: .skipped, verdict: "not run")
    }
    return run + rest
  }

  /// What was found, where it is shown because it is a surprise.
  private func report(of outcome: Outcome, _ style: ReportStyle) -> DisplayText {
    if outcome.isOfCounts { return "" }
    return (outcome.report?.text(style) ?? "")
      + (outcome.conformance?.text ?? "")
      + (outcome.fit?.text(width: style.width, detail: style.detail == .full ? .full : .brief) ?? "")
  }

  /// How many came out as expected, in a line without its end.
  private func summary(_ outcomes: [Outcome], of scenarios: [Scenario]) -> DisplayText {
    let expected = outcomes.count { $0.surprise == nil }
    if let changedSince, scenarios.isEmpty {
      return "no scenario has changed since \(changedSince)"
    }
    guard outcomes.count == scenarios.count else {
      let rest = scenarios.count - outcomes.count
      let cause: DisplayText = UserInterrupt.isRequested ? "interrupted: " : ""
      return "\(cause)\(expected) as expected, \(outcomes.count - expected) not, \(rest) not run"
    }
    let noun: DisplayText = scenarios.count == 1 ? "scenario" : "scenarios"
    return "\(expected) of \(scenarios.count) \(noun) as expected"
  }

  private func run(
    _ scenario: Scenario, _ stop: StopCondition, _ cache: VerdictCache, _ subject: DisplayText
  ) -> Outcome {
    func failed(_ why: String...) -> Outcome { failed(lines: why) }
    func failed(lines: [String]) -> Outcome {
      Outcome(
        scenario: scenario, expectation: scenario.expectation, verdict: "error", stateCount: nil,
        seconds: 0, surprise: lines, report: nil, isError: true)
    }
    guard let model = scenario.model.map({ ScenarioPath.resolved($0, in: folder) }) else {
      do throws(CommandFailure) {
        guard let outcome = try LayoutScenario(scenario, folder: folder)?.outcome() else {
          return failed("the scenario does not say what is expected")
        }
        return Outcome(
          scenario: scenario, expectation: scenario.expectation, verdict: outcome.verdict,
          stateCount: nil, seconds: outcome.seconds,
          surprise: outcome.surprise.map { [$0] }, report: nil, fit: outcome.report)
      } catch {
        error.say()
        return failed("the layout cannot be asked about")
      }
    }
    let settings = scenario.settings
    let variant: Variant
    let loaded: LoadedModel
    let question: VerdictCache.Question?
    do {
      let from = ModelFile.Source(timeoutSeconds: settings.timeoutSeconds)
      variant = try Variant.read(model, patches: patches(of: scenario), from)
      question = (scenario.expectation ?? variant.stated.verdict).flatMap {
        VerdictCache.Question(
          scenario.adding(variant.stated), $0, text: variant.text.bytes,
          program: ProgramIdentity.lines)
      }
      // What is known says nothing of a run that is kept in a file.
      if scenario.trace == nil, scenario.log == nil, let question,
        let known = cache.entry(of: question)
      {
        return Outcome(
          scenario: scenario, expectation: scenario.expectation ?? variant.stated.verdict,
          verdict: known.verdict, stateCount: known.stateCount, seconds: stop.elapsed,
          surprise: nil, report: nil, isCached: true)
      }
      loaded = try ModelFile.load(
        variant.text, overrides: scenario.constants, dialect: settings.dialect.dialect, stop: stop
      ).without(scenario.without)
    } catch is ReadingStopped {
      return unread(scenario, .ended(stop))
    } catch {
      var outcome = failed("the model cannot be checked")
      guard let failure = error as? CommandFailure else { return outcome }
      failure.say()
      outcome.refusal = RefusedModel(path: scenario.subject.path, failure: failure)
      return outcome
    }
    if let log = scenario.log {
      do throws(CommandFailure) {
        return try follow(log, loaded, scenario, stop)
      } catch {
        error.say()
        return failed("the log cannot be followed")
      }
    }
    guard let expectation = scenario.expectation ?? variant.stated.verdict else {
      return failed(
        "nothing says what is expected: give the scenario an `expect: holds`, or the head of "
          + "\(variant.expectationPath) a line that begins with `Expect:` or `Violates:`")
    }
    var request = settings.request(loaded.system, stop: stop)
    // A violation is shown to somebody then.
    request.isRunRead = expectation == .holds
    let report: CheckReport
    do throws(CommandFailure) {
      report = try ModelCheck.check(loaded, request, subject: subject)
    } catch {
      return failed(lines: error.lines)
    }
    let surprises = scenario.adding(variant.stated).surprises(
      expectation, report.finding, of: report.wording.system, verdict: report.headline)
    let lost: [String]
    do throws(CommandFailure) {
      lost =
        try scenario.trace.map { trace throws(CommandFailure) in
          try KeptRun(ScenarioPath.resolved(trace, in: folder)).loss(
            in: loaded, deadlock: settings.deadlock)
        } ?? []
    } catch {
      error.say()
      return failed("the run that is expected cannot be read")
    }
    let sentences = surprises.map(\.sentence) + lost
    let surprise = sentences.isEmpty ? nil : sentences
    let states = report.finding[.states]
    if let question, surprise == nil, report.isDecided {
      cache.keep(VerdictCache.Entry(verdict: report.headline, stateCount: states), of: question)
    }
    return Outcome(
      scenario: scenario, expectation: expectation, verdict: report.headline,
      stateCount: states, seconds: stop.elapsed, surprise: surprise, report: report,
      isOfCounts: lost.isEmpty && surprises.allSatisfy(\.isOfCount))
  }

  private func follow(
    _ log: Scenario.Log, _ loaded: LoadedModel, _ scenario: Scenario, _ stop: StopCondition
  ) throws(CommandFailure) -> Outcome {
    let check = LogCheck(
      log: ScenarioPath.resolved(log.path, in: folder),
      map: ScenarioPath.resolved(log.map, in: folder))
    let report = try check.report(
      loaded, overrides: scenario.constants, scenario.settings, stop: stop)
    let isExpected =
      if case .violates(let name, _)? = scenario.expectation {
        report.violatedName == name
      } else { scenario.expectation?.description == report.word }
    let surprise =
      "expected \(scenario.expectation?.description ?? ""), and it is \(report.headline)"
    return Outcome(
      scenario: scenario, expectation: scenario.expectation, verdict: report.word,
      stateCount: nil, seconds: stop.elapsed, surprise: isExpected ? nil : [surprise],
      report: nil, conformance: (report.text(style), report.json))
  }

  private func patches(of scenario: Scenario) -> [String] {
    scenario.patches.map { ScenarioPath.resolved($0, in: folder) }
  }

  /// A scenario of whose model nothing was found before the end was wanted.
  private func unread(_ scenario: Scenario, _ limit: ExplorationLimit) -> Outcome {
    let headline = UnreadModel(path: scenario.name, limit).headline
    let isExpected =
      scenario.expectation == .inconclusive && scenario.states == nil
      && scenario.ruleFiringCount == nil && scenario.measures.isEmpty
    let surprise =
      scenario.expectation.map { "expected \($0), and it is \(headline)" } ?? "it is \(headline)"
    return Outcome(
      scenario: scenario, expectation: scenario.expectation, verdict: headline, stateCount: nil,
      seconds: scenario.settings.timeoutSeconds ?? 0, surprise: isExpected ? nil : [surprise],
      report: nil)
  }

  /// Models are named relative to the folder of the file.
  private var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private func line(of outcome: Outcome, width: Int) -> DisplayText {
    let mark = outcome.surprise == nil ? "ok  " : "FAIL"
    let name = DisplayText(outcome.scenario.name).padded(to: width)
    let states = outcome.stateCount.map { Wording.grouped($0) + " states" } ?? ""
    let time = outcome.isCached ? "cached" : "\(Wording.decimal(outcome.seconds)) s"
    let facts = [outcome.verdict, states, time]
    return
      fitted(["\(mark) \(name)  \(facts.filter { !$0.isEmpty }.joined(separator: ", "))"]) + "\n"
  }

  /// Lines, at a terminal broken between words.
  private func fitted(_ lines: [DisplayText]) -> DisplayText {
    (style.isTerminal ? lines.flatMap { $0.wrapped(rest: "     ", style.width) } : lines)
      .joined(separator: "\n")
  }

  /// A heading, a table of all that have run, and the reports of what was not expected.
  private func markdown(_ outcomes: [Outcome], of scenarios: [Scenario]) -> DisplayText {
    var text: DisplayText = "### \(Markdown.text(summary(outcomes, of: scenarios).description))\n\n"
    guard !scenarios.isEmpty else { return text }
    let run = outcomes.map { outcome -> [DisplayText] in
      [
        outcome.surprise == nil ? "ok" : "**fails**", Markdown.text(outcome.scenario.name),
        Markdown.text(outcome.verdict),
        DisplayText(outcome.stateCount.map(Wording.grouped) ?? ""),
        outcome.isCached ? "cached" : DisplayText(Wording.decimal(outcome.seconds)),
      ]
    }
    let rest = scenarios.dropFirst(outcomes.count).map { scenario -> [DisplayText] in
      ["not run", Markdown.text(scenario.name), "", "", ""]
    }
    text += Markdown.table(
      ["", "scenario", "verdict", "states", "seconds"], run + rest, numbers: [3, 4])
    for outcome in outcomes {
      guard let surprise = outcome.surprise else { continue }
      text += "\n#### \(Markdown.text(outcome.scenario.name))\n\n"
      for line in surprise { text += "- \(Markdown.text(line))\n" }
      let report = outcome.refusal?.text ?? report(of: outcome, ReportStyle())
      if !report.isEmpty { text += "\n" + Markdown.block(report) }
    }
    return text
  }

  private func json(_ outcomes: [Outcome], of scenarios: [Scenario]) -> JSONValue {
    let results = outcomes.map { outcome in
      JSONValue.object([
        ("name", .string(outcome.scenario.name)),
        ("expected", outcome.expectation.map { .string($0.description) } ?? .null),
        ("surprise", outcome.surprise.map { .string($0.joined(separator: "\n")) } ?? .null),
        (
          "result",
          outcome.report?.json ?? outcome.fit?.json ?? outcome.conformance?.json
            ?? outcome.refusal?.json ?? .null
        ),
      ])
    }
    let rest = scenarios.dropFirst(outcomes.count).map { JSONValue.string($0.name) }
    return .document(
      "scenarios", version: CheckReport.formatVersion,
      [("scenarios", .array(results)), ("notRun", .array(rest))])
  }
}

extension CheckReport {
  /// Whether it says that the model holds, or is violated.
  fileprivate var isDecided: Bool {
    switch outcome.verdict {
    case .holds, .violated: true
    case .inconclusive: false
    }
  }
}
