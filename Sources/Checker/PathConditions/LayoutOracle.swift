import Diagnostics
import Evaluation
import SMT
import TransitionSystem

/// What Z3 says of the layouts that the assumptions allow, asked within limits and only where nothing
/// that it has said before is an answer.
///
/// For one thread at a time.
final class LayoutOracle {
  typealias SignedLiteral = TermTable.SignedLiteral

  private let terms: TermTable
  private let limits: Limits
  /// Stops a question from another thread.
  let interrupter = Interrupter()
  /// Asked before whatever has no answer yet, of which one state may have thousands.
  var stop: StopCondition
  /// Takes each question that is put to Z3, with its answer.
  var record: ((Query) -> Void)?
  /// Questions put to Z3.
  private(set) var callCount = 0

  var encoding: TermEncoding
  /// Nil where there is nothing to ask, or the assumptions have not been decided.
  private var solver: Solver?
  /// Why nothing can be asked, until it is known that a layout keeps to the assumptions.
  private(set) var undecided: Undecided? = .unasked
  /// A layout that keeps to the assumptions.
  private(set) var first: Witness?

  private var known = WitnessCache()
  /// Nil until Z3 would be asked about a literal.
  private var backbone: Backbone?

  /// - Parameters:
  ///   - limits: Of each question.
  ///   - stop: When nothing is to be asked any more.
  init(_ system: TransitionSystem, _ terms: TermTable, limits: Limits, stop: StopCondition) {
    self.terms = terms
    self.limits = limits
    self.stop = stop
    encoding = TermEncoding(system, terms)
  }

  /// - Throws: `Undecided.stopped`, where no more is wanted.
  func goOn() throws(Undecided) {
    if stop.isDue() { throw .stopped }
  }

  // MARK: - Assumptions

  /// Whether a layout keeps to all assumptions.
  enum FirstAnswer {
    case satisfiable(Witness)
    case contradictory([LayoutAssumption], isMinimal: Bool)
    case unknown(String)
  }

  /// There is nothing that can differ from layout to layout.
  func assumeNothing() -> Witness {
    let witness = Witness([])
    (first, undecided) = (witness, nil)
    return witness
  }

  /// Gives the reason why whatever is asked has no answer.
  func refuse(_ reason: Undecided) { undecided = reason }

  /// Makes the assumptions hold in all that is asked from here on.
  func assume(_ assumptions: [LayoutAssumption]) throws(SMTError) -> FirstAnswer {
    let solver = try Solver(limits: limits, interrupter: interrupter)
    try solver.push()
    for (number, assumption) in assumptions.enumerated() {
      try solver.assert(
        assumption.formula, named: Self.name(number), comment: assumption.text)
    }
    callCount += 1
    switch try solver.check() {
    case .satisfiable:
      let witness = Witness(try encoding.values(of: try solver.model()))
      record?(try solver.query(expectation: .satisfiable))
      // From here on they need no names, and Z3 simplifies what always holds.
      try solver.pop()
      for assumption in assumptions {
        try solver.assert(assumption.formula, comment: assumption.text)
      }
      (self.solver, first, undecided) = (solver, witness, nil)
      return .satisfiable(witness)
    case .unsatisfiable:
      record?(try solver.query(expectation: .unsatisfiable))
      let core = try solver.core()
      let named = assumptions.indices.filter { core.names.contains(Self.name($0)) }
      return .contradictory(named.map { assumptions[$0] }, isMinimal: core.isMinimal)
    case .unknown(let reason):
      record?(try solver.query())
      return .unknown(reason.description)
    }
  }

  private static func name(_ assumption: Int) -> String { "assumption \(assumption + 1)" }

  // MARK: - Questions

  /// A layout for which a path condition and a literal hold; nil if there is none.
  func witness(
    _ condition: PathCondition, and literal: SignedLiteral
  ) throws(Undecided) -> Witness? {
    if known.refutes(condition.set, with: literal) { return nil }
    if let witness = known.witness(condition.set.inserting(literal), terms) { return witness }
    guard let solver else { throw undecided ?? .unasked }
    if backbone == nil { backbone = try findBackbone(solver) }
    if let holds = try backbone?.truth(of: literal, terms) {
      if holds { return condition.witnesses.first }
      known.add(conflict: [literal])
      return nil
    }
    let literals = condition.literals + [literal]
    let formulas = try formulas(of: condition) + [encoding.formula(literal)]
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
    let found = Witness(values)
    known.add(found)
    return found
  }

  /// Values of the elements for which all formulas hold beside what the layout assumes; nil if there
  /// are none.
  func solution(of formulas: [BoolTerm]) throws(Undecided) -> [Int128]? {
    guard let solver else { throw undecided ?? .unasked }
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

  /// The literals of a path condition in Z3's words.
  func formulas(of condition: PathCondition) throws(Undecided) -> [BoolTerm] {
    var formulas: [BoolTerm] = []
    for literal in condition.literals { formulas.append(try encoding.formula(literal)) }
    return formulas
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

  /// An answer of the solver, counted and recorded.
  private func reply(of solver: Solver, _ answer: SMT.Answer) throws(SMTError) -> Reply {
    callCount += 1
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
      isStopped: isUnknown && stop.isDue())
  }

  // MARK: - Fixed elements

  /// Layouts that are asked for, each with another value of an element that may be fixed, before
  /// the rest is taken not to be.
  private static let mostVariedLayouts = 64
  /// What Z3 may take to say that there is no other layout; it is never needed to know.
  private static let varyingMilliseconds: UInt32 = 1_000

  /// Asks Z3 for layouts until what is alike in all of them has to be alike.
  ///
  /// - Throws: `Undecided.stopped`.
  private func findBackbone(_ solver: Solver) throws(Undecided) -> Backbone {
    guard let witness = first else { throw .unasked }
    let values = witness.values
    let limits = solver.limits
    solver.limits.timeoutMilliseconds = min(
      limits.timeoutMilliseconds ?? .max, Self.varyingMilliseconds)
    defer { solver.limits = limits }
    var open = Array(values.indices)
    for _ in 0..<Self.mostVariedLayouts {
      let isOther = open.map { !encoding.unknowns[$0].equals(IntTerm(IntegerValue(values[$0]))) }
      do throws(Undecided) {
        guard let other = try solution(of: [.any(isOther)]) else {
          return Backbone(values.indices.map { open.contains($0) }, in: witness)
        }
        known.add(Witness(other))
        open.removeAll { other[$0] != values[$0] }
      } catch {
        if error == .stopped { throw error }
        break
      }
      if open.isEmpty { break }
    }
    return Backbone(values.map { _ in false }, in: witness)
  }
}
