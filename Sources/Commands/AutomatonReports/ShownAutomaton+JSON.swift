package import Diagnostics

extension ShownAutomaton {
  /// The version of the JSON document.
  package static let formatVersion = 1

  package var json: JSONValue {
    .document(
      "automaton", version: Self.formatVersion,
      [
        ("model", .string(origin.model)),
        ("constants", .object(origin.constants.map { ($0.name, .string($0.value)) })),
        ("observed", .array(origin.observed.map { .string($0) })),
        (
          "figures",
          .object([
            ("modelStates", .number(origin.modelStateCount)), ("sets", .number(origin.setCount)),
            ("states", .number(states.count)), ("transitions", .number(transitionCount)),
          ])
        ),
        (
          "events",
          .array(
            events.map {
              .object([("name", .string($0.name)), ("identifier", .string($0.identifier))])
            })
        ),
        ("initial", states.first.map { .string($0.identifier) } ?? .null),
        ("states", .array(states.map(json))),
        ("remarks", .array(remarks.map { .string($0) })),
      ])
  }

  private func json(_ state: State) -> JSONValue {
    .object([
      ("name", .string(state.identifier)), ("final", .bool(state.isFinal)),
      (
        "transitions",
        .array(
          state.transitions.map { event, next in
            .object([
              ("event", .string(events[event].identifier)),
              ("to", .string(states[next].identifier)),
            ])
          })
      ),
    ])
  }
}
