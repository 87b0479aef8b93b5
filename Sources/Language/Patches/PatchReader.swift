package import Diagnostics

extension Patch {
  /// The most bytes of a patch: a variant is a small change, and a mail around it is small too.
  package static let maximumByteCount = 4 << 20

  /// Reads a patch.
  ///
  /// Taken is what `git diff`, `git format-patch` and `diff -u` write of one file that is there
  /// before and after. A line of context that is empty may have lost its blank, as by a mail.
  ///
  /// - Throws: `PatchError` for everything else, with its place.
  package init(_ source: SourceText) throws(PatchError) {
    // The last line may lack its break: that the file has none there is said by a line of its own.
    let isWhole = source.bytes.isEmpty || source.bytes.last == UInt8(ascii: "\n")
    var reader = PatchReader(
      isWhole
        ? source : SourceText(path: source.path, bytes: source.bytes + [UInt8(ascii: "\n")]))
    self = try reader.patch()
  }
}

/// Reads a patch line by line.
private struct PatchReader {
  private let source: SourceText
  /// The line that comes next, from 1.
  private var next = 1
  /// The number of lines; what stands behind the last line break is one if it is not empty.
  private let count: Int

  init(_ source: SourceText) {
    self.source = source
    count = source.lineCount - (source.lineRange(source.lineCount).isEmpty ? 1 : 0)
  }

  mutating func patch() throws(PatchError) -> Patch {
    while next <= count, !isHead(next) {
      let text = source.line(next)
      if text.hasPrefix("@@ -") {
        throw error("a hunk without `---` and `+++` in front of it", hint: Self.wayOut)
      }
      try refuseBinary(text)
      next += 1
    }
    guard next <= count else {
      throw error("there is no change in this patch", line: 1, hint: Self.wayOut)
    }
    let message = 1..<next
    let path = try head()
    var hunks: [Hunk] = []
    while next <= count, source.line(next).hasPrefix("@@") { hunks.append(try hunk()) }
    guard !hunks.isEmpty else {
      throw error(
        "there is no hunk, `@@ … @@`, behind this", line: next - 1, hint: Self.wayOut)
    }
    try end()
    return Patch(source: source, message: message, path: path, hunks: hunks)
  }

  private static let wayOut = "`git diff` writes such a patch: `git diff model.m > change.patch`"

  /// Whether the diff begins here.
  private func isHead(_ line: Int) -> Bool {
    let text = source.line(line)
    if text.hasPrefix("diff --git ") || text.hasPrefix("diff --cc ") { return true }
    return text.hasPrefix("--- ") && line < count && source.line(line + 1).hasPrefix("+++ ")
  }

  // MARK: The head of the file

  /// Reads up to the first hunk.
  ///
  /// - Returns: The file's name.
  private mutating func head() throws(PatchError) -> String {
    let first = next
    while next <= count, !source.line(next).hasPrefix("--- ") {
      let text = source.line(next)
      try refuseBinary(text)
      for (words, what) in Self.notAChange where text.hasPrefix(words) {
        throw error(
          "the patch \(what), and a variant is a change of lines of one model", hint: Self.wayOut)
      }
      guard next == first || Self.extended.contains(where: text.hasPrefix) else { break }
      next += 1
    }
    guard next < count, source.line(next).hasPrefix("--- "),
      source.line(next + 1).hasPrefix("+++ ")
    else {
      throw error(
        "`---` and `+++` with the file's name are missing", line: min(next, count),
        hint: Self.wayOut)
    }
    let (old, new) = (name(next), name(next + 1))
    if old == "/dev/null" {
      throw error("the patch makes a new file, and there is no model to be changed")
    }
    if new == "/dev/null" {
      throw error("the patch removes the file, and no model is left", line: next + 1)
    }
    next += 2
    return new
  }

  /// Lines that may stand between `diff --git` and `---`.
  private static let extended = ["index ", "old mode ", "new mode "]
  private static let notAChange = [
    ("new file mode", "makes a new file"), ("deleted file mode", "removes the file"),
    ("rename ", "renames the file"), ("copy ", "copies the file"),
    ("similarity index", "renames or copies the file"),
    ("dissimilarity index", "rewrites the file"),
    ("diff --cc", "is a merge's, of two files at once"),
  ]

  private func refuseBinary(_ text: String) throws(PatchError) {
    if text.hasPrefix("GIT binary patch")
      || text.hasPrefix("Binary files ") && text.hasSuffix(" differ")
    {
      throw error("the patch is of a binary file, and has no lines")
    }
  }

  /// The name behind `---` or `+++`: up to a tab, behind which a time may stand.
  private func name(_ line: Int) -> String {
    let text = source.line(line).dropFirst(4).prefix { $0 != "\t" }
    return ["a/", "b/"].contains { text.hasPrefix($0) } ? String(text.dropFirst(2)) : String(text)
  }

  // MARK: Hunks

