import Trace

/// A run as text.
struct TraceText {
  let wording: Wording

  /// Numbered steps: the first with the whole state, the others with what changed.
  func steps(of execution: Execution, indent: String) -> String {
    var text = ""
    var previous: [(name: String, value: String)] = []
    for (number, step) in execution.steps.enumerated() {
      text += "\(indent)\(number + 1). \(wording.rule(step.instance, isStart: number == 0))\n"
      let values = wording.values(of: step.slots)
      for (slot, entry) in values.enumerated() {
        if number > 0, previous[slot].value == entry.value { continue }
        if number == 0, entry.value == "undefined" { continue }
        text += "\(indent)     \(entry.name) = \(entry.value)\n"
      }
      for line in step.output.split(separator: "\n") { text += "\(indent)     put: \(line)\n" }
      previous = values
    }
    return text
  }
}
