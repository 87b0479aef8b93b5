import Checking
import Diagnostics
import Exploration
import Foundation
import Murphi
import Report
import TestSupport
import Testing
import Trace
import TransitionSystem

/// The models of Tests/Corpus/dialects mean in CMurphi's meaning what CMurphi 5.4.9 said of them: its
/// answers, without symmetry reduction, stand in the headers, because it is in no package.
@Suite struct DialectTests {
  private static let models = CorpusModel.all.filter { $0.expectationInCMurphi != nil }

  @Test func casesAreThere() { #expect(Self.models.count >= 40) }

  @Test(arguments: models, [ExplorationOptions.Executor.interpreter, .native])
  func cmurphisMeaningIsCMurphis(model: CorpusModel, executor: ExplorationOptions.Executor) throws {
    let source = SourceText(path: model.name, text: model.text)
    let loaded = MurphiModel.load(source, dialect: .cmurphi)
    let expected = try #require(model.expectationInCMurphi)
    if expected == "rejected" {
      #expect(loaded.system == nil)
      return
    }
    let system = try #require(loaded.system, "\(loaded.diagnostics)")
    var request = CheckRequest(system)
    request.options.executor = executor
    request.options.deadlock = model.options.contains("--deadlock off") ? .off : .stuttering
    request.symmetry = .off
    request.stop = StopCondition(seconds: 60)
    let outcome = try Checking.check(request)
    #expect(outcome.finding.compilationFailure == nil)
    let report = CheckReport(system: system, source: source, outcome: outcome)
    #expect(answer(report) == expected, "\(report.headline)")
  }

  /// A report in the words of the headers.
  private func answer(_ report: CheckReport) -> String {
    let finding = report.finding
    switch report.violation?.category {
    case nil where report.verdictWord == "verified":
      return "holds \(finding[.states] ?? 0) \(finding[.rulesFired] ?? 0)"
    case .deadlock: return "deadlock"
    case .runtimeError: return "error"
    default: return "violated \"\(report.violation?.name ?? "")\""
    }
  }

  @Test func eachCaseIsListed() throws {
    let page = Repository.root
      .appendingPathComponent("docs/dialects.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for model in Self.models {
      let name = model.name.split(separator: "/").last.map { $0.dropLast(2) } ?? ""
      #expect(text.contains("`\(name)`"), "\(name)")
    }
    // Each name on the page is a case.
    let known = Set(Self.models.map { $0.name })
    for line in text.split(separator: "\n") where line.hasPrefix("| ") {
      for cell in line.split(separator: "|").last?.split(separator: "`") ?? [] {
        let name = cell.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty, name.contains("-"), !name.hasPrefix("-") else { continue }
        #expect(known.contains("dialects/\(name).m"), "\(name)")
      }
    }
  }

  // MARK: - Whose model it is

  private let start = "startstate begin x := 0; end; rule begin x := 1 - x; end;"

  private func load(_ text: String, _ dialect: Dialect? = nil) -> MurphiModel.Loaded {
    MurphiModel.load(SourceText(path: "m.m", text: text), dialect: dialect)
  }

  @Test func whatRumurReadsHasItsMeaning() {
    #expect(load("var x: 0..1; \(start)").meaning.reason == .readByRumur)
    #expect(load("var x: 0..1; \(start) cover \"c\" x = 1;").meaning.reason == .readByRumur)
    // Rumur 2022.08 alone wants `begin` there.
    let text = "var x: 0..1; startstate x := 0; end; rule x := 1 - x; end;"
    #expect(load(text).meaning.reason == .readByRumur)
  }

  @Test(arguments: [
    ("var x: 0..1; m: multiset [1] of 0..1; ", ""),
    ("type s: scalarset(2); u: union { s, enum { H } }; var x: 0..1; ", ""),
    ("var x: 0..1; ", "rule 3 \"p\" x = 0 ==> begin x := 1; end;"),
    ("var x: 0..1; ", "rule \"r\" begin x := undefined; x := 0; end;"),
    ("var x: 0..1; ", "invariant \"i\" forall a: 0..1; b: 0..1 do a + b < 9 end;"),
    ("var x: 0..1; ", "rule \"r\" begin for i: 0..1 : x := i; end; end;"),
  ])
  func whatCMurphiAloneReadsHasItsMeaning(before: String, after: String) {
    let loaded = load(before + start + after)
    #expect(loaded.system != nil)
    #expect(loaded.meaning.dialect == .cmurphi)
    guard case .notReadByRumur(let refusal) = loaded.meaning.reason else {
      Issue.record("\(loaded.meaning)")
      return
    }
    #expect(refusal.code == .notInRumur)
    #expect(refusal.span.start >= before.utf8.count - 60)
  }

  @Test func whatNeitherReadsHasRumurs() {
    let text = "type s: scalarset(2); u: union { s, enum { H } }; var x: 0..1; \(start) "
    #expect(load(text + "cover \"c\" x = 1;").meaning.dialect == .rumur)
    guard
      case .readByNeither(let rumur, let cmurphi) = load(text + "cover \"c\" x = 1;").meaning.reason
    else {
      Issue.record("neither reads it")
      return
    }
    #expect(rumur.code == .notInRumur)
    #expect(cmurphi.code == .notInCMurphi)
    // Extensions of ours are read by neither, and say nothing of whose model it is.
    #expect(load(text + "measure \"m\" x;").meaning.dialect == .cmurphi)
    #expect(load("var x: 0..1; \(start) measure \"m\" x;").meaning.reason == .readByRumur)
  }

  @Test func theMeaningCanBeAskedFor() {
    for dialect in Dialect.allCases {
      let loaded = load("var x: 0..1; \(start)", dialect)
      #expect(loaded.meaning == Meaning(dialect: dialect, reason: .asked))
    }
  }
}
