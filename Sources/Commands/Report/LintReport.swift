package import Diagnostics
package import Murphi
package import TransitionSystem

/// What is said of a model without being searched: what in it is probably not meant, whose model it
/// is, and what other checkers would not take, each reason once.
package struct LintReport: Sendable {
  let source: SourceText
  /// Errors, or warnings of what is probably not meant, and notes of what constants decide.
  package let findings: [Diagnostic]
  /// Empty for a model with errors.
  let checkers: [Checker]
  let meaning: MeaningText?

  /// Another checker, and why it would not take the model.
  struct Checker: Sendable {
    let name: String
    let reasons: [Reason]
  }

  /// A reason, and all places that it is one at, in order.
  struct Reason: Sendable {
    let message: String
    let places: [SourceSpan]
  }

  /// Of a model that has no errors.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, that the system was made with.
  ///   - dialect: Whose meaning it was made in.
  package init(
    _ source: SourceText, _ system: TransitionSystem, overrides: [String: Int64],
    dialect: Dialect, meaning: MeaningText
  ) {
    self.source = source
    self.meaning = meaning
    findings = ModelLinter.lint(source, system, overrides: overrides, dialect: dialect)
    let refusals = Linter.lint(source, system)
    checkers = [(Dialect.rumur, DiagnosticCode.notInRumur), (.cmurphi, .notInCMurphi)].map {
      checker, code in
      Checker(name: checker.toolName, reasons: Self.reasons(refusals.filter { $0.code == code }))
    }
  }

  /// Of a model that has errors.
  package init(_ source: SourceText, errors: [Diagnostic]) {
    self.source = source
    findings = errors
    checkers = []
    meaning = nil
  }

  private static func reasons(_ refusals: [Diagnostic]) -> [Reason] {
    var order: [String] = []
    var places: [String: [SourceSpan]] = [:]
    for refusal in refusals {
      if places[refusal.message] == nil { order.append(refusal.message) }
      places[refusal.message, default: []].append(refusal.span)
    }
    return order.map { Reason(message: $0, places: places[$0] ?? []) }
  }

  /// Whether there is a warning or an error.
  package var hasComplaints: Bool { findings.contains { $0.severity != .note } }

  // MARK: - Text

  /// The report as plain text, ending in a line break.
  package func text(by renderer: DiagnosticRenderer = DiagnosticRenderer()) -> DisplayText {
    let shown = findings.filter { $0.severity != .note }
    var text = renderer.render(shown, of: source)
    if !shown.isEmpty, !checkers.isEmpty { text += "\n" }
    return text
      + sentences.map { line -> DisplayText in
        guard let width = renderer.width else { return line + "\n" }
        let indent: DisplayText = line.description.hasPrefix("  ") ? "  " : ""
        return line.suffix(line.count - indent.count)
          .wrapped(first: indent, rest: indent + "  ", width).joined(separator: "\n") + "\n"
      }.joined()
  }

  /// What is said besides findings, a line each.
  private var sentences: [DisplayText] {
    var lines = noteLines
    for checker in checkers {
      let count = checker.reasons.count
      let verdict: DisplayText =
        count == 0 ? "yes" : "no, for \(count) reason\(count == 1 ? "" : "s")"
      lines.append("\(source.path): taken by \(checker.name): \(verdict)")
      lines += checker.reasons.map { "  \($0.message) (\(words($0)))" }
    }
    if let meaning { lines.append("\(source.path): \(meaning.sentence ?? "meaning: Rumur's")") }
    return lines
  }

  /// What is so for the values of constants alone, a line each.
  private var noteLines: [DisplayText] {
    let notes = findings.filter { $0.severity == .note }
    guard !notes.isEmpty else { return [] }
    return ["\(source.path): with these values of the constants"]
      + notes.map { "  line \(source.line(of: $0.span.start)): \($0.message)" }
  }

  private func words(_ reason: Reason) -> String {
    let lines = reason.places.map { source.line(of: $0.start) }
    let first = lines.first.map { "line \($0)" } ?? ""
    return lines.count == 1 ? first : "\(lines.count) places, the first in \(first)"
  }

  // MARK: - JSON

  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 1

  /// What `lint` writes of several models.
  package static func document(_ reports: [JSONValue]) -> JSONValue {
    .document("lint", version: formatVersion, [("models", .array(reports))])
  }

  package var json: JSONValue {
    .object([
      ("model", .string(source.path)),
      ("patches", .array(source.patches.map { .string($0) })),
      ("findings", .array(findings.map { $0.json(of: source) })),
      ("checkers", .array(checkers.map(json))),
      ("dialect", meaning.map { .string($0.dialect) } ?? .null),
      ("meaning", meaning?.sentence.map { .string($0) } ?? .null),
    ])
  }

  private func json(_ checker: Checker) -> JSONValue {
    .object([
      ("name", .string(checker.name)), ("takes", .bool(checker.reasons.isEmpty)),
      (
        "reasons",
        .array(
          checker.reasons.map { reason in
            .object([
              ("message", .string(reason.message)), ("count", .number(reason.places.count)),
              ("places", .array(reason.places.map { $0.json(in: source) })),
            ])
          })
      ),
    ])
  }
}
