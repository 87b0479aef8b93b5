import Diagnostics
import TransitionSystem

// A variable is what its declaration names, and a field what the declaration of its record names: a
// field is read if it is read in one of the variables that have it.

extension ModelLinter {
  mutating func lintVariables() {
    var uses = VariableUses(model, system)
    system.forEachPart { uses.visit($0) }
    for (name, declared) in uses.declarations {
      switch (uses.reads.contains(declared.span), uses.writes.contains(declared.span)) {
      case (true, true): break
      case (false, false):
        warn(
          .unusedVariable, "nobody reads or writes \(declared.kind) `\(name)`", at: declared.span)
      case (false, true):
        warn(.unusedVariable, "nobody reads \(declared.kind) `\(name)`", at: declared.span)
      case (true, false):
        warn(.unusedVariable, "nobody writes \(declared.kind) `\(name)`", at: declared.span)
      }
    }
  }
}

/// What is read and written of the variables of the state, by the places of the names that declare
/// them and their fields.
private struct VariableUses {
  private let system: TransitionSystem
  private let variables: [(slot: Int, declared: Declared)]
  private let types: [String: TypeSyntax]
  private(set) var reads: Set<SourceSpan> = []
  private(set) var writes: Set<SourceSpan> = []

  struct Declared {
    let kind: String
    let span: SourceSpan
  }

  /// A variable's name and type in the text.
  private struct VariableSyntax {
    let name: Name
    let type: TypeSyntax
  }

  private let syntaxOfVariable: [SourceSpan: VariableSyntax]

  init(_ model: ModelSyntax, _ system: TransitionSystem) {
    self.system = system
    var types: [String: TypeSyntax] = [:]
    var syntax: [SourceSpan: VariableSyntax] = [:]
    for case .declaration(let declaration) in model.items {
      switch declaration {
      case .type(let type): for name in type.names { types[name.text] = type.type }
      case .variable(let variable):
        for name in variable.names {
          syntax[name.span] = VariableSyntax(name: name, type: variable.type)
        }
      case .constant, .symbolic: break
      }
    }
    self.types = types
    syntaxOfVariable = syntax
    variables = system.variables.filter { !$0.isHidden }.map {
      ($0.slot, Declared(kind: "variable", span: $0.span))
    }
  }

  /// All variables, and the fields of those that are read and written: of the others, the variable is
  /// what there is to say.
  var declarations: [(name: String, Declared)] {
    var found: [(String, Declared)] = []
    var seen: Set<SourceSpan> = []
    for (_, declared) in variables {
      guard let syntax = syntaxOfVariable[declared.span] else { continue }
      found.append((syntax.name.text, declared))
      guard reads.contains(declared.span), writes.contains(declared.span) else { continue }
      forEachField(of: syntax.type) { field in
        if seen.insert(field.span).inserted {
          found.append((field.text, Declared(kind: "field", span: field.span)))
        }
      }
    }
    return found
  }

  mutating func visit(_ part: Part) {
    guard case .place(let place, let use) = part, place.base == .state,
      let position = variables.lastIndex(where: { $0.slot <= place.offset })
    else { return }
    let variable = system.variables[position]
    var touched = [variable.span]
    if let syntax = syntaxOfVariable[variable.span] {
      collect(
        syntax.type, variable.type, offset: place.offset - variable.slot,
        slotCount: place.slotCount, into: &touched)
    }
    if use != .write { reads.formUnion(touched) }
    if use != .read { writes.formUnion(touched) }
  }

  /// The names of the fields that some slots of a variable belong to, and of the fields within.
  ///
  /// - Parameters:
  ///   - offset: The first of the slots, of any element where it is one of an array.
  ///   - slotCount: How many there are.
  private func collect(
    _ syntax: TypeSyntax, _ type: ValueType, offset: Int, slotCount: Int,
    into touched: inout [SourceSpan]
  ) {
    let syntax = resolved(syntax)
    if offset == 0, type.slotCount == slotCount {
      forEachField(of: syntax) { touched.append($0.span) }
      return
    }
    switch (syntax.kind, type) {
    case (.array(_, let elementSyntax), .array(_, let element)):
      let stride = max(1, element.slotCount)
      collect(
        elementSyntax, element, offset: offset % stride, slotCount: slotCount, into: &touched)
    case (.multiset(_, let elementSyntax), .multiset(_, let element)):
      let within = offset % (element.slotCount + 1)
      guard within > 0 else { return }
      collect(elementSyntax, element, offset: within - 1, slotCount: slotCount, into: &touched)
    case (.record(let declarations), .record(let fields)):
      var rest = offset
      for (name, declared, field) in paired(names(of: declarations), fields) {
        let count = field.type.slotCount
        if rest < count {
          touched.append(name.span)
          collect(declared, field.type, offset: rest, slotCount: slotCount, into: &touched)
          return
        }
        rest -= count
      }
    default: break
    }
  }

  private func names(of fields: [VariableDeclaration]) -> [(Name, TypeSyntax)] {
    fields.flatMap { field in field.names.map { ($0, field.type) } }
  }

  /// The type that names lead to. A name is declared before it is used, so this ends.
  private func resolved(_ syntax: TypeSyntax) -> TypeSyntax {
    var syntax = syntax
    while case .named(let name) = syntax.kind, let type = types[name] { syntax = type }
    return syntax
  }

  private func forEachField(of syntax: TypeSyntax, _ body: (Name) -> Void) {
    switch resolved(syntax).kind {
    case .record(let fields):
      for (name, type) in names(of: fields) {
        body(name)
        forEachField(of: type, body)
      }
    case .array(_, let element), .multiset(_, let element): forEachField(of: element, body)
    default: break
    }
  }
}

/// Pairs of names with types, and what they were elaborated to.
private func paired(
  _ names: [(Name, TypeSyntax)], _ fields: [ValueType.RecordField]
) -> [(Name, TypeSyntax, ValueType.RecordField)] {
  zip(names, fields).map { ($0.0, $0.1, $1) }
}
