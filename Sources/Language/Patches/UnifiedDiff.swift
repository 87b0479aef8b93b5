package import Diagnostics

/// What is different between two texts, as `git diff` writes it, `git apply` takes it, and `Patch`
/// reads it.
package struct UnifiedDiff: Sendable {
  private let old: FileLines
  private let new: FileLines
  private let lines: [Line]

  private enum Line: Equatable {
    /// In both, by its position in the old text.
    case same(Int)
    case removed(Int)
    case added(Int)

    var isSame: Bool { if case .same = self { true } else { false } }
    var isAdded: Bool { if case .added = self { true } else { false } }
    var isRemoved: Bool { if case .removed = self { true } else { false } }
  }

  /// Compares two texts line by line.
  ///
  /// Complexity: O(lines), and between the first and the last line that differ O(lines * lines), up to
  /// where all of them are replaced.
  package init(from old: SourceText, to new: SourceText) {
    (self.old, self.new) = (FileLines(old), FileLines(new))
    lines = Self.lines(self.old, self.new)
  }

  package var isEmpty: Bool { lines.allSatisfy(\.isSame) }

  /// The diff without a message in front of it; nothing where the texts are the same.
  ///
  /// - Parameter context: Lines that are shown around a change.
  package func bytes(context: Int = 3) -> [UInt8] {
    let hunks = self.hunks(context)
    guard !hunks.isEmpty else { return [] }
    let path = old.text.path
    var bytes = Array("--- \(Self.name("a/", path))\n+++ \(Self.name("b/", path))\n".utf8)
    for hunk in hunks { append(hunk, to: &bytes) }
    return bytes
  }

  // MARK: Which lines are the same

  private static func lines(_ old: FileLines, _ new: FileLines) -> [Line] {
    let shorter = min(old.count, new.count)
    let prefix = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let suffix =
      (0..<(shorter - prefix)).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] }
      ?? shorter - prefix
    let middle = between(
      old, prefix..<(old.count - suffix), new, prefix..<(new.count - suffix))
    return (0..<prefix).map(Line.same) + middle
      + ((old.count - suffix)..<old.count).map(Line.same)
  }

  /// By the longest common subsequence (Wagner, Fischer, 1974).
  private static func between(
    _ old: FileLines, _ olds: Range<Int>, _ new: FileLines, _ news: Range<Int>
  ) -> [Line] {
    let replaced = olds.map(Line.removed) + news.map(Line.added)
    let (cells, isTooMany) = (olds.count + 1).multipliedReportingOverflow(by: news.count + 1)
    if olds.isEmpty || news.isEmpty || isTooMany || cells > mostCells { return replaced }
    // For each pair of ends, the lines that what is behind has in common.
    let width = news.count + 1
    var common = [Int32](repeating: 0, count: cells)
    for one in stride(from: olds.count - 1, through: 0, by: -1) {
      for other in stride(from: news.count - 1, through: 0, by: -1) {
        let isSame = old[olds.lowerBound + one] == new[news.lowerBound + other]
        common[one * width + other] =
          isSame
          ? common[(one + 1) * width + other + 1] + 1
          : max(common[(one + 1) * width + other], common[one * width + other + 1])
      }
    }
    var lines: [Line] = []
    var (one, other) = (0, 0)
    while one < olds.count || other < news.count {
      let (before, behind) = (olds.lowerBound + one, news.lowerBound + other)
      if one < olds.count, other < news.count, old[before] == new[behind] {
        lines.append(.same(before))
        one += 1
        other += 1
      } else if one < olds.count,
        other == news.count
          || common[(one + 1) * width + other] >= common[one * width + other + 1]
      {
        lines.append(.removed(before))
        one += 1
      } else {
        lines.append(.added(behind))
        other += 1
      }
    }
    return lines
  }

  /// Beyond that, what differs is replaced as a whole.
  private static let mostCells = 4_000_000

  // MARK: Hunks

  /// Positions in `lines`: changes that are near one another, with the lines around them.
  private func hunks(_ context: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for position in lines.indices where !lines[position].isSame {
      let start = max(0, position - context)
      let end = min(lines.count, position + context + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private func append(_ hunk: Range<Int>, to bytes: inout [UInt8]) {
    var (oldBefore, newBefore) = (0, 0)
    for line in lines[..<hunk.lowerBound] {
      if !line.isAdded { oldBefore += 1 }
      if !line.isRemoved { newBefore += 1 }
    }
    let oldCount = lines[hunk].count { !$0.isAdded }
    let newCount = lines[hunk].count { !$0.isRemoved }
    bytes += Array(
      "@@ -\(Self.range(oldBefore, oldCount)) +\(Self.range(newBefore, newCount)) @@\n".utf8)
    for line in lines[hunk] {
      switch line {
      case .same(let position): append(" ", old[position], to: &bytes)
      case .removed(let position): append("-", old[position], to: &bytes)
      case .added(let position): append("+", new[position], to: &bytes)
      }
    }
  }

  private func append(
    _ mark: Character, _ line: ArraySlice<UInt8>, to bytes: inout [UInt8]
  ) {
    bytes += Array(String(mark).utf8)
    bytes += line
    if line.last != UInt8(ascii: "\n") { bytes += Array("\n\\ No newline at end of file\n".utf8) }
  }

  /// The first line from 1, or the line before it where there is none, and how many they are.
  private static func range(_ before: Int, _ count: Int) -> String {
    let first = count == 0 ? before : before + 1
    return count == 1 ? "\(first)" : "\(first),\(count)"
  }

  /// A file's name, in quotes as git writes it where it would end its line.
  private static func name(_ prefix: String, _ path: String) -> String {
    let name = prefix + path.drop { $0 == "/" }
    let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    if isPlain { return name }
    var quoted = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case let control where control.value < 0x20 || control.value == 0x7F:
        let digits = String(control.value, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
