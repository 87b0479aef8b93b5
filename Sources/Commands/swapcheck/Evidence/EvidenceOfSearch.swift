import ArgumentParser
import Certificates
import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import Report
import Trace
import TransitionSystem

/// Evidence of a search, which another search confirms: by the interpreter alone, on one thread.
enum EvidenceOfSearch {
  /// Writes what a search has come to.
  ///
  /// - Throws: `CommandFailure`, also where there is nothing that another search could be compared with.
  static func write(
    _ report: CheckReport, of model: LoadedModel, at modelPath: String, patches: [String],
    _ settings: CheckSettings, to path: String
  ) throws(CommandFailure) {
    guard let result = result(of: report) else {
      throw CommandFailure(
        "\(path): error: there is no evidence to write: the search of \(modelPath) did not end")
    }
    var given: [String] = []
    for patch in patches { given.append(try PathFromFolder.of(patch, inFile: path)) }
    let evidence = SearchEvidence(
      model: try PathFromFolder.of(modelPath, inFile: path), patches: given, hash: hash(of: model),
      dialect: model.meaning.dialect,
      constants: Dictionary(
        model.system.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
      without: model.absentRules, options: options(of: settings),
      executor: settings.executor.rawValue, result: result)
    try OutputFile.write(evidence.json.text + "\n", to: path)
  }

  /// Whether a text looks like a document in JSON.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
  }

  /// Searches again.
  ///
  /// - Throws: `CommandFailure`, `ReadingStopped`.
  static func confirm(
    _ source: SourceText, _ model: String?, stop: StopCondition
  ) throws -> (code: ExitCode, text: DisplayText) {
    let path = source.path
    let evidence: SearchEvidence
    do throws(SearchEvidence.Unreadable) {
      evidence = try SearchEvidence.read(source.bytes)
    } catch {
      throw CommandFailure("\(path): error: it is no evidence of a search: \(error.message)")
    }
    var settings = try settings(evidence, path)
    settings.executor = .interpreter
    settings.threadCount = 1
    let named = model ?? PathFromFolder.place(of: evidence.model, inFile: path)
    let text = try ModelFile.read(
      named, patches: evidence.patches.map { PathFromFolder.place(of: $0, inFile: path) })
    let shown = SourceText(
      path: model ?? PathFromFolder.shown(named), bytes: text.bytes, patches: text.patches,
      patchOfLine: text.patchOfLine)
    let loaded = try ModelFile.load(
      shown, overrides: evidence.constants, dialect: evidence.dialect, stop: stop
    ).without(evidence.without)
    guard hash(of: loaded) == evidence.hash else {
      return (
        Exit.inconclusive,
        "\(path): inconclusive: its hash is not that of \(shown.path), so it is of another text or of"
          + " other constants"
      )
    }
    let report = try ModelCheck.check(loaded, settings.request(loaded.system, stop: stop))
    guard let result = result(of: report) else {
      return (
        UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive,
        "\(path): \(DisplayText(report.headline))"
      )
    }
    let differences = evidence.result.differences(from: result)
    guard differences.isEmpty else {
      return (
        Exit.violated,
        "\(path): refuted: the interpreter finds \(differences.joined(separator: "; "))"
      )
    }
    return (
      Exit.verified,
      "\(path): confirmed: \(shown.path) is \(result.reason)\(conditions(evidence, settings)), with \(Wording.grouped(result.states)) states,"
        + " \(Wording.grouped(result.rulesFired)) rules fired and digest \(result.digest), says the"
        + " interpreter on one thread"
    )
  }

  // MARK: - Parts

  /// What a search was asked of beside the model as it stands.
  private static func conditions(
    _ evidence: SearchEvidence, _ settings: CheckSettings
  ) -> DisplayText {
    let constants = evidence.constants.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let usual = options(of: CheckSettings())
    let others = options(of: settings).filter { usual[$0.key] != $0.value }
    let words =
      (constants.isEmpty ? [] : ["for \(constants.joined(separator: " "))"])
      + evidence.patches.map { "with the patch \($0)" }
      + evidence.without.map { "without the rule \($0.debugDescription)" }
      + others.sorted { $0.key < $1.key }.map { "with --\($0.key) \($0.value)" }
    return DisplayText(words.map { " \($0)" }.joined(separator: ","))
  }

  private static func hash(of model: LoadedModel) -> String {
    ModelHash.of(
      model.source, dialect: model.meaning.dialect,
      constants: ProofWriting.constants(of: model.system, [:]).map(\.line))
  }

  /// Nil for what is not all states, or of another engine.
  private static func result(of report: CheckReport) -> SearchEvidence.Result? {
    let finding = report.finding
    guard let digest = finding.digest, let states = finding[.states],
      let rules = finding[.rulesFired], let depth = finding[.depth], finding.symbolic == nil
    else { return nil }
    if case .inconclusive = report.outcome.verdict { return nil }
    return SearchEvidence.Result(
      verdict: report.verdictWord, reason: report.headline, states: states, rulesFired: rules,
      depth: depth, digest: digest.description, stepDigest: finding.stepDigest?.description)
  }

  private static let options = [
    CheckOption.deadlock, .symmetry, .reduction, .digest, .ask,
  ]

  /// Options that the result depends on, as they are given.
  private static func options(of settings: CheckSettings) -> [String: String] {
    [
      CheckOption.deadlock.name: settings.deadlock.rawValue,
      CheckOption.symmetry.name: settings.symmetry.rawValue,
      CheckOption.reduction.name: settings.reduction.rawValue,
      CheckOption.digest.name: settings.digest.rawValue,
      CheckOption.ask.name: settings.asked.rawValue,
    ]
  }

  private static func settings(
    _ evidence: SearchEvidence, _ path: String
  ) throws(CommandFailure) -> CheckSettings {
    var settings = CheckSettings()
    for (name, text) in evidence.options.sorted(by: { $0.key < $1.key }) {
      guard let option = options.first(where: { $0.name == name }) else {
        throw CommandFailure("\(path): error: no result depends on the option \(name)")
      }
      do throws(CheckOption.Failure) {
        option.apply(try option.value(of: text), to: &settings)
      } catch {
        throw CommandFailure("\(path): error: the option \(name) \(error.message)")
      }
    }
    return settings
  }
}
