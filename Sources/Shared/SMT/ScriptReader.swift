extension Query {
  /// Reads a script of the form that `script` has: linear integer arithmetic, declarations before
  /// they are used, one `(check-sat)` at the end. Whoever wrote it, what is read is what it says:
  /// anything of SMT-LIB that is not of this form is refused. Comments are not kept.
  ///
  /// - Throws: `SMTError.unreadableScript` with the line; `.unusableName`,
  ///   `.duplicateAssertionName`.
  package init(script: String) throws(SMTError) {
    var reader = ScriptReader(script)
    try self.init(reader.assertions(), expectation: reader.expectation)
  }
}

/// Reads commands and terms without recursion, so that no script is too deep to be read.
struct ScriptReader {
  private var lexer: ScriptLexer
  private(set) var expectation: Query.Expectation?
  /// What a name stands for: unknowns that were declared, and parts bound by `let`.
  private var meanings: [String: TermNode] = [:]
  private var logic: String?

  init(_ script: String) { lexer = ScriptLexer(script) }

  private func refusal(_ reason: String) -> SMTError {
    .unreadableScript(line: lexer.line, reason)
  }

  /// The assertions of a whole script.
  ///
  /// - Throws: `SMTError.unreadableScript`.
  mutating func assertions() throws(SMTError) -> [Assertion] {
    var assertions: [Assertion] = []
    while true {
      try expect(.open)
      let command = try symbol()
      switch command {
      case "set-info": try readInformation()
      case "set-logic": try readLogic()
      case "declare-const": try declare()
      case "assert":
        guard logic != nil else { throw refusal("there is no set-logic before the assertions") }
        assertions.append(try assertion())
      case "check-sat":
        try expect(.close)
        guard try lexer.next() == .end else { throw refusal("something follows (check-sat)") }
        return assertions
      default: throw refusal("the command `\(command)` is not of this form")
      }
      try expect(.close)
    }
  }

  // MARK: Commands

  private mutating func readInformation() throws(SMTError) {
    guard case .keyword(let keyword) = try lexer.next() else {
      throw refusal("set-info needs a keyword")
    }
    switch (keyword, try lexer.next()) {
    case (":status", .symbol(let word, isQuoted: false)):
      guard expectation == nil else { throw refusal("there are two statuses") }
      if word == "unknown" { return }
      guard let status = Query.Expectation(rawValue: word) else {
        throw refusal("`\(word)` is no status")
      }
      expectation = status
    case (":status", _): throw refusal("the status is no symbol")
    case (_, .symbol), (_, .numeral), (_, .other): return
    default: throw refusal("set-info needs a value")
    }
  }

  private mutating func readLogic() throws(SMTError) {
    guard logic == nil else { throw refusal("there are two logics") }
    let name = try symbol()
    guard name == "QF_LIA" else { throw refusal("the logic is \(name) and not QF_LIA") }
    logic = name
  }

  private mutating func declare() throws(SMTError) {
    let name = try symbol()
    guard let sort = Sort(rawValue: try symbol()) else { throw refusal("`\(name)` has no sort") }
    guard meanings[name] == nil else { throw refusal("`\(name)` is declared twice") }
    meanings[name] = TermNode(.unknown(name, sort))
  }

  private mutating func assertion() throws(SMTError) -> Assertion {
    let isNamed = try nextIsAnnotation()
    let node = try term()
    guard node.sort == .bool else { throw refusal("an integer is asserted") }
    guard isNamed else { return Assertion(BoolTerm(node)) }
    try expect(.keyword(":named"))
    let name = try symbol()
    try expect(.close)
    return Assertion(BoolTerm(node), named: name)
  }

  /// Consumes `(!` if that is next.
  private mutating func nextIsAnnotation() throws(SMTError) -> Bool {
    var ahead = lexer
    guard try ahead.next() == .open, try ahead.next() == .symbol("!", isQuoted: false) else {
      return false
    }
    lexer = ahead
    return true
  }

  private mutating func expect(_ token: ScriptLexer.Token) throws(SMTError) {
    let found = try lexer.next()
    guard found == token else {
      switch token {
      case .open: throw refusal(found == .end ? "there is no (check-sat)" : "`(` is missing")
      case .close: throw refusal("`)` is missing")
      default: throw refusal("`:named` is missing")
      }
    }
  }

  private mutating func symbol() throws(SMTError) -> String {
    guard case .symbol(let name, _) = try lexer.next() else { throw refusal("a name is missing") }
    return name
  }

