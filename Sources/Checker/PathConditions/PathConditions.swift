package import Diagnostics
package import Evaluation
package import SMT
package import TransitionSystem

/// What is known of the symbolic constants, as numbered path conditions: conjunctions of literals
/// on top of what the model assumes of its layout. Number 0 is that alone.
///
/// A question about a literal is put to Z3 once for each path condition. Every path condition can
/// hold, and has values of the symbolic constants to show for it; these answer many questions
/// without Z3 (`LayoutOracle`).
///
/// Whoever makes them has them `assume` before anything else is asked. For one thread at a time.
package final class PathConditions: @unchecked Sendable {
  package typealias Path = Int
  typealias SignedLiteral = TermTable.SignedLiteral

  package let system: TransitionSystem
  package let terms = TermTable()
  let oracle: LayoutOracle
  let extremes: Extremes
  /// Beside the model's assumptions, what is known of the layout.
  private let facts: [LayoutFact]

  /// Number 0 has no layout to show for it before it is known that there is one.
  private(set) var conditions = [PathCondition(literals: [], witnesses: [])]
  private var extensions: [Extension: Path] = [:]
  private var coverings: [Covering: Bool] = [:]
  private var implications: [Implication: Bool] = [:]

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

  /// - Parameters:
  ///   - facts: What is known of the layout from outside of the model.
  ///   - limits: Of each question to Z3.
  ///   - maximumPathCount: `mostPaths` at most.
  ///   - stop: When nothing is to be asked any more.
  package init(
    _ system: TransitionSystem, facts: [LayoutFact] = [],
    limits: Limits = Limits(timeoutMilliseconds: 30_000), maximumPathCount: Int = mostPaths,
    stop: StopCondition = .init()
  ) {
    self.system = system
    self.facts = facts
    self.maximumPathCount = min(maximumPathCount, Self.mostPaths)
    // In this order whoever asks for which of them first.
    for element in 0..<system.symbolicElementCount { _ = terms.element(element) }
    oracle = LayoutOracle(system, terms, limits: limits, stop: stop)
    extremes = Extremes(terms, oracle)
  }

  /// Path conditions that have come up.
  package var count: Int { conditions.count }
  package var literalCount: Int { terms.literals.count }

  // MARK: - Questions

  /// Questions put to Z3.
  package var solverCallCount: Int { oracle.callCount }

  /// Stops a question from another thread; it then has no answer, and none has until `askAgain`.
  package var interrupter: Interrupter { oracle.interrupter }

  /// Takes each question that is put to Z3, with its answer.
  package var record: ((Query) -> Void)? {
    get { oracle.record }
    set { oracle.record = newValue }
  }

  /// When nothing is to be asked any more: what has no answer then is `Undecided.stopped`.
  package var stop: StopCondition {
    get { oracle.stop }
    set { oracle.stop = newValue }
  }

  /// Lets questions be asked after they were interrupted: what has been found is to be shown.
  package func askAgain() { oracle.interrupter.reset() }

  // MARK: - Assumptions

  /// Why nothing is decided, as long as `assume` has not found that there is a layout.
  package var undecided: Undecided? { oracle.undecided }

  /// Makes path condition 0 of what the model and the facts assume.
  ///
  /// - Throws: Where the assumptions contradict each other, among others. Where it is not found out
  ///   whether they do, a search can be begun all the same, and ends without a verdict.
  package func assume() throws(AssumptionError) {
    guard undecided != nil else { return }
    let assumptions: [LayoutAssumption]
    do throws(Interruption) {
      assumptions = try readAssumptions()
    } catch {
      guard case .undecided(let reason) = error.cause else { throw .interrupted(error) }
      throw refuse(reason)
    }
    guard system.symbolicElementCount > 0 || !assumptions.isEmpty else {
      // Nothing is open, so nothing is ever asked.
      return begin(with: oracle.assumeNothing())
    }
    let answer: LayoutOracle.FirstAnswer
    do throws(SMTError) {
      answer = try oracle.assume(assumptions)
    } catch {
      guard error == .noMemory else { throw .solver(error) }
      answer = .unknown(error.description)
    }
    switch answer {
    case .satisfiable(let witness): begin(with: witness)
    case .contradictory(let core, let isMinimal):
      throw .contradictory(core, isMinimal: isMinimal)
    case .unknown(let reason):
      throw refuse(.solver(reason))
    }
  }

  private func begin(with witness: Witness) {
    conditions = [PathCondition(literals: [], witnesses: [witness])]
  }

  private func refuse(_ reason: Undecided) -> AssumptionError {
    oracle.refuse(reason)
    return .undecided(reason)
  }

  private func readAssumptions() throws(Interruption) -> [LayoutAssumption] {
    let interpreter = Interpreter(system: system, terms: terms)
    var assumptions: [LayoutAssumption] = []
    for property in system.layoutAssumptions {
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        do throws(Undecided) {
          try oracle.goOn()
        } catch {
          throw Interruption(.undecided(error), at: property.span)
        }
        let formula = try interpreter.formula(of: property, bindings)
        do throws(Undecided) {
          assumptions.append(
            LayoutAssumption(
              formula: try oracle.encoding.formula(formula), text: property.name,
              span: property.span))
        } catch {
          throw Interruption(.undecided(error), at: property.span)
        }
      }
    }
    return assumptions
      + facts.map { LayoutAssumption(formula: $0.formula, text: $0.text, span: nil) }
  }

  // MARK: - Literals

  /// What a path condition makes of a literal.
  package enum Outcome: Sendable {
    case holds
    case fails
    /// It holds under the first path condition and not under the second, which part the one that
    /// was asked about.
    case open(then: Path, otherwise: Path)
  }

  /// What a path condition makes of a literal.
  package func outcome(
    _ path: Path, _ literal: TermTable.SignedLiteral
  ) throws(Undecided) -> Outcome {
    switch try answer(path, literal.literal) {
    case .implied: return literal.isNegated ? .fails : .holds
    case .refuted: return literal.isNegated ? .holds : .fails
    case .open:
      let then = try self.path(path, and: literal)
      return .open(then: then, otherwise: try self.path(path, and: literal.negation))
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

  /// The number of a path condition for a state.
  ///
  /// - Throws: `Undecided.tooManyPaths`, if states have none for it.
  @inline(__always)
  package func numberInState(_ path: Path) throws(Undecided) -> Int64 {
    guard path < maximumPathCount else { throw .tooManyPaths(limit: maximumPathCount) }
    return Int64(path)
  }

  func answer(_ path: Path, _ literal: Int) throws(Undecided) -> PathCondition.Answer {
    if let known = conditions[path].answers[literal] { return known }
    try oracle.goOn()
    let signed = SignedLiteral(literal)
    var (seenTrue, seenFalse) = (false, false)
    for witness in conditions[path].witnesses {
      if try witness.holds(signed, terms) { seenTrue = true } else { seenFalse = true }
    }
    if !seenTrue { seenTrue = try hasWitness(path, signed) }
    if !seenFalse { seenFalse = try hasWitness(path, signed.negation) }
    let answer: PathCondition.Answer = seenTrue ? (seenFalse ? .open : .implied) : .refuted
    conditions[path].answers[literal] = answer
    return answer
  }

  /// Whether a path condition and a literal can hold together.
  private func hasWitness(_ path: Path, _ literal: SignedLiteral) throws(Undecided) -> Bool {
    guard let witness = try oracle.witness(conditions[path], and: literal) else { return false }
    if conditions[path].witnesses.count < Self.witnessCount {
      conditions[path].witnesses.append(witness)
    }
    return true
  }

  // MARK: - Making

  /// The path condition that says a literal more; the literal is open.
  func path(_ path: Path, and literal: SignedLiteral) throws(Undecided) -> Path {
    let key = Extension(path: path, literal: literal)
    if let known = extensions[key] { return known }
    let parent = conditions[path]
    // What the new literal implies by itself needs not be said, but costs a question to find out.
    let literals = (parent.literals + [literal]).sorted()
    var witnesses: [Witness] = []
    for witness in parent.witnesses where try witness.holds(literal, terms) {
      witnesses.append(witness)
    }
    var made = PathCondition(literals: literals, witnesses: witnesses)
    made.answers = parent.answers.filter { $0.value != .open }
    made.answers[literal.literal] = literal.isNegated ? .refuted : .implied
    let found = try equal(made) ?? conditions.count
    if found == conditions.count { conditions.append(made) }
    extensions[key] = found
    return found
  }

  /// A path condition that says the same, among those that have come up; the first few are looked
  /// at.
  private func equal(_ made: PathCondition) throws(Undecided) -> Path? {
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

  private func holds(_ literals: LiteralSet, _ witnesses: [Witness]) -> Bool {
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
    _ literals: [SignedLiteral], by made: PathCondition
  ) throws(Undecided) -> Bool {
    for literal in literals where !made.literals.contains(literal) {
      if try oracle.witness(made, and: literal.negation) != nil { return false }
    }
    return true
  }

  // MARK: - Comparisons

  /// Whether one path condition implies another one.
  package func implies(_ path: Path, _ other: Path) throws(Undecided) -> Bool {
    if path == other || other == 0 { return true }
    guard holds(conditions[other].set, conditions[path].witnesses) else { return false }
    return try isImplied(conditions[other].literals, by: path)
  }

  /// Whether one path condition is implied by another, stronger one. Where that is not found out,
  /// it is taken not to be.
  package func isWeaker(_ path: Path, than other: Path) -> Bool {
    if path == other || path == 0 { return true }
    let key = Implication(premise: other, conclusion: path)
    if let known = implications[key] { return known }
    let missing = conditions[path].literals.filter { !conditions[other].literals.contains($0) }
    var isWeaker = false
    if holds(LiteralSet(missing), conditions[other].witnesses) {
      isWeaker = (try? isImplied(missing, by: other)) ?? false
    }
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
  /// - Throws: `Undecided.tooManyCells`, if there are more than `limit`.
  package func cells(limit: Int) throws(Undecided) -> [Path] {
    let literals = Set(conditions.flatMap { $0.literals.map(\.literal) }).sorted()
    var cells: [Path] = [0]
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
  }

  // MARK: - Several outcomes

  /// Whether one of some outcomes comes about wherever a path condition holds.
  ///
  /// - Parameter outcomes: Path conditions that imply it.
  package func covers(_ path: Path, _ outcomes: [Path]) throws(Undecided) -> Bool {
    if let known = knownToCover(path, outcomes) { return known }
    let key = Covering(path: path, outcomes: Set(outcomes).sorted())
    let isCovered = try oracle.solution(of: formulas(path, noneOf: key.outcomes)) == nil
    coverings[key] = isCovered
    return isCovered
  }

  /// As `covers`, if that is plain or has been found out before.
  package func knownToCover(_ path: Path, _ outcomes: [Path]) -> Bool? {
    if outcomes.contains(path) { return true }
    if outcomes.isEmpty { return false }
    return coverings[Covering(path: path, outcomes: Set(outcomes).sorted())]
  }

  /// That a path condition holds and none of some outcomes comes about, in Z3's words.
  func formulas(_ path: Path, noneOf outcomes: [Path] = []) throws(Undecided) -> [BoolTerm] {
    var formulas = try oracle.formulas(of: conditions[path])
    for outcome in outcomes {
      formulas.append(!BoolTerm.all(try oracle.formulas(of: conditions[outcome])))
    }
    return formulas
  }
}
