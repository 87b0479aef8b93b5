internal import CZ3

/// A context of Z3: what all objects of one solver live in.
///
/// The manual says of [Z3_mk_context](https://z3prover.github.io/api/html/group__capi.html):
/// "objects created using a given context should not be accessed from different threads without
/// synchronization. In other words, operations on a context are not thread safe." So a context is
/// not `Sendable`, nor is a solver, and each solver has its own. `Interrupter` is the exception.
///
/// References are counted by hand (`Z3_mk_context_rc`). Nothing of Z3 leaves a solver, so the order
/// of release is that of two deinitialisers: the solver's objects, then its context.
final class Context {
  let z3: Z3Functions
  let handle: Z3_context
  let interrupter: Interrupter
  private let integers: Z3_sort
  private let bools: Z3_sort
  /// All unknowns that this context was ever given.
  private(set) var names = NameTable()

  /// - Throws: `SMTError.missing`, `.tooOld`, `.noMemory`.
  init(_ interrupter: Interrupter = Interrupter()) throws(SMTError) {
    self.interrupter = interrupter
    let z3 = try Z3Library.shared.get().functions
    self.z3 = z3
    let configuration = z3.mk_config()
    defer { z3.del_config(configuration) }
    guard let handle = z3.mk_context_rc(configuration) else {
      throw .noMemory
    }
    self.handle = handle
    // Z3's own handler prints and ends the process. With this one a failed call only leaves its
    // code, which `checked` reads.
    z3.set_error_handler(handle) { _, _ in }
    guard let integers = z3.mk_int_sort(handle), let bools = z3.mk_bool_sort(handle) else {
      z3.del_context(handle)
      throw .noMemory
    }
    // These two belong to the context's theories and live as long as it does.
    self.integers = integers
    self.bools = bools
  }

  deinit { z3.del_context(handle) }

  /// Throws the error of the last call, if it failed.
  func check() throws(SMTError) {
    let code = Z3ErrorCode(rawValue: UInt32(z3.get_error_code(handle).rawValue))
    guard code != .ok else { return }
    guard code != .outOfMemory else { throw .noMemory }
    let message = z3.get_error_msg(handle, Z3_error_code(rawValue: code.rawValue))
    throw .refused(code, message.map { String(cString: $0) } ?? "")
  }

  /// What the last call returned, or its error.
  func checked(_ object: OpaquePointer?) throws(SMTError) -> OpaquePointer {
    try check()
    guard let object else { throw .refused(.internalFatal, "a call returned nothing") }
    return object
  }

  /// A new node of Z3's, which the caller releases.
  private func owned(_ node: Z3_ast?) throws(SMTError) -> Z3_ast {
    let node = try checked(node)
    z3.inc_ref(handle, node)
    return node
  }

  /// The unknown of a name, which the caller releases.
  ///
  /// - Throws: `SMTError.refused`.
  func unknown(_ name: String, _ sort: Sort) throws(SMTError) -> Z3_ast {
    let symbol = try checked(z3.mk_string_symbol(handle, name))
    return try owned(z3.mk_const(handle, symbol, sort == .integer ? integers : bools))
  }

  /// The node of Z3's for `premise => conclusion`, which the caller releases.
  func implication(_ premise: Z3_ast, _ conclusion: Z3_ast) throws(SMTError) -> Z3_ast {
    try owned(z3.mk_implies(handle, premise, conclusion))
  }

  func release(_ node: Z3_ast) { z3.dec_ref(handle, node) }

  /// A term as a node of Z3's, which the caller releases.
  ///
  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.refused`.
  func translate(_ term: TermNode) throws(SMTError) -> Z3_ast {
    var made: [ObjectIdentifier: Z3_ast] = [:]
    // What is made holds on to its operands, so at the end all but the root are let go.
    defer { for node in made.values { z3.dec_ref(handle, node) } }
    var root: Z3_ast?
    for node in term.postorder {
      var operands: [Z3_ast?] = node.operands.map { made[ObjectIdentifier($0)] }
      root = try owned(apply(node, &operands))
      made[ObjectIdentifier(node)] = root
    }
    let result = try checked(root)
    z3.inc_ref(handle, result)
    return result
  }

  private func apply(_ node: TermNode, _ operands: inout [Z3_ast?]) throws(SMTError) -> Z3_ast? {
    let count = UInt32(operands.count)
    switch node.operation {
    case .bool(let value): return value ? z3.mk_true(handle) : z3.mk_false(handle)
    case .integer(let value): return z3.mk_numeral(handle, value.description, integers)
    case .unknown(let name, let sort):
      try names.insert(name, sort)
      let symbol = try checked(z3.mk_string_symbol(handle, name))
      return z3.mk_const(handle, symbol, sort == .integer ? integers : bools)
    case .not: return z3.mk_not(handle, operands[0])
    case .and: return z3.mk_and(handle, count, &operands)
    case .or: return z3.mk_or(handle, count, &operands)
    case .implies: return z3.mk_implies(handle, operands[0], operands[1])
    case .equal: return z3.mk_eq(handle, operands[0], operands[1])
    case .ifThenElse: return z3.mk_ite(handle, operands[0], operands[1], operands[2])
    case .add: return z3.mk_add(handle, count, &operands)
    case .negate: return z3.mk_unary_minus(handle, operands[0])
    case .multiply: return z3.mk_mul(handle, count, &operands)
    case .divide: return z3.mk_div(handle, operands[0], operands[1])
    case .modulo: return z3.mk_mod(handle, operands[0], operands[1])
    case .less: return z3.mk_lt(handle, operands[0], operands[1])
    case .lessOrEqual: return z3.mk_le(handle, operands[0], operands[1])
    }
  }
}
