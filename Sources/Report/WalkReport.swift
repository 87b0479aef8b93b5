public import Exploration
public import Trace

/// A random walk, ready to be shown.
public struct WalkReport: Sendable {
  private let wording: Wording
  private let execution: Execution
  private let end: RandomWalk.End

  public init(wording: Wording, execution: Execution, end: RandomWalk.End) {
    self.wording = wording
    self.execution = execution
    self.end = end
  }

  /// The steps and what ended the walk, ending in a line break.
  public var text: String {
    let steps = TraceText(wording: wording).steps(of: execution, indent: "")
    switch end {
    case .steps:
      return steps + "\(execution.steps.count - 1) steps taken\n"
    case .stuck:
      return steps + "no rule leads on\n"
    case .violated(let violation):
      let counterexample = Counterexample(execution: execution, violation: violation)
      return steps + "violated: \(ViolationText(counterexample, wording).title)\n"
    }
  }
}
