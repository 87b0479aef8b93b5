import Diagnostics

/// Reads what comments say of code, one comment after the other.
struct CodeReferenceReader {
  let source: SourceText
  let tokens: [Token]
  /// In the order of the text.
  let rules: [(name: String, span: SourceSpan)]
  private(set) var references: [CodeReference] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(source: SourceText, tokens: [Token], rules: [(name: String, span: SourceSpan)]) {
    (self.source, self.tokens, self.rules) = (source, tokens, rules)
  }

  /// A word that begins with `@`, and what it is about: all up to the next such word.
  private struct Tag {
    let name: Substring
    let words: Substring
    let span: SourceSpan
  }

  mutating func read(_ comment: SourceSpan) {
    for tag in tags(of: comment) {
      switch tag.name {
      case "@code": readFunctions(tag, comment)
      case "@holds": readLocks(tag, comment)
      default:
        complain(
          "`\(tag.name)` is not known here", at: tag.span,
          hint: "`@code FILE:FUNCTION` and `@holds LOCK` say what a rule stands for")
      }
    }
  }

  // MARK: Lines

  /// The tags of the lines of a comment that begin with one.
  private func tags(of comment: SourceSpan) -> [Tag] {
    var tags: [Tag] = []
    var start = comment.start
    while start < comment.end {
      let end = source.bytes[start..<comment.end].firstIndex(of: 0x0A) ?? comment.end
      tags += self.tags(ofLine: start..<end)
      start = end + 1
    }
    return tags
  }

  private func tags(ofLine line: Range<Int>) -> [Tag] {
    let marks: [UInt8] = [
      0x20, 0x09, 0x0D, UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
    ]
    guard let first = line.first(where: { !marks.contains(source.bytes[$0]) }),
      source.bytes[first] == UInt8(ascii: "@")
    else { return [] }
    var starts: [Int] = []
    for place in first..<line.upperBound where source.bytes[place] == UInt8(ascii: "@") {
      if place == first || source.bytes[place - 1] == 0x20 { starts.append(place) }
    }
    return zip(starts, starts.dropFirst() + [line.upperBound]).map { start, end in
      let text = String(decoding: source.bytes[start..<end], as: UTF8.self)[...]
      let name = text.prefix { !$0.isWhitespace }
      var words = text.dropFirst(name.count).trimmed
      if words.hasSuffix("*/") { words = words.dropLast(2).trimmed }
      return Tag(
        name: name, words: words, span: SourceSpan(start: start, end: start + name.utf8.count))
    }
  }

  // MARK: Functions and locks

  private mutating func readFunctions(_ tag: Tag, _ comment: SourceSpan) {
    var functions: [CodeReference.Function] = []
    for word in tag.words.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.trimmed.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, Self.isPath(parts[0]), Self.isName(parts[1]) else {
        return complain(
          "`\(word.trimmed)` is no function of a file", at: tag.span,
          hint: "such as `@code kernel/kexec_core.c:kernel_kexec`, and several between commas")
      }
      functions.append(CodeReference.Function(path: String(parts[0]), name: String(parts[1])))
    }
    add(functions, [], tag, comment)
  }

  private mutating func readLocks(_ tag: Tag, _ comment: SourceSpan) {
    let locks = tag.words.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    if let wrong = locks.first(where: { !Self.isLock($0) }) {
      return complain(
        "`\(wrong)` is no lock", at: tag.span,
        hint: "such as `@holds rwsem(w), session->mutex`: (r) and (w) say how a lock is held")
    }
    add([], locks.map(String.init), tag, comment)
  }

  /// Adds to what is said of the rule that follows.
  private mutating func add(
    _ functions: [CodeReference.Function], _ locks: [String], _ tag: Tag, _ comment: SourceSpan
  ) {
    guard let rule = rule(behind: comment) else {
      return complain(
        "this stands in front of no rule", at: tag.span,
        hint: "what a rule stands for is said in the comment right in front of it")
    }
    if references.last?.ruleSpan != rule.span {
      guard !functions.isEmpty else {
        return complain(
          "`@holds` without code that holds it", at: tag.span,
          hint: "`@code FILE:FUNCTION` goes before it")
      }
      references.append(
        CodeReference(functions: [], locks: [], rule: rule.name, ruleSpan: rule.span))
    }
    references[references.count - 1].functions += functions
    references[references.count - 1].locks += locks
  }

  /// The first rule behind a comment, with nothing but heads of rulesets between.
  private func rule(behind comment: SourceSpan) -> (name: String, span: SourceSpan)? {
    guard let rule = rules.first(where: { $0.span.start >= comment.end }),
      let next = tokens.first(where: { $0.span.start >= comment.end })
    else { return nil }
    let heads: [Token.Kind] = [.keyword(.ruleset), .keyword(.alias), .keyword(.choose)]
    return next.span.start == rule.span.start || heads.contains(next.kind) ? rule : nil
  }

  private mutating func complain(_ message: String, at span: SourceSpan, hint: String) {
    diagnostics.append(Diagnostic(.malformedCodeReference, message, at: span, hint: hint))
  }

  // MARK: Words

  /// `kernel/kexec_core.c`: from the root of a tree, with an ending.
  private static func isPath(_ text: Substring) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      part.contains { $0 != "." } && part.allSatisfy { $0.isWord || "-.+".contains($0) }
    } && parts.last?.dropFirst().contains(".") == true
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy(\.isWord) && text.first?.isNumber == false
  }

  private static func isLock(_ text: Substring) -> Bool {
    text.contains(where: \.isWord)
      && text.allSatisfy { $0.isWord || "->.&*[]() ".contains($0) }
      && text.count { $0 == "(" } == text.count { $0 == ")" }
  }
}

extension Character {
  fileprivate var isWord: Bool { isASCII && (isLetter || isNumber || self == "_") }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }
}
