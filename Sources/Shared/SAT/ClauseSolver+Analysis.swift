extension ClauseSolver {
  /// The clause that a conflict teaches: its first literal is the one that is true on every way from
  /// the last decision to the conflict (the first unique implication point), negated.
  ///
  /// - Returns: With the level to go back to, and the number of levels that it spans.
  mutating func analyze(_ conflict: Int32) -> (clause: [Int32], target: Int, span: Int32) {
    var clause: [Int32] = [0]
    var marked: [Int] = []
    var open = 0
    var reason = conflict
    var position = trail.count - 1
    var current: Int32 = Self.none
    repeat {
      for literal in literals(of: reason) where literal != current {
        let variable = Int(literal >> 1)
        if isSeen[variable] || levels[variable] == 0 { continue }
        isSeen[variable] = true
        marked.append(variable)
        heap.bump(variable)
        if levels[variable] == Int32(level) { open += 1 } else { clause.append(literal) }
      }
      while !isSeen[Int(trail[position] >> 1)] { position -= 1 }
      current = trail[position]
      position -= 1
      reason = reasons[Int(current >> 1)]
      open -= 1
    } while open > 0
    clause[0] = current ^ 1
    let kept = clause.dropFirst().filter { !follows($0) }
    clause = [clause[0]] + kept
    for variable in marked { isSeen[variable] = false }
    return placed(clause)
  }

  /// Whether a literal of a learnt clause is false by the others of it.
  private func follows(_ literal: Int32) -> Bool {
    let reason = reasons[Int(literal >> 1)]
    guard reason != Self.none else { return false }
    return literals(of: reason).allSatisfy {
      let variable = Int($0 >> 1)
      return $0 >> 1 == literal >> 1 || isSeen[variable] || levels[variable] == 0
    }
  }

  /// Puts a literal of the level to go back to in the second place, where it is watched.
  private func placed(_ literals: [Int32]) -> (clause: [Int32], target: Int, span: Int32) {
    var clause = literals
    let span = Int32(Set(clause.map { levels[Int($0 >> 1)] }).count)
    guard clause.count > 1 else { return (clause, 0, span) }
    var greatest = 1
    for position in clause.indices.dropFirst()
    where levels[Int(clause[position] >> 1)] > levels[Int(clause[greatest] >> 1)] {
      greatest = position
    }
    clause.swapAt(1, greatest)
    return (clause, Int(levels[Int(clause[1] >> 1)]), span)
  }

  /// The assumptions that an assumption which is false follows from, with itself.
  mutating func explain(_ assumption: Int32, _ assumptions: [Int32]) -> [Literal] {
    var found = [Literal(code: assumption)]
    var marked = [Int(assumption >> 1)]
    isSeen[Int(assumption >> 1)] = true
    for literal in trail.reversed() {
      let variable = Int(literal >> 1)
      guard isSeen[variable], levels[variable] > 0 else { continue }
      let reason = reasons[variable]
      if reason == Self.none {
        // Only assumptions are decided where one of them is still to be.
        if literal != assumption { found.append(Literal(code: literal)) }
        continue
      }
      for other in literals(of: reason) where !isSeen[Int(other >> 1)] {
        isSeen[Int(other >> 1)] = true
        marked.append(Int(other >> 1))
      }
    }
    for variable in marked { isSeen[variable] = false }
    return found
  }

  private func literals(of clause: Int32) -> ArraySlice<Int32> {
    let first = Int(clause) + Self.headerCount
    return arena[first..<first + Int(arena[Int(clause)])]
  }
}
