package import Diagnostics
package import Evaluation
package import SMT
import TransitionSystem

/// Something that is known of the layout from outside of the model. The elements of symbolic
/// constants are the unknowns of their names, `new_base` or `need[shell]`; others may stand in it
/// too.
package struct LayoutFact: Sendable {
  package let formula: BoolTerm
  /// What it says, in a core's words.
  package let text: String

  package init(_ formula: BoolTerm, _ text: String) {
    self.formula = formula
    self.text = text
  }
}

/// Something that the layout keeps to, and what it says in Z3's words.
package struct LayoutAssumption: Sendable {
  package let formula: BoolTerm
  /// The text of the assumption, or what a fact says.
  package let text: String
  /// Where it stands in the model; nil for a fact.
  package let span: SourceSpan?
}

/// Why a model with symbolic constants cannot be checked at all.
package enum LayoutError: Error, Sendable {
  /// No layout keeps to all of these; without any one of them, the others can be kept if the core
  /// is minimal.
  case contradictory([LayoutAssumption], isMinimal: Bool)
  /// It was not found out whether a layout keeps to the assumptions.
  case undecided(Undecided)
  /// An assumption has no value.
  case interrupted(Interruption)
  case solver(SMTError)
}

extension PathConditions {
  /// Makes path condition 0 of what the model and the facts assume.
  ///
  /// - Throws: Where the assumptions contradict each other, among others. Where it is not found out
  ///   whether they do, that is the failure, too: a search ends without a verdict.
  package func assume() throws(LayoutError) {
    guard conditions.isEmpty else { return }
    do throws(Interruption) {
      try readAssumptions()
    } catch {
      guard case .undecided(let reason) = error.cause else { throw .interrupted(error) }
      throw undecided(reason)
    }
    for fact in facts {
      assumptions.append(LayoutAssumption(formula: fact.formula, text: fact.text, span: nil))
    }
    guard system.symbolicElementCount > 0 || !assumptions.isEmpty else {
      // Nothing is open, so nothing is ever asked.
      conditions = [Condition(literals: [], witnesses: [KnownLayout([])])]
      return
    }
    let answer: FirstAnswer
    do throws(SMTError) {
      answer = try askFirst()
    } catch {
      guard error == .noMemory else { throw .solver(error) }
      answer = .unknown(error.description)
    }
    switch answer {
    case .satisfiable(let witness):
      conditions = [Condition(literals: [], witnesses: [KnownLayout(witness)])]
    case .contradictory(let core, let isMinimal):
      throw .contradictory(core, isMinimal: isMinimal)
    case .unknown(let reason):
      throw undecided(.solver(reason))
    }
  }

  private func undecided(_ reason: Undecided) -> LayoutError {
    conditions = [Condition(literals: [], witnesses: [])]
    fail(reason)
    return .undecided(reason)
  }

  /// As `assume`, with a failure in place of an error: nothing is decided then.
  package func assumeOrFail() {
    do throws(LayoutError) {
      try assume()
    } catch {
      switch error {
      case .contradictory: fail(.solver("the assumptions about the layout contradict each other"))
      case .undecided(let reason): fail(reason)
      case .interrupted: fail(.solver("an assumption about the layout has no value"))
      case .solver(let error): fail(.solver(error.description))
      }
    }
  }

  private enum FirstAnswer {
    case satisfiable([Int128])
    case contradictory([LayoutAssumption], isMinimal: Bool)
    case unknown(String)
  }

  private func askFirst() throws(SMTError) -> FirstAnswer {
    let solver = try Solver(limits: limits, interrupter: interrupter)
    try solver.push()
    for (number, assumption) in assumptions.enumerated() {
      try solver.assert(
        assumption.formula, named: Self.name(number), comment: assumption.text)
    }
    solverCallCount += 1
    switch try solver.check() {
    case .satisfiable:
      let witness = try encoding.values(of: try solver.model())
      record?(try solver.query(expectation: .satisfiable))
      // From here on they need no names, and Z3 simplifies what always holds.
      try solver.pop()
      for assumption in assumptions {
        try solver.assert(assumption.formula, comment: assumption.text)
      }
      self.solver = solver
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

  private func readAssumptions() throws(Interruption) {
    let interpreter = Interpreter(system: system, terms: terms)
    for property in system.layoutAssumptions {
      for bindings in TransitionSystem.bindings(of: property.parameters) {
        if let isStopped, isStopped() {
          throw Interruption(.undecided(.stopped), at: property.span)
        }
        let formula = try interpreter.formula(of: property, bindings)
        do throws(Undecided) {
          assumptions.append(
            LayoutAssumption(
              formula: try encoding.formula(formula), text: property.name, span: property.span))
        } catch {
          throw Interruption(.undecided(error), at: property.span)
        }
      }
    }
  }
}
