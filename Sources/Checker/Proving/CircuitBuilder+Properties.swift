import SAT
import SMT
import Symbolic
import Trace
import TransitionSystem

extension CircuitBuilder {
  /// Instances of a property up to which each is a part of the circuit; of more one is chosen.
  private static let mostExpanded = 256

  /// What the properties say of a state, in the order in which a search looks at them: what discards it
  /// or is wrong ends that.
  mutating func properties(_ deadlock: DeadlockMode) throws(NotSymbolic) -> FiniteSystem.Properties
  {
    var goesOn = Wire.truth
    var isKept = Wire.truth
    var (violations, chosenOnes): ([Wire], [Wire]) = ([], [])
    var inputs: [Wire] = []
    var chosenNumbers: [Int] = []
    var wrong = system.properties.map { _ in Wire.falsehood }
    for kind in Property.Kind.inOrderOfEvaluation {
      for (number, property) in system.properties.enumerated() where property.kind == kind {
        let count = RuleInstances.count(of: property.parameters)
        if count > Self.mostExpanded, kind != .assumption {
          let (choice, isWrong) = try chosen(property, number)
          inputs += choice.inputs
          chosenNumbers.append(number)
          chosenOnes.append(lowered.and(goesOn, isWrong))
          continue
        }
        guard count <= Self.mostInstances else { throw .tooManyInstances }
        for bindings in TransitionSystem.bindings(of: property.parameters) {
          let outcome = try SymbolicEvaluator.outcome(
            of: property, bindings.map { .constant($0) }, in: system, states.slots, openSizes,
            stop: stop)
          let isThere = try wire(presence(of: bindings, for: property))
          let discards = lowered.and(isThere, try discards(outcome, kind))
          let isWrong = lowered.and(isThere, try isWrong(outcome, kind))
          wrong[number] = lowered.any([wrong[number], isWrong])
          violations.append(lowered.and(goesOn, isWrong))
          isKept = lowered.and(isKept, !lowered.and(goesOn, discards))
          goesOn = lowered.all([goesOn, !discards, !isWrong])
        }
      }
    }
    let isAnyViolated = lowered.any(violations)
    let isDeadlock: Wire =
      switch deadlock {
      case .off: .falsehood
      case .stuck: try self.deadlock(changes: false)
      case .stuttering: try self.deadlock(changes: true)
      }
    return FiniteSystem.Properties(
      isKept: isKept, isViolated: lowered.any([isAnyViolated] + chosenOnes), hold: !isAnyViolated,
      wrong: wrong, chosen: chosenNumbers,
      isDeadlock: isDeadlock, inputs: inputs)
  }

  /// Whether all elements are there that the parameters of a property are.
  private func presence(of bindings: [Int64], for property: Property) -> Truth {
    zip(bindings, property.parameters).reduce(.known(true)) {
      $0 & openSizes.isPresent($1.0, in: $1.1.type)
    }
  }

  private mutating func isWrong(
    _ outcome: SymbolicOutcome, _ kind: Property.Kind
  ) throws(NotSymbolic) -> Wire {
    let goesWrong = outcome.hasFailed | (outcome.isUnfinished & !outcome.isDiscarded)
    let isFalse = kind == .invariant ? !outcome.isTrue & !outcome.isDiscarded : .known(false)
    return try wire(goesWrong | isFalse)
  }

  private mutating func discards(
    _ outcome: SymbolicOutcome, _ kind: Property.Kind
  ) throws(NotSymbolic) -> Wire {
    let isFalse = kind == .assumption ? !outcome.isTrue & !outcome.hasFailed : .known(false)
    return try wire(outcome.isDiscarded | isFalse)
  }

  /// A property with parameters that are chosen.
  private mutating func chosen(
    _ property: Property, _ number: Int
  ) throws(NotSymbolic) -> (FiniteSystem.Choice, Wire) {
    let chosen = try choice(of: [property.parameters], named: "property \(number)")
    guard let rule = chosen.rules.first else { return (chosen.choice, .falsehood) }
    let outcome = try SymbolicEvaluator.outcome(
      of: property, rule.parameters, in: system, states.slots, openSizes, stop: stop)
    guard case .known(false) = outcome.isDiscarded else { throw .tooManyInstances }
    return (chosen.choice, lowered.and(rule.isChosen, try isWrong(outcome, property.kind)))
  }
}

extension RuleInstances {
  /// The bindings of some parameters; saturating.
  fileprivate static func count(of parameters: [RuleParameter]) -> Int {
    parameters.reduce(1) { count, parameter in
      let (product, overflows) = count.multipliedReportingOverflow(by: parameter.count)
      return overflows ? .max : product
    }
  }
}
