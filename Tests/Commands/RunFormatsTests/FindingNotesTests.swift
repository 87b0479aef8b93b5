import Foundation
import RunFormats
import Runs
import Testing

/// Other places that help to understand what goes wrong are in every form that has words for it.
@Suite struct FindingNotesTests {
  private static let run: ShownRun = {
    var run = SampleRun.run
    run.finding?.notes = [
      .init(location: "swap.m:21:7", part: "give(c)", message: "`give` is called from here"),
      .init(location: "swap.m:30:1", part: "move(p)", message: "`move` is called from here"),
      // The same call once more, as of a function that calls itself.
      .init(location: "swap.m:30:1", part: "move(p)", message: "`move` is called from here"),
    ]
    return run
  }()

  @Test func textAndMailSayThemBehindTheValues() throws {
    let mail = RunFormat.mail.write(Self.run)
    #expect(
      mail.hasSuffix(
        """
            exec[c] = RUNS_NEW
          `give` is called from here, at swap.m:21:7
          `move` is called from here, at swap.m:30:1
          `move` is called from here, at swap.m:30:1

        """), "\(mail)")
    let text = "\(RunFormat.text.write(Self.run))"
    #expect(text.contains("\n  `give` is called from here, at swap.m:21:7\n"), "\(text)")
  }

  @Test func diagramsSayThemInTheLastNote() throws {
    let diagram = RunFormat.mermaid.write(Self.run)
    #expect(
      diagram.contains(
        "exec[c] = RUNS_NEW<br/>#96;give#96; is called from here, at swap.m#58;21#58;7<br/>"),
      "\(diagram)")
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func tracesHaveThemAsData() throws {
    let itf = try Self.object(RunFormat.itf.write(Self.run))
    let meta = itf["#meta"] as? [String: Any]
    let notes = (meta?["violation"] as? [String: Any])?["notes"] as? [[String: String]]
    #expect(
      notes?.first == [
        "message": "`give` is called from here", "location": "swap.m:21:7", "part": "give(c)",
      ])
    #expect(notes?.count == 3)
    let chrome = try Self.object(RunFormat.chrome.write(Self.run))
    let events = try #require(chrome["traceEvents"] as? [[String: Any]])
    let said = events.compactMap { ($0["args"] as? [String: Any])?["notes"] as? [String] }
    let expected = ["give", "move", "move"].map { "`\($0)` is called from here, at swap.m:" }
    #expect(said.count == 1 && zip(said[0], expected).allSatisfy { $0.hasPrefix($1) })
    #expect(said.first?.count == 3)
  }

  /// Related locations are unique (3.27.22).
  @Test func codeScanningShowsThemBesideTheResult() throws {
    let list = ResultList([
      .init(
        name: "wrong", model: "swap.m", outcome: .failed, verdict: "violated", seconds: 1,
        message: "it is wrong", location: "swap.m:17:5", run: Self.run)
    ])
    let log = try Self.object(list.sarif(version: "1.0.0"))
    let runs = try #require(log["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    let related = try #require(results.first?["relatedLocations"] as? [[String: Any]])
    #expect(related.count == 2)
    let place = related[1]["physicalLocation"] as? [String: Any]
    #expect((place?["region"] as? [String: Int]) == ["startLine": 30, "startColumn": 1])
    #expect(
      (related[1]["message"] as? [String: String])?["text"] == "`move` is called from here")
  }
}
