/// Where two runs part.
package struct RunDivergence: Sendable, Hashable {
  /// Steps at the beginning that both take, with the same states.
  package let commonCount: Int
  /// What comes then, if anything does.
  package let next: ShownRun.Step?
  package let otherNext: ShownRun.Step?
  /// Where the step behind the common ones is the same rule, the places that it leaves with other
  /// values, with those of both.
  package let differences: [Difference]

  /// A place with its value in each run.
  package struct Difference: Sendable, Hashable {
    package let place: String
    package let value: String
    package let other: String
  }

  /// Compares two runs by names, so that they may be of two versions of a model.
  package init(_ run: ShownRun, _ other: ShownRun) {
    var state: [String: String] = [:]
    var otherState: [String: String] = [:]
    var number = 0
    while number < run.steps.count, number < other.steps.count {
      let (step, otherStep) = (run.steps[number], other.steps[number])
      Self.take(step, of: run, &state)
      Self.take(otherStep, of: other, &otherState)
      guard Self.isSame(step, otherStep), state == otherState else { break }
      number += 1
    }
    commonCount = number
    next = run.steps.indices.contains(number) ? run.steps[number] : nil
    otherNext = other.steps.indices.contains(number) ? other.steps[number] : nil
    guard let next, let otherNext, Self.isSame(next, otherNext) else {
      differences = []
      return
    }
    let names = Set(state.keys).union(otherState.keys).sorted()
    differences = names.compactMap { name in
      let (value, other) = (
        state[name] ?? ShownRun.undefined, otherState[name] ?? ShownRun.undefined
      )
      return value == other ? nil : Difference(place: name, value: value, other: other)
    }
  }

  /// Whether the runs are the same to the end.
  package var isNone: Bool { next == nil && otherNext == nil }

  private static func take(
    _ step: ShownRun.Step, of run: ShownRun, _ state: inout [String: String]
  ) {
    for change in step.changes { state[run.places[change.place].name] = change.new }
  }

  private static func isSame(_ one: ShownRun.Step, _ other: ShownRun.Step) -> Bool {
    one.rule == other.rule && one.parameters == other.parameters && one.fails == other.fails
  }
}
