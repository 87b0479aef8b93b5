import ArgumentParser
import Diagnostics

/// Why something that a command was to do cannot be done. Whoever does several things says it and
/// goes on; otherwise it is said where the command ends.
struct CommandFailure: Error {
  /// A sentence, and places in lines of their own.
  let lines: [String]
  /// What is written; of a diagnostic, with the text that it is about.
  let text: DisplayText
  let code: ExitCode

  init(_ lines: String..., code: ExitCode = Exit.error) {
    self.init(lines: lines, code: code)
  }

  init(lines: [String], code: ExitCode = Exit.error) {
    self.lines = lines
    self.code = code
    text = DisplayText(lines: lines)
  }

  /// Of what is made safe to show already.
  init(_ text: DisplayText) {
    self.text = text
    code = Exit.error
    lines = [text.description]
  }

  /// Says it on standard error.
  func say() { Console.error(text) }
}
