package import Diagnostics

/// A function of C, or Rust, that a patch changes.
package struct TouchedFunction: Sendable, Hashable {
  /// Of its file: behind the change, or before it where the file goes.
  package let path: String
  /// Nil for a change that is in no function, as far as the patch shows.
  package let name: String?

  package init(path: String, name: String?) {
    (self.path, self.name) = (path, name)
  }
}

/// Finds out which functions a patch changes: of any number of files, as `git diff` and
/// `git format-patch` write it.
///
/// Where a hunk begins in the middle of a function, git names it behind the `@@`; where others begin
/// within the hunk is seen from lines that begin in the first column, as kernel code has it.
package struct TouchedFunctions: Sendable {
  /// In the order of the patch, each once.
  package private(set) var functions: [TouchedFunction] = []
  package private(set) var hunkCount = 0

  private var paths: [String] = []
  /// The function that a line belongs to.
  private var current: String?

  package init(_ source: SourceText) {
    var number = 1
    while number <= source.lineCount {
      let line = Self.line(number, of: source)
      number += 1
      if line.hasPrefix("--- ") {
        paths = Self.path(line).map { [$0] } ?? []
      } else if line.hasPrefix("+++ ") {
        // Of a file that is renamed both names are its.
        if let path = Self.path(line), !paths.contains(path) { paths.append(path) }
      } else if line.hasPrefix("@@ "), let head = Self.head(line) {
        hunkCount += 1
        current = Self.definition(head.heading[...])
        readHunk(head.oldCount, head.newCount, source, &number)
      }
    }
  }

  private mutating func readHunk(
    _ oldCount: Int, _ newCount: Int, _ source: SourceText, _ number: inout Int
  ) {
    var (old, new) = (oldCount, newCount)
    while old > 0 || new > 0, number <= source.lineCount {
      let line = Self.line(number, of: source)
      switch line.first {
      case "+": new -= 1
      case "-": old -= 1
      case " ", nil: (old, new) = (old - 1, new - 1)
      case "\\": break
      default: return
      }
      number += 1
      read(line)
    }
  }

  private mutating func read(_ line: String) {
    let text = line.dropFirst()
    let isChange = line.hasPrefix("+") || line.hasPrefix("-")
    if let name = Self.definition(text) {
      current = name
    } else if let first = text.first, first.isLetter || first == "#", !Self.isLabel(text) {
      // A declaration, or what the preprocessor reads.
      if first != "#" { current = nil }
    }
    if isChange, !text.allSatisfy(\.isWhitespace) {
      for path in paths {
        let function = TouchedFunction(path: path, name: current)
        if !functions.contains(function) { functions.append(function) }
      }
    }
    if text.first == "}" { current = nil }
  }

  // MARK: Lines

  private static func line(_ number: Int, of source: SourceText) -> String {
    let line = source.line(number)
    return line.hasSuffix("\r") ? String(line.dropLast()) : line
  }

  /// The name behind `---` or `+++`; nil where there is no file.
  private static func path(_ line: String) -> String? {
    let name = line.dropFirst(4).prefix { $0 != "\t" }
    if name == "/dev/null" { return nil }
    return ["a/", "b/"].contains { name.hasPrefix($0) } ? String(name.dropFirst(2)) : String(name)
  }

  private static func head(
    _ line: String
  ) -> (oldCount: Int, newCount: Int, heading: String)? {
    let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
    guard words.count >= 4, words[3] == "@@", let old = count(words[1]), let new = count(words[2])
    else { return nil }
    return (old, new, words.count > 4 ? String(words[4]) : "")
  }

  /// The second number of `-3,7`; 1 without one.
  private static func count(_ range: Substring) -> Int? {
    let numbers = range.dropFirst().split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(numbers.count) else { return nil }
    return numbers.count == 2 ? Int(numbers[1]) : 1
  }

  /// `out:`.
  private static func isLabel(_ text: Substring) -> Bool {
    text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }.endIndex == text.lastIndex(of: ":")
  }

  /// The name of the function whose definition begins with a line; nil where none does.
  private static func definition(_ text: Substring) -> String? {
    guard let first = text.first, first.isLetter || first == "_",
      let parenthesis = text.firstIndex(of: "("), !text.contains(";"), !text.contains("="),
      !["typedef ", "return "].contains(where: text.hasPrefix)
    else { return nil }
    let name = word(endingAt: parenthesis, of: text)
    if name.hasPrefix("SYSCALL_DEFINE") || name.hasPrefix("COMPAT_SYSCALL_DEFINE") {
      let called = text[text.index(after: parenthesis)...].prefix { $0 != "," && $0 != ")" }
      return "sys_\(called)"
    }
    return name.isEmpty || ["__attribute__", "if", "for", "while", "switch"].contains(name)
      ? nil : String(name)
  }

  private static func word(endingAt end: Substring.Index, of text: Substring) -> Substring {
    let before = text[..<end]
    let isWord: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
    let start = before.lastIndex { !isWord($0) }.map(before.index(after:)) ?? before.startIndex
    return before[start...]
  }
}
