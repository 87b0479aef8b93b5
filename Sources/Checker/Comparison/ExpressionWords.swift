import TransitionSystem

/// What an expression says, as words: those of two systems are the same where both say the same by the
/// same steps. Variables and functions are known by their names, variables of quantifiers by how many
/// are around them, types by what they are; bodies of functions that are called come behind.
struct ExpressionWords {
  private let system: TransitionSystem
  /// Gives types the identities that they have beside the other system.
  private let relocation: Relocation
  private var words: [String] = []
  /// Slots of the frame whose variables are bound around, by how many were around them.
  private var bound: [Int: Int] = [:]
  /// Functions in the order in which calls of them come up.
  private var called: [Int] = []
  private var isComplete = true

  /// - Parameters:
  ///   - parameters: Of the property, which are the first variables.
  ///   - wrappers: Quantifiers and premises that stand around the expression, the outermost first.
  /// - Returns: Nil for an expression over symbolic constants.
  static func all(
    _ expression: Expression, within wrappers: [PropertyConjunct.Wrapper],
    _ parameters: [RuleParameter], of system: TransitionSystem, _ types: TypeIdentities
  ) -> [String]? {
    var words = ExpressionWords(
      system: system,
      relocation: Relocation(slotCount: 0, functionCount: 0, types: types))
    for (slot, parameter) in parameters.enumerated() {
      words.add("\(words.relocation.moved(parameter.type)) \(parameter.values)")
      words.bind(slot)
    }
    for wrapper in wrappers {
      switch wrapper {
      case .forall(let loop): words.add(.forall, loop)
      case .premise(let premise):
        words.add("premise")
        words.add(premise)
      }
    }
    words.add(expression)
    words.addFunctions()
    return words.isComplete ? words.words : nil
  }

  private init(system: TransitionSystem, relocation: Relocation) {
    (self.system, self.relocation) = (system, relocation)
  }

  private mutating func add(_ word: String) { words.append(word) }

  private mutating func bind(_ slot: Int) { bound[slot] = bound.count }

  private mutating func add(_ type: ValueType) { add("\(relocation.moved(type))") }

  private mutating func addFunctions() {
    var next = 0
    while next < called.count {
      let function = system.functions[called[next]]
      add("function \(function.name) \(function.parameters.count)")
      for parameter in function.parameters {
        add("\(parameter.isReference) \(parameter.frameSlot)")
        add(parameter.type)
      }
      if let result = function.result { add(result) }
      // Slots of a function's frame are in the order of its text.
      bound = [:]
      add(function.body)
      next += 1
    }
  }

  // MARK: - Expressions

  private mutating func add(_ expressions: Expression...) {
    for expression in expressions { add(expression.kind) }
  }

  private mutating func add(_ kind: Expression.Kind) {
    switch kind {
    case .literal(let value): add("\(value)")
    case .load(let place): add("load", place)
    case .arithmetic(let operation, let left, let right):
      add(operation.rawValue)
      add(left, right)
    case .negate(let operand): add("negate", operand)
    case .bitNot(let operand): add("bitnot", operand)
    case .compare(let comparison, let left, let right):
      add(comparison.rawValue)
      add(left, right)
    case .aggregatesEqual(let left, let right):
      add("same")
      add(left)
      add(right)
    case .not(let operand): add("not", operand)
    case .and(let left, let right):
      add("and")
      add(left, right)
    case .or(let left, let right):
      add("or")
      add(left, right)
    case .implies(let left, let right):
      add("implies")
      add(left, right)
    case .conditional(let condition, let then, let otherwise):
      add("if")
      add(condition, then, otherwise)
    case .quantified(let quantifier, let loop, let inner):
      let before = bound
      add(quantifier, loop)
      add(inner)
      bound = before
    case .isUndefined(let place): add("isundefined", place)
    case .call(let function, let arguments): add(function, arguments)
    case .handedOn(let operand, let distance): add("plus \(distance)", operand)
    case .isOccupied(let place, let position):
      add("occupied", place)
      add(position)
    case .multisetCount(let place, let frameSlot, let predicate):
      let before = bound
      add("count", place)
      bind(frameSlot)
      add(predicate)
      bound = before
    case .symbolic: isComplete = false
    }
  }

