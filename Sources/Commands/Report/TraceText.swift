import Diagnostics
import Trace

/// A run as text.
struct TraceText {
  let wording: Wording

  /// The symbolic constants for which a run is shown.
  func layout(of execution: Execution, indent: DisplayText) -> DisplayText {
    let values = wording.symbolicValues(execution.valuation)
    guard !values.isEmpty else { return "" }
    return values.reduce(into: "\(indent)for the layout\n") { text, value in
      text += "\(indent)  \(value.name) = \(value.text)\n"
    }
  }

  /// Numbered steps: the first with the whole state, the others with what changed.
  func steps(of execution: Execution, indent: DisplayText) -> DisplayText {
    var text: DisplayText = ""
    var previous: [Int64]?
    for (number, step) in execution.steps.enumerated() {
      text += "\(indent)\(number + 1). \(wording.rule(step.instance, isStart: number == 0))\n"
      for entry in wording.changes(in: step.slots, since: previous) {
        if number == 0, entry.value == "undefined" { continue }
        text += "\(indent)     \(entry.name) = \(entry.value)\n"
      }
      for line in step.output.split(separator: "\n") { text += "\(indent)     put: \(line)\n" }
      previous = step.slots
    }
    return text
  }
}
