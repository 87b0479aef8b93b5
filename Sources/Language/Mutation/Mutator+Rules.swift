import Diagnostics
import Murphi

extension Mutator {
  mutating func mutate(
    _ rule: SimpleRuleSyntax, at span: SourceSpan, in surroundings: RuleSurroundings
  ) {
    drop(rule, at: span)
    if let condition = rule.guardExpression { mutateCondition(condition) }
    mutate(rule.body)
    split(rule, at: span, in: surroundings)
  }

  /// A rule that never fires is as good as none, and takes one line to show.
  private mutating func drop(_ rule: SimpleRuleSyntax, at span: SourceSpan) {
    let edit =
      if let condition = rule.guardExpression { TextEdit(condition.span, "false") } else {
        TextEdit(emptySpan(headEnd(of: rule, at: span)), " false ==>")
      }
    add(.dropRule, span, [edit], "it never happens")
  }

  /// Lets others come between two statements of a rule: a rule for the first half, and one for the
  /// second, which a flag of each instance enables. The instance does not begin again meanwhile.
  ///
  /// Nothing follows from the names that the second half has if they mean something else by then, so
  /// a rule is left as it is whose second half reads its own variables, or that chooses a member of a
  /// multiset.
  private mutating func split(
    _ rule: SimpleRuleSyntax, at span: SourceSpan, in surroundings: RuleSurroundings
  ) {
    guard rule.body.count > 1, !surroundings.hasChoice, let last = rule.body.last,
      let types = flagTypes(surroundings.quantifiers)
    else { return }
    let own = Set(rule.declarations.flatMap(\.declaredNames))
    let flag =
      freshName + surroundings.quantifiers.map { "[\($0.name.text)]" }.joined()
    let declared =
      "var \(freshName): " + types.map { "array [\($0)] of " }.joined() + "boolean;\n\n"
    let condition = rule.guardExpression.map {
      TextEdit($0.span, "isundefined(\(flag)) & (\(source.text(of: $0.span)))")
    }
    let head =
      condition ?? TextEdit(emptySpan(headEnd(of: rule, at: span)), " isundefined(\(flag)) ==>")
    let margin = indentation(at: span.start)
    for (first, second) in zip(rule.body, rule.body.dropFirst()) {
      let rest = SourceSpan(start: second.span.start, end: last.span.end)
      guard !first.isObservation, !second.isObservation, !mentions(own, in: rest) else { continue }
      let between = [
        ";", "  \(flag) := true;", "end;", "",
        "rule \"\(Mutant.secondHalf(of: declaration.name))\"",
        "  !isundefined(\(flag))", "==>", "begin", "  undefine \(flag)",
      ].joined(separator: "\n\(margin)")
      add(
        .splitRule, SourceSpan(start: first.span.start, end: second.span.end),
        [
          TextEdit(emptySpan(itemStart), declared), head,
          TextEdit(emptySpan(first.span.end), between),
        ], "others come between \(words(first.span)) and \(words(second.span))")
    }
  }

  private func emptySpan(_ offset: Int) -> SourceSpan { SourceSpan(start: offset, end: offset) }

  /// Where the guard of a rule without one would stand: behind `rule`, its priority and its name.
  private func headEnd(of rule: SimpleRuleSyntax, at span: SourceSpan) -> Int {
    var position = index(of: span.start)
    if rule.priority != nil { position += 1 }
    if rule.name != nil { position += 1 }
    return tokens[position].span.end
  }

  /// The types that an array of flags has as indices, as texts; nil where one cannot be written twice.
  private func flagTypes(_ quantifiers: [QuantifierSyntax]) -> [String]? {
    var types: [String] = []
    for quantifier in quantifiers {
      switch quantifier.domain {
      case .type(let type):
        switch type.kind {
        case .boolean, .named, .range: types.append(source.text(of: type.span))
        default: return nil
        }
      case .range(let from, let to, nil):
        types.append("\(source.text(of: from.span)) .. \(source.text(of: to.span))")
      case .range: return nil
      }
    }
    return types
  }

  private func mentions(_ names: Set<String>, in span: SourceSpan) -> Bool {
    guard !names.isEmpty else { return false }
    return tokens[index(of: span.start)..<index(of: span.end)].contains {
      $0.kind == .identifier && names.contains(source.text(of: $0.span))
    }
  }
}

extension DeclarationSyntax {
  fileprivate var declaredNames: [String] {
    switch self {
    case .constant(let constant): constant.names.map(\.text)
    case .type(let type): type.names.map(\.text)
    case .variable(let variable), .symbolic(let variable, _): variable.names.map(\.text)
    }
  }
}