  // MARK: Terms

  /// What a term that is read next belongs to.
  private enum Frame {
    /// Its operands are those that were read since.
    case application(head: String, firstOperand: Int)
    /// The term is what a name is bound to.
    case binding(String)
    /// The term is where the binding holds; afterwards the name means what it meant before.
    case body(String, before: TermNode?)
  }

  private mutating func term() throws(SMTError) -> TermNode {
    var frames: [Frame] = []
    var operands: [TermNode] = []
    while true {
      var finished: TermNode?
      switch try lexer.next() {
      case .open: frames.append(try open(operands.count))
      case .close:
        guard case .application(let head, let first) = frames.popLast() else {
          throw refusal("a term is missing")
        }
        finished = try apply(head, Array(operands[first...]))
        operands.removeSubrange(first...)
      case .numeral(let digits):
        finished = IntegerValue(decimal: digits).map { TermNode(.integer($0)) }
      case .symbol(let name, let isQuoted): finished = try meaning(name, isQuoted)
      case .keyword(let word), .other(let word): throw refusal("`\(word)` is no term")
      case .end: throw refusal("a term does not end")
      }
      while let node = finished {
        guard let frame = frames.popLast() else { return node }
        finished = nil
        switch frame {
        case .application:
          operands.append(node)
          frames.append(frame)
        case .binding(let name):
          try expect(.close)
          try expect(.close)
          frames.append(.body(name, before: meanings[name]))
          meanings[name] = node
        case .body(let name, let before):
          try expect(.close)
          meanings[name] = before
          finished = node
        }
      }
    }
  }

  private mutating func open(_ firstOperand: Int) throws(SMTError) -> Frame {
    guard case .symbol(let head, isQuoted: false) = try lexer.next() else {
      throw refusal("an operator is missing")
    }
    guard head == "let" else {
      return .application(head: head, firstOperand: firstOperand)
    }
    try expect(.open)
    try expect(.open)
    return .binding(try symbol())
  }

  private func meaning(_ name: String, _ isQuoted: Bool) throws(SMTError) -> TermNode {
    if let node = meanings[name] { return node }
    if !isQuoted, name == "true" { return TermNode(.bool(true)) }
    if !isQuoted, name == "false" { return TermNode(.bool(false)) }
    throw refusal("`\(name)` is not declared")
  }

  private func apply(_ head: String, _ operands: [TermNode]) throws(SMTError) -> TermNode {
    let sorts = operands.map(\.sort)
    let areBools = sorts.allSatisfy { $0 == .bool }
    let areIntegers = sorts.allSatisfy { $0 == .integer }
    let count = operands.count
    switch head {
    case "not" where count == 1 && areBools: return TermNode(.not, operands)
    case "and" where count >= 2 && areBools: return TermNode(.and, operands)
    case "or" where count >= 2 && areBools: return TermNode(.or, operands)
    case "=>" where count == 2 && areBools: return TermNode(.implies, operands)
    case "=" where count == 2 && sorts[0] == sorts[1]: return TermNode(.equal, operands)
    case "ite" where count == 3 && sorts[0] == .bool && sorts[1] == sorts[2]:
      return TermNode(.ifThenElse, operands)
    case "+" where count >= 2 && areIntegers: return TermNode(.add, operands)
    case "-" where count == 1 && areIntegers:
      if case .integer(let value) = operands[0].operation, !value.isNegative,
        let negative = IntegerValue(decimal: "-" + value.magnitude)
      {
        return TermNode(.integer(negative))
      }
      return TermNode(.negate, operands)
    case "*" where count == 2 && areIntegers && isLiteral(operands[0]):
      return TermNode(.multiply, operands)
    case "div" where count == 2 && areIntegers && isPositive(operands[1]):
      return TermNode(.divide, operands)
    case "mod" where count == 2 && areIntegers && isPositive(operands[1]):
      return TermNode(.modulo, operands)
    case "<" where count == 2 && areIntegers: return TermNode(.less, operands)
    case "<=" where count == 2 && areIntegers: return TermNode(.lessOrEqual, operands)
    default: throw refusal("`\(head)` of these operands is not of this form")
    }
  }

  private func isLiteral(_ node: TermNode) -> Bool {
    if case .integer = node.operation { true } else { false }
  }

  private func isPositive(_ node: TermNode) -> Bool {
    if case .integer(let value) = node.operation { value > 0 } else { false }
  }
}
