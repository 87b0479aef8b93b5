import Diagnostics
import FitReports
import Fitting
import Options
import Scenarios

/// A scenario about a layout.
struct LayoutScenario {
  struct Outcome {
    let verdict: String
    let seconds: Double
    /// Why this is a surprise; nil if it is none.
    let surprise: String?
    let report: FitReport
  }

  private let scenario: Scenario
  private let expectation: Scenario.Expectation
  private let path: String

  /// - Parameter folder: Where the scenario's path begins.
  /// - Returns: Nil for a scenario that does not say what is expected.
  init?(_ scenario: Scenario, folder: String) {
    guard let expectation = scenario.expectation else { return nil }
    self.scenario = scenario
    self.expectation = expectation
    path = ScenarioPath.resolved(scenario.subject.path, in: folder)
  }

  func outcome() throws(CommandFailure) -> Outcome {
    var description = try LayoutReading.read(path)
    let stated = description.expectation
    if let seconds = scenario.settings.timeoutSeconds {
      description.timeoutSeconds = UInt64(seconds)
    }
    description.expect(expectation)
    guard stated == nil || stated == description.expectation else {
      throw CommandFailure(
        "\(path): error: it expects another verdict than scenario `\(scenario.name)`")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let result: LayoutResult
    do throws(LayoutError) {
      result = try description.decide()
    } catch {
      throw LayoutReading.failure(error, path)
    }
    let (seconds, attoseconds) = (clock.now - start).components
    return Outcome(
      verdict: result.verdict.rawValue,
      seconds: Double(seconds) + Double(attoseconds) / 1e18,
      surprise: result.isExpected == true
        ? nil : "expected \(expectation), and it is \(result.verdict.rawValue)",
      report: FitReport(result))
  }
}

extension LayoutDescription {
  /// Notes what a scenario expects.
  mutating func expect(_ expected: Scenario.Expectation) {
    switch expected {
    case .fits: expectation = .fits
    case .doesNotFit(let rules):
      expectation = .doesNotFit
      if !rules.isEmpty { setConflict(rules) }
    case .holds, .violates, .deadlock, .runtimeError, .inconclusive, .conforms, .refused,
      .endsInTheMiddle:
      break
    }
  }
}
