import ArgumentParser
import Checking
import Diagnostics
import Exploration
import FitReports
import Fitting
import Options
import Report
import Scenarios
import Settings
import Trace

/// Runs the scenarios of a file and compares what comes out with what was expected.
struct ScenarioRun {
  let path: String
  let tag: String?
  /// Whether a document for programs is written.
  let isDocument: Bool

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
    let report: CheckReport?
    /// Of a layout.
    var fit: FitReport?
  }

  func run() throws {
    let source: SourceText
    do throws(CommandFailure) {
      source = try ModelFile.read(path, limit: Self.maximumByteCount)
    } catch {
      throw CommandFailure(
        lines: error.lines + ["hint: name a model to check it, or --scenarios a file"])
    }
    let all = try read(String(decoding: source.bytes, as: UTF8.self))
    let chosen = all.filter { scenario in
      tag.map(scenario.tags.contains) ?? !scenario.tags.contains("nightly")
    }
    guard !chosen.isEmpty else {
      let cause =
        if let tag { "no scenario has the tag `\(tag)`" } else if all.isEmpty {
          "no scenario is to run"
        } else { "every scenario has the tag `nightly`, and runs with `--tag nightly`" }
      throw CommandFailure("\(path): error: \(cause)")
    }
    try run(chosen)
  }

  /// Of a file of scenarios; people write them.
  static let maximumByteCount = 4 << 20

  /// The scenarios of the file, those of its folders of variants among them.
  private func read(_ text: String) throws(CommandFailure) -> [Scenario] {
    let scenarios: [Scenario]
    do throws(SettingError) {
      scenarios = try ScenarioFile.read(text)
    } catch {
      throw CommandFailure("\(path)\(error.place): error: \(error.message)")
    }
    var all: [Scenario] = []
    for scenario in scenarios { all += try variants(of: scenario) }
    var names: Set<String> = []
    for scenario in all where !names.insert(scenario.name).inserted {
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
    for (number, scenario) in scenarios.enumerated() {
      Console.status("\(number + 1)/\(scenarios.count) \(scenario.name)")
      let stop = StopCondition.forCommand(seconds: scenario.settings.timeoutSeconds)
      let before = outcomes
      let outcome = Watchdog.watch(
        stop,
        { limit in
          let outcome = unread(scenario, limit)
          // Where there is no memory, there is none for a document of all of them either.
          guard limit != .noMemory else {
            return LastWords(error: "\(scenario.name): \(outcome.verdict)\n")
          }
          return conclusion(before + (limit == .cancelled ? [] : [outcome]), of: scenarios.count)
        }
      ) { run(scenario, stop) }
      if UserInterrupt.isRequested { break }
      outcomes.append(outcome)
      if !isDocument { Console.write(line(of: outcome, width: width)) }
    }
    let words = conclusion(outcomes, of: scenarios.count)
    Console.clearStatus()
    Console.write(words)
    if words.code != Exit.verified { throw words.code }
  }

  /// What came out, of as many scenarios as have run.
  private func conclusion(_ outcomes: [Outcome], of count: Int) -> LastWords {
    let surprises = outcomes.filter { $0.surprise != nil }
    let code =
      UserInterrupt.isRequested
      ? Exit.interrupted : surprises.isEmpty ? Exit.verified : Exit.violated
    guard !isDocument else {
      return LastWords(program: json(outcomes).text + "\n", code: code)
    }
    var text: DisplayText = ""
    for outcome in surprises {
      text += "\n\(outcome.scenario.name): \(DisplayText(lines: outcome.surprise ?? []))\n"
      if let report = outcome.report {
        text += report.text(usesColor: Console.outputUsesColor)
      }
      if let fit = outcome.fit { text += fit.text(width: 80) }
    }
    let noun = count == 1 ? "scenario" : "scenarios"
    text += "\(outcomes.count - surprises.count) of \(count) \(noun) as expected\n"
    return LastWords(text, code: code)
  }

  private func run(_ scenario: Scenario, _ stop: StopCondition) -> Outcome {
    func failed(_ why: String...) -> Outcome { failed(lines: why) }
    func failed(lines: [String]) -> Outcome {
      Outcome(
        scenario: scenario, expectation: scenario.expectation, verdict: "error", stateCount: nil,
        seconds: 0, surprise: lines,
        report: nil)
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
    do {
      let from = ModelFile.Source(timeoutSeconds: settings.timeoutSeconds)
      variant = try Variant.read(model, patches: patches(of: scenario), from)
      loaded = try ModelFile.load(
        variant.text, overrides: scenario.constants, dialect: settings.dialect.dialect, stop: stop)
    } catch is ReadingStopped {
      return unread(scenario, .ended(stop))
    } catch {
      (error as? CommandFailure)?.say()
      return failed("the model cannot be checked")
    }
    guard let expectation = scenario.expectation ?? variant.expectation else {
      return failed(
        "nothing says what is expected: the scenario has no `expect`, and no line in the head of "
          + "\(variant.expectationPath) begins with `Expect:` or `Violates:`")
    }
    let report: CheckReport
    do throws(CommandFailure) {
      report = try ModelCheck.check(loaded, settings.request(loaded.system, stop: stop))
    } catch {
      return failed(lines: error.lines)
    }
    return Outcome(
      scenario: scenario, expectation: expectation, verdict: report.headline,
      stateCount: report.finding[.states], seconds: stop.elapsed,
      surprise: surprise(scenario, expectation, report).map { [$0] }, report: report)
  }

  private func patches(of scenario: Scenario) -> [String] {
    scenario.patches.map { ScenarioPath.resolved($0, in: folder) }
  }

  /// A scenario of whose model nothing was found before the end was wanted.
  private func unread(_ scenario: Scenario, _ limit: ExplorationLimit) -> Outcome {
    let headline = UnreadModel(path: scenario.name, limit).headline
    let isExpected =
      scenario.expectation == .inconclusive && scenario.stateCount == nil
      && scenario.ruleFiringCount == nil
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

  private func surprise(
    _ scenario: Scenario, _ expectation: Scenario.Expectation, _ report: CheckReport
  ) -> String? {
    guard expectation.isMet(by: report.outcome.verdict, of: report.wording.system) else {
      return "expected \(expectation), and it is \(report.headline)"
    }
    let states = report.finding[.states]
    if let expected = scenario.stateCount, expected != states {
      return "expected \(expected) states, and there are \(states.map { "\($0)" } ?? "no counts")"
    }
    let firings = report.finding[.rulesFired]
    if let expected = scenario.ruleFiringCount, expected != firings {
      return
        "expected \(expected) rules fired, and it is \(firings.map { "\($0)" } ?? "not known")"
    }
    return nil
  }

  private func line(of outcome: Outcome, width: Int) -> DisplayText {
    let mark = outcome.surprise == nil ? "ok  " : "FAIL"
    let name = DisplayText(outcome.scenario.name).padded(to: width)
    let states = outcome.stateCount.map { Wording.grouped($0) + " states" } ?? ""
    let facts = [outcome.verdict, states, "\(Wording.decimal(outcome.seconds)) s"]
    return "\(mark) \(name)  \(facts.filter { !$0.isEmpty }.joined(separator: ", "))\n"
  }

  private func json(_ outcomes: [Outcome]) -> JSONValue {
    let scenarios = outcomes.map { outcome in
      JSONValue.object([
        ("name", .string(outcome.scenario.name)),
        ("expected", outcome.expectation.map { .string($0.description) } ?? .null),
        ("surprise", outcome.surprise.map { .string($0.joined(separator: "\n")) } ?? .null),
        ("result", outcome.report?.json ?? outcome.fit?.json ?? .null),
      ])
    }
    return .document(
      "scenarios", version: CheckReport.formatVersion, [("scenarios", .array(scenarios))])
  }
}