  private mutating func add(_ word: String, _ operand: Expression) {
    add(word)
    add(operand)
  }

  /// A loop and its variable, which is bound from here on.
  private mutating func add(_ quantifier: Expression.Quantifier, _ loop: Loop) {
    add("\(quantifier)")
    add(loop)
    bind(loop.frameSlot)
  }

  private mutating func add(_ loop: Loop) {
    add("\(relocation.moved(loop.type))")
    switch loop.domain {
    case .values(let first, let last): add("\(first) \(last)")
    case .stepped(let from, let to, let by):
      add(loop.crossing == .noRound ? "to" : "to and back")
      add(from, to)
      if let by { add("by", by) }
    }
  }

  private mutating func add(_ function: Int, _ arguments: [Argument]) {
    if !called.contains(function) { called.append(function) }
    add("call \(system.functions[function].name) \(arguments.count)")
    for argument in arguments { add(argument) }
  }

  private mutating func add(_ argument: Argument) {
    switch argument {
    case .value(let value): add("value", value)
    case .aggregate(let aggregate): add(aggregate)
    case .reference(let place): add("var", place)
    case .temporary(let place, let argument):
      add("temporary", place)
      add(argument)
    }
  }

  private mutating func add(_ aggregate: Aggregate) {
    switch aggregate {
    case .place(let place): add("copy", place)
    case .call(let function, let arguments, _): add(function, arguments)
    case .conditional(let condition, let then, let otherwise):
      add("if", condition)
      add(then)
      add(otherwise)
    }
  }

  // MARK: - Places

  private mutating func add(_ word: String, _ place: Place) {
    add(word)
    add(place)
  }

  private mutating func add(_ place: Place) {
    switch place.base {
    case .state:
      // Of the variable that the offset, which indices add to, lies in.
      let variable = system.variables.last { $0.slot <= place.offset && !$0.isHidden }
      add("\(variable?.name ?? "") \(place.offset - (variable?.slot ?? 0))")
      if let variable { add(variable.type) }
    case .frame: add("frame \(slot(place.offset))")
    case .reference(let frameSlot): add("reference \(slot(frameSlot)) \(place.offset)")
    }
    add(place.type)
    for index in place.indices {
      add("[\(index.lower) \(index.count) \(index.stride)]", index.value)
    }
  }

  private func slot(_ slot: Int) -> String { bound[slot].map { "\($0) around" } ?? "\(slot)" }

  // MARK: - Statements

  private mutating func add(_ statements: [Statement]) {
    add("begin")
    for statement in statements { add(statement.kind) }
    add("end")
  }

  private mutating func add(_ kind: Statement.Kind) {
    switch kind {
    case .assign(let place, let value):
      add("assign", place)
      add(value)
    case .copy(let place, let aggregate):
      add("assign", place)
      add(aggregate)
    case .clear(let place): add("clear", place)
    case .undefine(let place): add("undefine", place)
    case .bindReference(let frameSlot, let place): add("alias \(frameSlot)", place)
    case .conditional(let clauses, let otherwise):
      for clause in clauses {
        add("if", clause.condition)
        add(clause.body)
      }
      add(otherwise)
    case .whileLoop(let condition, let body):
      add("while", condition)
      add(body)
    case .forLoop(let loop, let body):
      add("for \(loop.frameSlot)")
      add(loop)
      add(body)
    case .call(let function, let arguments): add(function, arguments)
    case .result(.scalar(let value)): add("return", value)
    case .result(.aggregate(let aggregate)):
      add("return")
      add(aggregate)
    case .result(nil): add("return nothing")
    case .assertion(let condition, let message): add("assert \(message)", condition)
    case .assumption(let condition): add("assume", condition)
    case .cover(let condition, _): add("cover", condition)
    case .error(let message): add("error \(message)")
    case .putText, .put, .putPlace: break
    case .multisetAdd(let argument, let place):
      add("add", place)
      add(argument)
    case .multisetRemove(let position, let place):
      add("remove", place)
      add(position)
    case .multisetRemoveWhere(let place, let frameSlot, let predicate):
      add("remove where \(frameSlot)", place)
      add(predicate)
    }
  }
}
