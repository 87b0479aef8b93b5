import Diagnostics

extension ShownAutomaton {
  /// The automaton in the form that the kernel's generator of monitors reads: tools/verification/rvgen, before
  /// Linux 6.17 tools/verification/dot2. It reads lines, not Graphviz: the nodes first, the initial one with
  /// a mark, final ones by their shape, then an arrow and the transitions. An event without a transition is
  /// none to it.
  package var dot: String {
    guard !states.isEmpty else { return "digraph state_automaton {\n}\n" }
    let initial = states[0].identifier
    let origin = ([origin.model] + self.origin.observed).joined(separator: ", ")
    var lines = [
      "digraph state_automaton {",
      "\t// \(DisplayText(origin)), by swapcheck automaton",
      "\tcenter = true;",
      "\tsize = \"7,11\";",
      "\t{node [shape = plaintext, style=invis, label=\"\"] \"__init_\(initial)\"};",
    ]
    for state in states {
      let shape = state.isFinal ? "doublecircle" : "circle"
      lines.append("\t{node [shape = \(shape)] \"\(state.identifier)\"};")
    }
    lines.append("\t\"__init_\(initial)\" -> \"\(initial)\";")
    for state in states {
      let color = state.identifier == initial ? ", color = green3" : ""
      lines.append("\t\"\(state.identifier)\" [label = \"\(state.identifier)\"\(color)];")
      for (next, events) in grouped(state) {
        let label = events.map { self.events[$0].identifier }.joined(separator: "\\n")
        lines.append(
          "\t\"\(state.identifier)\" -> \"\(states[next].identifier)\" [ label = \"\(label)\" ];")
      }
    }
    lines += ["\t{ rank = min ;", "\t\t\"__init_\(initial)\";", "\t\t\"\(initial)\";", "\t}", "}"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The transitions of a state by where they lead.
  func grouped(_ state: State) -> [(next: Int, events: [Int])] {
    Dictionary(grouping: state.transitions, by: \.next)
      .map { (next: $0.key, events: $0.value.map(\.event)) }.sorted { $0.next < $1.next }
  }
}
