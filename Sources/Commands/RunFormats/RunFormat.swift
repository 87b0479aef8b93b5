import Diagnostics
package import Runs

/// The forms in which a run is written. Another one is a case, and a type that writes it.
package enum RunFormat: String, Sendable, CaseIterable {
  /// For a terminal.
  case text
  /// The file of a kept run, which `swapcheck trace` reads.
  case json

  /// The run as a text that another program, or a person, reads; ends in a line break.
  ///
  /// - Parameter width: Characters of a line, for forms that have lines for people.
  package func write(_ run: ShownRun, width: Int = 80) -> String {
    switch self {
    case .text:
      RunText(run, width: width).lines(indent: "").map { $0.description + "\n" }.joined()
    case .json: run.document.text + "\n"
    }
  }
}
