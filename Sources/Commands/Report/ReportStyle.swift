/// How a report is to be shown as text.
package struct ReportStyle: Sendable {
  package var usesColor = false
  /// Columns of a line.
  package var width = 80
  /// Whether somebody looks at it, rather than a program.
  package var isTerminal = false
  /// Lines of a screen: after more than these the verdict is said again.
  package var height = 24
  package var detail = Detail.brief
  package var runs = Runs.none

  package enum Detail: Sendable, Hashable {
    /// The verdict.
    case verdict
    /// What fits on half a screen, where nothing is wrong.
    case brief
    /// All that is known.
    case full
  }

  /// For which measures the runs to its ends are shown.
  package enum Runs: Sendable, Hashable {
    case none
    case all
    /// Those of these names.
    case named([String])

    func contains(_ measure: String) -> Bool {
      switch self {
      case .none: false
      case .all: true
      case .named(let names): names.contains(measure)
      }
    }
  }

  package init() {}
}
