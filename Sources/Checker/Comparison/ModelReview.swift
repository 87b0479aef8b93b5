import Checking
import Exploration
import Trace
package import TransitionSystem

/// What a change does to a model, at each of some sizes.
package struct ModelReview: Sendable {
  /// The model's path.
  package let model: String
  package let sizes: [SizeReview]
  package let declarations: [DeclarationChange]

  /// - Parameters:
  ///   - sizes: One at least.
  ///   - texts: The models as they stand, whatever the sizes make of them.
  package init(model: String, sizes: [SizeReview], texts: ModelPair) {
    self.model = model
    self.sizes = sizes
    declarations = DeclarationChange.all(of: texts)
  }

  /// What is worse than before.
  package enum Worsening: Sendable, Hashable {
    /// The verdict, as a position in `sizes`.
    case verdict(size: Int)
    case property(Property.Kind, name: String, PropertyChange.Change)
    case ruleLost(name: String, size: Int)
    case coverLost(name: String, size: Int)
    case measure(name: String, before: ClosedRange<Int64>, after: ClosedRange<Int64>, size: Int)
  }

  package enum Conclusion: Sendable {
    case worse([Worsening])
    /// What was not found out, as positions in `sizes`.
    case undecided([Int])
    case unchanged
    /// The same steps, and other values of variables behind them.
    case valuesChanged
    case added
    case removed
    case addedAndRemoved
    /// Behaviours are not compared: there are symbolic constants, and a product does not do.
    case notCompared
  }

  package var conclusion: Conclusion {
    let worsenings = worsenings
    if !worsenings.isEmpty { return .worse(worsenings) }
    let open = sizes.indices.filter { sizes[$0].isUndecided }
    if !open.isEmpty { return .undecided(open) }
    let behaviours = sizes.compactMap(\.behaviours)
    if behaviours.isEmpty { return .notCompared }
    switch (behaviours.contains { $0.added.isRun }, behaviours.contains { $0.removed.isRun }) {
    case (true, true): return .addedAndRemoved
    case (true, false): return .added
    case (false, true): return .removed
    case (false, false):
      return behaviours.contains { $0.hasOtherValues } ? .valuesChanged : .unchanged
    }
  }

  /// The sizes at which something was wrong before the change and nothing is after it, as positions in
  /// `sizes`.
  package var repairs: [Int] { sizes.indices.filter { sizes[$0].isRepaired } }

  private var worsenings: [Worsening] {
    var found: [Worsening] = []
    for (number, size) in sizes.enumerated() {
      if size.verdictIsWorse { found.append(.verdict(size: number)) }
      for change in size.coverage where change.isWorse {
        switch (change.subject, change.change) {
        case (.rule(let base, let head), _):
          let system = size.pair.head.system
          let name =
            head.map { system.rules[$0].name } ?? base.map { size.pair.base.system.rules[$0].name }
          if size.allowance.deadRules.contains(name ?? "") { continue }
          found.append(.ruleLost(name: name ?? "", size: number))
        case (.cover(let base, _), _):
          let name = base.map { size.pair.base.system.covers[$0].name } ?? ""
          found.append(.coverLost(name: name, size: number))
        case (.measure(let name), .range(let before, let after, _)):
          // With its parameters it is called otherwise than in the scenarios, which mean the hull.
          let allowed = size.allowance.measures.first {
            name == $0.key || name.hasPrefix($0.key + " (")
          }
          if let range = allowed?.value, range.contains(after.lowerBound),
            range.contains(after.upperBound)
          {
            continue
          }
          found.append(.measure(name: name, before: before, after: after, size: number))
        case (.measure, _): break
        }
      }
      for property in size.properties where property.isWorse {
        let isHidden = property.change == .equal || property.change == .undecided
        let change = isHidden ? property.inTypedStates ?? property.change : property.change
        let worsening = Worsening.property(property.kind, name: property.name, change)
        if !found.contains(worsening) { found.append(worsening) }
      }
    }
    return found
  }
}

extension SizeReview {
  /// Whether the base was well, or there was nothing wrong in what was seen of it, and something is
  /// wrong with the head.
  package var verdictIsWorse: Bool {
    switch (base.outcome?.verdict, head.outcome?.verdict) {
    case (.holds?, .violated?), (.inconclusive?, .violated?): true
    // There were states to check, and are none.
    case (.holds?, nil), (.inconclusive?, nil): true
    case (.violated(let before)?, .violated(let after)?):
      before.violation.kind.isLesser(than: after.violation.kind, pair)
    default: false
    }
  }

  /// Whether something was wrong with the base, and all states of the head are well.
  package var isRepaired: Bool {
    switch (base.outcome?.verdict, head.outcome?.verdict) {
    case (.violated?, .holds?): true
    default: false
    }
  }

  /// Whether a limit kept the head's verdict or the comparison from being found out.
  package var isUndecided: Bool {
    if case .inconclusive? = head.outcome?.verdict { return true }
    if properties.contains(where: \.isUndecided) { return true }
    guard let behaviours else { return false }
    switch (behaviours.added, behaviours.removed, behaviours.values) {
    case (.undecided, _, _), (_, .undecided, _), (_, _, .undecided?): return true
    default: return false
    }
  }
}

extension BehaviourComparison {
  fileprivate var hasOtherValues: Bool { if case .different? = values { true } else { false } }
}

extension Violation.Kind {
  /// Whether the other violation is another property's; which of them weighs more is for people.
  fileprivate func isLesser(than other: Violation.Kind, _ pair: ModelPair) -> Bool {
    Violation(self).name(in: pair.base.system) != Violation(other).name(in: pair.head.system)
      || Violation(self).category != Violation(other).category
  }
}
