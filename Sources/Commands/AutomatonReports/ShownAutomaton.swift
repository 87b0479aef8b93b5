package import Automata

/// What is shown of an automaton: names for its states and events, and what it is the automaton of.
package struct ShownAutomaton: Sendable {
  package struct Event: Sendable {
    /// As the map or the model has it.
    package let name: String
    /// As C takes it.
    package let identifier: String
  }

  package struct State: Sendable {
    /// The first one is `start`; others are called after the event that they are first met behind.
    package let identifier: String
    package let isFinal: Bool
    /// In the order of the events.
    package let transitions: [(event: Int, next: Int)]
  }

  /// What the automaton is made of.
  package struct Origin: Sendable {
    /// Its path.
    package var model: String
    package var constants: [(name: String, value: String)]
    /// What was observed, in words.
    package var observed: [String]
    package var setCount: Int
    package var modelStateCount: Int
    /// Where something is violated in a state of the model: what.
    package var violation: String?

    package init(
      model: String, constants: [(name: String, value: String)], observed: [String],
      setCount: Int, modelStateCount: Int, violation: String? = nil
    ) {
      (self.model, self.constants, self.observed) = (model, constants, observed)
      (self.setCount, self.modelStateCount) = (setCount, modelStateCount)
      self.violation = violation
    }
  }

  package let origin: Origin
  package let events: [Event]
  package let states: [State]

  /// - Parameter names: Of the symbols.
  package init(_ automaton: DeterministicAutomaton, names: [String], origin: Origin) {
    self.origin = origin
    var identifiers = MonitorNames()
    let events = names.map { Event(name: $0, identifier: identifiers.name(for: $0)) }
    self.events = events
    let firsts = Self.firstEvents(automaton)
    states = firsts.indices.map { state in
      let name = firsts[state].map { "after_\(events[$0].identifier)" } ?? "start"
      return State(
        identifier: identifiers.name(for: name), isFinal: automaton.isFinal[state],
        transitions: automaton.transitions(from: state).map { (event: $0.symbol, next: $0.next) })
    }
  }

  /// For each state, the last event of a shortest word that leads there.
  private static func firstEvents(_ automaton: DeterministicAutomaton) -> [Int?] {
    var firsts = [Int?](repeating: nil, count: automaton.stateCount)
    var order = automaton.stateCount == 0 ? [] : [0]
    var known = Set(order)
    var position = 0
    while position < order.count {
      for (symbol, next) in automaton.transitions(from: order[position])
      where known.insert(next).inserted {
        firsts[next] = symbol
        order.append(next)
      }
      position += 1
    }
    return firsts
  }

  package var transitionCount: Int { states.reduce(0) { $0 + $1.transitions.count } }

  /// Whether there is a word that is no whole one.
  package var hasFinals: Bool { states.contains { !$0.isFinal } }

  /// What a reader should know before the automaton is made use of, a sentence each.
  package var remarks: [String] {
    var remarks: [String] = []
    if let violation = origin.violation {
      remarks.append("in the model \(violation); the automaton has the runs behind that, too")
    }
    if !states.contains(where: \.isFinal) {
      remarks.append("no state is final: what is to hold at the end never does")
    }
    let used = Set(states.flatMap { $0.transitions.map(\.event) })
    for (number, event) in events.enumerated() where !used.contains(number) {
      remarks.append("`\(event.name)` never comes")
    }
    return remarks
  }
}
