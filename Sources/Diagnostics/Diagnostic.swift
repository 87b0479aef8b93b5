/// One message about a place in a source text.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is. Only errors stop a model from being checked.
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  /// A place that helps to understand the message, with what is to be seen there.
  public struct Label: Hashable, Sendable {
    public let span: SourceSpan
    public let text: String

    public init(_ span: SourceSpan, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  public let code: DiagnosticCode
  public let severity: Severity
  public let message: String

  /// The place that the message is about.
  public let span: SourceSpan

  /// Other places that matter, such as an earlier declaration.
  public let labels: [Label]

  /// A way out, such as "did you mean `proc_t`?".
  public let hint: String?

  public init(
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
