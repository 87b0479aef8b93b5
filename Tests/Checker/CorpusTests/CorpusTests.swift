import Checking
import Diagnostics
import Exploration
import Murphi
import Report
import Testing
import Trace
import TransitionSystem

/// Every model of the corpus gives what its header says.
@Suite struct CorpusTests {
  @Test func corpusIsThere() {
    #expect(CorpusModel.all.count >= 80)
    for model in CorpusModel.all { #expect(!model.expectation.isEmpty, "\(model.name)") }
  }

  @Test(arguments: CorpusModel.all)
  func givesWhatIsExpected(model: CorpusModel) throws {
    let source = SourceText(path: model.name, text: model.text)
    // Where CMurphi is followed too, what is expected beside that is Rumur's.
    let isRumurs = model.expectationInCMurphi != nil && model.isJudgedByRumur
    let loaded = MurphiModel.load(
      source, overrides: try overrides(of: model), dialect: isRumurs ? .rumur : nil)
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    if model.expectation == "rejected" {
      #expect(system == nil)
      #expect(diagnostics.contains { $0.severity == .error })
      checkPlace(diagnostics, in: source)
      return
    }
    let rendered = DiagnosticRenderer().render(diagnostics, of: source).description
    guard let system else {
      Issue.record("\(model.name) is refused:\n\(rendered)")
      return
    }
    var request = CheckRequest(system)
    request.options.deadlock = try deadlock(of: model)
    request.symmetry = .off
    request.stop = StopCondition(seconds: 60)
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request)
    } catch {
      // All well, to Rumur; that nothing was looked at is no verdict to us.
      guard case .noStartState = error, model.states == 0 else { throw error }
      return
    }
    checkVerdict(CheckReport(system: system, source: source, outcome: outcome), model)
    if model.expectation == "holds" {
      if let states = model.states { #expect(outcome.finding[.states] == states) }
      if let rules = model.rules { #expect(outcome.finding[.rulesFired] == rules) }
    }
  }

  private func checkVerdict(_ report: CheckReport, _ model: CorpusModel) {
    switch model.expectation {
    case "holds": #expect(report.verdictWord == "verified", "\(report.headline)")
    case "deadlock": #expect(report.violation?.category == .deadlock, "\(report.headline)")
    case "error": #expect(report.violation?.category == .runtimeError, "\(report.headline)")
    default:
      let quoted = model.expectation.split(separator: "\"")
      #expect(report.verdictWord == "violated", "\(report.headline)")
      if quoted.count > 1 {
        #expect(report.violation?.name == String(quoted[1]), "\(report.headline)")
      }
    }
  }

  /// A line that is marked `^ here` is where the message has to be.
  private func checkPlace(_ diagnostics: [Diagnostic], in source: SourceText) {
    let marked = (1...source.lineCount).filter { source.line($0).contains("^ here") }
    guard let line = marked.first else { return }
    #expect(diagnostics.count == 1)
    for diagnostic in diagnostics {
      #expect(source.position(of: diagnostic.span.start).line == line, "\(diagnostic.message)")
    }
  }

  private func overrides(of model: CorpusModel) throws -> [String: Int64] {
    var overrides: [String: Int64] = [:]
    for option in model.options where option.hasPrefix("--set ") {
      let parts = option.dropFirst("--set ".count).split(separator: "=")
      let value: Int64 = try #require(Int64(parts[1]))
      overrides[String(parts[0])] = value
    }
    return overrides
  }

  private func deadlock(of model: CorpusModel) throws -> DeadlockMode {
    for option in model.options where option.hasPrefix("--deadlock ") {
      return try #require(DeadlockMode(rawValue: String(option.dropFirst("--deadlock ".count))))
    }
    return .stuttering
  }
}
