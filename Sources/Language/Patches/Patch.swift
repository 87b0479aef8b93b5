package import Diagnostics

/// A change of one file, as `git diff` writes it: a unified diff, and in front of it the text that
/// says why (GNU diffutils manual, "Detailed Description of Unified Format").
package struct Patch: Sendable {
  /// The text of the patch; spans of its errors are places in it.
  package let source: SourceText

  /// The lines in front of the diff, from 1.
  package let message: Range<Int>

  /// The file that is changed, as the patch names it, without `a/` and `b/`.
  package let path: String

  /// At least one, in the order of the file.
  let hunks: [Hunk]

  /// The lines of the message.
  package var messageLines: [String] { message.map(source.line) }
}

/// A place of the file that is changed, with the lines around it.
struct Hunk: Sendable {
  /// Where its head, `@@ -3,7 +3,6 @@`, stands in the patch.
  let head: SourceSpan
  /// The number of its first line in the file before the change, from 1.
  let firstOldLine: Int
  let lines: [Line]

  struct Line: Sendable {
    enum Kind: Sendable {
      case context
      case removed
      case added
    }

    let kind: Kind
    /// The line in the file, with its line break if it has one.
    let bytes: ArraySlice<UInt8>
    /// Where it stands in the patch.
    let span: SourceSpan

    var isOld: Bool { kind != .added }
    var endsInLineBreak: Bool { bytes.last == UInt8(ascii: "\n") }
  }

  /// What has to stand in the file: context and what goes.
  var oldLines: [Line] { lines.filter(\.isOld) }
}

/// Why a patch cannot be read or does not fit.
package struct PatchError: Error {
  /// A place in the patch, and what is wrong there.
  package let diagnostic: Diagnostic
  package let patch: SourceText
  /// What stands in the file instead: a place in its text.
  package let found: (text: SourceText, span: SourceSpan)?

  init(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, in patch: SourceText,
    found: (text: SourceText, span: SourceSpan)? = nil, hint: String? = nil
  ) {
    diagnostic = Diagnostic(code, message, at: span, hint: hint)
    self.patch = patch
    self.found = found
  }

  /// The message with its place, and the place in the file, each with its line.
  package func rendered(
    by renderer: DiagnosticRenderer = DiagnosticRenderer()
  ) -> DisplayText {
    var text = renderer.render(diagnostic, of: patch)
    if let found {
      text += "  \(renderer.location(of: found.span, in: found.text)) has\n"
      text += renderer.excerpt(of: found.span, in: found.text, mark: "-", note: nil)
    }
    return text
  }
}
