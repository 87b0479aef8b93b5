import Checking
import Diagnostics
import SMT
import Symbolic
import TransitionSystem

/// Which of two properties is the stronger one, in all states that the types of the variables allow:
/// asked of Z3. A variable that one model alone has may have any value.
struct TypedStrength {
  private let pair: ModelPair
  private let request: CheckRequest

  /// What a question may take; what is not answered by then is seldom answered at all.
  private static let questionMilliseconds: UInt32 = 5_000
  /// Instances of a property beyond which the question is not asked.
  private static let mostInstances = 4_096

  init(_ pair: ModelPair, _ request: CheckRequest) {
    self.pair = pair
    self.request = request
  }

  /// For each pair of properties, by their numbers; nil where that is not found out: Z3 is missing or
  /// gives no answer, or one of them has no term.
  func strengths(of changed: [(base: Int, head: Int)]) -> [PropertyChange.Change?] {
    guard !pair.isSymbolic, pair.haveSharedVariablesOfOneType else {
      return changed.map { _ in nil }
    }
    let states = (TypedStates(of: pair.base.system), TypedStates(of: pair.head.system))
    return changed.map { numbers in
      if request.stop.isDue() { return nil }
      return strength(
        pair.base.system.properties[numbers.base], pair.head.system.properties[numbers.head], states
      )
    }
  }

  private func strength(
    _ old: Property, _ new: Property, _ states: (base: TypedStates, head: TypedStates)
  ) -> PropertyChange.Change? {
    let bindings = TransitionSystem.bindings(of: old.parameters)
    let areTyped = states.base.areTyped && states.head.areTyped
    guard old.kind != .measure, bindings.count <= Self.mostInstances,
      bindings == TransitionSystem.bindings(of: new.parameters),
      let before = truths(old, bindings, pair.base.system, states.base),
      let after = truths(new, bindings, pair.head.system, states.head),
      let oldAlone = isPossible(before, without: after, areTyped),
      let newAlone = isPossible(after, without: before, areTyped)
    else { return nil }
    return switch (oldAlone, newAlone) {
    case (false, false): .equal
    case (false, true): .weaker
    case (true, false): .stronger
    case (true, true): .other
    }
  }

  private func truths(
    _ property: Property, _ bindings: [[Int64]], _ system: TransitionSystem, _ states: TypedStates
  ) -> [BoolTerm]? {
    var truths: [BoolTerm] = []
    for values in bindings {
      guard let truth = try? SymbolicEvaluator.truth(of: property, values, in: system, states)
      else { return nil }
      truths.append(truth.asTerm)
    }
    return truths
  }

  /// Whether there is a state in which an instance of one property is true and that of the other is
  /// not; nil where that is not found out.
  private func isPossible(
    _ one: [BoolTerm], without other: [BoolTerm], _ areTyped: BoolTerm
  ) -> Bool? {
    let alone = BoolTerm.any(zip(one, other).map { $0 && !$1 })
    let limits = Limits(timeoutMilliseconds: Self.questionMilliseconds)
    let query = try? Query([.init(areTyped), .init(alone)])
    return switch try? query?.decide(limits: limits) {
    case .satisfiable?: true
    case .unsatisfiable?: false
    case .unknown?, nil: nil
    }
  }
}
