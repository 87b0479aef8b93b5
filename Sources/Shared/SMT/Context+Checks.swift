internal import CZ3

/// What solvers and optimisers have in common: limits, answers, and the reading of models.
extension Context {
  /// Parameters of a solver or optimiser, which `set` gives to it.
  func configure(_ limits: Limits, _ set: (Z3_params) -> Void) throws(SMTError) {
    let parameters = try checked(z3.mk_params(handle))
    z3.params_inc_ref(handle, parameters)
    defer { z3.params_dec_ref(handle, parameters) }
    let none = UInt32.max
    z3.params_set_uint(
      handle, parameters, z3.mk_string_symbol(handle, "timeout"),
      limits.timeoutMilliseconds.map { max($0, 1) } ?? none)
    try check()
    // Here 0 means that there is no limit.
    z3.params_set_uint(
      handle, parameters, z3.mk_string_symbol(handle, "rlimit"),
      limits.resourceUnits.map { max($0, 1) } ?? 0)
    try check()
    // Otherwise Z3 takes SIGINT for itself while a check runs.
    z3.params_set_bool(handle, parameters, z3.mk_string_symbol(handle, "ctrl_c"), false)
    try check()
    set(parameters)
    try check()
  }

  /// Runs a check, and says why it did not come to an answer.
  func answer(
    _ limits: Limits, reason: () -> Z3_string?, _ run: () -> Z3_lbool
  ) throws(SMTError) -> Answer {
    guard interrupter.begin(self) else { return .unknown(.interrupted) }
    let clock = ContinuousClock()
    let start = clock.now
    let result = run()
    let duration = clock.now - start
    interrupter.end()
    switch result {
    case Z3_L_TRUE:
      try check()
      return .satisfiable
    case Z3_L_FALSE:
      try check()
      return .unsatisfiable
    default: break
    }
    // An exception on the way is a code, and where there is none it is a reason.
    let code = Z3ErrorCode(rawValue: UInt32(z3.get_error_code(handle).rawValue))
    let words =
      code == .ok
      ? reason().map { String(cString: $0) } ?? ""
      : z3.get_error_msg(handle, Z3_error_code(rawValue: code.rawValue)).map { String(cString: $0) }
        ?? ""
    if code == .outOfMemory || words.contains("memory") { return .unknown(.noMemory) }
    // Z3 4.8.12 says "canceled" of a time-out, a resource limit and an interrupt alike.
    if interrupter.isRequested { return .unknown(.interrupted) }
    let wasStopped = ["canceled", "timeout", "resource limit"].contains { words.contains($0) }
    // On a busy machine an optimiser may be stopped before it has words for it.
    if let limit = limits.timeoutMilliseconds, wasStopped || words.isEmpty,
      duration >= .milliseconds(Int(limit))
    {
      return .unknown(.timeout(milliseconds: limit))
    }
    if let limit = limits.resourceUnits, wasStopped {
      return .unknown(.resourceLimit(units: limit))
    }
    if code != .ok, !wasStopped { throw .refused(code, words) }
    return .unknown(.other(words))
  }

  /// Reads the values of a model of Z3's. It may have more names than it was given: those of
  /// trackers, and what Z3 makes up for itself.
  func read(_ model: Z3_model?) throws(SMTError) -> Model {
    let model = try checked(model)
    z3.model_inc_ref(handle, model)
    defer { z3.model_dec_ref(handle, model) }
    var values: [String: Value] = [:]
    for position in 0..<z3.model_get_num_consts(handle, model) {
      let declaration = try checked(z3.model_get_const_decl(handle, model, position))
      let symbol = try checked(z3.get_decl_name(handle, declaration))
      guard let name = z3.get_symbol_string(handle, symbol).map({ String(cString: $0) }) else {
        continue
      }
      guard names.contains(name) else { continue }
      // Nil where the model does not care.
      guard let node = z3.model_get_const_interp(handle, model, declaration) else { continue }
      values[name] = try value(node)
    }
    return Model(values: values)
  }

  /// The value of a node of Z3's that is a literal.
  private func value(_ node: Z3_ast) throws(SMTError) -> Value {
    if z3.get_ast_kind(handle, node) == Z3_NUMERAL_AST {
      let text = z3.get_numeral_string(handle, node).map { String(cString: $0) } ?? ""
      try check()
      guard let value = IntegerValue(decimal: text) else {
        throw .refused(.internalFatal, "a model has the number \(text)")
      }
      return .integer(value)
    }
    switch z3.get_bool_value(handle, node) {
    case Z3_L_TRUE: return .bool(true)
    case Z3_L_FALSE: return .bool(false)
    default: throw .refused(.internalFatal, "a model has a value that is no literal")
    }
  }

  /// A literal's value, or nil for what is none: Z3's optimiser has terms for infinity.
  func literal(_ node: Z3_ast?) throws(SMTError) -> IntegerValue? {
    let node = try checked(node)
    guard z3.get_ast_kind(handle, node) == Z3_NUMERAL_AST else { return nil }
    guard case .integer(let value) = try value(node) else { return nil }
    return value
  }
}
