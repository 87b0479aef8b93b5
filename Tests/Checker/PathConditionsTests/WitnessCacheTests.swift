import Evaluation
import PathConditions
import Testing
import TransitionSystem

/// What Z3 has said answers later questions, and the answers stay right.
@Suite struct WitnessCacheTests {
  private let paths: PathConditions
  /// `x <= 10`, `20 <= x`, `y <= 5`, `y <= 3`.
  private let literals: [TermTable.SignedLiteral]

  init() throws {
    let system = try InstantiationTests.system(
      """
      symbolic x: address; y: address;
      assume "bounded" 0 <= x & x <= 100 & 0 <= y & y <= 100;
      var b: boolean;
      startstate b := true; end;
      rule true ==> b := !b; end;
      """)
    let paths = PathConditions(system)
    try paths.assume()
    func literal(_ element: Int, _ factor: Int64, _ bound: Int64) throws -> TermTable.SignedLiteral
    {
      let term = try paths.terms.product(paths.terms.element(element), by: factor)
      guard
        case .open(let literal) = try paths.terms.truth(
          .lessOrEqual, term, paths.terms.number(Int128(bound)))
      else { throw Missing() }
      return literal
    }
    literals = [
      try literal(0, 1, 10), try literal(0, -1, -20), try literal(1, 1, 5), try literal(1, 1, 3),
    ]
    self.paths = paths
  }

  private struct Missing: Error {}

  /// The path condition under which some literals hold, each of which has to be open before.
  private func path(_ numbers: [Int]) throws -> PathConditions.Path {
    var path = 0
    for number in numbers {
      guard case .open(let then, _) = try paths.outcome(path, literals[number]) else {
        throw Missing()
      }
      path = then
    }
    return path
  }

  @Test func aConflictIsAskedForOnce() throws {
    // x <= 10 excludes 20 <= x, whatever is known of y.
    guard case .fails = try paths.outcome(try path([0]), literals[1]) else { throw Missing() }
    let other = try path([2, 0])
    let count = paths.solverCallCount
    guard case .fails = try paths.outcome(other, literals[1]) else { throw Missing() }
    #expect(paths.solverCallCount == count)
    // Nor is x <= 10 to be known of where y alone is bounded.
    guard case .open = try paths.outcome(try path([2]), literals[1]) else { throw Missing() }
  }

  @Test func aConflictOfOthersIsNone() throws {
    // y <= 5 is implied by y <= 3, which makes `y > 5` a conflict of the two and of nothing else.
    guard case .holds = try paths.outcome(try path([3]), literals[2]) else { throw Missing() }
    guard case .open = try paths.outcome(try path([0]), literals[2]) else { throw Missing() }
    guard case .holds = try paths.outcome(try path([0, 3]), literals[2]) else { throw Missing() }
  }
}
