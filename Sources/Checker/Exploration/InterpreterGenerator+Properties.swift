package import Evaluation
import Packing
import PathConditions
import Trace
import TransitionSystem

// What the properties are in a state: once, or once for each case that its layouts fall into.

extension InterpreterGenerator {
  /// What a property is in one case.
  enum Outcome {
    /// Nil where an assumption within a function fails.
    case value(Int64?)
    case violation(Violation.Kind)
  }

  package func inspect(
    _ state: UnsafePointer<UInt64>, into inspection: inout Inspection
  ) throws(Undecided) {
    inspection.removeAll()
    packing.decode(state, into: interpreter.slots)
    for kind in Property.Kind.inOrderOfEvaluation {
      for (number, instance) in properties[kind].enumerated() {
        try inspect(instance, number, kind, into: &inspection)
        if inspection.isDiscarded || inspection.violation != nil { return }
      }
    }
    try vacuity.check(with: cases, from: pathOfInterpreter)
  }

  /// Evaluates an instance of a property in the interpreter's state, and notes what that comes to.
  ///
  /// - Parameter number: That of the instance among those of its kind.
  private func inspect(
    _ instance: PropertyInstance, _ number: Int, _ kind: Property.Kind,
    into inspection: inout Inspection
  ) throws(Undecided) {
    let meaning = kind.meaning
    var isTrue = meaning.combination == .all
    try forEachOutcome(of: instance) { (path, outcome) throws(Undecided) in
      switch outcome {
      case .violation(let kind): inspection.end(by: .violates(kind))
      case .value(nil) where !domain.hasCases: inspection.end(by: .discards)
      case .value(let value):
        let holds = value ?? 0 != 0
        switch meaning.combination {
        case .all: isTrue = isTrue && holds
        case .any: isTrue = isTrue || holds
        case .range: try measure(instance, number, value, path, into: &inspection)
        }
        if holds { return }
        switch meaning.failure {
        case .discards where !stepAssumptions.contains(instance): inspection.end(by: .discards)
        case .violates where value != nil:
          inspection.end(
            by: .violates(
              .invariant(property: instance.property, bindings: instance.bindings)))
        // A step that leads here was taken for the layouts for which the assumption holds.
        case .discards, .violates, .isNoted: break
        }
      }
    }
    switch kind {
    case .cover:
      if isTrue, let cover = system.properties[instance.property].cover {
        inspection.noteCover(cover)
      }
    case .liveness: if isTrue { inspection.noteLiveness(number) }
    case .assumption, .invariant, .measure: break
    }
  }

  /// Notes a value of a measure; of an address, both ends of what it can be.
  private func measure(
    _ instance: PropertyInstance, _ number: Int, _ value: Int64?, _ path: Int,
    into inspection: inout Inspection
  ) throws(Undecided) {
    guard let value else { return }
    guard system.properties[instance.property].isAddress else {
      inspection.noteMeasure(number, value)
      return
    }
    switch domain {
    case .numbers: inspection.noteMeasure(number, interpreter.measured(value))
    case .layouts(let paths):
      for end in [PathConditions.End.least, .greatest] {
        let extreme = try paths.extreme(end, of: value, path, measure: number)
        inspection.noteMeasure(number, extreme)
      }
    }
  }

  /// The path condition of the interpreter's state.
  var pathOfInterpreter: Int {
    system.pathSlot.map { Int(interpreter.slots[$0]) } ?? 0
  }

  /// What a property is in the interpreter's state, in each case with its path condition.
  func outcomes(
    of instance: PropertyInstance
  ) throws(Undecided) -> [(path: Int, result: Outcome)] {
    var outcomes: [(path: Int, result: Outcome)] = []
    try forEachOutcome(of: instance) { (path, result) throws(Undecided) in
      outcomes.append((path, result))
    }
    return outcomes
  }

  @inline(__always)
  private func forEachOutcome(
    of instance: PropertyInstance,
    _ use: (_ path: Int, _ result: Outcome) throws(Undecided) -> Void
  ) throws(Undecided) {
    try goOn()
    let property = system.properties[instance.property]
    try cases.forEach(from: pathOfInterpreter) { () throws(Undecided) in
      let outcome: Outcome
      do throws(Interruption) {
        outcome = .value(try interpreter.evaluate(property, instance.bindings))
      } catch {
        if case .undecided(let reason) = error.cause { throw reason }
        let failure = Violation.Failure(
          error, in: .property(instance.property, bindings: instance.bindings))
        outcome = failure.map { .violation(.interruption($0)) } ?? .value(nil)
      }
      try use(cases.path, outcome)
    }
  }
}
