import SAT
import TransitionSystem

/// Whether of so many good states one after another, all different, none is followed by a bad one, for
/// more and more of them (Sheeran, Singh, Stålmarck 2000). That states differ is said of those alone
/// that did not.
package struct Induction: ~Copyable {
  private var base: BoundedModelChecking
  private var anywhere: Unrolling
  private let finite: FiniteSystem
  private let limits: ProofLimits

  private init(_ finite: FiniteSystem, _ limits: ProofLimits) {
    self.finite = finite
    self.limits = limits
    base = BoundedModelChecking(finite, limits)
    anywhere = Unrolling(finite)
    anywhere.beginAnywhere()
    anywhere.assert(anywhere.frames[0].isTyped)
    anywhere.assert(anywhere.frames[0].isKept)
  }

  /// - Parameter most: States before the bad one, at most.
  package static func prove(
    _ finite: FiniteSystem, most: Int, judge: Judge, _ limits: ProofLimits
  ) -> ProofOutcome {
    var induction = Induction(finite, limits)
    for count in 0...most {
      if let outcome = induction.base.deepen() { return outcome }
      switch induction.mayBecomeBad() {
      case .satisfiable: break
      case .unsatisfiable:
        // What is concluded from is asked of another solver.
        if let reason = induction.refusal(judge) { return .unconfirmed(reason) }
        return .proved(.induction(states: count))
      case .stopped: return .stopped(depth: count)
      }
      induction.goOn()
    }
    return .none(depth: most)
  }

  private mutating func bad() -> Wire {
    let last = anywhere.frames[anywhere.frames.count - 1]
    return anywhere.either(last.isWrong, last.actionFails)
  }

  private mutating func mayBecomeBad() -> Satisfiability {
    let bad = bad()
    while true {
      let answer = anywhere.isPossible(bad, limits)
      guard answer == .satisfiable, let (one, other) = equalStates() else { return answer }
      anywhere.assertDifference(one, other)
    }
  }

  private func equalStates() -> (Int, Int)? {
    let states = anywhere.frames.map { frame in frame.state.map { anywhere.isTrue($0) } }
    for other in states.indices {
      for one in 0..<other where states[one] == states[other] { return (one, other) }
    }
    return nil
  }

  private mutating func goOn() {
    let last = anywhere.frames[anywhere.frames.count - 1]
    anywhere.assert(last.hold)
    anywhere.assert(last.ends)
    anywhere.goOn()
    anywhere.assert(anywhere.frames[anywhere.frames.count - 1].isKept)
  }

  private mutating func refusal(_ judge: Judge) -> String? {
    let bad = bad()
    return judge.refusal(anywhere.asserted + [bad], anywhere.circuit)
  }
}
