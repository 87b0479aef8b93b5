import Checking
package import Diagnostics
import Exploration
import RunFormats
package import Runs
import Trace
import TransitionSystem

/// A random walk, ready to be shown: all of its steps.
package struct WalkReport: Sendable {
  let check: CheckReport
  /// With the text, this is all that it takes to walk the same way again.
  let seed: Int

  /// - Parameters:
  ///   - check: What the walk found.
  ///   - seed: What it was made from.
  package init(_ check: CheckReport, seed: Int) {
    self.check = check
    self.seed = seed
  }

  var wording: Wording { check.wording }

  private var execution: Execution { check.finding.run ?? Execution(steps: []) }

  /// The run: of a violation up to it.
  package var run: ShownRun { check.counterexampleRun ?? check.shown.run(execution) }

  /// The steps and what ended the walk, ending in a line break.
  package func text(_ style: ReportStyle = ReportStyle()) -> DisplayText {
    var steps: DisplayText = ""
    for patch in wording.source.patches { steps += "with \(patch)\n" }
    if let sentence = check.meaning?.sentence { steps += "\(sentence)\n" }
    steps += RunText(run, width: style.width, usesColor: style.usesColor).lines(indent: "").map {
      $0 + "\n"
    }.joined()
    switch end {
    case .steps: return steps + "\(stepCount) \(stepCount == 1 ? "step" : "steps") taken\n"
    case .stuck: return steps + "no rule leads on\n"
    case .undecided, .limit, .violated:
      let line = DisplayText(check.headline)
      let lines = style.isTerminal ? line.wrapped(rest: "  ", style.width) : [line]
      return steps + lines.joined(separator: "\n") + "\n"
    }
  }

  /// What ended the walk, in one word.
  package enum End: String, Sendable {
    case steps
    case stuck
    case undecided
    case limit
    case violated
  }

  package var end: End {
    switch check.outcome.verdict {
    case .violated: .violated
    case .inconclusive(.steps), .holds: .steps
    case .inconclusive(.stuck): .stuck
    case .inconclusive(.undecided): .undecided
    case .inconclusive: .limit
    }
  }

  /// Why it is inconclusive, if it is.
  var reason: String? { end == .undecided || end == .limit ? check.headline : nil }

  /// Steps behind the start state; 0 too where no start state was reached.
  var stepCount: Int { max(0, execution.steps.count - 1) }
}
