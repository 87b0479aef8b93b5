import Diagnostics
import Evaluation
package import Exploration
import TransitionSystem

/// An error in words: that no start state is left, and which assumptions rule them out.
package struct StartStateLossText: Sendable {
  private let loss: StartStateLoss
  private let wording: Wording

  package init(_ loss: StartStateLoss, wording: Wording) {
    self.loss = loss
    self.wording = wording
  }

  /// The sentence, and a line for each cause.
  package var lines: [String] {
    let code = DiagnosticCode.noStartStateLeft.rawValue
    var lines = [
      "\(wording.source.path): error[\(code)]: no start state keeps to the assumptions: nothing was "
        + "checked"
    ]
    lines += loss.causes.map(line)
    if loss.unmadeCount > 0 {
      let count = Self.startStates(loss.unmadeCount)
      lines.append(
        "  \(count): an assumption within the start state, or what it is chosen from, is not met")
    }
    return lines
  }

  private func line(_ cause: StartStateLoss.Cause) -> String {
    let property = wording.system.properties[cause.property]
    var line =
      "  \(wording.location(property.span)): \"\(wording.property(cause.property, cause.bindings))\""
      + " rules out \(Self.startStates(cause.count))"
    guard let explanation = cause.explanation else { return line }
    let values = (explanation.bindings + explanation.values).map {
      "\(wording.source.text(of: $0.span)) = \($0.value)"
    }
    guard !values.isEmpty else { return line }
    line += loss.triedCount > 1 ? "; in \"\(wording.rule(cause.instance, isStart: true))\", " : ": "
    return line + values.joined(separator: ", ")
  }

  private static func startStates(_ count: Int) -> String {
    count == 1 ? "a start state" : "\(Wording.grouped(count)) start states"
  }
}
