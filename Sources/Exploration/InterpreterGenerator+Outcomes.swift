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

  /// The path condition of the interpreter's state.
  var pathOfInterpreter: Int {
    system.pathSlot.map { Int(interpreter.slots[$0]) } ?? 0
  }

  /// What a property is in the interpreter's state, for all that the symbolic constants can be.
  func outcomes(of instance: PropertyInstance) -> [(path: Int, result: Outcome)] {
    guard let paths else { return [] }
    var outcomes: [(path: Int, result: Outcome)] = []
    self.paths.forEachOutcome(from: pathOfInterpreter) {
      do throws(Interruption) {
        let value = try interpreter.evaluate(
          system.properties[instance.property], instance.bindings)
        outcomes.append((paths.current, .value(value)))
      } catch {
        if case .undecided(let reason) = error.cause { return paths.fail(reason) }
        let failure = Violation.Failure(
          error, in: .property(instance.property, bindings: instance.bindings))
        outcomes.append(
          (paths.current, failure.map { .violation(.interruption($0)) } ?? .value(nil)))
      }
    }
    return outcomes
  }
}
