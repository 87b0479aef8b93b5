import Certificates
import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import Proving
import Report
import Trace
import TransitionSystem

/// A proof of a file, put together with a model: what it claims is compared with what the model asks.
struct ProofInModel {
  let attempt: ProofAttempt
  let match: Match
  private let proof: ProofFile
  /// The values that the model's constants have where none are set.
  private let defaults: [String: Int64]

  enum Match {
    /// The file is of this model, to the word.
    case same
    /// It is of another one; what else there is to say of that.
    case changed([DisplayText])
  }

  /// - Throws: `CommandFailure` where the file cannot be of the model, `ReadingStopped`.
  init(
    _ proof: ProofFile, _ source: SourceText, _ text: SourceText, _ stop: StopCondition
  ) throws {
    self.proof = proof
    let (path, modelPath) = (source.path, text.path)
    let whole = MurphiModel.load(text, dialect: proof.dialect, stop: stop)
    if whole.isStopped { throw ReadingStopped() }
    defaults = Dictionary(
      (whole.system?.constants ?? []).map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
    let names = defaults.keys
    // Constants that are gone are said below.
    let fixed = proof.fixed.filter { names.contains($0.key) || whole.system == nil }
    let read = MurphiModel.load(text, overrides: fixed, dialect: proof.dialect, stop: stop)
    if read.isStopped { throw ReadingStopped() }
    guard let system = read.system else {
      throw CommandFailure(
        DiagnosticRenderer(usesColor: Console.errorUsesColor).render(read.diagnostics, of: text))
    }
    let own = LoadedModel(system: system, source: text, meaning: read.meaning)
    let constants = ProofWriting.constants(of: own.system, proof.least)
    let hash = ModelHash.of(text, dialect: proof.dialect, constants: constants.map(\.line))
    let claims = ProofWriting.claims(of: own.system, proof.deadlock)
    if hash == proof.hash {
      guard constants == proof.constants else {
        throw CommandFailure(
          "\(path): error: its constants are not those of \(modelPath), whose hash it has")
      }
      guard claims == proof.claims else {
        throw CommandFailure(
          "\(path): error: what it proves is not what \(modelPath) asks for, whose hash it has: "
            + "\(Self.difference(claims, proof.claims).map(\.description).joined(separator: "; "))")
      }
      match = .same
    } else {
      match = .changed(Self.difference(claims, proof.claims))
    }
    let lemmas: Lemmas
    if proof.lemmaCount == 0 {
      guard
        Lexer.lex(source, rules: proof.dialect.lexicalRules).tokens.allSatisfy({
          $0.span.start >= source.bytes.count
        })
      else {
        throw CommandFailure("\(path): error: it says that it has no lemmas, and has some")
      }
      lemmas = Lemmas(ofNobodyBehind: own)
    } else {
      lemmas = try Lemmas(source, behind: own, overrides: fixed, stop: stop)
    }
    let count = lemmas.model.system.properties.count - lemmas.ownCount
    guard count == proof.lemmaCount else {
      throw CommandFailure(
        "\(path): error: it says that it has \(proof.lemmaCount) lemmas, and has \(count)")
    }
    attempt = ProofAttempt(
      own: own, lemmas: lemmas, path: modelPath, fixed: fixed,
      least: proof.least.isEmpty ? nil : proof.least, deadlock: proof.deadlock, stop: stop)
  }

  /// What a model asks for and a proof does not claim, and the other way.
  private static func difference(_ asked: [String], _ claimed: [String]) -> [DisplayText] {
    claimed.filter { !asked.contains($0) }.map { "it claims \($0), which is not asked for" }
      + asked.filter { !claimed.contains($0) }.map { "it does not claim \($0)" }
  }

  var counts: DisplayText { LemmaReport(attempt.lemmas, path: attempt.path).counts }

  /// What is proved, of the model as it is.
  var claimWords: DisplayText {
    "invariants, and that nothing goes wrong in a rule"
      + (proof.deadlock == .off ? "" : " and no deadlock is reached")
  }

  /// The options with which `swapcheck prove` proves the same of the model.
  var options: DisplayText {
    var words: [String] = []
    if attempt.least != nil {
      words.append("--any-size")
    } else if attempt.deadlock != CheckSettings().deadlock {
      words += ["--deadlock", attempt.deadlock.rawValue]
    }
    for (name, least) in (attempt.least ?? [:]).sorted(by: { $0.key < $1.key }) where least > 1 {
      words += ["--least", "\(name)=\(least)"]
    }
    for (name, value) in attempt.fixed.sorted(by: { $0.key < $1.key })
    where defaults[name] != value {
      words += ["--set", "\(name)=\(value)"]
    }
    return DisplayText(words.map { " " + $0 }.joined())
  }

  /// Which values of constants it is of.
  var scope: DisplayText {
    let open = proof.constants.compactMap { constant -> String? in
      if case .any(let least) = constant.value { "\(constant.name)>=\(least)" } else { nil }
    }
    if !open.isEmpty {
      let fixed = proof.constants.compactMap { constant -> String? in
        if case .fixed(let value) = constant.value { "\(constant.name)=\(value)" } else { nil }
      }
      return "all sizes, \(open.joined(separator: " "))"
        + (fixed.isEmpty ? "" : ", with \(fixed.joined(separator: " "))")
    }
    let sizes = Wording(system: attempt.own.system, source: attempt.own.source).sizes
    return sizes.isEmpty
      ? "its constants" : "\(sizes.map { "\($0.name)=\($0.value)" }.joined(separator: " "))"
  }

  /// What stands above a script.
  var describe: @Sendable (AnySizeCheck.Sizes, InductionObligations.Part) -> String {
    let (path, hash) = (attempt.path, proof.hash)
    return { sizes, part in
      let size = sizes.isEmpty ? "" : ", up to \(AnySizeReport.words(sizes))"
      return "\(path)\(size): \(part.sentence).\nThe proof is of the model with hash \(hash).\n"
        + "Each case below is one in which that is not so; none of them is possible."
    }
  }
}
