public import Diagnostics
public import Evaluation
public import SMT
public import TransitionSystem

/// What is known of one element of a symbolic constant, from outside of the model.
public struct LayoutFact: Sendable, Hashable {
  /// As the model writes it: `new_base`, or `need[shell]`.
  public let name: String
  /// The least value.
  public let lower: Int128?
  /// The greatest value.
  public let upper: Int128?
  /// A number that divides the value; positive.
  public let alignment: Int128?
  /// Where it comes from, in a core's words.
  public let origin: String

  public init(
    name: String, lower: Int128? = nil, upper: Int128? = nil, alignment: Int128? = nil,
    origin: String
  ) {
    self.name = name
    self.lower = lower
    self.upper = upper
    self.alignment = alignment
    self.origin = origin
  }
}

/// Something that the layout keeps to, and what it says in Z3's words.
public struct LayoutAssumption: Sendable {
  public let formula: BoolTerm
  /// The text of the assumption, or what a fact says.
  public let text: String
  /// Where it stands in the model; nil for a fact.
  public let span: SourceSpan?
}

/// Why a model with symbolic constants cannot be checked at all.
public enum LayoutError: Error, Sendable {
  /// No layout keeps to all of these; without any one of them, the others can be kept if the core is
  /// minimal.
  case contradictory([LayoutAssumption], isMinimal: Bool)
  /// It was not found out whether a layout keeps to the assumptions.
  case undecided(Undecided)
  /// An assumption has no value.
  case interrupted(Interruption)
  /// A fact about something that the model does not have.
  case unknownName(String)
  case solver(SMTError)
}

extension PathConditions {
  /// Makes path condition 0 of what the model and the facts assume.
  ///
  /// - Throws: Where the assumptions contradict each other, among others.
  public func assume() throws(LayoutError) {
    guard conditions.isEmpty else { return }
    do throws(Interruption) {
      try readAssumptions()
    } catch {
      throw .interrupted(error)
    }
    for fact in facts { try read(fact) }
    guard system.symbolicElementCount > 0 || !assumptions.isEmpty else {
      // Nothing is open, so nothing is ever asked.
      conditions = [Condition(literals: [], witnesses: [[]])]
      return
    }
    let answer: FirstAnswer
    do throws(SMTError) {
      answer = try askFirst()
    } catch {
      throw .solver(error)
    }
    switch answer {
    case .satisfiable(let witness):
      conditions = [Condition(literals: [], witnesses: [witness])]
    case .contradictory(let core, let isMinimal):
      throw .contradictory(core, isMinimal: isMinimal)
    case .unknown(let reason):
      throw .undecided(.solver(reason))
    }
  }

  /// As `assume`, with a failure in place of an error: nothing is decided then.
  public func assumeOrFail() {
    do throws(LayoutError) {
      try assume()
    } catch {
      switch error {
      case .contradictory: fail(.solver("the assumptions about the layout contradict each other"))
      case .undecided(let reason): fail(reason)
      case .interrupted: fail(.solver("an assumption about the layout has no value"))
      case .unknownName(let name): fail(.solver("there is no symbolic constant `\(name)`"))
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
    let solver = try Solver(limits: limits)
    for (number, assumption) in assumptions.enumerated() {
      try solver.assert(
        assumption.formula, named: Self.name(number), comment: assumption.text)
    }
    self.solver = solver
    solverCallCount += 1
    switch try solver.check() {
    case .satisfiable:
      let witness = try encoding.values(of: try solver.model())
      record?(try solver.query(expectation: .satisfiable))
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

  private func read(_ fact: LayoutFact) throws(LayoutError) {
    let names = system.symbolicConstants.flatMap { constant in
      (0..<constant.elementCount).map { constant.name(ofElement: $0) }
    }
    guard let element = names.firstIndex(of: fact.name) else { throw .unknownName(fact.name) }
    let unknown = encoding.unknowns[element]
    var parts: [BoolTerm] = []
    if let lower = fact.lower { parts.append(IntTerm(IntegerValue(lower)) <= unknown) }
    if let upper = fact.upper { parts.append(unknown <= IntTerm(IntegerValue(upper))) }
    if let alignment = fact.alignment, let divisor = Divisor(IntegerValue(alignment)) {
      parts.append((unknown % divisor).equals(0))
    }
    assumptions.append(
      LayoutAssumption(formula: .all(parts), text: fact.origin, span: nil))
  }
}
