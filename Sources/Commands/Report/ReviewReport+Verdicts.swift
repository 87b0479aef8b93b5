import Checking
import Comparison
import Diagnostics
import Exploration
import Trace
import TransitionSystem

extension ReviewReport {
  /// The run to what is violated and was not, of each property at the first size; where it is the
  /// shortest run that is new, or behind which values are other ones, it is shown as that.
  static func violations(in review: ModelReview) -> [ReportDocument.Block] {
    var shown: Set<String> = []
    return review.sizes.flatMap { size -> [ReportDocument.Block] in
      guard let run = size.runToViolation, shown.insert(run.subject).inserted else { return [] }
      if let (first, added) = firstAdded(review), first.name == size.name, run.isSame(as: added) {
        return []
      }
      if let (first, values) = otherValues(in: review), first.name == size.name,
        run.isSame(as: values.head)
      {
        return []
      }
      let wording = Wording(system: size.pair.head.system, source: size.pair.head.source)
      return [
        .section(
          "the run to the violation" + at(size, review),
          [
            .run(steps(run.execution, run.failure, wording)),
            .paragraph(verdict(size.head, size.pair.head) + "."),
          ])
      ]
    }
  }

  /// The shortest run that is new as it is shown, and the size that it is of.
  private static func firstAdded(
    _ review: ModelReview
  ) -> (SizeReview, BehaviourComparison.DistinguishingRun)? {
    for size in review.sizes {
      if let behaviours = size.behaviours, case .run(let run) = behaviours.added {
        return (size, run)
      }
    }
    return nil
  }

  /// Of runs that are the same, the shortest behind which values are other ones, and the size that it is of.
  static func otherValues(
    in review: ModelReview
  ) -> (SizeReview, BehaviourComparison.ValueDifference)? {
    let compared = review.sizes.filter { $0.behaviours != nil }
    guard !compared.contains(where: \.behavioursDiffer) else { return nil }
    for size in compared {
      if case .different(let difference)? = size.behaviours?.values { return (size, difference) }
    }
    return nil
  }

  /// What is violated no more, at the first size of those; nil where nothing is repaired.
  static func repair(in review: ModelReview) -> DisplayText? {
    guard let first = review.repairs.first else { return nil }
    let size = review.sizes[first]
    let others = review.repairs.count - 1
    let more: DisplayText =
      others > 0 ? " (and at \(others) other size\(others == 1 ? "" : "s"))" : ""
    return "was " + verdict(size.base, size.pair.base) + at(size, review) + more
  }
}

/// A run at whose end something is violated.
struct ViolatingRun {
  let execution: Execution
  /// The step behind it, where that fails.
  let failure: RuleInstance?
  /// What is violated, as a category and a name.
  let subject: String

  /// Whether it is the run that one of two models has alone.
  func isSame(as run: BehaviourComparison.DistinguishingRun) -> Bool {
    execution.steps.map(\.instance) == run.execution.steps.map(\.instance)
      && failure == run.failure
  }

  func isSame(as other: Execution) -> Bool {
    execution.steps.map(\.instance) == other.steps.map(\.instance) && failure == nil
  }
}

extension SizeReview {
  /// Whether one of the two models has a run that the other has not.
  fileprivate var behavioursDiffer: Bool {
    behaviours.map { $0.added.isRun || $0.removed.isRun } ?? false
  }

  /// The run to what is violated after the change and was not before it; nil where the verdict is no
  /// worse, and where no run shows it, as for what is never reached.
  var runToViolation: ViolatingRun? {
    guard verdictIsWorse, let outcome = head.outcome,
      case .violated(let counterexample) = outcome.verdict
    else { return nil }
    let violation = counterexample.violation
    if counterexample.execution.steps.isEmpty, violation.failedStep == nil { return nil }
    let name = violation.name(in: pair.head.system) ?? ""
    return ViolatingRun(
      execution: counterexample.execution, failure: violation.failedStep,
      subject: "\(violation.category) \(name)")
  }
}
