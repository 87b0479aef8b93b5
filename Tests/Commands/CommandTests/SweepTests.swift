import Foundation
import Testing

/// A model at several sizes.
@Suite struct SweepTests {
  /// From two on nothing is new but the ends of the measure; at three something goes wrong.
  private static let model = """
    const SIZE: 1; BAD: 9;
    var x: 0..SIZE;
    startstate begin x := 0; end;
    rule "up" x < SIZE ==> begin x := x + 1; end;
    rule "down" x = 2 ==> begin x := 0; end;
    rule "reset" x = SIZE ==> begin x := 0; end;
    cover "two" SIZE < 2 | x = 2;
    invariant "not bad" x < BAD;
    measure "x" x;

    """

  private func sweep(
    _ arguments: String...
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.model, to: "m.m", in: folder)
      return try Program.run(["check", "m.m"] + arguments, in: folder)
    }
  }

  @Test func aTableSaysWhatIsNew() throws {
    let (output, errors, code) = try sweep("--sweep", "SIZE=1..3")
    #expect(code == 0, "\(errors)")
    let rows = output.split(separator: "\n").map { $0.split { $0 == " " }.map(String.init) }
    #expect(rows[0] == ["m.m"])
    #expect(rows[1] == ["SIZE", "states", "seconds", "new", "verdict"])
    func row(_ number: Int) -> [String] {
      // Without the time.
      rows[number].enumerated().filter { $0.offset != 2 }.map(\.element)
    }
    #expect(row(2) == ["1", "2", "2", "rules,", "2", "ends", "verified"])
    #expect(row(3) == ["2", "3", "1", "rule,", "1", "cover,", "1", "end", "verified"])
    #expect(row(4) == ["3", "4", "1", "end", "verified"])
    #expect(
      output.hasSuffix(
        """
        rules: nothing new after SIZE=2
        covers: nothing new after SIZE=2
        ends of measures: new ones up to the last size, SIZE=3

        """))
  }

  /// The largest size is what a table is looked at for.
  @Test func whereItStopsToHoldIsSaid() throws {
    let (output, _, code) = try sweep("--sweep", "SIZE=1..4", "--set", "BAD=3")
    #expect(code == 1)
    #expect(output.contains("\nverified up to SIZE=2\n"), "\(output)")
    let (none, _, _) = try sweep("--sweep", "SIZE=3..4", "--set", "BAD=3")
    #expect(!none.contains("verified up to"), "\(none)")
  }

  @Test func theDocumentHasTheSame() throws {
    let (output, _, code) = try sweep(
      "--sweep", "SIZE=1..2", "--sweep", "BAD=2", "--format", "json")
    #expect(code == 1)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let sizes = try #require(document["sizes"] as? [[String: Any]])
    #expect(
      sizes.map { $0["constants"] as? [String: Int] } == [
        ["SIZE": 1, "BAD": 2], ["SIZE": 2, "BAD": 2],
      ])
    #expect(sizes[0]["verdict"] as? String == "verified")
    #expect(sizes[1]["verdict"] as? String == "violated: invariant \"not bad\" does not hold")
    #expect((document["notRun"] as? [Any])?.isEmpty == true)
  }

  @Test func whatIsLargerThanWhatDoesNotEndIsNotRun() throws {
    let (output, _, code) = try sweep("--sweep", "SIZE=2..4", "--max-states", "3")
    #expect(code == 3)
    #expect(output.contains("inconclusive\n  the limit of 3 states was reached\n"))
    #expect(output.contains("not run\n  SIZE=3 was not searched to its end\n"))
    #expect(output.hasSuffix("1 size not run\n"))
    let markdown = try sweep("--sweep", "SIZE=1..2", "--format", "markdown")
    #expect(markdown.output.contains("| 1 | 2 | "))
  }

  @Test(arguments: [
    (["--sweep", "SIZE=1..5000"], "more than 1000 sizes"),
    (["--sweep", "SIZE=1..2", "--set", "SIZE=1"], "--set and --sweep both say what `SIZE` is"),
    (["--sweep", "SIZE=1..2", "--runs"], "--sweep has no runs"),
    (["--budget", "3"], "--budget goes with scenarios or with --sweep"),
  ])
  func whatMakesNoSenseIsRefused(arguments: [String], message: String) throws {
    let (_, errors, code) = try Program.run(["check", "Models/handover.m"] + arguments)
    #expect(code == 2)
    #expect(errors.contains(message), "\(errors)")
  }
}
