/// Sets that have a member of each of some sets.
enum HittingSet {
  enum Answer: Hashable {
    /// In order.
    case set([Int])
    case none
    /// There were too many to look through.
    case unknown
  }

  /// The first set of so many members at most that has one of each conflict and does not contain one
  /// of `found`.
  ///
  /// - Complexity: Exponential in `size`; gives up after some ten thousand sets.
  static func next(of conflicts: [[Int]], size: Int, notAbove found: [[Int]]) -> Answer {
    var setsLeft = 50_000
    func extend(_ set: [Int]) -> Answer {
      setsLeft -= 1
      guard setsLeft > 0 else { return .unknown }
      let missed = conflicts.filter { !$0.contains(where: set.contains) }
      guard let first = missed.first else {
        return found.contains(where: { $0.allSatisfy(set.contains) }) ? .none : .set(set.sorted())
      }
      guard set.count + disjointCount(missed) <= size else { return .none }
      for member in first {
        let answer = extend(set + [member])
        if answer != .none { return answer }
      }
      return .none
    }
    return extend([])
  }

  /// How many of the conflicts have no member in common, the first that come: each takes a member of
  /// its own.
  private static func disjointCount(_ conflicts: [[Int]]) -> Int {
    var taken: Set<Int> = []
    var count = 0
    for conflict in conflicts where taken.isDisjoint(with: conflict) {
      taken.formUnion(conflict)
      count += 1
    }
    return count
  }
}
