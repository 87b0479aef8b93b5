import Diagnostics
import RunFormats

/// What is said of a model that cannot be checked: it is not there, it has errors, or a patch of it does
/// not fit.
struct RefusedModel {
  let path: String
  let failure: CommandFailure

  /// The first error without its place, and how many there are besides; of what has no place, all that is
  /// said but the model's name.
  var message: String {
    guard let first = errors.first else {
      let text = failure.lines.joined(separator: "\n")
      let name = "\(path): error: "
      return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
    }
    return errors.count == 1 ? first.message : "\(first.message), and \(errors.count - 1) more"
  }

  /// `file:line:column` of the first error.
  var location: String? {
    guard let first = errors.first, let source = failure.finding?.source else { return nil }
    return DiagnosticRenderer().location(of: first.span, in: source)
  }

  private var errors: [Diagnostic] {
    failure.finding?.diagnostics.filter { $0.severity == .error } ?? []
  }

  /// What is said of it, for a file.
  var text: DisplayText {
    failure.finding.map { DiagnosticRenderer().render($0.diagnostics, of: $0.source) }
      ?? DisplayText(lines: failure.lines)
  }

  var json: JSONValue {
    let findings = failure.finding.map { finding in
      finding.diagnostics.map { $0.json(of: finding.source) }
    }
    return .object([
      ("model", .string(path)), ("verdict", .string("error")), ("reason", .string(message)),
      ("findings", .array(findings ?? [])),
    ])
  }

  /// - Parameter name: Of the scenario; the path where there is none.
  func result(named name: String) -> ResultList.Entry {
    ResultList.Entry(
      name: name, model: path, outcome: .error, verdict: "error", message: message,
      location: location)
  }
}
