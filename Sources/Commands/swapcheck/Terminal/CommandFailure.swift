import ArgumentParser
import Diagnostics

/// Why something that a command was to do cannot be done. Whoever does several things says it and
/// goes on; otherwise it is said where the command ends.
struct CommandFailure: Error {
  /// A sentence, and places in lines of their own.
  let lines: [String]
  /// What is written; of a diagnostic, with the text that it is about.
  private(set) var text: DisplayText
  let code: ExitCode
  /// What is wrong with a text that was read, as data; nil where it is something else.
  private(set) var finding: Finding?
  /// Whether the text is the lines, and nothing that was laid out before.
  private let isOfLines: Bool

  /// Errors in a text of the user's.
  struct Finding {
    let diagnostics: [Diagnostic]
    let source: SourceText
  }

  init(_ lines: String..., code: ExitCode = Exit.error) {
    self.init(lines: lines, code: code)
  }

  init(lines: [String], code: ExitCode = Exit.error) {
    self.lines = lines
    self.code = code
    text = DisplayText(lines: lines)
    isOfLines = true
  }

  /// Of a text with errors, and of warnings beside them.
  ///
  /// - Parameter text: All of them as they are shown.
  init(_ text: DisplayText, _ diagnostics: [Diagnostic], of source: SourceText) {
    self.init(text)
    finding = Finding(diagnostics: diagnostics, source: source)
  }

  /// Of what is made safe to show already.
  init(_ text: DisplayText) {
    self.text = text
    code = Exit.error
    lines = [text.description]
    isOfLines = false
  }

  /// The same in lines of at most so many columns, for a command whose report has no longer ones. A
  /// diagnostic stays as it is: it shows lines of a file.
  func wrapped(_ width: Int = 80) -> CommandFailure {
    guard isOfLines else { return self }
    var wrapped = self
    wrapped.text =
      lines.flatMap { DisplayText($0).wrapped(rest: "  ", width) }
      .joined(separator: "\n") + "\n"
    return wrapped
  }

  /// Says it on standard error, at a terminal in lines that break between words.
  func say() {
    Console.error(Console.errorIsTerminal ? wrapped(Console.errorWidth).text : text)
  }
}
