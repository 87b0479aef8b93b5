/// Writes a model as Murphi text.
///
/// Bounds of ranges and sizes of scalarsets are written as a constant's name when one has that
/// value.
struct ModelPrinter {
  private(set) var text = ""
  private var indentation = 0
  let style: Style
  let constants: [Constant]

  init(style: Style, constants: [Constant]) {
    self.style = style
    self.constants = constants
  }

  mutating func write(_ model: RandomModel) {
    section("const", model.constants.map { "\($0.name): \($0.value);" })
    section("type", model.types.map { "\($0.name): \(shape($0.shape));" })
    section("var", declarations(model.variables))
    for function in model.functions { write(function) }
    for item in model.items { write(item) }
  }

  // MARK: Lines

  private mutating func line(_ words: String) {
    text += String(repeating: "  ", count: indentation) + words + "\n"
  }

  private mutating func indented(_ write: (inout ModelPrinter) -> Void) {
    indentation += 1
    write(&self)
    indentation -= 1
  }

  private mutating func section(_ title: String, _ lines: [String]) {
    guard !lines.isEmpty else { return }
    line(word(title))
    indented { printer in
      for words in lines { printer.line(words) }
    }
  }

  private func declarations(_ declarations: [Declaration]) -> [String] {
    declarations.map { "\($0.name): \(type($0.type));" }
  }

  private func end(_ construct: String) -> String {
    (style.shortEnds ? word("end") : word("end" + construct)) + ";"
  }

  // MARK: Types

  private func bound(_ value: Int) -> String {
    constants.first { $0.value == value }?.name ?? String(value)
  }

  func type(_ type: ModelType) -> String {
    switch type {
    case .boolean: word("boolean")
    case .range(let lower, let upper): "\(bound(lower))..\(bound(upper))"
    case .named(let name): name
    case .array(let index, let element):
      "\(word("array")) [\(self.type(index))] \(word("of")) \(self.type(element))"
    }
  }

  private func shape(_ shape: TypeShape) -> String {
    switch shape {
    case .enumeration(let members):
      "\(word("enum")) { \(members.joined(separator: ", ")) }"
    case .scalarset(let count): "\(word("scalarset")) (\(bound(count)))"
    case .synonym(let synonym): type(synonym)
    case .record(let fields):
      word("record") + " " + fields.map { "\($0.name): \(type($0.type)); " }.joined()
        + word(style.shortEnds ? "end" : "endrecord")
    }
  }

  // MARK: Functions and rules

  private mutating func write(_ function: Function) {
    let parameters = function.parameters.map { parameter in
      (parameter.isVar ? word("var") + " " : "")
        + "\(parameter.declaration.name): \(type(parameter.declaration.type))"
    }
    let result = function.result.map { ": " + type($0) } ?? ""
    let keyword = function.result == nil ? "procedure" : "function"
    line("\(word(keyword)) \(function.name)(\(parameters.joined(separator: "; ")))\(result);")
    write(locals: function.locals, body: function.body)
    line(end(keyword))
  }

  private mutating func write(locals: [Declaration], body: [Statement]) {
    section("var", declarations(locals))
    line(word("begin"))
    indented { $0.write(body) }
  }

  private mutating func write(_ item: ModelItem) {
    switch item {
    case .start(let name, let locals, let body):
      line("\(word("startstate")) \"\(name)\"")
      write(locals: locals, body: body)
      line(end("startstate"))
    case .rule(let name, let condition, let locals, let body):
      let arrow = condition.map { " \(expression($0)) ==>" } ?? ""
      line("\(word("rule")) \"\(name)\"\(arrow)")
      write(locals: locals, body: body)
      line(end("rule"))
    case .ruleset(let binders, let items):
      line("\(word("ruleset")) \(binders.map(binder).joined(separator: "; ")) \(word("do"))")
      indented { printer in
        for item in items { printer.write(item) }
      }
      line(end("ruleset"))
    case .alias(let aliases, let items):
      line("\(word("alias")) \(list(aliases)) \(word("do"))")
      indented { printer in
        for item in items { printer.write(item) }
      }
      line(end("alias"))
    case .property(let property, let name, let condition):
      line("\(word(property.rawValue)) \"\(name)\" \(expression(condition));")
    }
  }

  private func list(_ aliases: [Alias]) -> String {
    aliases.map { "\($0.name): \(place($0.place))" }.joined(separator: "; ")
  }

  // MARK: Statements

  private mutating func write(_ statements: [Statement]) {
    for statement in statements { write(statement) }
  }

  private mutating func block(_ opening: String, _ body: [Statement], end construct: String) {
    line(opening)
    indented { $0.write(body) }
    line(end(construct))
  }

  private mutating func write(_ statement: Statement) {
    switch statement {
    case .assign(let target, let value): line("\(place(target)) := \(expression(value));")
    case .clear(let target): line("\(word("clear")) \(place(target));")
    case .undefine(let target): line("\(word("undefine")) \(place(target));")
    case .branch(let branches, let otherwise): write(branches: branches, otherwise: otherwise)
    case .choose(let subject, let cases, let otherwise):
      line("\(word("switch")) \(expression(subject))")
      for choice in cases {
        let labels = choice.labels.map { expression($0, inside: .implies) }
        line("\(word("case")) \(labels.joined(separator: ", ")):")
        indented { $0.write(choice.body) }
      }
      write(otherwise: otherwise)
      line(end("switch"))
    case .loop(let parameter, let body):
      block("\(word("for")) \(binder(parameter)) \(word("do"))", body, end: "for")
    case .countedWhile(let counter, let limit, let condition, let body):
      line("\(counter) := 0;")
      let bound = Expression.binary(.less, .variable(counter), .number(limit))
      let test = condition.map { .binary(.and, bound, $0) } ?? bound
      line("\(word("while")) \(expression(test)) \(word("do"))")
      indented { printer in
        printer.write(body)
        printer.line("\(counter) := \(counter) + 1;")
      }
      line(end("while"))
    case .alias(let aliases, let body):
      block("\(word("alias")) \(list(aliases)) \(word("do"))", body, end: "alias")
    case .call(let name, let arguments):
      line("\(name)(\(arguments.map { expression($0) }.joined(separator: ", ")));")
    case .property(let property, let condition, let message):
      line("\(word(property.rawValue)) \"\(message)\" \(expression(condition));")
    case .error(let message): line("\(word("error")) \"\(message)\";")
    case .giveBack(let value):
      line(word("return") + (value.map { " " + expression($0) } ?? "") + ";")
    }
  }

  private mutating func write(branches: [Statement.Branch], otherwise: [Statement]?) {
    for (index, branch) in branches.enumerated() {
      let keyword = word(index == 0 ? "if" : "elsif")
      line("\(keyword) \(expression(branch.condition)) \(word("then"))")
      indented { $0.write(branch.body) }
    }
    write(otherwise: otherwise)
    line(end("if"))
  }

  private mutating func write(otherwise: [Statement]?) {
    guard let otherwise else { return }
    line(word("else"))
    indented { $0.write(otherwise) }
  }
}