  private mutating func hunk() throws(PatchError) -> Hunk {
    let head = span(next)
    let text = source.line(next)
    if text.hasPrefix("@@@") {
      throw error("the hunk is a merge's, of two files at once", hint: Self.wayOut)
    }
    let words = text.split(separator: " ", maxSplits: 4)
    guard words.count >= 4, words[0] == "@@", words[3] == "@@",
      let old = Self.lineRange(words[1], sign: "-"), let new = Self.lineRange(words[2], sign: "+")
    else { throw error("the head of a hunk is `@@ -line,count +line,count @@`") }
    next += 1
    var (oldLeft, newLeft) = (old.count, new.count)
    var lines: [Hunk.Line] = []
    while oldLeft > 0 || newLeft > 0 {
      guard next <= count, let line = line(next) else {
        throw cutOff(oldLeft, newLeft, head)
      }
      if line.kind != .added { oldLeft -= 1 }
      if line.kind != .removed { newLeft -= 1 }
      guard oldLeft >= 0, newLeft >= 0 else {
        throw error("the hunk has more lines than its head says", at: head)
      }
      lines.append(line)
      next += 1
      if next <= count, source.line(next).hasPrefix("\\") { next += 1 }
    }
    let hunk = Hunk(head: head, firstOldLine: old.first, lines: lines)
    guard !hunk.oldLines.isEmpty else {
      throw error(
        "the hunk has no line of the model in it, so that nothing says where it belongs", at: head,
        hint: "`git diff` without -U0 shows the lines around a change")
    }
    guard lines.contains(where: { $0.kind != .context }) else {
      throw error("the hunk changes nothing", at: head)
    }
    return hunk
  }

  /// Reads `-3,7` or `-3`, which is of one line.
  private static func lineRange(
    _ word: Substring, sign: Character
  ) -> (first: Int, count: Int)? {
    guard word.first == sign else { return nil }
    let numbers = word.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map {
      $0.allSatisfy(\.isWholeNumber) ? Int($0) : nil
    }
    guard (1...2).contains(numbers.count), let first = numbers[0], let count = numbers.last ?? nil
    else { return nil }
    return (first, numbers.count == 2 ? count : 1)
  }

  private func cutOff(_ oldLeft: Int, _ newLeft: Int, _ head: SourceSpan) -> PatchError {
    let (old, new) = (max(oldLeft, 0), max(newLeft, 0))
    return error(
      "the hunk ends too early: by its head \(max(old, new)) more lines belong to it", at: head,
      hint: "a patch that was changed by hand needs new counts: apply it and make it anew")
  }

  /// A line of a hunk; nil for what is none.
  private func line(_ number: Int) -> Hunk.Line? {
    let range = wholeLine(number)
    let bytes = source.bytes[range]
    let kind: Hunk.Line.Kind
    var content = bytes.dropFirst()
    switch bytes.first {
    case UInt8(ascii: " "): kind = .context
    case UInt8(ascii: "-"): kind = .removed
    case UInt8(ascii: "+"): kind = .added
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      kind = .context
      content = bytes
    default: return nil
    }
    if number < count, source.bytes[wholeLine(number + 1)].first == UInt8(ascii: "\\") {
      // `\ No newline at end of file`: the break ends the patch's line, and not the file's.
      if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
    }
    return Hunk.Line(kind: kind, bytes: content, span: span(number))
  }

  // MARK: What is behind

  /// Looks at what follows the last hunk: nothing, or the signature of a mail.
  private mutating func end() throws(PatchError) {
    while next <= count {
      let text = source.line(next)
      if text == "-- " || text == "--" { return }
      if isHead(next) || text.hasPrefix("From ") {
        throw error(
          "a second file or patch begins here, and a variant is a change of one model",
          hint: "a patch for each: --patch may be repeated")
      }
      if text.hasPrefix("+") || text.hasPrefix("-") || text.hasPrefix(" ") {
        throw error(
          "the hunk has more lines than its head says",
          hint: "a patch that was changed by hand needs new counts: apply it and make it anew")
      }
      guard text.isEmpty else {
        throw error(
          "this belongs to no hunk", hint: "what is said of a change stands in front of it")
      }
      next += 1
    }
  }

  // MARK: Places

  private func wholeLine(_ line: Int) -> Range<Int> {
    let start = source.lineRange(line).lowerBound
    let end = line < source.lineCount ? source.lineRange(line + 1).lowerBound : source.bytes.count
    return start..<end
  }

  private func span(_ line: Int) -> SourceSpan {
    let range = source.lineRange(line)
    return SourceSpan(start: range.lowerBound, end: range.upperBound)
  }

  private func error(_ message: String, line: Int? = nil, hint: String? = nil) -> PatchError {
    error(message, at: span(line ?? next), hint: hint)
  }

  private func error(_ message: String, at place: SourceSpan, hint: String? = nil) -> PatchError {
    PatchError(.malformedPatch, message, at: place, in: source, hint: hint)
  }
}
