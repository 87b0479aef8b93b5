import Evaluation
import PathConditions
import Trace
import TransitionSystem

// Properties for all that the symbolic constants can be in a state.

extension InterpreterGenerator {
  /// What a property is for some of the symbolic constants.
  enum Outcome {
    /// Nil where an assumption within a function fails.
    case value(Int64?)
    case violation(Violation.Kind)
  }

  /// Evaluates the properties in the interpreter's state for all that the symbolic constants can
  /// be.
  func inspectOutcomes(into inspection: inout Inspection) {
    for instance in properties.assumptions {
      for outcome in outcomes(of: instance) {
        switch outcome.result {
        case .violation(let kind):
          inspection.violation = kind
          return
        case .value(nil), .value(0):
          // For symbolic constants under which the step that led here was not assumed away.
          if stepAssumptions.contains(instance) { continue }
          inspection.isDiscarded = true
          return
        case .value: break
        }
      }
    }
    for instance in properties.invariants {
      for outcome in outcomes(of: instance) {
        switch outcome.result {
        case .violation(let kind):
          inspection.violation = kind
          return
        case .value(0):
          inspection.violation = .invariant(
            property: instance.property, bindings: instance.bindings)
          return
        case .value: break
        }
      }
    }
    for instance in properties.covers {
      var isHit = false
      for outcome in outcomes(of: instance) {
        switch outcome.result {
        case .violation(let kind):
          inspection.violation = kind
          return
        case .value(let value): isHit = isHit || value ?? 0 != 0
        }
      }
      if isHit, let cover = system.properties[instance.property].cover {
        inspection.coversHit.append(cover)
      }
    }
    for instance in properties.liveness {
      var holds = true
      for outcome in outcomes(of: instance) {
        switch outcome.result {
        case .violation(let kind):
          inspection.violation = kind
          return
        case .value(let value): holds = holds && value ?? 0 != 0
        }
      }
      inspection.livenessHolds.append(holds)
    }
    for (position, instance) in properties.measures.enumerated() {
      if system.properties[instance.property].isAddress {
        guard measureAddress(instance, position, into: &inspection) else { return }
        continue
      }
      for outcome in outcomes(of: instance) {
        switch outcome.result {
        case .violation(let kind):
          inspection.violation = kind
          return
        case .value(let value?): inspection.outcomeMeasures.append((position, value))
        case .value(nil): break
        }
      }
    }
    vacuity.check(with: interpreter, paths, from: pathOfInterpreter)
  }

  /// Both ends of what an address can be in the interpreter's state.
  ///
  /// - Returns: False where evaluating it goes wrong, which is then the violation.
  private func measureAddress(
    _ instance: PropertyInstance, _ position: Int, into inspection: inout Inspection
  ) -> Bool {
    var violation: Violation.Kind?
    forEachOutcome(of: instance) { path, result in
      switch result {
      case .violation(let kind): violation = violation ?? kind
      case .value(nil): break
      case .value(let term?):
        for end in [PathConditions.End.least, .greatest] {
          if let value = paths?.extreme(end, of: term, path, measure: position) {
            inspection.outcomeMeasures.append((position, value))
          }
        }
      }
    }
    if let violation { inspection.violation = violation }
    return violation == nil
  }

  /// The path condition of the interpreter's state.
  var pathOfInterpreter: Int {
    system.pathSlot.map { Int(interpreter.slots[$0]) } ?? 0
  }

  /// What a property is in the interpreter's state, for all that the symbolic constants can be.
  func outcomes(of instance: PropertyInstance) -> [(path: Int, result: Outcome)] {
    var outcomes: [(path: Int, result: Outcome)] = []
    forEachOutcome(of: instance) { outcomes.append(($0, $1)) }
    return outcomes
  }

  private func forEachOutcome(
    of instance: PropertyInstance, _ use: (_ path: Int, _ result: Outcome) -> Void
  ) {
    guard let paths else { return }
    self.paths.forEachOutcome(from: pathOfInterpreter) {
      do throws(Interruption) {
        let value = try interpreter.evaluate(
          system.properties[instance.property], instance.bindings)
        use(paths.current, .value(value))
      } catch {
        if case .undecided(let reason) = error.cause { return paths.fail(reason) }
        let failure = Violation.Failure(
          error, in: .property(instance.property, bindings: instance.bindings))
        use(paths.current, failure.map { .violation(.interruption($0)) } ?? .value(nil))
      }
    }
  }
}
