import Diagnostics
package import Runs

/// The forms in which a run is written. Another one is a case, and a type that writes it.
package enum RunFormat: String, Sendable, CaseIterable {
  /// For a terminal.
  case text
  /// The file of a kept run, which `swapcheck trace` reads.
  case json
  /// For a mailing list: a ladder in 72 columns of ASCII.
  case mail
  /// The Informal Trace Format of Apalache.
  case itf
  /// A sequence diagram of Mermaid.
  case mermaid
  /// A trace of Chrome, which Perfetto opens.
  case chrome
  /// One picture.
  case svg
  /// A page that works without a network.
  case html

  /// What the name of a file of this form ends in; where two fit, the longer one counts.
  package var ending: String {
    switch self {
    case .text: ".txt"
    case .json: ".json"
    case .mail: ".mail.txt"
    case .itf: ".itf.json"
    case .mermaid: ".mmd"
    case .chrome: ".trace.json"
    case .svg: ".svg"
    case .html: ".html"
    }
  }

  /// The form that a file's name says; nil where it says none.
  package init?(path: String) {
    let fitting = Self.allCases.filter { path.hasSuffix($0.ending) }
    guard let form = fitting.max(by: { $0.ending.count < $1.ending.count }) else { return nil }
    self = form
  }

  /// The run as a text that another program, or a person, reads; ends in a line break.
  ///
  /// - Parameter width: Characters of a line, for forms that have lines for people.
  package func write(_ run: ShownRun, width: Int = 80) -> String {
    switch self {
    case .text: RunText(run, width: width).document.description
    case .json: run.document.text + "\n"
    case .mail: MailLadder(run).text
    case .itf: InformalTrace(run).text
    case .mermaid: MermaidDiagram(run).text
    case .chrome: ChromeTrace(run).text
    case .svg: RunSVG(run).text
    case .html: RunPage(run).text
    }
  }
}
