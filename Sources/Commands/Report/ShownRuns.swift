import Analysis
import Diagnostics
package import Runs
package import Trace
import TransitionSystem

/// Makes runs of a model into what is shown of them.
package struct ShownRuns {
  private let wording: Wording
  private let places: [ShownPlace]
  /// For each slot, the position of its place; -1 for one that is not shown.
  private let placeOfSlot: [Int]
  private let types: [ScalarType]

  /// Rules that the model is checked without.
  var absentRules: [String] = []
  /// How runs of the model are drawn.
  var picture: Picture?

  package init(_ wording: Wording) {
    self.wording = wording
    var places: [ShownPlace] = []
    var types: [ScalarType] = []
    var placeOfSlot: [Int] = []
    for variable in wording.system.variables {
      guard !variable.isHidden else {
        variable.type.forEachSlot { _ in placeOfSlot.append(-1) }
        continue
      }
      variable.type.forEachLeaf(named: variable.name) { name, type in
        placeOfSlot.append(places.count)
        places.append(ShownPlace(name: name, kind: Self.kind(of: type), type: type.name))
        types.append(type)
      }
    }
    (self.places, self.types, self.placeOfSlot) = (places, types, placeOfSlot)
  }

  private static func kind(of type: ScalarType) -> ShownPlace.Kind {
    switch type.kind {
    case .boolean: .boolean
    case .range, .multisetIndex, .address: .number
    case .enumeration, .scalarset, .union: .name
    }
  }

  /// A run that is shown for its own sake.
  package func run(_ execution: Execution) -> ShownRun { run(execution, failedStep: nil) }

  /// A run, with what goes wrong at its end.
  package func run(_ counterexample: Counterexample, _ text: ViolationText) -> ShownRun {
    var run = run(counterexample.execution, failedStep: counterexample.violation.failedStep)
    let isPlaced = text.span != .none
    run.finding = ShownRun.Finding(
      kind: text.category.rawValue, name: text.name, message: text.title,
      location: isPlaced ? wording.location(text.span) : nil,
      part: isPlaced ? wording.source.text(of: text.span) : nil,
      values: text.values.map { .init($0.text, $0.value) },
      reads: reads(of: counterexample.violation),
      notes: text.notes.map { note in
        .init(
          location: wording.location(note.span), part: wording.source.text(of: note.span),
          message: note.text)
      })
    return run
  }

  private func run(_ execution: Execution, failedStep: RuleInstance?) -> ShownRun {
    let system = wording.system
    var steps: [ShownRun.Step] = []
    var previous = [Int64](repeating: Slot.undefined, count: system.slotCount)
    for (number, step) in execution.steps.enumerated() {
      var shown = self.step(step.instance, isStart: number == 0)
      shown.changes = changes(from: previous, to: step.slots)
      shown.output = step.output.split(separator: "\n").map(String.init)
      steps.append(shown)
      previous = step.slots
    }
    if let failedStep {
      var shown = step(failedStep, isStart: steps.isEmpty)
      shown.fails = true
      steps.append(shown)
    }
    return ShownRun(
      model: wording.source.path, patches: wording.source.patches, without: absentRules,
      constants: system.constants.map { .init($0.name, $0.type.describe($0.value)) },
      layout: wording.symbolicValues(execution.valuation).map {
        .init(name: $0.name, value: "\($0.value)", text: $0.text)
      }, places: places, steps: steps, picture: picture)
  }

  private func step(_ instance: RuleInstance, isStart: Bool) -> ShownRun.Step {
    let rules = isStart ? wording.system.startStates : wording.system.rules
    let rule = rules[instance.rule]
    let line = wording.source.line(of: rule.span.start)
    return ShownRun.Step(
      actor: rule.actor, rule: rule.name,
      parameters: zip(rule.parameters, instance.bindings).map { parameter, value in
        .init(parameter.name, parameter.type.describe(value))
      }, location: "\(wording.source.path):\(line)")
  }

  /// Values that are told apart by their words alone are no change.
  private func changes(from old: [Int64], to new: [Int64]) -> [ShownRun.Change] {
    new.indices.compactMap { slot in
      let place = placeOfSlot[slot]
      guard place >= 0, old[slot] != new[slot] else { return nil }
      let (before, after) = (
        wording.describe(old[slot], types[place]), wording.describe(new[slot], types[place])
      )
      return before == after ? nil : ShownRun.Change(place: place, old: before, new: after)
    }
  }

  /// What a state has in each place that is shown, by the names of the places.
  package func values(of slots: [Int64]) -> [String: String] {
    var values: [String: String] = [:]
    for (slot, place) in placeOfSlot.enumerated() where place >= 0 {
      values[places[place].name] = wording.describe(slots[slot], types[place])
    }
    return values
  }

  /// What the property that is violated may read, from above.
  private func reads(of violation: Violation) -> [Int] {
    switch violation.kind {
    case .invariant(let property, let bindings), .liveness(let property, let bindings):
      let system = wording.system
      let footprint = Footprint(of: system.properties[property], bindings: bindings, in: system)
      return placeOfSlot.indices.filter { footprint.reads.contains($0) }
        .map { placeOfSlot[$0] }.filter { $0 >= 0 }
    case .deadlock, .interruption, .uncovered: return []
    }
  }
}
