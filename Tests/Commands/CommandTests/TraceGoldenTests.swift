import Foundation
import Testing

/// Small models, one for each way in which a check ends, with the whole report beside them. What is
/// expected was checked by hand against the models, and against Rumur where it reads them; only
/// times and digests are left out.
@Suite struct TraceGoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private static let models: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".m") }.sorted()

  @Test func thereAreModels() { #expect(Self.models.count >= 10) }

  @Test(arguments: models, ["interpreter", "native"])
  func reportsAreAsExpected(model: String, executor: String) throws {
    let text = try Program.run(["check", model, "--executor", executor], in: Self.folder).output
    let kept = text.components(separatedBy: "\n").filter {
      !$0.hasPrefix("  time ") && !$0.hasPrefix("  digest ")
    }
    let expected = try String(
      contentsOf: Self.folder.appendingPathComponent(model.dropLast(2) + ".expected"),
      encoding: .utf8)
    #expect(kept.joined(separator: "\n") == expected)
  }
}
