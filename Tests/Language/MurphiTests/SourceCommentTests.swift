import Diagnostics
import Foundation
import TestSupport
import Testing

/// The models of today's protocols say at each rule what it is faithful to.
@Suite struct SourceCommentTests {
  /// The rules above which no comment names a section of facts.md: its number, or T1 to T12 of 6.3.
  /// A rule in a ruleset may have its comment above that.
  static func rulesWithoutSource(_ text: String) throws -> [String] {
    let source = try Regex("facts\\.md|\\bT\\d+\\b")
    var comment = ""
    var missing: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("--") {
        comment += " " + line
      } else if line.hasPrefix("rule \"") {
        if comment.firstMatch(of: source) == nil { missing.append(line) }
        comment = ""
      } else if !line.hasPrefix("ruleset") {
        comment = ""
      }
    }
    return missing
  }

  @Test(arguments: [
    "luo-rfc", "luo", "luo-files", "luo-flb", "luo-unwind", "kho", "multikernel", "overlay",
    "doorbell", "preserve",
    "cpuhp", "crash",
  ])
  func eachRuleNamesItsSource(model: String) throws {
    let source = try RepositoryModel("Models/\(model).m").source()
    let text = String(decoding: source.bytes, as: UTF8.self)
    #expect(text.contains(/\n *rule "/) && text.contains(/facts(-2026)?\.md/))
    #expect(try Self.rulesWithoutSource(text) == [])
  }

  @Test func aRuleWithoutASourceIsFound() throws {
    let text = """
      -- T4.
      ruleset s: s_t do
        rule "a"
          x
        -- What it does.
        rule "b"
          x
      """
    #expect(try Self.rulesWithoutSource(text) == ["rule \"b\""])
  }
}
