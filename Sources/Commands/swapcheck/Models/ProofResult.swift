import ArgumentParser
import Checking
import Diagnostics
import Murphi
import Report
import TransitionSystem

/// What came of a proof: as text, as a document, and as an exit code.
struct ProofResult {
  enum Verdict: String {
    case proved
    case violated
    case inconclusive
  }

  let verdict: Verdict
  let words: ProofWords
  /// The model with the lemmas that were tried last.
  let lemmas: Lemmas
  /// For each constant that is left open, the smallest size; nil where the constants say all sizes.
  let least: AnySizeCheck.Sizes?
  /// How many sizes were asked about, up to which; nil where it did not come to that.
  var asked: (count: Int, most: AnySizeCheck.Sizes)?
  /// At which size something is not proved.
  var sizes: AnySizeCheck.Sizes = [:]
  /// What stands in the way there.
  var obstacles: [JSONValue] = []
  /// A run in which something goes wrong.
  var violation: CheckReport?

  init(
    _ verdict: Verdict, _ words: ProofWords, _ lemmas: Lemmas, least: AnySizeCheck.Sizes?
  ) {
    (self.verdict, self.words, self.lemmas, self.least) = (verdict, words, lemmas, least)
  }

  func write(_ format: OutputFormat, path: String) {
    switch format {
    case .json: Console.write(program: document(path).text + "\n")
    case .text:
      if let violation {
        if !sizes.isEmpty { Console.error("note: with \(AnySizeReport.words(sizes))\n") }
        return Console.write(violation.text(Console.reportStyle))
      }
      Console.write(words.text(path))
    }
  }

  var exitCode: ExitCode {
    switch verdict {
    case .proved: Exit.verified
    case .violated: Exit.violated
    case .inconclusive: UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive
    }
  }

  // MARK: - For programs

  private static let formatVersion = 1

  /// docs/schemas/prove-1.schema.json says what it holds.
  private func document(_ path: String) -> JSONValue {
    let (source, system) = (lemmas.model.source, lemmas.model.system)
    let fixed = system.constants.filter { least?[$0.name] == nil }
    let invariants = system.properties[..<lemmas.ownCount].filter { $0.kind == .invariant }
    let added = system.properties[lemmas.ownCount...]
    return .document(
      "prove", version: Self.formatVersion,
      [
        ("model", .string(path)), ("patches", .array(source.patches.map { .string($0) })),
        ("dialect", .string(lemmas.model.meaning.dialect.rawValue)),
        ("constants", .object(fixed.map { ($0.name, .number(Int($0.value))) })),
        ("least", least.map(Self.json) ?? .null),
        ("verdict", .string(verdict.rawValue)), ("reason", .string(words.headline.description)),
        (
          "sizes",
          asked.map { asked in
            .object([("count", .number(asked.count)), ("upTo", Self.json(asked.most))])
          } ?? .null
        ),
        ("invariants", .array(invariants.map { .string($0.name) })),
        (
          "lemmas",
          .array(
            added.map { lemma in
              .object([
                ("name", .string(lemma.name)), ("text", .string(source.text(of: lemma.span))),
              ])
            })
        ),
        ("at", Self.json(sizes)), ("obstacles", .array(obstacles)),
        ("violation", violation?.json ?? .null),
      ])
  }

  private static func json(_ sizes: AnySizeCheck.Sizes) -> JSONValue {
    .object(sizes.sorted { $0.key < $1.key }.map { ($0.key, .number(Int($0.value))) })
  }

  /// What is written of a model of which nothing is known.
  static func lastWords(
    _ model: UnreadModel, _ format: OutputFormat, code: ExitCode
  ) -> LastWords {
    switch format {
    case .text: LastWords(model.text, code: code)
    case .json:
      LastWords(
        program: JSONValue.document(
          "prove", version: formatVersion,
          [
            ("model", .string(model.path)), ("verdict", .string(Verdict.inconclusive.rawValue)),
            ("reason", .string(model.headline)),
          ]
        ).text + "\n", code: code)
    }
  }
}

/// What is said of a proof.
struct ProofWords {
  /// In one line, without the model.
  let headline: DisplayText
  var details: [DisplayText] = []

  private static let width = 80

  init(_ headline: DisplayText, _ details: [DisplayText] = []) {
    (self.headline, self.details) = (headline, details)
  }

  func text(_ path: String) -> DisplayText {
    (["\(path): \(headline)"] + details).flatMap { $0.wrapped(rest: "      ", Self.width) }
      .joined(separator: "\n") + "\n"
  }
}
