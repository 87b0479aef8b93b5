package import Diagnostics

/// Numbers up to which local variables go that grow with the sizes of scalarsets: `0 .. CPUS`.
package struct SizeBounds: Sendable {
  /// For each place where such a variable is named, the greatest value of its type.
  package private(set) var bounds: [SourceSpan: Bound] = [:]
  /// Where constants for sizes stand in the types of these variables, and of results of functions, which
  /// nothing is held against.
  package private(set) var uses: Set<SourceSpan> = []

  /// A number, and others for each element of scalarsets, by the constants that say how many these have.
  package struct Bound: Sendable, Hashable {
    package private(set) var constant: Int64 = 0
    package private(set) var factors: [String: Int64] = [:]
  }

  private let source: SourceText
  private let tokens: [Token]
  private let sizes: Set<String>
  private let values: [String: Int64]

  /// - Parameters:
  ///   - sizes: Constants that say sizes.
  ///   - values: What other constants are.
  init(
    _ model: ModelSyntax, _ source: SourceText, _ dialect: Dialect, sizes: Set<String>,
    values: [String: Int64]
  ) {
    (self.source, self.sizes, self.values) = (source, sizes, values)
    tokens = Lexer.lex(source, rules: dialect.lexicalRules).tokens
    let starts = model.items.map(\.start).dropFirst() + [source.bytes.count]
    for (item, end) in zip(model.items, starts) {
      switch item {
      case .function(let function):
        if let result = function.result, let (_, uses) = bound(of: result) {
          self.uses.formUnion(uses)
        }
        add(function.declarations, in: item.start..<end)
      case .rule(let rule): add(rule, in: item.start..<end)
      case .declaration, .unreadable: break
      }
    }
  }

  private mutating func add(_ rule: RuleSyntax, in item: Range<Int>) {
    switch rule.kind {
    case .rule(let simple): add(simple.declarations, in: rule.span.start..<rule.span.end, of: item)
    case .startState(let start):
      add(start.declarations, in: rule.span.start..<rule.span.end, of: item)
    case .ruleset(_, let rules), .alias(_, let rules), .choose(_, let rules):
      for rule in rules { add(rule, in: item) }
    case .property, .measure: break
    }
  }

  /// - Parameters:
  ///   - block: Where what is declared is seen.
  ///   - item: What stands around it. With an alias in it, or a constant of its own, a name may mean
  ///     something else, and nothing is known.
  private mutating func add(
    _ declarations: [DeclarationSyntax], in block: Range<Int>, of item: Range<Int>? = nil
  ) {
    let item = item ?? block
    guard !tokens(in: item).contains(where: { $0.kind == .keyword(.alias) }) else { return }
    let hasConstants = declarations.contains { declaration in
      if case .constant = declaration { true } else { false }
    }
    guard !hasConstants else { return }
    for case .variable(let variable) in declarations {
      guard let (bound, uses) = bound(of: variable.type) else { continue }
      let names = variable.names.map { places(of: $0, in: block) }
      guard names.allSatisfy({ $0 != nil }) else { continue }
      for places in names {
        for place in places ?? [] { bounds[place] = bound }
      }
      self.uses.formUnion(uses)
    }
  }

  private func tokens(in range: Range<Int>) -> ArraySlice<Token> {
    let first = tokens.firstIndex { $0.span.start >= range.lowerBound } ?? tokens.endIndex
    let last = tokens[first...].firstIndex { $0.span.start >= range.upperBound } ?? tokens.endIndex
    return tokens[first..<last]
  }

  /// Where a local variable is named; nil where another one of its name is declared in the block.
  private func places(of name: Name, in block: Range<Int>) -> [SourceSpan]? {
    let words = tokens(in: block)
    var found: [SourceSpan] = []
    for position in words.indices where source.text(of: words[position].span) == name.text {
      guard words[position].kind == .identifier, words[position].span != name.span else { continue }
      let isDeclared =
        position + 1 < words.endIndex && words[position + 1].kind == .symbol(.colon)
      let isRunOver =
        position > words.startIndex
        && [.keyword(.for), .keyword(.forall), .keyword(.exists)].contains(
          words[position - 1].kind)
      if isDeclared || isRunOver { return nil }
      found.append(words[position].span)
    }
    return found
  }

  // MARK: - Bounds

  /// The greatest value of a range that ends with a size, and where sizes stand in it.
  private func bound(of type: TypeSyntax) -> (Bound, [SourceSpan])? {
    guard case .range(let from, let to) = type.kind, let lower = value(of: from),
      lower.factors.isEmpty, let upper = value(of: to), !upper.factors.isEmpty
    else { return nil }
    let uses = tokens(in: to.span.start..<to.span.end).filter {
      $0.kind == .identifier && sizes.contains(source.text(of: $0.span))
    }
    return (upper, uses.map(\.span))
  }

  private static let most: Int64 = 1 << 20

  /// The value of a sum of numbers and sizes; nil of anything else.
  private func value(of syntax: ExpressionSyntax) -> Bound? {
    switch syntax.kind {
    case .number(let number): return Bound(constant: number).limited(to: Self.most)
    case .name(let name):
      if sizes.contains(name) { return Bound(factors: [name: 1]) }
      return values[name].flatMap { Bound(constant: $0).limited(to: Self.most) }
    case .binary(let operation, let left, let right):
      guard let left = value(of: left), let right = value(of: right) else { return nil }
      switch operation {
      case .add: return left.adding(right, times: 1).limited(to: Self.most)
      case .subtract: return left.adding(right, times: -1).limited(to: Self.most)
      case .multiply where left.factors.isEmpty:
        return Bound().adding(right, times: left.constant).limited(to: Self.most)
      case .multiply where right.factors.isEmpty:
        return Bound().adding(left, times: right.constant).limited(to: Self.most)
      default: return nil
      }
    default: return nil
    }
  }
}

extension SizeBounds.Bound {
  fileprivate func adding(_ other: Self, times: Int64) -> Self {
    var sum = self
    sum.constant += other.constant * times
    for (name, factor) in other.factors { sum.factors[name, default: 0] += factor * times }
    return sum
  }

  /// Nil of what is so large that it could overflow.
  fileprivate func limited(to most: Int64) -> Self? {
    ([constant] + factors.values).allSatisfy { (-most...most).contains($0) } ? self : nil
  }
}
