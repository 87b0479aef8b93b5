internal import CZ3

/// A conversation with Z3: assertions, scopes, questions.
///
/// A solver is used by one thread at a time, which the compiler sees to (see `Context` for Z3's own
/// words); several solvers may run beside one another. Its memory grows with the number of
/// different names that it is given, and not with the number of questions.
///
/// See [Z3's C API, solvers](https://z3prover.github.io/api/html/group__capi.html).
package final class Solver {
  /// Of each check from now on.
  package var limits: Limits
  /// Stops this solver from another thread.
  package var interrupter: Interrupter { context.interrupter }
  /// What was asserted and is still in scope.
  package private(set) var assertions: [Assertion] = []

  private let context: Context
  private let solver: Z3_solver
  /// What Z3 has been told to keep to.
  private var configured: Limits?
  /// For each assertion with a name, the unknown that implies it: `Z3_solver_check_assumptions`
  /// gives cores as such unknowns.
  private var trackers: [Tracker] = []
  private var scopes: [(assertions: Int, trackers: Int)] = []
  private var names: Set<String> = []
  /// Assumptions have a scope of their own, which stays open for as long as its model or core can
  /// be asked for.
  private var assumed: Assumptions?
  private var last: Answer?
  private var lastCore: Core?

  private struct Tracker {
    let unknown: Z3_ast
    let meaning: Meaning
    /// An assertion's name, or the position of an assumption.
    enum Meaning {
      case name(String)
      case assumption(Int)
    }
  }

  private struct Assumptions {
    let terms: [BoolTerm]
    let firstTracker: Int
  }

  /// - Parameter interrupter: What stops this solver; one that is there before it.
  /// - Throws: `SMTError.missing`, `.tooOld`, `.refused`.
  package init(
    limits: Limits = .none, interrupter: Interrupter = Interrupter()
  ) throws(SMTError) {
    context = try Context(interrupter)
    solver = try context.checked(context.z3.mk_solver(context.handle))
    context.z3.solver_inc_ref(context.handle, solver)
    self.limits = limits
  }

  deinit {
    for tracker in trackers { context.release(tracker.unknown) }
    context.z3.solver_dec_ref(context.handle, solver)
  }

  // MARK: Assertions

  /// Asserts a formula, until the scope is closed that is open now.
  ///
  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.duplicateAssertionName`, `.refused`.
  ///   Nothing is asserted then.
  package func assert(
    _ term: BoolTerm, named name: String? = nil, comment: String? = nil
  ) throws(SMTError) {
    try add(Assertion(term, named: name, comment: comment))
  }

  /// Asserts; as `assert`.
  package func add(_ assertion: Assertion) throws(SMTError) {
    try closeAssumptions()
    if let name = assertion.name {
      try NameTable.check(name)
      guard !names.contains(name) else { throw .duplicateAssertionName(name) }
      try assert(assertion.term, tracked: .name(name))
      names.insert(name)
    } else {
      let node = try context.translate(assertion.term.node)
      defer { context.release(node) }
      context.z3.solver_assert(context.handle, solver, node)
      try context.check()
    }
    assertions.append(assertion)
  }

  /// No name of a term has a bar, so no tracker is a term's unknown. A name is used again once its
  /// scope is closed.
  private static func trackerName(_ number: Int) -> String { "|\(number)" }

  private func assert(_ term: BoolTerm, tracked meaning: Tracker.Meaning) throws(SMTError) {
    let node = try context.translate(term.node)
    defer { context.release(node) }
    let unknown = try context.unknown(Self.trackerName(trackers.count), .bool)
    do {
      let implication = try context.implication(unknown, node)
      defer { context.release(implication) }
      context.z3.solver_assert(context.handle, solver, implication)
      try context.check()
    } catch {
      context.release(unknown)
      throw error
    }
    trackers.append(Tracker(unknown: unknown, meaning: meaning))
  }

  /// Opens a scope.
  ///
  /// - Throws: `SMTError.refused`.
  package func push() throws(SMTError) {
    try closeAssumptions()
    context.z3.solver_push(context.handle, solver)
    try context.check()
    scopes.append((assertions.count, trackers.count))
  }

  /// Closes the scope that was opened last, and forgets what was asserted in it.
  ///
  /// - Throws: `SMTError.noScope`, `.refused`.
  package func pop() throws(SMTError) {
    try closeAssumptions()
    guard let scope = scopes.popLast() else { throw .noScope }
    try popScope(trackers: scope.trackers)
    for assertion in assertions[scope.assertions...] {
      if let name = assertion.name { names.remove(name) }
    }
    assertions.removeSubrange(scope.assertions...)
  }

  private func popScope(trackers count: Int) throws(SMTError) {
    context.z3.solver_pop(context.handle, solver, 1)
    try context.check()
    for tracker in trackers[count...] { context.release(tracker.unknown) }
    trackers.removeSubrange(count...)
  }

  /// Ends what belongs to the last check.
  private func closeAssumptions() throws(SMTError) {
    last = nil
    lastCore = nil
    guard let open = assumed else { return }
    assumed = nil
    try popScope(trackers: open.firstTracker)
  }

  // MARK: Questions

  /// Whether all assertions and assumptions can hold together. Assumptions hold for this check
  /// only.
  ///
  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.refused`.
  package func check(assuming terms: [BoolTerm] = []) throws(SMTError) -> Answer {
    try closeAssumptions()
    if !terms.isEmpty {
      context.z3.solver_push(context.handle, solver)
      try context.check()
      assumed = Assumptions(terms: terms, firstTracker: trackers.count)
      for (position, term) in terms.enumerated() {
        try assert(term, tracked: .assumption(position))
      }
    }
    let answer = try ask(trackers)
    last = answer
    return answer
  }

  /// For a timeout Z3 starts a thread for each check and waits for its end, which was half of the
  /// time of small questions. So they have a little work to be answered in first.
  private static let untimed = Limits(resourceUnits: 100_000)

  private func ask(_ trackers: [Tracker]) throws(SMTError) -> Answer {
    if limits.timeoutMilliseconds != nil, limits.resourceUnits == nil {
      let answer = try ask(trackers, Self.untimed)
      guard case .unknown(.resourceLimit) = answer else { return answer }
    }
    return try ask(trackers, limits)
  }

  private func ask(_ trackers: [Tracker], _ limits: Limits) throws(SMTError) -> Answer {
    if configured != limits {
      try context.configure(limits) { parameters in
        context.z3.solver_set_params(context.handle, solver, parameters)
      }
      configured = limits
    }
    let unknowns: [Z3_ast?] = trackers.map(\.unknown)
    return try context.answer(limits) {
      context.z3.solver_get_reason_unknown(context.handle, solver)
    } _: {
      context.z3.solver_check_assumptions(
        context.handle, solver, UInt32(unknowns.count), unknowns)
    }
  }

  /// A model, after a check that was answered by `satisfiable`, until anything else is done.
  ///
  /// - Throws: `SMTError.noModel`, `.refused`.
  package func model() throws(SMTError) -> Model {
    guard last == .satisfiable else { throw .noModel }
    return try context.read(context.z3.solver_get_model(context.handle, solver))
  }

  /// What the last check was about, assumptions included, as a value.
  ///
  /// - Throws: Nothing that was not thrown by `assert` or `check` before.
  package func query(
    comment: String? = nil, expectation: Query.Expectation? = nil
  ) throws(SMTError) -> Query {
    let assumed = (assumed?.terms ?? []).map {
      Assertion($0, comment: "Assumed for this question.")
    }
    return try Query(assertions + assumed, comment: comment, expectation: expectation)
  }

  // MARK: Cores

  /// Named assertions and assumptions that cannot hold together, after a check that was answered by
  /// `unsatisfiable`, until anything else is done.
  ///
  /// Z3's cores need not be minimal. Here each member is left out in turn, and stays out if the
  /// rest still cannot hold: minimal, though not a smallest. Each of these checks has the solver's
  /// limits.
  ///
  /// - Parameter minimizes: False for Z3's core as it is, which costs nothing.
  /// - Throws: `SMTError.noCore`, `.refused`.
  /// - Complexity: A check for each member of Z3's core.
  package func core(minimizing minimizes: Bool = true) throws(SMTError) -> Core {
    guard last == .unsatisfiable else { throw .noCore }
    if let lastCore { return lastCore }
    var candidates = try readCore(of: trackers)
    var isMinimal = minimizes
    var position = minimizes ? 0 : candidates.count
    while position < candidates.count {
      var rest = candidates
      rest.remove(at: position)
      switch try ask(rest) {
      case .unsatisfiable:
        // Those before the position are needed, so they are in this smaller core too.
        candidates = try readCore(of: rest)
      case .satisfiable: position += 1
      case .unknown:
        isMinimal = false
        position += 1
      }
    }
    let core = Core(
      names: candidates.compactMap { if case .name(let name) = $0.meaning { name } else { nil } },
      assumptions: candidates.compactMap {
        if case .assumption(let position) = $0.meaning { position } else { nil }
      }, isMinimal: isMinimal)
    if minimizes { lastCore = core }
    return core
  }

  /// Z3's core of the last check, which was of these, in their order.
  private func readCore(of asked: [Tracker]) throws(SMTError) -> [Tracker] {
    let (z3, handle) = (context.z3, context.handle)
    let vector = try context.checked(z3.solver_get_unsat_core(handle, solver))
    z3.ast_vector_inc_ref(handle, vector)
    defer { z3.ast_vector_dec_ref(handle, vector) }
    // Z3 keeps each node once, so that the same unknown is the same pointer.
    var members: Set<Z3_ast> = []
    for position in 0..<z3.ast_vector_size(handle, vector) {
      members.insert(try context.checked(z3.ast_vector_get(handle, vector, position)))
    }
    return asked.filter { members.contains($0.unknown) }
  }
}
