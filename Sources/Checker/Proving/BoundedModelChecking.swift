import SAT
import TransitionSystem

/// Whether something goes wrong within so many steps: all runs of one length after another, as one
/// question each (Biere, Cimatti, Clarke, Zhu 1999). So what it finds is a shortest run.
package struct BoundedModelChecking: ~Copyable {
  private var unrolling: Unrolling
  private let limits: ProofLimits
  /// The steps within which nothing goes wrong; -1 for none.
  private(set) var depth = -1

  package init(_ finite: FiniteSystem, _ limits: ProofLimits) {
    unrolling = Unrolling(finite)
    self.limits = limits
  }

  /// Looks at all runs of so many steps and fewer.
  package static func search(
    _ finite: FiniteSystem, depth: Int, _ limits: ProofLimits
  ) -> ProofOutcome {
    var search = BoundedModelChecking(finite, limits)
    while search.depth < depth {
      if let outcome = search.deepen() { return outcome }
    }
    return .none(depth: depth)
  }

  /// Looks at runs of one step more.
  ///
  /// - Returns: What that comes to; nil where nothing goes wrong.
  mutating func deepen() -> ProofOutcome? {
    let outcome = depth < 0 ? begin() : goOn()
    if outcome != nil { return outcome }
    depth += 1
    limits.note(depth)
    if let most = limits.mostBytes, unrolling.byteCount > most {
      return .outOfMemory(depth: depth)
    }
    return limits.isStopped() ? .stopped(depth: depth) : nil
  }

  private mutating func begin() -> ProofOutcome? {
    unrolling.beginAtStart()
    if let outcome = outcome(of: unrolling.startFails, at: 0) { return outcome }
    unrolling.assert(unrolling.startEnds)
    unrolling.assert(unrolling.frames[0].isKept)
    switch unrolling.solver.solve(isStopped: limits.isStopped) {
    case .satisfiable: return outcome(of: unrolling.frames[0].isWrong, at: 0)
    case .unsatisfiable: return .noStartState
    case .stopped: return .stopped(depth: depth)
    }
  }

  private mutating func goOn() -> ProofOutcome? {
    let last = unrolling.frames.count - 1
    if let outcome = outcome(of: unrolling.frames[last].actionFails, at: last) { return outcome }
    unrolling.assert(unrolling.frames[last].ends)
    unrolling.goOn()
    unrolling.assert(unrolling.frames[last + 1].isKept)
    return outcome(of: unrolling.frames[last + 1].isWrong, at: last + 1)
  }

  private mutating func outcome(of wire: Wire, at frame: Int) -> ProofOutcome? {
    if wire == .falsehood { return nil }
    switch unrolling.isPossible(wire, limits) {
    case .satisfiable: return .run(unrolling.run(to: frame))
    case .unsatisfiable: return nil
    case .stopped: return .stopped(depth: depth)
    }
  }
}
