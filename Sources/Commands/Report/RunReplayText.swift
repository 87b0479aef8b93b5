import Diagnostics
package import Evaluation
import Runs
import Trace
import TransitionSystem

/// A replay in words.
package struct RunReplayText {
  /// How far the run goes through, and why no farther, in one sentence.
  package let message: String
  /// Of a step that is not enabled: what its guard consists of.
  package let parts: [ConditionPart]
  /// Where values first differ from those that were kept; nil where they do not.
  package let difference: String?
  /// Whether all steps go through, or the last one fails, and what was kept is at the end.
  package let isComplete: Bool

  package init(_ replay: RunReplay, _ wording: Wording) {
    difference = replay.difference.map {
      "after step \($0.step + 1), \($0.place) is \($0.now), and it was \($0.kept)"
    }
    switch replay.end {
    case .taken:
      message = "all \(replay.execution.steps.count) steps go through" + Self.behind(replay.loss)
      (parts, isComplete) = ([], replay.loss == nil)
    case .fails(let instance, let cause):
      let rule = wording.rule(instance, isStart: replay.execution.steps.isEmpty)
      message =
        replay.loss.map { "the last step, \"\(rule)\", fails for another reason: \($0)" }
        ?? "the last step, \"\(rule)\", fails as it did: \(cause.message)"
      (parts, isComplete) = ([], replay.loss == nil)
    case .stopped(let step, let obstacle):
      message =
        "step \(step + 1) does not go through: "
        + Self.words(for: obstacle, wording, isStart: step == 0)
      if case .notEnabled(_, let parts) = obstacle { self.parts = parts } else { parts = [] }
      isComplete = false
    }
  }

  private static func behind(_ loss: String?) -> String { loss.map { ", but \($0)" } ?? "" }

  private static func words(
    for obstacle: RunReplay.Obstacle, _ wording: Wording, isStart: Bool
  ) -> String {
    func rule(_ instance: RuleInstance) -> String {
      "\"\(wording.rule(instance, isStart: isStart))\""
    }
    switch obstacle {
    case .unknownRule(let name): return "the model has no rule \"\(name)\""
    case .unknownParameters(let words):
      let list = words.parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
      return "\"\(words.rule)\" cannot be taken for \(list.isEmpty ? "no parameters" : list)"
    case .notEnabled(let instance, let parts):
      let lacking = parts.first { $0.truth != .holds }
      let place = lacking.map {
        ", because `\(wording.source.text(of: $0.span))` at \(wording.location($0.span)) does not hold"
      }
      return "\(rule(instance)) is not enabled\(place ?? "")"
    case .outranked(let instance):
      return "\(rule(instance)) waits for a rule of a higher priority"
    case .discarded(let instance): return "an assumption discards where \(rule(instance)) leads to"
    case .fails(let instance, let cause): return "\(rule(instance)) fails: \(cause.message)"
    }
  }
}

extension Interruption.Cause {
  /// What went wrong, as a clause.
  package var message: String {
    switch self {
    case .assumptionFailed: "an assumption fails"
    case .assertionFailed(let message): "assertion \"\(message)\" does not hold"
    case .errorStatement(let message): "error \"\(message)\""
    case .runtimeError(let error): error.message
    case .undecided(let reason): reason.message
    }
  }
}
