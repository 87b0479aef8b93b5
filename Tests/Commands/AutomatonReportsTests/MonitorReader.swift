/// An automaton as the kernel's generator of monitors reads it, by its rules: lines and words of them, and
/// nothing of Graphviz (tools/verification/rvgen/rvgen/automata.py of Linux 7.2).
struct MonitorReader: Equatable {
  var states: [String] = []
  var initial = ""
  var finals: [String] = []
  /// By state and event.
  var function: [String: [String: String]] = [:]
  var events: [String] = []

  enum Complaint: Error { case noDigraph, noNodes, noInitial, noTransitions }

  init(_ dot: String) throws {
    let lines = dot.split(separator: "\n", omittingEmptySubsequences: false).map { words(of: $0) }
    guard lines[0].count >= 2, lines[0][0] == "digraph", lines[0][1] == "state_automaton" else {
      throw Complaint.noDigraph
    }
    guard let first = lines.firstIndex(where: { $0.first == "{node" }) else {
      throw Complaint.noNodes
    }
    var position = first
    var found: Set<String> = []
    while position < lines.count, lines[position].first == "{node" {
      let name = plain(lines[position].last ?? "")
      if name.hasPrefix("__init_") {
        initial = String(name.dropFirst(7))
      } else {
        found.insert(name)
        if lines[position].contains(where: { $0.contains("doublecircle") || $0.contains("ellipse") }
        ) {
          finals.append(name)
        }
      }
      position += 1
    }
    guard found.remove(initial) != nil else { throw Complaint.noInitial }
    states = [initial] + found.sorted()
    if finals.isEmpty { finals = [initial] }
    // The line with the arrow to the initial state.
    position += 1
    guard position < lines.count else { throw Complaint.noTransitions }
    var events: Set<String> = []
    while position < lines.count, lines[position].first?.hasPrefix("\"") == true {
      let line = lines[position]
      position += 1
      guard line.count > 2, line[1] == "->", let label = line.firstIndex(of: "label") else {
        continue
      }
      let names = plain(line[(label + 2)..<(line.count - 1)].joined())
      for event in names.components("\\n") {
        events.insert(event)
        function[plain(line[0]), default: [:]][event] = plain(line[2])
      }
    }
    self.events = events.sorted()
  }

  /// What is to be known of a monitor, a line each.
  var text: String {
    var lines = [
      "states: \(states.joined(separator: " "))", "events: \(events.joined(separator: " "))",
      "initial: \(initial)",
      "final: \(states.filter { finals.contains($0) }.joined(separator: " "))",
    ]
    for state in states {
      let row = events.compactMap { event in function[state]?[event].map { "\(event)=\($0)" } }
      lines.append("\(state): \(row.joined(separator: " "))")
    }
    return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }.joined(separator: "\n")
      + "\n"
  }
}

private func words(of line: Substring) -> [String] {
  line.split { $0 == " " || $0 == "\t" }.map(String.init)
}

private func plain(_ word: String) -> String {
  word.components("\"").joined().components("};").joined().components(",").joined(separator: "_")
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
