import Checking
import Diagnostics
import Exploration
import Murphi
import Report
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Rumur's own models, some 350, give what their headers say.
///
/// They lie in `SWAPCHECK_RUMUR_SUITE`: `make test-rumur-suite` fetches Debian's source package, or
/// takes the tests of any checkout of Rumur.
@Suite(.enabled(if: RumurSuiteModel.folder != nil, "make test-rumur-suite runs them"))
struct RumurSuiteTests {
  /// Models that differ, with what they give here and why.
  private static let exceptions: [String: (verdict: RumurSuiteModel.Verdict, reason: String)] = [
    "uint64-model.m": (
      .rejected, "its range needs 64 bits without a sign, and numbers here have one"
    ),
    "read-slice.m": (
      .rejected, "it has no start state: nothing would be checked, and that is no proof"
    ),
  ]

  private func models() throws -> [RumurSuiteModel] {
    try RumurSuiteModel.all(in: #require(RumurSuiteModel.folder))
  }

  @Test(arguments: [SearchSpace.Symmetry.off, .exact])
  func modelsGiveWhatTheirHeadersSay(symmetry: SearchSpace.Symmetry) throws {
    let models = try models()
    #expect(models.count >= 300)
    for model in models where !model.needsSolver {
      #expect(model.unknownFlags.isEmpty, "\(model.name): \(model.unknownFlags)")
      let expected = Self.exceptions[model.name]?.verdict ?? model.expected
      guard let report = check(model, symmetry) else {
        #expect(expected == .rejected, "\(model.name) is refused")
        continue
      }
      #expect(verdict(of: report, model) == expected, "\(model.name): \(report.headline)")
      if let violated = model.violated {
        #expect(report.violation?.name == violated, "\(model.name)")
      }
      guard expected == .holds else { continue }
      if symmetry == .off, let states = model.states {
        #expect(report.finding[.states] == states, "\(model.name)")
      }
      let hits = zip(report.wording.system.covers, report.finding.coverage?.coverHits ?? [])
      for (cover, count) in hits where symmetry == .off {
        if let expectedCount = model.coverHits[cover.name] {
          #expect(count == expectedCount, "\(model.name): \(cover.name)")
        }
      }
    }
  }

  /// Models that are run with a solver rely on what it simplifies: reads of undefined variables, for
  /// instance, whose values do not matter. Rumur without a solver is what they are compared with,
  /// and the counts of all others.
  @Test func installedRumurAgrees() throws {
    let models = try models().filter { Self.exceptions[$0.name] == nil && $0.expected != .rejected }
    let answers = RumurOracle().check(
      all: models.map { model in
        .init(
          text: model.text,
          deadlock: .init(rawValue: model.options.deadlock.rawValue) ?? .stuttering)
      })
    for (model, answer) in zip(models, answers) {
      // An older Rumur than the models may refuse one, or make C of it that does not compile.
      guard case .success(let judgement) = answer else {
        #expect(!model.needsSolver, "\(model.name): \(answer)")
        continue
      }
      guard let report = check(model, .off) else {
        if case .rejected = judgement.verdict { continue }
        Issue.record("\(model.name) is refused")
        continue
      }
      switch judgement.verdict {
      case .rejected:
        #expect(!model.needsSolver, "\(model.name)")
      case .holds where model.options.maximumDepth == nil:
        #expect(report.verdictWord == "verified", "\(model.name): \(report.headline)")
        #expect(report.finding[.states] == judgement.states, "\(model.name)")
        #expect(report.finding[.rulesFired] == judgement.rulesFired, "\(model.name)")
      case .violated, .deadlock, .runtimeError, .uncovered, .livenessFailed:
        #expect(
          report.verdictWord == "violated" || model.options.maximumDepth != nil,
          "\(model.name): \(report.headline)")
      case .holds:
        break
      }
    }
  }

  private func check(
    _ model: RumurSuiteModel, _ symmetry: SearchSpace.Symmetry
  ) -> CheckReport? {
    let source = SourceText(path: model.name, text: model.text)
    guard !model.hasIllegalOption, let system = MurphiModel.load(source).system else { return nil }
    var request = CheckRequest(system)
    request.options = model.options
    request.symmetry = symmetry
    request.stop = StopCondition(seconds: 60)
    do throws(Objection) {
      return CheckReport(
        system: system, source: source, outcome: try Checking.check(request))
    } catch {
      Issue.record("\(model.name): \(error)")
      return nil
    }
  }

  /// To Rumur a model of which nothing is wrong within the bound holds.
  private func verdict(of report: CheckReport, _ model: RumurSuiteModel) -> RumurSuiteModel.Verdict?
  {
    switch report.outcome.verdict {
    case .holds: .holds
    case .violated: .violated
    case .inconclusive: model.options.maximumDepth == nil ? nil : .holds
    }
  }
}
