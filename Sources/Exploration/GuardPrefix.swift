import Evaluation
import TransitionSystem

/// The conjuncts at the beginning of a guard that do not depend on the rule's parameters.
///
/// They have the same value for all instances of a rule, so they are evaluated once for each state;
/// where they are false, no instance is tried. Most rules of a protocol begin with the phase that
/// they belong to.
struct GuardPrefix {
  /// As a rule without parameters; nil where the guard has no such beginning.
  let rule: Rule?

  /// Of a guard that has no such beginning.
  static let none = GuardPrefix()

  private init() { rule = nil }

  init(_ rule: Rule, _ purity: Purity) {
    guard rule.parameters.count > 0, let condition = rule.guardExpression else {
      self.rule = nil
      return
    }
    let independent = condition.conjuncts.prefix {
      !$0.reads(frameSlotsBelow: rule.parameters.count) && purity.isPure($0)
    }
    guard let first = independent.first else {
      self.rule = nil
      return
    }
    let prefix = independent.dropFirst().reduce(first) {
      Expression(.and($0, $1), at: condition.span)
    }
    self.rule = Rule(
      name: rule.name, parameters: [], guardExpression: prefix,
      frameSlotCount: rule.frameSlotCount, body: [], span: rule.span)
  }
}

extension Expression {
  /// Whether a slot of the frame below a bound is read, by value or by reference.
  fileprivate func reads(frameSlotsBelow bound: Int) -> Bool {
    var reads = false
    forEachPart { part in
      if case .place(let place, _) = part, place.base == .frame, place.offset < bound {
        reads = true
      }
    }
    return reads
  }
}
