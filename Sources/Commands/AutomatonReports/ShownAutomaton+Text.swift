package import Diagnostics
import Report

extension ShownAutomaton {
  /// States that a short text has.
  private static let shortStateCount = 40

  /// - Parameter isWhole: All states, in place of the first ones.
  package func text(isWhole: Bool) -> DisplayText {
    var lines: [DisplayText] = [
      "\(origin.model): \(count(states.count, "state")), \(count(events.count, "event")), \(count(transitionCount, "transition"))",
      "  of \(count(origin.modelStateCount, "state")) of the model in \(count(origin.setCount, "set"))",
    ]
    lines += origin.observed.map { "  \($0)" }
    lines += remarks.map { "note: \($0)" }
    let shown = isWhole ? states.count : min(states.count, Self.shortStateCount)
    let width =
      states.prefix(shown).flatMap(\.transitions)
      .map { events[$0.event].name.count }.max() ?? 0
    for (number, state) in states.prefix(shown).enumerated() {
      var marks: [DisplayText] = number == 0 ? ["initial"] : []
      if hasFinals, state.isFinal { marks.append("final") }
      if state.transitions.isEmpty { marks.append("nothing follows") }
      lines += [
        "",
        "\(state.identifier)"
          + (marks.isEmpty ? "" : " (" + marks.joined(separator: ", ") + ")" as DisplayText),
      ]
      for (event, next) in state.transitions {
        let name = events[event].name
        let padding = String(repeating: " ", count: max(0, min(width, 44) - name.count))
        lines.append("  \(name)\(padding) -> \(states[next].identifier)")
      }
    }
    if shown < states.count {
      lines += ["", "… and \(count(states.count - shown, "state")) more: --verbose has all"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func count(_ number: Int, _ what: DisplayText) -> DisplayText {
    "\(Wording.grouped(number)) \(what)\(number == 1 ? "" : "s")"
  }
}
