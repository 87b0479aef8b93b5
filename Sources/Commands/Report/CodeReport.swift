package import Diagnostics
package import Murphi
package import Patches

/// Which code the rules of a model stand for, and which of it a patch of that code changes.
package struct CodeReport: Sendable {
  package let source: SourceText
  package let references: CodeReferences
  /// What a patch changes; nil where there is none.
  package let touched: TouchedFunctions?

  package init(
    _ source: SourceText, _ references: CodeReferences, touched: TouchedFunctions? = nil
  ) {
    (self.source, self.references, self.touched) = (source, references, touched)
  }

  /// A function of the code, with the rules that stand for it.
  private struct Entry {
    let function: CodeReference.Function
    var rules: [CodeReference]
  }

  /// In the order of the model: those that the patch changes, where there is one.
  private var entries: [Entry] {
    var entries: [Entry] = []
    for reference in references.references {
      for function in reference.functions where isShown(function) {
        if let position = entries.firstIndex(where: { $0.function == function }) {
          if entries[position].rules.last != reference { entries[position].rules.append(reference) }
        } else {
          entries.append(Entry(function: function, rules: [reference]))
        }
      }
    }
    return entries
  }

  private func isShown(_ function: CodeReference.Function) -> Bool {
    touched?.functions.contains(TouchedFunction(path: function.path, name: function.name)) ?? true
  }

  /// What the patch changes and no rule stands for.
  private var others: [TouchedFunction] {
    let named = Set(
      references.references.flatMap(\.functions).map {
        TouchedFunction(path: $0.path, name: $0.name)
      })
    return touched?.functions.filter { !named.contains($0) } ?? []
  }

  // MARK: Text

  /// - Parameter width: Characters of a line.
  package func text(width: Int = 80) -> DisplayText {
    let entries = self.entries
    var lines: [DisplayText] = []
    var paths: [String] = []
    for entry in entries where !paths.contains(entry.function.path) {
      paths.append(entry.function.path)
    }
    for path in paths {
      lines.append(DisplayText(path))
      for entry in entries where entry.function.path == path {
        lines.append("  \(entry.function.name)")
        for rule in entry.rules { lines += self.lines(of: rule, width) }
      }
    }
    lines += summary(entries.count, Set(entries.flatMap { $0.rules.map(\.ruleSpan) }).count, width)
    return lines.map { $0 + "\n" }.reduce("", +)
  }

  private func lines(of reference: CodeReference, _ width: Int) -> [DisplayText] {
    let line = source.position(of: reference.ruleSpan.start).line
    var text: DisplayText = "rule \"\(reference.rule)\", line \(line)"
    if !reference.locks.isEmpty {
      text += "; holds \(reference.locks.joined(separator: ", "))"
    }
    return text.wrapped(first: "    ", rest: "      ", width)
  }

  private func summary(_ functions: Int, _ rules: Int, _ width: Int) -> [DisplayText] {
    let model = DisplayText(source.path)
    guard let touched else {
      return
        ("""
      \(model): \(rules) of \(references.ruleCount) rules name \(functions) \
      function\(functions == 1 ? "" : "s") of the code
      """ as DisplayText).wrapped(rest: "  ", width)
    }
    var lines: [DisplayText] = []
    if !others.isEmpty {
      let names = others.map { "\($0.name ?? "outside of functions") (\($0.path))" }
      lines += ("changed, and named by no rule: \(names.joined(separator: ", "))" as DisplayText)
        .wrapped(rest: "  ", width)
    }
    if touched.functions.isEmpty { lines.append("the patch changes no line of a file") }
    return lines
      + ("""
    \(model): the patch changes \(functions) function\(functions == 1 ? "" : "s") that \
    \(rules) of \(references.ruleCount) rules \(rules == 1 ? "names" : "name")
    """ as DisplayText).wrapped(rest: "  ", width)
  }

  // MARK: JSON

  package var document: JSONValue {
    var members: [(String, JSONValue)] = [
      ("model", .string(source.path)), ("ruleCount", .number(references.ruleCount)),
      (
        "rules",
        .array(references.references.filter { $0.functions.contains(where: isShown) }.map(json))
      ),
    ]
    if touched != nil {
      members.append(
        (
          "changedAndNamedByNoRule",
          .array(others.map { json(path: $0.path, $0.name) })
        ))
    }
    return .document("code", version: 1, members)
  }

  private func json(_ reference: CodeReference) -> JSONValue {
    .object([
      ("rule", .string(reference.rule)),
      ("line", .number(source.position(of: reference.ruleSpan.start).line)),
      (
        "functions",
        .array(reference.functions.filter(isShown).map { json(path: $0.path, $0.name) })
      ),
      ("holds", .array(reference.locks.map(JSONValue.string))),
    ])
  }

  private func json(path: String, _ name: String?) -> JSONValue {
    .object([("path", .string(path)), ("function", name.map(JSONValue.string) ?? .null)])
  }
}
