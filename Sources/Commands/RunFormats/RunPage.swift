import Diagnostics
import FoundationEssentials
import Runs

/// A run as a page that works without a network: everything is in one file, and its policy lets nothing
/// else in.
struct RunPage {
  let run: ShownRun

  init(_ run: ShownRun) { self.run = run }

  var text: String {
    let script = [PageFiles.page, PageFiles.view, PageFiles.run].joined(separator: "\n")
    let style = [PageFiles.style, PageFiles.viewStyle, PageFiles.runStyle].joined(separator: "\n")
    let parts = [
      "policy": Self.policy(script: script, style: style),
      "title": Markup.escaped("\(run.model): \(run.finding?.message ?? "a run")"),
      "style": style,
      "data": PageData(run).json,
      "script": script,
    ]
    // What is put in is not looked at again: it may hold what looks like a mark.
    return PageFiles.frame.split(separator: "{{", omittingEmptySubsequences: false)
      .enumerated().map { position, piece in
        guard position > 0, let end = piece.firstRange(of: "}}") else { return String(piece) }
        return (parts[String(piece[..<end.lowerBound])] ?? "") + piece[end.upperBound...]
      }.joined()
  }

  /// Only the style and the script that are in the page; no network, no frames, no forms.
  private static func policy(script: String, style: String) -> String {
    func source(_ text: String) -> String {
      "'sha256-\(Data(SHA256.hash(text)).base64EncodedString())'"
    }
    return "default-src 'none'; script-src \(source(script)); style-src \(source(style)); "
      + "base-uri 'none'; form-action 'none'"
  }
}
