import Foundation
import RunFormats
import TestSupport
import Testing

@Suite struct FormatPageTests {
  private static let page =
    (try? String(
      contentsOf: Repository.root.appendingPathComponent("docs/traces.md"), encoding: .utf8)) ?? ""

  /// docs/traces.md has each form in its table, and a chapter about it.
  @Test(arguments: RunFormat.allCases) func everyFormIsDescribed(format: RunFormat) {
    #expect(Self.page.contains("\n| `\(format.rawValue)` | `\(format.ending)` | "))
    #expect(Self.page.contains("\n## \(format.rawValue)\n"))
  }

  /// The ladder that the page shows is lines of one.
  @Test func theLadderIsOne() {
    let form = Self.page.split(separator: "```\n").first { $0.contains("user  ") }
    for line in form?.split(separator: "\n") ?? [] { #expect(line.utf8.count <= 72) }
    #expect(form != nil)
  }
}
