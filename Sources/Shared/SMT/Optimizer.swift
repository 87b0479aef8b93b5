internal import CZ3

/// Finds a model in which terms are least or greatest, the first objective before the second and so
/// on (lexicographically).
///
/// A thread rule as for `Solver`. See
/// [Z3's C API, optimisation](https://z3prover.github.io/api/html/group__capi.html).
package final class Optimizer {
  /// Of each check from now on.
  package var limits: Limits
  /// Stops this optimiser from another thread.
  package var interrupter: Interrupter { context.interrupter }
  package private(set) var assertions: [Assertion] = []
  package private(set) var objectives: [Objective] = []

  private let context: Context
  private let optimizer: Z3_optimize

  /// - Throws: `SMTError.missing`, `.tooOld`, `.refused`.
  package init(limits: Limits = .none) throws(SMTError) {
    context = try Context()
    optimizer = try context.checked(context.z3.mk_optimize(context.handle))
    context.z3.optimize_inc_ref(context.handle, optimizer)
    self.limits = limits
  }

  deinit { context.z3.optimize_dec_ref(context.handle, optimizer) }

  /// Asserts a formula. A name is for scripts and queries; cores come from `Solver`.
  ///
  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.refused`.
  package func assert(
    _ term: BoolTerm, named name: String? = nil, comment: String? = nil
  ) throws(SMTError) {
    try add(Assertion(term, named: name, comment: comment))
  }

  /// Asserts; as `assert`.
  package func add(_ assertion: Assertion) throws(SMTError) {
    if let name = assertion.name { try NameTable.check(name) }
    let node = try context.translate(assertion.term.node)
    defer { context.release(node) }
    context.z3.optimize_assert(context.handle, optimizer, node)
    try context.check()
    assertions.append(assertion)
  }

  /// Adds an objective, behind those that are there.
  ///
  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.refused`.
  package func add(_ objective: Objective) throws(SMTError) {
    let node = try context.translate(objective.term.node)
    defer { context.release(node) }
    switch objective.direction {
    case .least: _ = context.z3.optimize_minimize(context.handle, optimizer, node)
    case .greatest: _ = context.z3.optimize_maximize(context.handle, optimizer, node)
    }
    try context.check()
    objectives.append(objective)
  }

  /// Looks for the best model.
  ///
  /// - Throws: `SMTError.refused`, also if Z3's best model does not have the values that Z3 says;
  ///   `.valueTooLarge` if these need more than 128 bits.
  package func check() throws(SMTError) -> Optimum {
    let (z3, handle) = (context.z3, context.handle)
    try context.configure(limits) { z3.optimize_set_params(handle, optimizer, $0) }
    let answer = try context.answer(limits) {
      z3.optimize_get_reason_unknown(handle, optimizer)
    } _: {
      z3.optimize_check(handle, optimizer, 0, nil)
    }
    switch answer {
    case .unsatisfiable: return .unsatisfiable
    case .unknown(let reason): return .unknown(reason)
    case .satisfiable: break
    }
    let bounds = try objectives.indices.map { position throws(SMTError) in
      let node =
        switch objectives[position].direction {
        case .least: z3.optimize_get_lower(handle, optimizer, UInt32(position))
        case .greatest: z3.optimize_get_upper(handle, optimizer, UInt32(position))
        }
      return try context.literal(node)
    }
    let model = try context.read(z3.optimize_get_model(handle, optimizer))
    var values: [IntegerValue] = []
    for (position, bound) in bounds.enumerated() {
      guard let bound else { return .unbounded(objective: position) }
      guard try model.value(of: objectives[position].term) == bound else {
        throw .refused(.internalFatal, "an optimum of Z3's is not the value of its model")
      }
      values.append(bound)
    }
    return .optimal(model, values)
  }

  /// The question whether there is a model better than one with these values of the objectives. It
  /// has to be unsatisfiable, which is the evidence that they are an optimum.
  ///
  /// - Throws: `SMTError.duplicateAssertionName`.
  /// - Precondition: There are as many values as objectives.
  package func betterThan(
    _ values: [IntegerValue], comment: String? = nil
  ) throws(SMTError) -> Query {
    precondition(values.count == objectives.count, "each objective has a value")
    var better: [BoolTerm] = []
    var asGood: [BoolTerm] = []
    for (objective, value) in zip(objectives, values) {
      let best = IntTerm(value)
      let isBetter =
        objective.direction == .least ? objective.term < best : objective.term > best
      better.append(.all(asGood + [isBetter]))
      asGood.append(objective.term.equals(best))
    }
    let assertion = Assertion(.any(better), comment: "Something is better.")
    return try Query(assertions + [assertion], comment: comment, expectation: .unsatisfiable)
  }
}

/// What is to be least or greatest.
package struct Objective: Sendable, Hashable {
  package enum Direction: Sendable, Hashable, CaseIterable { case least, greatest }
  package let term: IntTerm
  package let direction: Direction

  package static func least(_ term: IntTerm) -> Objective {
    Objective(term: term, direction: .least)
  }

  package static func greatest(_ term: IntTerm) -> Objective {
    Objective(term: term, direction: .greatest)
  }
}

/// What an optimiser says.
package enum Optimum: Sendable, Hashable {
  /// The best model, and the values of the objectives in it.
  case optimal(Model, [IntegerValue])
  /// There are models, and no best one: this objective, the first of such, has no bound.
  case unbounded(objective: Int)
  case unsatisfiable
  /// It was not found out; nothing follows from it.
  case unknown(UnknownReason)
}
