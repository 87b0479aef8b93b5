package import Evaluation
package import SMT
package import TransitionSystem

/// What is known of the symbolic constants, as numbered path conditions: conjunctions of literals
/// on top of what the model assumes of its layout. Number 0 is that alone.
///
/// A question about a literal is put to Z3 once for each path condition. Every path condition can
/// hold, and has values of the symbolic constants to show for it; these answer many questions
/// without Z3.
///
/// A run of a rule or property begins with a path condition. Where a literal is neither implied nor
/// refuted by it, the run goes on as if the literal held, with a stronger path condition, and
/// another run is left for the case that it does not (`begin`, `nextOutcome`).
///
/// For one thread at a time.
package final class PathConditions: LiteralDecider, @unchecked Sendable {
  package typealias Path = Int
  typealias SignedLiteral = TermTable.SignedLiteral

  package let system: TransitionSystem
  package let terms = TermTable()
  let limits: Limits
  /// Beside the model's assumptions, what is known of the layout.
  let facts: [LayoutFact]

  /// What has gone wrong; nothing that was found since is to be trusted.
  package private(set) var failure: Undecided?

  /// The path condition of the run so far.
  package private(set) var current: Path = 0
  /// Where runs that are left begin.
  private var pending: [Path] = []

  // Shared with the extensions.
  var conditions: [Condition] = []
  var solver: Solver?
  var encoding: TermEncoding
  /// What the model assumes, with what it says in Z3's words.
  var assumptions: [LayoutAssumption] = []

  private var extensions: [Extension: Path] = [:]
  private var coverings: [Covering: Bool] = [:]
  private var implications: [Implication: Bool] = [:]
  var known = KnownLayouts()
  /// Nil until Z3 would be asked about a literal.
  private var fixedElements: FixedElements?
  var extremes = Extremes()

  /// Questions put to Z3.
  package internal(set) var solverCallCount = 0
  /// Stops a question from another thread; it then has no answer, and none has until `resume`.
  package let interrupter = Interrupter()
  /// Takes each question that is put to Z3, with its answer.
  package var record: ((Query) -> Void)?
  /// Asked before whatever has no answer yet, of which one state may have thousands: `true` leaves
  /// it without one, and the failure is `stopped`.
  package var isStopped: (() -> Bool)?

  /// A path condition.
  struct Condition {
    /// Sorted; those of the layout's assumptions left out.
    let literals: [SignedLiteral]
    let set: LiteralSet
    /// Layouts for which it holds; at least one.
    var witnesses: [KnownLayout]
    /// What is known of literals.
    var answers: [Int: Answer] = [:]

    enum Answer { case implied, refuted, open }

    init(literals: [SignedLiteral], witnesses: [KnownLayout]) {
      self.literals = literals
      set = LiteralSet(literals)
      self.witnesses = witnesses
    }
  }

  private struct Extension: Hashable {
    let path: Path
    let literal: SignedLiteral
  }

  private struct Implication: Hashable {
    let premise: Path
    let conclusion: Path
  }

  private struct Covering: Hashable {
    let path: Path
    let outcomes: [Path]
  }

  /// Path conditions that states can have, unless fewer are asked for: a state has 16 bits for one.
  package static let mostPaths = 1 << 16
  /// Path conditions that states can have.
  package let maximumPathCount: Int
  /// Path conditions that are compared with a new one.
  private static let comparedCount = 256
  private static let witnessCount = 8

  /// - Parameter maximumPathCount: `mostPaths` at most.
  package init(
    _ system: TransitionSystem, facts: [LayoutFact] = [],
    limits: Limits = Limits(timeoutMilliseconds: 30_000), maximumPathCount: Int = mostPaths
  ) {
    self.system = system
    self.facts = facts
    self.limits = limits
    self.maximumPathCount = min(maximumPathCount, Self.mostPaths)
    // In this order whoever asks for which of them first.
    for element in 0..<system.symbolicElementCount { _ = terms.element(element) }
    encoding = TermEncoding(system, terms)
  }

  /// Path conditions that have come up.
  package var count: Int { conditions.count }
  package var literalCount: Int { terms.literals.count }

  // MARK: - Runs

  /// Begins a run and all others that it leaves.
  @inline(__always)
  package func begin(_ path: Path) {
    current = path
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
  }

  /// Goes on to the next run; false if there is none.
  @inline(__always)
  package func nextOutcome() -> Bool {
    guard failure == nil, let next = pending.popLast() else { return false }
    if let isStopped, isStopped() {
      failure = .stopped
      return false
    }
    current = next
    return true
  }

  package func holds(_ literal: TermTable.SignedLiteral) throws(Undecided) -> Bool {
    if let failure { throw failure }
    switch try outcome(current, literal) {
    case .holds: return true
    case .fails: return false
    case .open(let then, let otherwise):
      pending.append(otherwise)
      current = then
      return true
    }
  }

  /// What a path condition makes of a literal.
  package enum Outcome: Sendable {
    case holds
    case fails
    /// It holds under the first path condition and not under the second, which part the one that
    /// was asked about.
    case open(then: Path, otherwise: Path)
  }

  /// What a path condition makes of a literal.
  ///
  /// - Throws: `Undecided`, which is then the failure.
  package func outcome(
    _ path: Path, _ literal: TermTable.SignedLiteral
  ) throws(Undecided) -> Outcome {
    if let failure { throw failure }
    do throws(Undecided) {
      switch try answer(path, literal.literal) {
      case .implied: return literal.isNegated ? .fails : .holds
      case .refuted: return literal.isNegated ? .holds : .fails
      case .open:
        let then = try self.path(path, and: literal)
        return .open(then: then, otherwise: try self.path(path, and: literal.negation))
      }
    } catch {
      failure = error
      throw error
    }
  }

  /// As `outcome`, if that has been found out before.
  package func knownOutcome(_ path: Path, _ literal: TermTable.SignedLiteral) -> Outcome? {
    switch conditions[path].answers[literal.literal] {
    case nil: return nil
    case .implied: return literal.isNegated ? .fails : .holds
    case .refuted: return literal.isNegated ? .holds : .fails
    case .open:
      guard let then = extensions[Extension(path: path, literal: literal)],
        let otherwise = extensions[Extension(path: path, literal: literal.negation)]
      else { return nil }
      return .open(then: then, otherwise: otherwise)
    }
  }

  /// Lets questions be asked again after the search was stopped.
  package func resume() {
    isStopped = nil
    interrupter.reset()
    if failure == .stopped { failure = nil }
  }

  /// Makes Z3 take no longer than this for a question.
  package func limitQuestions(toSeconds seconds: Double) {
    let most = Double(limits.timeoutMilliseconds ?? .max)
    solver?.limits.timeoutMilliseconds = UInt32(max(1, min(seconds * 1_000, most)))
  }

  /// Notes that nothing that is found from now on is to be trusted.
  package func fail(_ reason: Undecided) { if failure == nil { failure = reason } }

  /// The number of a path condition for a state; nil, and a failure, if states have none for it.
  @inline(__always)
  package func numberInState(_ path: Path) -> Int64? {
    guard path < maximumPathCount else {
      fail(.tooManyPaths(limit: maximumPathCount))
      return nil
    }
    return Int64(path)
  }

  // MARK: - Answers

  func answer(_ path: Path, _ literal: Int) throws(Undecided) -> Condition.Answer {
    if let known = conditions[path].answers[literal] { return known }
    if let isStopped, isStopped() { throw .stopped }
    let signed = SignedLiteral(literal)
    var (seenTrue, seenFalse) = (false, false)
    for witness in conditions[path].witnesses {
      if try witness.holds(signed, terms) { seenTrue = true } else { seenFalse = true }
    }
    if !seenTrue { seenTrue = try hasWitness(path, signed) }
    if !seenFalse { seenFalse = try hasWitness(path, signed.negation) }
    let answer: Condition.Answer = seenTrue ? (seenFalse ? .open : .implied) : .refuted
    conditions[path].answers[literal] = answer
    return answer
  }

  /// Whether a path condition and a literal can hold together.
  private func hasWitness(_ path: Path, _ literal: SignedLiteral) throws(Undecided) -> Bool {
    guard let witness = try witness(conditions[path], literal) else { return false }
    if conditions[path].witnesses.count < Self.witnessCount {
      conditions[path].witnesses.append(witness)
    }
    return true
  }

  /// A layout for which a path condition and a literal hold; nil if there is none. Z3 is asked if
  /// nothing that it has said answers it.
  func witness(
    _ condition: Condition, _ literal: SignedLiteral
  ) throws(Undecided) -> KnownLayout? {
    if known.refutes(condition.set, with: literal) { return nil }
    if let layout = known.layout(condition.set.inserting(literal), terms) { return layout }
    guard let solver else { throw .unasked }
    if fixedElements == nil { fixedElements = try findFixedElements() }
    if let holds = try fixedElements?.truth(of: literal, terms) {
      if holds { return condition.witnesses.first }
      known.add(conflict: [literal])
      return nil
    }
    let literals = condition.literals + [literal]
    var formulas: [BoolTerm] = []
    for literal in literals { formulas.append(try encoding.formula(literal)) }
    let reply: Reply
    do throws(SMTError) {
      reply = try self.reply(of: solver, try solver.check(assuming: formulas))
      if reply.answer == .unsatisfiable {
        let core = try solver.core(minimizing: false).assumptions
        known.add(conflict: core.map { literals[$0] })
      }
    } catch {
      throw .solver(error.description)
    }
    guard let values = try reply.solution else { return nil }
    let found = KnownLayout(values)
    known.add(found)
    return found
  }

  func literals(of path: Path) -> [BoolTerm] {
    conditions[path].literals.compactMap { try? encoding.formula($0) }
  }

  /// The path condition that says a literal more; the literal is open.
  func path(_ path: Path, and literal: SignedLiteral) throws(Undecided) -> Path {
    let key = Extension(path: path, literal: literal)
    if let known = extensions[key] { return known }
    let parent = conditions[path]
    // What the new literal implies by itself needs not be said, but costs a question to find out.
    let literals = (parent.literals + [literal]).sorted()
    var witnesses: [KnownLayout] = []
    for witness in parent.witnesses where try witness.holds(literal, terms) {
      witnesses.append(witness)
    }
    var made = Condition(literals: literals, witnesses: witnesses)
    made.answers = parent.answers.filter { $0.value != .open }
    made.answers[literal.literal] = literal.isNegated ? .refuted : .implied
    let found = try equal(made) ?? conditions.count
    if found == conditions.count { conditions.append(made) }
    extensions[key] = found
    return found
  }

  /// A path condition that says the same, among those that have come up; the first few are looked
  /// at.
  private func equal(_ made: Condition) throws(Undecided) -> Path? {
    for path in conditions.indices.prefix(Self.comparedCount) {
      let known = conditions[path]
      // Layouts for which one holds and not the other tell most of them apart.
      guard holds(known.set, made.witnesses), holds(made.set, known.witnesses) else { continue }
      if known.literals == made.literals { return path }
      if try isImplied(made.literals, by: path), try isImplied(known.literals, by: made) {
        return path
      }
    }
    return nil
  }

  private func holds(_ literals: LiteralSet, _ witnesses: [KnownLayout]) -> Bool {
    witnesses.allSatisfy { $0.holds(literals, terms) }
  }

  private func isImplied(_ literals: [SignedLiteral], by path: Path) throws(Undecided) -> Bool {
    for literal in literals {
      let answer = try answer(path, literal.literal)
      if answer != (literal.isNegated ? .refuted : .implied) { return false }
    }
    return true
  }

  private func isImplied(
    _ literals: [SignedLiteral], by made: Condition
  ) throws(Undecided) -> Bool {
    for literal in literals where !made.literals.contains(literal) {
      if try witness(made, literal.negation) != nil { return false }
    }
    return true
  }

  /// Whether one path condition implies another one.
  package func implies(_ path: Path, _ other: Path) -> Bool {
    if path == other || other == 0 { return true }
    do throws(Undecided) {
      if let failure { throw failure }
      guard holds(conditions[other].set, conditions[path].witnesses) else { return false }
      return try isImplied(conditions[other].literals, by: path)
    } catch {
      failure = error
      return false
    }
  }

  /// Whether one path condition is implied by another, stronger one. Where that is not found out,
  /// it is taken not to be, which is no failure.
  package func isWeaker(_ path: Path, than other: Path) -> Bool {
    if path == other || path == 0 { return true }
    guard failure == nil else { return false }
    let key = Implication(premise: other, conclusion: path)
    if let known = implications[key] { return known }
    let missing = conditions[path].literals.filter { !conditions[other].literals.contains($0) }
    var isWeaker = false
    do throws(Undecided) {
      if holds(LiteralSet(missing), conditions[other].witnesses) {
        isWeaker = try isImplied(missing, by: other)
      }
    } catch {}
    implications[key] = isWeaker
    return isWeaker
  }

  /// An order of path conditions in which most weaker ones come first: by the number of their
  /// literals.
  package func precedes(_ path: Path, _ other: Path) -> Bool {
    let (count, otherCount) = (conditions[path].literals.count, conditions[other].literals.count)
    return count == otherCount ? path < other : count < otherCount
  }

  /// Path conditions that part all layouts so finely that each path condition so far holds
  /// everywhere in one of them or nowhere.
  ///
  /// - Returns: Nil, and a failure, if there are more than `limit`.
  package func cells(limit: Int) -> [Path]? {
    let literals = Set(conditions.flatMap { $0.literals.map(\.literal) }).sorted()
    var cells: [Path] = [0]
    do throws(Undecided) {
      if let failure { throw failure }
      for literal in literals {
        var finer: [Path] = []
        for cell in cells {
          guard try answer(cell, literal) == .open else {
            finer.append(cell)
            continue
          }
          finer.append(try path(cell, and: SignedLiteral(literal)))
          finer.append(try path(cell, and: SignedLiteral(literal, isNegated: true)))
        }
        guard finer.count <= limit else { throw .tooManyCells(limit: limit) }
        cells = finer
      }
      return cells
    } catch {
      failure = error
      return nil
    }
  }

  // MARK: - Several outcomes

  /// Whether one of some outcomes comes about wherever a path condition holds.
  ///
  /// - Parameter outcomes: Path conditions that imply it.
  package func covers(_ path: Path, _ outcomes: [Path]) -> Bool {
    if failure != nil { return true }
    if let known = knownToCover(path, outcomes) { return known }
    let key = Covering(path: path, outcomes: Set(outcomes).sorted())
    do throws(Undecided) {
      let isCovered = try solution(of: question(path, noneOf: key.outcomes)) == nil
      coverings[key] = isCovered
      return isCovered
    } catch {
      failure = error
      return true
    }
  }

  /// As `covers`, if that is plain or has been found out before.
  package func knownToCover(_ path: Path, _ outcomes: [Path]) -> Bool? {
    if outcomes.contains(path) { return true }
    if outcomes.isEmpty { return false }
    return coverings[Covering(path: path, outcomes: Set(outcomes).sorted())]
  }

  /// That a path condition holds and none of some outcomes comes about.
  func question(_ path: Path, noneOf outcomes: [Path]) -> [BoolTerm] {
    literals(of: path) + outcomes.map { !BoolTerm.all(literals(of: $0)) }
  }

  /// What Z3 says to a question, and if it can hold, by which values.
  private struct Reply {
    let answer: SMT.Answer
    let values: [Int128]
    /// Whether there is no answer because the search is to end.
    let isStopped: Bool

    /// Nil if there is none.
    var solution: [Int128]? {
      get throws(Undecided) {
        switch answer {
        case .satisfiable: return values
        case .unsatisfiable: return nil
        case .unknown(let reason): throw isStopped ? .stopped : .solver(reason.description)
        }
      }
    }
  }

  /// Values for which all formulas hold beside what the layout assumes; nil if there are none.
  func solution(of formulas: [BoolTerm]) throws(Undecided) -> [Int128]? {
    guard let solver else { throw .unasked }
    let reply: Reply
    do throws(SMTError) {
      try solver.push()
      for formula in formulas { try solver.assert(formula) }
      reply = try self.reply(of: solver, try solver.check())
      try solver.pop()
    } catch {
      throw .solver(error.description)
    }
    return try reply.solution
  }

  /// An answer of the solver, counted and recorded.
  private func reply(of solver: Solver, _ answer: SMT.Answer) throws(SMTError) -> Reply {
    solverCallCount += 1
    if let record {
      switch answer {
      case .satisfiable: record(try solver.query(expectation: .satisfiable))
      case .unsatisfiable: record(try solver.query(expectation: .unsatisfiable))
      case .unknown: record(try solver.query())
      }
    }
    var isUnknown = false
    if case .unknown = answer { isUnknown = true }
    return Reply(
      answer: answer,
      values: answer == .satisfiable ? try encoding.values(of: try solver.model()) : [],
      isStopped: isUnknown && isStopped?() == true)
  }
}
