package import Yams

/// Reads YAML, and says in one line what is wrong with it.
package enum YAMLText {
  /// The tree of a text.
  ///
  /// - Returns: Nil of a text that has nothing.
  /// - Throws: `SettingError` where it is no YAML, says one setting twice, or has more than
  ///   `YAMLBudget` allows.
  package static func compose(_ text: String) throws(SettingError) -> Node? {
    // What some editors write before a text is no part of it, and Yams takes it for a word.
    let scalars = text.unicodeScalars
    let text = scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : text
    try YAMLBudget.check(text)
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw problem(error, text)
    } catch {
      throw SettingError(line: nil, "this is no YAML: \(error)")
    }
  }

  private static func problem(_ error: YamlError, _ text: String) -> SettingError {
    switch error {
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      let place = secondPlace(of: key, from: context.mark, text)
      return SettingError(
        line: place.line, column: place.column,
        "`\(key)` stands here twice: a setting has one value")
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
      if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
        return SettingError(
          line: mark.line, column: 1, "this is no YAML: a tab is no indentation, use spaces")
      }
      return SettingError(
        line: mark.line, column: mark.column,
        "this is no YAML: column \(mark.column): \(problem)")
    case .reader(let problem, _, _, _):
      return SettingError(line: nil, "this is no YAML and no text: \(problem)")
    default: return SettingError(line: nil, "this is no YAML: \(error)")
    }
  }

  /// Where a key stands for the second time in lines of its own; else where it stands first.
  private static func secondPlace(
    of key: String, from first: Mark, _ text: String
  ) -> (line: Int, column: Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = lines.indices.dropFirst(max(first.line - 1, 0)).filter { index in
      lines[index].drop { $0 == " " || $0 == "-" }.hasPrefix(key + ":")
    }
    guard found.count > 1 else { return (first.line, first.column) }
    return (found[1] + 1, lines[found[1]].prefix { $0 == " " || $0 == "-" }.count + 1)
  }
}
