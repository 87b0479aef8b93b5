import ArgumentParser
import Diagnostics
import Report

/// The forms in which `check` writes what it finds. Another one is a case, and a type that conforms
/// to `CheckWriter`.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
  /// For a mailing list.
  case mail
  /// Results for CI: JUnit's XML, and SARIF 2.1.0.
  case junit
  case sarif

  /// Whether it tells more of a scenario than what is kept of one that is known already.
  var hasEvidence: Bool { self == .json }

  /// - Parameter style: How text is to be.
  func writer(_ style: ReportStyle) -> any CheckWriter {
    switch self {
    case .text: CheckTextWriter(style: style)
    case .json: CheckJSONWriter()
    case .markdown: CheckMarkdownWriter(style: style)
    case .mail: CheckMailWriter()
    case .junit: CheckResultsWriter(format: .junit)
    case .sarif: CheckResultsWriter(format: .sarif)
    }
  }
}

/// Writes what is found of models, one after the other.
protocol CheckWriter: Sendable {
  mutating func write(_ report: CheckReport)

  /// Of a model that was not read to its end.
  mutating func write(_ model: UnreadModel)

  /// Of a model that cannot be checked: what is said of it on standard error is said.
  mutating func write(_ model: RefusedModel)

  /// After the last model.
  func finish()

  /// What is said in one go where the process ends at once: of one model that nothing was found, and
  /// what `finish` would write of those before.
  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords
}

/// Reports for people, each as soon as it is there.
private struct CheckTextWriter: CheckWriter {
  let style: ReportStyle

  func write(_ report: CheckReport) { Console.write(report.text(style)) }

  func write(_ model: UnreadModel) { Console.write(model.text) }

  func write(_ model: RefusedModel) {}

  func finish() {}

  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords {
    LastWords(model.text, code: code)
  }
}

/// One document of all models.
private struct CheckJSONWriter: CheckWriter {
  private var reports: [JSONValue] = []

  mutating func write(_ report: CheckReport) { reports.append(report.json) }

  mutating func write(_ model: UnreadModel) { reports.append(model.json) }

  mutating func write(_ model: RefusedModel) { reports.append(model.json) }

  func finish() { Console.write(program: CheckReport.document(reports).text + "\n") }

  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords {
    LastWords(
      program: CheckReport.document(reports + [model.json]).text + "\n", code: code)
  }
}

/// A section of each model, with what is said of it at a terminal.
private struct CheckMarkdownWriter: CheckWriter {
  let style: ReportStyle

  func write(_ report: CheckReport) {
    let title = "\(report.wording.source.path): \(report.headline)"
    Console.write("### \(Markdown.text(title))\n\n\(Markdown.block(report.text(style)))\n")
  }

  func write(_ model: UnreadModel) { Console.write(section(model)) }

  func write(_ model: RefusedModel) {
    let title = Markdown.text("\(model.path): error: \(model.message)")
    Console.write("### \(title)\n\n\(Markdown.block(model.text))\n")
  }

  func finish() {}

  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords {
    LastWords(section(model), code: code)
  }

  private func section(_ model: UnreadModel) -> DisplayText {
    "### \(Markdown.text("\(model.path): \(model.headline)"))\n\n"
  }
}
