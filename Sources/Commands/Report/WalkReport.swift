package import Diagnostics
import Evaluation
package import Exploration
package import Trace

/// A random walk, ready to be shown.
package struct WalkReport: Sendable {
  let wording: Wording
  let execution: Execution
  let end: RandomWalk.End
  /// With the text, this is all that it takes to walk the same way again.
  let seed: UInt64
  /// Whose meaning the model has; nil where that is not known.
  let meaning: MeaningText?

  /// - Parameter seed: What the walk was made from.
  package init(
    wording: Wording, execution: Execution, end: RandomWalk.End, seed: UInt64,
    meaning: MeaningText? = nil
  ) {
    self.meaning = meaning
    self.wording = wording
    self.execution = execution
    self.end = end
    self.seed = seed
  }

  /// The steps and what ended the walk, ending in a line break.
  package var text: DisplayText {
    let trace = TraceText(wording: wording)
    var steps: DisplayText = ""
    for patch in wording.source.patches { steps += "with \(patch)\n" }
    if let sentence = meaning?.sentence { steps += "\(sentence)\n" }
    steps += trace.layout(of: execution, indent: "") + trace.steps(of: execution, indent: "")
    switch end {
    case .steps:
      return steps + "\(stepCount) \(stepCount == 1 ? "step" : "steps") taken\n"
    case .stuck:
      return steps + "no rule leads on\n"
    case .undecided, .ended:
      return steps + "\(reason ?? "inconclusive")\n"
    case .violated(let violation):
      let counterexample = Counterexample(execution: execution, violation: violation)
      return steps + "violated: \(ViolationText(counterexample, wording).title)\n"
    }
  }

  /// Why it is inconclusive, if it is.
  var reason: String? {
    switch end {
    case .undecided(let reason): "inconclusive: \(reason.message)"
    case .ended(let limit): "inconclusive: \(Wording.limit(limit))"
    case .steps, .stuck, .violated: nil
    }
  }

  /// Steps behind the start state; 0 too where no start state was reached.
  var stepCount: Int { max(0, execution.steps.count - 1) }
}
