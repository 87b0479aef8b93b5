import ArgumentParser
import Diagnostics
import Exploration
import FitReports
import Report
import Scenarios
import Settings
import Trace

/// Runs the scenarios of a file and compares what comes out with what was expected.
struct ScenarioRun {
  let path: String
  let tag: String?
  let format: OutputFormat

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
    guard let source = ModelFile.read(path, limit: LayoutReading.maximumByteCount) else {
      Console.error("hint: name a model to check it, or --scenarios a file")
      throw Exit.error
    }
    guard let all = read(String(decoding: source.bytes, as: UTF8.self)) else { throw Exit.error }
    let chosen = all.filter { scenario in
      tag.map(scenario.tags.contains) ?? !scenario.tags.contains("nightly")
    }
    guard !chosen.isEmpty else {
      let cause =
        if let tag { "no scenario has the tag `\(tag)`" } else if all.isEmpty {
          "no scenario is to run"
        } else { "every scenario has the tag `nightly`, and runs with `--tag nightly`" }
      Console.error("\(path): error: \(cause)")
      throw Exit.error
    }
    try run(chosen)
  }

  /// The scenarios of the file; nil after a message.
  private func read(_ text: String) -> [Scenario]? {
    let scenarios: [Scenario]
    do throws(SettingError) {
      scenarios = try ScenarioFile.read(text)
    } catch {
      Console.error("\(path)\(error.place): error: \(error.message)")
      return nil
    }
    var all: [Scenario] = []
    var names: Set<String> = []
    for scenario in scenarios {
      guard let variants = scenario.expanded(in: folder) else {
        let place = ScenarioPath.resolved(scenario.variants ?? "", in: folder)
        Console.error(
          "\(path): error: the variants of scenario `\(scenario.name)` cannot be read: "
            + "\(place) is no folder that can be opened")
        return nil
      }
      guard !variants.isEmpty else {
        Console.error(
          "\(path): error: scenario `\(scenario.name)` has no variant: there is no file that ends "
            + "in \(VariantFolder.suffix) in its folder")
        return nil
      }
      for variant in variants {
        guard names.insert(variant.name).inserted else {
          Console.error("\(path): error: there are two scenarios `\(variant.name)`")
          return nil
        }
      }
      all += variants
    }
    return all
  }

  private func run(_ scenarios: [Scenario]) throws {
    var outcomes: [Outcome] = []
    UserInterrupt.listen()
    let width = scenarios.map { DisplayText($0.name).count }.max() ?? 0
    for (number, scenario) in scenarios.enumerated() {
      Console.status("\(number + 1)/\(scenarios.count) \(scenario.name)")
      let stop = StopCondition.forCommand(seconds: scenario.timeoutSeconds)
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
      if format == .text { Console.write(line(of: outcome, width: width)) }
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
    guard format == .text else {
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
      return LayoutScenario(scenario, folder: folder)?.outcome.map { outcome in
        Outcome(
          scenario: scenario, expectation: scenario.expectation, verdict: outcome.verdict,
          stateCount: nil, seconds: outcome.seconds,
          surprise: outcome.surprise.map { [$0] }, report: nil, fit: outcome.report)
      } ?? failed("the layout cannot be asked about")
    }
    let dialect = scenario.dialect.flatMap(DialectChoice.init(rawValue:)) ?? .auto
    let from = ModelFile.Source(timeoutSeconds: scenario.timeoutSeconds)
    guard let variant = Variant.read(model, patches: patches(of: scenario), from) else {
      return failed("the model cannot be checked")
    }
    guard let expectation = scenario.expectation ?? variant.expectation else {
      return failed(
        "nothing says what is expected: the scenario has no `expect`, and no line in the head of "
          + "\(variant.expectationPath) begins with `Expect:` or `Violates:`")
    }
    var options = SearchOptions.defaults
    options.deadlock = scenario.deadlock.flatMap(DeadlockMode.init(rawValue:)) ?? .stuttering
    options.maximumDepth = scenario.maximumDepth
    options.maximumStateCount = scenario.maximumStateCount
    let report: CheckReport
    do {
      guard
        let loaded = try ModelFile.load(
          variant.text, overrides: scenario.constants, dialect: dialect, stop: stop)
      else { return failed("the model cannot be checked") }
      report = try ModelCheck.check(
        loaded, options, stop,
        symmetry: scenario.symmetry.flatMap(SearchSpace.Symmetry.init(rawValue:)) ?? .exact)
    } catch is ReadingStopped {
      return unread(scenario, .ended(stop))
    } catch let error as ModelCheck.Refusal {
      return failed(lines: error.lines)
    } catch {
      return failed("\(error)")
    }
    return Outcome(
      scenario: scenario, expectation: expectation, verdict: report.headline,
      stateCount: report.result.statistics.stateCount,
      seconds: report.result.statistics.seconds,
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
      seconds: scenario.timeoutSeconds ?? 0, surprise: isExpected ? nil : [surprise],
      report: nil)
  }

  /// Models are named relative to the folder of the file.
  private var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private func surprise(
    _ scenario: Scenario, _ expectation: Scenario.Expectation, _ report: CheckReport
  ) -> String? {
    let statistics = report.result.statistics
    let isMet: Bool
    switch (expectation, report.result.verdict) {
    case (.holds, .holds), (.inconclusive, .inconclusive): isMet = true
    case (.violates(let name, let kind), .violated):
      isMet =
        report.violation?.name == name && (kind == nil || report.violation?.kind == kind?.rawValue)
    case (.deadlock, .violated): isMet = report.violation?.kind == "deadlock"
    case (.runtimeError, .violated): isMet = report.violation?.kind == "run-time error"
    default: isMet = false
    }
    if !isMet { return "expected \(expectation), and it is \(report.headline)" }
    if let expected = scenario.stateCount, expected != statistics.stateCount {
      return "expected \(expected) states, and there are \(statistics.stateCount)"
    }
    if let expected = scenario.ruleFiringCount, expected != statistics.ruleFiringCount {
      return "expected \(expected) rules fired, and it is \(statistics.ruleFiringCount)"
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
    .object([
      ("format", .string("swapcheck-scenarios")),
      ("version", .number(CheckReport.formatVersion)),
      (
        "scenarios",
        .array(
          outcomes.map { outcome in
            .object([
              ("name", .string(outcome.scenario.name)),
              ("expected", outcome.expectation.map { .string($0.description) } ?? .null),
              ("surprise", outcome.surprise.map { .string($0.joined(separator: "\n")) } ?? .null),
              ("result", outcome.report?.json ?? outcome.fit?.json ?? .null),
            ])
          })
      ),
    ])
  }
}
