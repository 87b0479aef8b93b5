import Diagnostics

/// A string that ends at the opening quote of a later one, because its own closing quote is missing:
/// what stands in that one is read as code then, and is none.
///
/// A string may run over several lines. So this is one where something on the line of its end cannot
/// be read.
struct UnclosedString {
  private let span: SourceSpan

  /// The first of a text.
  ///
  /// - Complexity: O(tokens * log(lines) + diagnostics).
  static func find(
    in tokens: [Token], _ diagnostics: [Diagnostic], _ source: SourceText
  ) -> UnclosedString? {
    if diagnostics.isEmpty { return nil }
    var lastOfLine: [Int: Int] = [:]
    for diagnostic in diagnostics {
      let start = diagnostic.span.start
      lastOfLine[source.line(of: start), default: start].formMaximum(start)
    }
    let string = tokens.first { token in
      guard token.kind == .string else { return false }
      let endLine = source.line(of: max(token.span.start, token.span.end - 1))
      guard endLine != source.line(of: token.span.start), let last = lastOfLine[endLine] else {
        return false
      }
      return last >= token.span.end
    }
    return string.map { UnclosedString(span: $0.span) }
  }

  /// One message in place of what follows from the missing quote.
  func explained(_ diagnostics: [Diagnostic], _ source: SourceText) -> [Diagnostic] {
    let line = source.lineRange(source.line(of: span.start))
    let message = Diagnostic(
      .unterminatedString, "the string that begins here does not end on its line",
      at: SourceSpan(start: span.start, end: line.upperBound),
      labels: [
        .init(
          SourceSpan(start: span.end - 1, end: span.end),
          "it ends here, and what follows cannot be read")
      ])
    return diagnostics.filter { $0.span.start < span.start } + [message]
  }
}

extension Int {
  fileprivate mutating func formMaximum(_ other: Int) { self = Swift.max(self, other) }
}
