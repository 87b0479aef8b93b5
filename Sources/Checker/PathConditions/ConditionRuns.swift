package import Evaluation

/// The runs of an evaluation that depends on symbolic constants, one for each case that it falls into.
///
/// A run begins with a path condition. Where a literal is neither implied nor refuted by it, the run
/// goes on as if the literal held, under a stronger path condition, and another run is left for the
/// case that it does not: that one begins anew, and what was decided before is implied then. So no
/// trail of decisions has to be kept.
///
/// For one evaluation at a time.
package final class ConditionRuns: LiteralDecider {
  package typealias Path = PathConditions.Path

  private let conditions: PathConditions
  /// The path condition of the run so far.
  package private(set) var current: Path = 0
  /// Where runs that are left begin.
  private var pending: [Path] = []

  package init(_ conditions: PathConditions) { self.conditions = conditions }

  /// Begins a run and all others that it leaves.
  @inline(__always)
  package func begin(_ path: Path) {
    current = path
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
  }

  /// Goes on to the next run; false if there is none.
  ///
  /// - Throws: `Undecided.stopped`.
  @inline(__always)
  package func next() throws(Undecided) -> Bool {
    guard let next = pending.popLast() else { return false }
    try conditions.oracle.goOn()
    current = next
    return true
  }

  package func holds(_ literal: TermTable.SignedLiteral) throws(Undecided) -> Bool {
    switch try conditions.outcome(current, literal) {
    case .holds: return true
    case .fails: return false
    case .open(let then, let otherwise):
      pending.append(otherwise)
      current = then
      return true
    }
  }
}
