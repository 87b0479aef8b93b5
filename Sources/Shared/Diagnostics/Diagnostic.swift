/// One message about a place in a source text.
package struct Diagnostic: Hashable, Sendable {
  /// How bad it is. Only errors stop a model from being checked.
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  /// A place that helps to understand the message, with what is to be seen there.
  package struct Label: Hashable, Sendable {
    package let span: SourceSpan
    package let text: String

    package init(_ span: SourceSpan, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String

  /// The place that the message is about.
  package let span: SourceSpan

  /// Other places that matter, such as an earlier declaration.
  package let labels: [Label]

  /// A way out, such as "did you mean `proc_t`?".
  package let hint: String?

  package init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    severity: Severity = .error, labels: [Label] = [], hint: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.labels = labels
    self.hint = hint
  }
}
