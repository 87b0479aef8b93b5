import Yams

/// Why a text is no YAML, or none that is accepted here.
struct YAMLProblem: Error {
  /// Line from 1, if the place is known.
  let line: Int?
  let message: String
}

/// Reads YAML, and says in one line what is wrong with it.
enum YAMLText {
  static func compose(_ text: String) throws(YAMLProblem) -> Node? {
    // What some editors write before a text is no part of it, and Yams takes it for a word.
    let scalars = text.unicodeScalars
    let text = scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : text
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw problem(error, text)
    } catch {
      throw YAMLProblem(line: nil, message: "this is no YAML: \(error)")
    }
  }

  private static func problem(_ error: YamlError, _ text: String) -> YAMLProblem {
    switch error {
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      return YAMLProblem(
        line: secondLine(of: key, from: context.mark.line, text),
        message: "`\(key)` stands here twice: a setting has one value")
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
      if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
        return YAMLProblem(
          line: mark.line, message: "this is no YAML: a tab is no indentation, use spaces")
      }
      return YAMLProblem(
        line: mark.line, message: "this is no YAML: column \(mark.column): \(problem)")
    case .reader(let problem, _, _, _):
      return YAMLProblem(line: nil, message: "this is no YAML and no text: \(problem)")
    default: return YAMLProblem(line: nil, message: "this is no YAML: \(error)")
    }
  }

  /// Where a key stands for the second time in lines of its own.
  private static func secondLine(of key: String, from first: Int, _ text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = lines.indices.dropFirst(max(first - 1, 0)).filter { index in
      lines[index].drop { $0 == " " || $0 == "-" }.hasPrefix(key + ":")
    }
    return found.count > 1 ? found[1] + 1 : first
  }
}
