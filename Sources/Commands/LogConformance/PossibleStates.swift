import Report
import RunFormats
import Runs
import Trace
import TransitionSystem

/// The states that are possible, said at once: what all have in common, and what differs.
struct PossibleStates {
  /// Such as `moving[*] = RESTS but [cpu_t_1] = UP`.
  let sentences: [String]

  /// Values of one place that are listed.
  private static let mostValues = 3

  init(_ states: [[Int64]], _ wording: Wording) {
    let shown = ShownRuns(wording)
    var places: [ShownPlace] = []
    var values: [Int: [String]] = [:]
    for state in states {
      let step = Execution.Step(instance: RuleInstance(rule: 0, bindings: []), slots: state)
      let run = shown.run(Execution(steps: [step]))
      places = run.places
      run.forEachState { _, _, state in
        for (place, value) in state.enumerated() where !(values[place] ?? []).contains(value) {
          values[place, default: []].append(value)
        }
      }
    }
    let words = values.mapValues { values in
      values.count <= Self.mostValues
        ? values.joined(separator: " or ") : "one of \(values.count) values"
    }
    sentences = FoldedPlaces(places).sentences(words, joint: " = ").map(\.text)
  }
}
