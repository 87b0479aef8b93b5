import Foundation
import RunFormats
import Runs
import TestSupport
import Testing

/// Where Mermaid's files lie: `make test-mermaid` fetches them.
private let folder = ProcessInfo.processInfo.environment["SWAPCHECK_MERMAID"]

/// Mermaid itself reads what is written, and draws each text as it is meant.
@Suite(.enabled(if: folder != nil)) struct MermaidItselfTests {
  /// What it made of a diagram: the texts of the drawing, or why there is none.
  private struct Answer: Decodable {
    let texts: [String]?
    let error: String?
  }

  private func answers(_ diagrams: [String]) throws -> [Answer] {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let files = try diagrams.enumerated().map { number, diagram in
      let file = place.appendingPathComponent("\(number).mmd")
      try Data(diagram.utf8).write(to: file)
      return file.path
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("mermaid.py")
    let run = try OtherProgram.run(
      ["python3", script.path, try #require(folder)] + files)
    try #require(run.code == 0, "\(run.said)")
    return try run.output.split(separator: "\n").map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
  }

  /// A drawing's lines have no blanks at their ends, and one of several blanks in a row.
  private static func drawn(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func itDrawsWhatIsMeant() throws {
    let diagrams = [SampleRun.run, HostileRun.run, HostileRun.empty, HostileRun.failed]
      .map { RunFormat.mermaid.write($0) }
    let answers = try answers(diagrams)
    #expect(answers.count == diagrams.count)
    for (diagram, answer) in zip(diagrams, answers) {
      let texts = Set(try #require(answer.texts, "\(answer.error ?? "")").map(Self.drawn))
      for line in diagram.split(separator: "\n").dropFirst() {
        let statement = line.dropFirst(2)
        let separator = statement.hasPrefix("participant") ? " as " : ": "
        let written = try #require(statement.range(of: separator)).upperBound
        let meant = try #require(MermaidDiagramTests.text(statement[written...]))
        for part in meant.split(separator: "\n") {
          #expect(texts.contains(Self.drawn(String(part))), "\(part)\n\(diagram)\n\(texts)")
        }
      }
    }
  }

  /// What is no diagram is told.
  @Test func itRefusesWhatIsNoDiagram() throws {
    let written = RunFormat.mermaid.write(SampleRun.run)
    let answers = try answers([
      written.replacing("participant L0", with: "partisipant L0"),
      written.replacing("  Note over L1: ", with: "  Note over L1 "),
    ])
    #expect(answers.count == 2 && answers.allSatisfy { $0.error != nil })
  }
}
