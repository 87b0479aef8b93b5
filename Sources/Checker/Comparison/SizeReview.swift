package import Checking
import Diagnostics
import Exploration
package import Trace
import TransitionSystem

/// What a change does to a model with some values of its constants.
package struct SizeReview: Sendable {
  /// What the size is called; empty where there is one alone.
  package let name: String
  package let pair: ModelPair
  package let base: Answer
  package let head: Answer
  /// Nil where one of the models has no states, and for symbolic ones that a product does not
  /// compare.
  package let behaviours: BehaviourComparison?
  /// What is looked at of a step.
  package let observation: Observation
  /// What rules, covers and measures gained or lost; empty where one side was not searched to its
  /// end.
  package let coverage: [CoverageChange]
  package let properties: [PropertyChange]
  /// Nil where that was not found out.
  package let values: [ValueChange]?
  /// What is meant, whatever it was before.
  package let allowance: Allowance

  /// What checking one side has come to.
  package enum Answer: Sendable {
    case checked(CheckOutcome)
    /// There is nothing to check.
    case refused(Objection)

    package var outcome: CheckOutcome? {
      if case .checked(let outcome) = self { outcome } else { nil }
    }
  }

  /// Checks both sides, and compares them.
  ///
  /// - Parameters:
  ///   - request: How both are checked; its system does not matter.
  ///   - observation: What is looked at of a step.
  ///   - allowance: What of what the head does is meant.
  package static func make(
    _ name: String, _ pair: ModelPair, _ request: CheckRequest, observing observation: Observation,
    allowing allowance: Allowance = Allowance(), _ watch: some CheckWatch = NoWatch()
  ) -> SizeReview {
    func check(_ system: TransitionSystem) -> Answer {
      var request = request
      request.system = system
      request.stop = request.stop.again()
      do throws(Objection) {
        return .checked(try Checking.check(request, watch))
      } catch {
        return .refused(error)
      }
    }
    let (base, head) = (check(pair.base.system), check(pair.head.system))
    var comparing = request
    comparing.stop = request.stop.again()
    let areChecked = base.outcome != nil && head.outcome != nil
    let behaviours =
      areChecked
      ? BehaviourComparison.compare(pair, observing: observation, comparing, watch) : nil
    return SizeReview(
      name: name, pair: pair, base: base, head: head, behaviours: behaviours,
      observation: observation,
      coverage: CoverageChange.all(pair, base.outcome?.finding, head.outcome?.finding),
      properties: PropertyChange.all(pair, request, watch),
      values: behaviours.map { $0.isSame } == true
        ? [] : ReachableValues(request).changes(pair, watch), allowance: allowance)
  }
}

/// What whoever wrote the scenarios says of a model, so that a change to that is not for the worse.
package struct Allowance: Sendable {
  /// Rules that need not fire.
  package let deadRules: Set<String>
  /// For each measure by its name, where its values may lie.
  package let measures: [String: ClosedRange<Int64>]

  package init(deadRules: Set<String> = [], measures: [String: ClosedRange<Int64>] = [:]) {
    (self.deadRules, self.measures) = (deadRules, measures)
  }
}

/// Something that a rule, a cover or a measure gained or lost. Both sides have seen all their states.
package struct CoverageChange: Sendable {
  package let subject: Subject
  package let change: Change

  package enum Subject: Sendable, Hashable {
    /// By its number in the base and in the head.
    case rule(base: Int?, head: Int?)
    case cover(base: Int?, head: Int?)
    /// A measure with its parameters, as the head words it where it has it.
    case measure(String)
  }

  package enum Change: Sendable {
    /// It never fired or was hit, and does now.
    case cameAlive
    /// It fired or was hit, and never does now.
    case died
    /// The range was the first and is the second.
    case range(ClosedRange<Int64>, ClosedRange<Int64>, runs: [Execution])
  }

  /// Whether the head does what the base did not need to fear: something is never reached any more,
  /// or a measure goes where it did not go before.
  package var isWorse: Bool {
    switch change {
    case .cameAlive: false
    case .died: true
    case .range(let before, let after, _):
      after.lowerBound < before.lowerBound || after.upperBound > before.upperBound
    }
  }

  static func all(
    _ pair: ModelPair, _ base: CheckFinding?, _ head: CheckFinding?
  ) -> [CoverageChange] {
    guard let base, let head, base.scope == .allStates, head.scope == .allStates else { return [] }
    return rules(pair, base, head) + covers(pair, base, head) + measures(pair, base, head)
  }

  private static func rules(
    _ pair: ModelPair, _ base: CheckFinding, _ head: CheckFinding
  ) -> [CoverageChange] {
    guard let before = base.coverage?.ruleFirings, let after = head.coverage?.ruleFirings else {
      return []
    }
    var changes: [CoverageChange] = []
    for (number, partner) in pair.rules.headOfBase.enumerated() where before[number] > 0 {
      if partner.map({ after[$0] > 0 }) != true {
        changes.append(.init(subject: .rule(base: number, head: partner), change: .died))
      }
    }
    for (number, partner) in pair.rules.baseOfHead.enumerated() where after[number] > 0 {
      if partner.map({ before[$0] > 0 }) != true {
        changes.append(.init(subject: .rule(base: partner, head: number), change: .cameAlive))
      }
    }
    return changes
  }

  private static func covers(
    _ pair: ModelPair, _ base: CheckFinding, _ head: CheckFinding
  ) -> [CoverageChange] {
    guard let before = base.coverage?.coverHits, let after = head.coverage?.coverHits else {
      return []
    }
    let (old, new) = (pair.base.system.covers, pair.head.system.covers)
    return old.enumerated().compactMap { number, cover in
      guard let partner = new.firstIndex(where: { $0.name == cover.name }),
        (before[number] > 0) != (after[partner] > 0)
      else { return nil }
      return .init(
        subject: .cover(base: number, head: partner),
        change: after[partner] > 0 ? .cameAlive : .died)
    }
  }

  private static func measures(
    _ pair: ModelPair, _ base: CheckFinding, _ head: CheckFinding
  ) -> [CoverageChange] {
    func name(_ measure: ExplorationResult.MeasuredRange, _ system: TransitionSystem) -> String {
      let property = system.properties[measure.property]
      let bound = zip(property.parameters, measure.bindings).map { parameter, value in
        "\(parameter.name) = \(parameter.type.describe(value))"
      }
      return bound.isEmpty ? property.name : "\(property.name) (\(bound.joined(separator: ", ")))"
    }
    var known: [String: ExplorationResult.MeasuredRange] = [:]
    for measure in base.measures { known[name(measure, pair.base.system)] = measure }
    return head.measures.compactMap { measure in
      let name = name(measure, pair.head.system)
      guard let before = known[name],
        (before.least, before.greatest) != (measure.least, measure.greatest)
      else { return nil }
      var runs: [Execution] = []
      if measure.least < before.least { runs.append(measure.leastExecution) }
      if measure.greatest > before.greatest { runs.append(measure.greatestExecution) }
      return .init(
        subject: .measure(name),
        change: .range(
          before.least...before.greatest, measure.least...measure.greatest, runs: runs))
    }
  }
}
