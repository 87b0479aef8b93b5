/// Whether clauses can hold together: conflict-driven clause learning with two watched literals,
/// activities, saved phases and restarts (Eén, Sörensson: An Extensible SAT-solver, 2003), and learnt
/// clauses kept by the number of levels that they span (Audemard, Simon 2009).
///
/// Z3 and CaDiCaL answer one large question sooner. This one is asked thousands of small ones about
/// the same clauses, for each of which Z3 4.8.12 takes 20 ms and more.
///
/// Not safe for use by several threads at once.
package struct ClauseSolver: ~Copyable {
  /// A clause that watches a literal, and another literal of it: where that is true, the clause need
  /// not be looked at.
  struct Watcher {
    let blocker: Int32
    let clause: Int32
  }

  /// Clauses one after another: the number of literals, the levels that it spanned when it was learnt
  /// (0 for one that was given), and the literals. The first two are watched.
  var arena: [Int32] = []
  var learnt: [Int32] = []
  private var givenClauses: [Int32] = []
  /// By the code of a literal: clauses to be looked at where it becomes true.
  var watchers: [[Watcher]] = []
  /// By the code of a literal: 1 where it is true, -1 where it is false.
  var values: [Int8] = []
  var levels: [Int32] = []
  /// The clause that a variable's value follows from; -1 for a decision.
  var reasons: [Int32] = []
  private var phases: [Bool] = []
  var heap = VariableHeap()
  var isSeen: [Bool] = []
  var trail: [Int32] = []
  private var levelStarts: [Int] = []
  private var head = 0
  /// Whether the clauses contradict each other, whatever is assumed.
  private var isContradictory = false
  private var model: [Int8] = []
  private var failed: [Literal] = []
  private var mostLearnt = 4_000
  package private(set) var conflictCount = 0

  static let none: Int32 = -1
  static let headerCount = 2
  /// Conflicts up to the first restart, and the unit of all later ones.
  private static let restartUnit = 100
  private static let conflictsBetweenLooks = 64
  private static let decisionsBetweenLooks = 4_096

  package init() {}

  package var variableCount: Int { levels.count }

  /// Bytes of clauses and of what is kept of each variable.
  package var byteCount: Int {
    arena.count * 4 + (givenClauses.count + learnt.count) * 20 + levels.count * 96
  }

  var level: Int { levelStarts.count }

  // MARK: - Clauses

  /// A new variable.
  package mutating func addVariable() -> Literal {
    let variable = levels.count
    values += [0, 0]
    watchers += [[], []]
    levels.append(0)
    reasons.append(Self.none)
    phases.append(false)
    isSeen.append(false)
    heap.addVariable()
    return Literal(variable: variable)
  }

  /// Adds a clause: one of the literals has to be true. None is a contradiction.
  package mutating func add(_ clause: [Literal]) {
    if isContradictory { return }
    var literals: [Int32] = []
    for literal in clause.map(\.code).sorted() {
      // No level is open between questions, so a value that there is holds for good.
      if values[Int(literal)] > 0 || literals.last == literal ^ 1 { return }
      if values[Int(literal)] < 0 || literals.last == literal { continue }
      literals.append(literal)
    }
    switch literals.count {
    case 0: isContradictory = true
    case 1:
      enqueue(literals[0], Self.none)
      isContradictory = propagate() != Self.none
    default: givenClauses.append(attach(literals, span: 0))
    }
  }

  private mutating func attach(_ literals: [Int32], span: Int32) -> Int32 {
    let clause = Int32(arena.count)
    arena.append(Int32(literals.count))
    arena.append(span)
    arena += literals
    watchers[Int(literals[0] ^ 1)].append(Watcher(blocker: literals[1], clause: clause))
    watchers[Int(literals[1] ^ 1)].append(Watcher(blocker: literals[0], clause: clause))
    return clause
  }

  // MARK: - Questions

  /// Whether all clauses and assumptions can hold together.
  ///
  /// - Parameter isStopped: Asked now and then whether to end.
  package mutating func solve(
    assuming assumptions: [Literal] = [], isStopped: () -> Bool = { false }
  ) -> Satisfiability {
    failed = []
    if isContradictory { return .unsatisfiable }
    // Most questions are answered before they would be asked again.
    if isStopped() { return .stopped }
    let answer = search(assumptions.map(\.code), isStopped)
    if answer == .satisfiable { model = values }
    backtrack(to: 0)
    return answer
  }

  /// The value of a literal in the model that was found last.
  package func isTrue(_ literal: Literal) -> Bool { model[Int(literal.code)] > 0 }

  /// Of the assumptions of the last question, some that cannot hold together with the clauses; it need
  /// not be a least set.
  package var failedAssumptions: [Literal] { failed }

  private mutating func search(
    _ assumptions: [Int32], _ isStopped: () -> Bool
  ) -> Satisfiability {
    var (restart, conflictsLeft) = (1, Self.restartUnit)
    var looks = 0
    while true {
      let conflict = propagate()
      if conflict != Self.none {
        conflictCount += 1
        conflictsLeft -= 1
        if level == 0 {
          isContradictory = true
          return .unsatisfiable
        }
        learn(from: conflict)
        if conflictCount % Self.conflictsBetweenLooks == 0, isStopped() { return .stopped }
        continue
      }
      if conflictsLeft <= 0 {
        restart += 1
        conflictsLeft = Self.luby(restart) * Self.restartUnit
        backtrack(to: 0)
        if learnt.count > mostLearnt { forget() }
        continue
      }
      looks += 1
      if looks % Self.decisionsBetweenLooks == 0, isStopped() { return .stopped }
      guard let decision = nextDecision(assumptions) else { return .satisfiable }
      if values[Int(decision)] < 0 {
        failed = explain(decision, assumptions)
        return .unsatisfiable
      }
      levelStarts.append(trail.count)
      if values[Int(decision)] == 0 { enqueue(decision, Self.none) }
    }
  }

  /// The next assumption, or else a variable that has no value; nil where all have one.
  private mutating func nextDecision(_ assumptions: [Int32]) -> Int32? {
    if level < assumptions.count { return assumptions[level] }
    while let variable = heap.popGreatest() {
      if values[variable << 1] == 0 {
        return Int32(variable) << 1 | (phases[variable] ? 0 : 1)
      }
    }
    return nil
  }

  /// 1, 1, 2, 1, 1, 2, 4, … (Luby, Sinclair, Zuckerman 1993), from 1 on.
  private static func luby(_ position: Int) -> Int {
    var (size, exponent) = (1, 0)
    while size < position {
      size = 2 * size + 1
      exponent += 1
    }
    var position = position - 1
    while size - 1 != position {
      size = (size - 1) / 2
      exponent -= 1
      position %= size
    }
    return 1 << exponent
  }

  // MARK: - Values

  private mutating func enqueue(_ literal: Int32, _ reason: Int32) {
    values[Int(literal)] = 1
    values[Int(literal ^ 1)] = -1
    let variable = Int(literal >> 1)
    levels[variable] = Int32(level)
    reasons[variable] = reason
    trail.append(literal)
  }

  mutating func backtrack(to target: Int) {
    guard level > target else { return }
    let start = levelStarts[target]
    for position in stride(from: trail.count - 1, through: start, by: -1) {
      let literal = trail[position]
      let variable = Int(literal >> 1)
      values[Int(literal)] = 0
      values[Int(literal ^ 1)] = 0
      phases[variable] = literal & 1 == 0
      heap.insert(variable)
    }
    trail.removeSubrange(start...)
    levelStarts.removeSubrange(target...)
    head = start
  }

  /// What follows from the values that there are.
  ///
  /// - Returns: A clause whose literals are all false; `none` where there is no such clause.
  private mutating func propagate() -> Int32 {
    while head < trail.count {
      let literal = trail[head]
      head += 1
      let conflict = visitWatchers(of: literal)
      if conflict != Self.none {
        head = trail.count
        return conflict
      }
    }
    return Self.none
  }

  private mutating func visitWatchers(of literal: Int32) -> Int32 {
    var list: [Watcher] = []
    swap(&list, &watchers[Int(literal)])
    let falseOne = literal ^ 1
    var (position, kept) = (0, 0)
    var conflict = Self.none
    visits: while position < list.count {
      let watcher = list[position]
      position += 1
      if values[Int(watcher.blocker)] > 0 {
        list[kept] = watcher
        kept += 1
        continue
      }
      let first = Int(watcher.clause) + Self.headerCount
      if arena[first] == falseOne {
        arena[first] = arena[first + 1]
        arena[first + 1] = falseOne
      }
      let other = arena[first]
      if other != watcher.blocker, values[Int(other)] > 0 {
        list[kept] = Watcher(blocker: other, clause: watcher.clause)
        kept += 1
        continue
      }
      let end = first + Int(arena[first - Self.headerCount])
      var next = first + 2
      while next < end {
        let candidate = arena[next]
        if values[Int(candidate)] >= 0 {
          arena[first + 1] = candidate
          arena[next] = falseOne
          watchers[Int(candidate ^ 1)].append(Watcher(blocker: other, clause: watcher.clause))
          continue visits
        }
        next += 1
      }
      list[kept] = Watcher(blocker: other, clause: watcher.clause)
      kept += 1
      if values[Int(other)] < 0 {
        conflict = watcher.clause
        break
      }
      enqueue(other, watcher.clause)
    }
    while position < list.count {
      list[kept] = list[position]
      kept += 1
      position += 1
    }
    list.removeLast(list.count - kept)
    swap(&list, &watchers[Int(literal)])
    return conflict
  }

  // MARK: - Learning

  /// Learns a clause from a conflict, goes back to where it has one literal without a value, and
  /// gives it that.
  private mutating func learn(from conflict: Int32) {
    let (clause, target, span) = analyze(conflict)
    backtrack(to: target)
    if clause.count == 1 {
      enqueue(clause[0], Self.none)
    } else {
      let reference = attach(clause, span: span)
      learnt.append(reference)
      enqueue(clause[0], reference)
    }
    heap.decay()
  }

  /// Forgets half of the learnt clauses, those first that spanned the most levels. No level is open.
  private mutating func forget() {
    let order = learnt.sorted { arena[Int($0) + 1] < arena[Int($1) + 1] }
    var kept: [Int32] = []
    for (position, clause) in order.enumerated()
    where position < order.count / 2 || arena[Int(clause) + 1] <= 2 {
      kept.append(clause)
    }
    mostLearnt += mostLearnt / 10
    rebuild(keeping: kept)
  }

  /// Writes the clauses anew, without those that are forgotten, that hold for good, or what is false
  /// for good in them.
  private mutating func rebuild(keeping kept: [Int32]) {
    let old = arena
    let (given, before) = (givenClauses, kept)
    arena = []
    arena.reserveCapacity(old.count)
    givenClauses = []
    learnt = []
    for literal in watchers.indices { watchers[literal].removeAll(keepingCapacity: true) }
    for (clauses, isLearnt) in [(given, false), (before, true)] {
      for clause in clauses {
        let first = Int(clause) + Self.headerCount
        let literals = old[first..<first + Int(old[Int(clause)])]
        if literals.contains(where: { values[Int($0)] > 0 }) { continue }
        let rest = literals.filter { values[Int($0)] == 0 }
        // All that follows has been drawn, so at least two are left.
        let reference = attach(rest, span: old[Int(clause) + 1])
        if isLearnt { learnt.append(reference) } else { givenClauses.append(reference) }
      }
    }
    // Values without a level need no reason.
    for literal in trail { reasons[Int(literal >> 1)] = Self.none }
  }
}
