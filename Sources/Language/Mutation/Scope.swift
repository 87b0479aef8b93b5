import Diagnostics
import Murphi

/// What names mean to who changes one for another of its type. Types are compared by their text: two
/// texts may mean one type, and then a change is not made.
struct Scope {
  /// For each member of an enumeration, all members in order.
  private var enumerations: [String: [String]] = [:]
  private var constants: Set<String> = []
  /// Names that run over values or are parameters, innermost last.
  private var bindings: [(name: String, type: String)] = []
  private let source: SourceText

  init(_ model: ModelSyntax, _ source: SourceText) {
    self.source = source
    for item in model.items {
      if case .declaration(let declaration) = item { add(declaration) }
    }
  }

  private mutating func add(_ declaration: DeclarationSyntax) {
    switch declaration {
    case .constant(let constant): constants.formUnion(constant.names.map(\.text))
    case .type(let type): add(type.type)
    case .variable(let variable): add(variable.type)
    case .symbolic: break
    }
  }

  private mutating func add(_ type: TypeSyntax) {
    switch type.kind {
    case .enumeration(let names):
      for name in names { enumerations[name.text] = names.map(\.text) }
    case .record(let fields): for field in fields { add(field.type) }
    case .array(let index, let element):
      add(index)
      add(element)
    case .union(let types): for type in types { add(type) }
    case .multiset(_, let element): add(element)
    case .boolean, .named, .range, .scalarset, .invalid: break
    }
  }

  mutating func bind(_ name: Name, _ type: String) { bindings.append((name.text, type)) }

  mutating func bind(_ quantifiers: [QuantifierSyntax]) {
    for quantifier in quantifiers { bind(quantifier.name, text(of: quantifier.domain)) }
  }

  /// Names that hide what is further out, and are never exchanged: their type is not written here.
  mutating func bind(_ declarations: [DeclarationSyntax]) {
    for declaration in declarations {
      switch declaration {
      case .constant(let constant): for name in constant.names { bind(name, "") }
      case .type(let type): for name in type.names { bind(name, "") }
      case .variable(let variable), .symbolic(let variable, _):
        for name in variable.names { bind(name, "") }
      }
    }
  }

  /// The type that a name runs over, as a text; bounds count as one.
  func text(of domain: QuantifierSyntax.Domain) -> String {
    switch domain {
    case .type(let type): source.text(of: type.span)
    case .range(let from, let to, let by):
      source.text(of: from.span) + ".." + source.text(of: to.span)
        + (by.map { " by " + source.text(of: $0.span) } ?? "")
    }
  }

  /// Another value of the type that a name has: the next member of its enumeration, or the innermost
  /// other parameter; nil where there is none.
  func other(than name: String) -> String? {
    if let own = bindings.last(where: { $0.name == name }) {
      guard !own.type.isEmpty else { return nil }
      var seen: Set<String> = [name]
      for binding in bindings.reversed() where seen.insert(binding.name).inserted {
        if binding.type == own.type { return binding.name }
      }
      return nil
    }
    if name == "true" { return "false" }
    if name == "false" { return "true" }
    guard let members = enumerations[name], members.count > 1,
      let position = members.firstIndex(of: name)
    else { return nil }
    return members[(position + 1) % members.count]
  }

  /// Whether a name is a constant of the model, and nothing nearer.
  func isConstant(_ name: String) -> Bool {
    constants.contains(name) && !bindings.contains { $0.name == name }
  }
}
