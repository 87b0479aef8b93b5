package import Diagnostics

/// Constants that say how many elements a scalarset has, and nothing else that is asked about: what a
/// model does is the same for each number of them, but for the elements.
package struct SizeConstants: Sendable {
  /// For each scalarset of a name, the constant that says its size.
  package let constants: [String: String]
  /// Where such a constant says something else, as the text has them.
  package let otherUses: [(constant: String, span: SourceSpan)]
  /// Local variables whose values go up to sizes.
  package let bounds: SizeBounds

  /// What covers, liveness properties and measures ask about, themselves or by functions that they alone
  /// call, does not count.
  ///
  /// - Parameters:
  ///   - source: The text of a model that has no errors.
  ///   - values: The values of its constants.
  ///   - fixed: Those among them whose values are the only ones that count, though they say sizes.
  package init(
    _ source: SourceText, dialect: Dialect, values: [String: Int64], fixed: Set<String> = []
  ) {
    let (model, _) = Parser.parse(source, rules: dialect.lexicalRules)
    var constants: [String: String] = [:]
    var declarations: Set<SourceSpan> = []
    for case .declaration(let declaration) in model.items {
      switch declaration {
      case .type(let type):
        guard case .scalarset(let size) = type.type.kind, case .name(let constant) = size.kind
        else {
          continue
        }
        for name in type.names { constants[name.text] = constant }
        declarations.insert(size.span)
      case .constant(let constant):
        for name in constant.names { declarations.insert(name.span) }
      case .variable, .symbolic: break
      }
    }
    let sizes = Set(constants.values).subtracting(fixed)
    let asked = AskedText(model, source, dialect)
    var uses: [(constant: String, span: SourceSpan)] = []
    for token in asked.identifiers where !declarations.contains(token.span) {
      let name = source.text(of: token.span)
      if sizes.contains(name) { uses.append((name, token.span)) }
    }
    self.constants = constants
    otherUses = uses
    bounds = SizeBounds(
      model, source, dialect, sizes: sizes, values: values.filter { !sizes.contains($0.key) })
  }
}

/// The identifiers of a model without what is only observed: covers, liveness properties, measures, and
/// functions that nothing else calls.
private struct AskedText {
  let identifiers: [Token]

  init(_ model: ModelSyntax, _ source: SourceText, _ dialect: Dialect) {
    let tokens = Lexer.lex(source, rules: dialect.lexicalRules).tokens.filter {
      $0.kind == .identifier
    }
    let observed = model.items.flatMap { item in
      if case .rule(let rule) = item { rule.observations } else { [SourceSpan]() }
    }
    let regions = Region.all(model, source)
    var found: [Token] = []
    var open = regions.filter { $0.function == nil }
    var functions: [String: [Region]] = [:]
    for region in regions {
      if let function = region.function { functions[function, default: []].append(region) }
    }
    while let region = open.popLast() {
      for token in tokens where region.range.contains(token.span.start) {
        if observed.contains(where: { $0.start <= token.span.start && token.span.end <= $0.end }) {
          continue
        }
        found.append(token)
        if let called = functions.removeValue(forKey: source.text(of: token.span)) {
          open += called
        }
      }
    }
    identifiers = found.sorted { $0.span.start < $1.span.start }
  }

  /// What stands from where an item begins to the next one.
  struct Region {
    /// Nil where it is none.
    let function: String?
    let range: Range<Int>

    static func all(_ model: ModelSyntax, _ source: SourceText) -> [Region] {
      let starts = model.items.map { item -> (start: Int, function: String?) in
        if case .function(let function) = item { return (item.start, function.name.text) }
        return (item.start, nil)
      }
      let ends = starts.dropFirst().map(\.start) + [source.bytes.count]
      return zip(starts, ends).map { Region(function: $0.function, range: $0.start..<$1) }
    }
  }
}

extension ModelSyntax.Item {
  /// Where it begins.
  var start: Int {
    switch self {
    case .function(let function): function.name.span.start
    case .rule(let rule): rule.span.start
    case .unreadable(let name): name.span.start
    case .declaration(.constant(let declaration)): declaration.names[0].span.start
    case .declaration(.type(let declaration)): declaration.names[0].span.start
    case .declaration(.variable(let declaration)), .declaration(.symbolic(let declaration, _)):
      declaration.names[0].span.start
    }
  }
}

extension RuleSyntax {
  /// Where covers, liveness properties and measures stand.
  fileprivate var observations: [SourceSpan] {
    switch kind {
    case .measure, .property(.cover, _, _), .property(.liveness, _, _): [span]
    case .rule, .startState, .property: []
    case .ruleset(_, let rules), .alias(_, let rules), .choose(_, let rules):
      rules.flatMap(\.observations)
    }
  }
}
