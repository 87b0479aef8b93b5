import Foundation
import TestSupport
import Testing

/// `swapcheck lint` as users call it.
@Suite struct LintCommandTests {
  private static let models = RepositoryModel.models(below: "Models").map(\.path)

  private func lint(
    _ text: String, _ arguments: [String] = []
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "a.m", in: folder)
      return try Program.run(["lint", "a.m"] + arguments, in: folder)
    }
  }

  private static let good = """
    var x: 0..3;
    startstate begin x := 0; end;
    rule "up" x < 3 ==> begin x := x + 1; end;
    cover "one" x = 1;
    cover "two" x = 2;
    measure "x" x;

    """

  @Test func aReasonIsALine() throws {
    let (output, _, code) = try lint(Self.good)
    #expect(
      output == """
        a.m: taken by Rumur: no, for 1 reason
          `measure` is an extension of swapcheck (line 6)
        a.m: taken by CMurphi: no, for 2 reasons
          CMurphi has no `cover` (2 places, the first in line 4)
          `measure` is an extension of swapcheck (line 6)
        a.m: meaning: Rumur's

        """)
    #expect(code == 0)
  }

  @Test func whatIsNotMeantIsAnExitCode() throws {
    #expect(try lint(Self.good + "var y: 0..1;").code == 1)
    #expect(try lint(Self.good + "var y 0..1;").code == 2)
  }

  /// What constants alone decide.
  @Test func notesAreLines() throws {
    let text = """
      const FAULTS: 0;
      var faults: 0..FAULTS;
      startstate begin faults := 0; end;
      rule "fault" faults < FAULTS ==> begin faults := faults + 1; end;
      rule "repair" faults = 1 ==> begin faults := 0; end;

      """
    let (output, _, code) = try lint(text)
    #expect(code == 0)
    #expect(
      output.hasPrefix(
        """
        a.m: with these values of the constants
          line 4: the guard of "fault" is always false
          line 5: the guard of "repair" is always false

        """), "\(output)")
    #expect(try !lint(text, ["--set", "FAULTS=1"]).output.contains("always"))
  }

  // MARK: - As data

  private struct Document: Decodable {
    let models: [Model]

    struct Model: Decodable {
      let model: String
      let findings: [Finding]
      let checkers: [Checker]
    }
    struct Finding: Decodable {
      let code: String
      let severity: String
      let place: Place?
      let notes: [Note]
      let hint: String?
    }
    struct Note: Decodable {
      let message: String
      let place: Place
    }
    struct Place: Decodable {
      let path: String
      let line: Int
      let column: Int
      let endLine: Int
      let endColumn: Int
    }
    struct Checker: Decodable {
      let name: String
      let takes: Bool
      let reasons: [Reason]
    }
    struct Reason: Decodable {
      let count: Int
      let places: [Place]
    }
  }

  private func document(_ text: String) throws -> (Document.Model, Int32) {
    let (output, errors, code) = try lint(text, ["--format", "json"])
    #expect(errors == "")
    let document = try JSONDecoder().decode(Document.self, from: Data(output.utf8))
    return (try #require(document.models.first), code)
  }

  @Test func findingsAreData() throws {
    let (model, code) = try document(
      Self.good + "rule \"up\" x = 3 ==> begin x := 0; end;\n")
    #expect(code == 1)
    let finding = try #require(model.findings.first)
    #expect(finding.code == "W0901" && finding.severity == "warning")
    let place = try #require(finding.place)
    #expect((place.line, place.column, place.endLine, place.endColumn) == (7, 6, 7, 10))
    #expect(finding.notes.map(\.place.line) == [3])
    #expect(model.checkers.map(\.name) == ["Rumur", "CMurphi"])
    #expect(model.checkers.map(\.takes) == [false, false])
    #expect(model.checkers[1].reasons.map(\.count) == [2, 1])
  }

  @Test func errorsAreData() throws {
    let (model, code) = try document(Self.good + "rule \"down\" x > 0 ==> begin x--;\nend;")
    #expect(code == 2)
    #expect(model.findings.map(\.severity) == ["error"])
    #expect(model.findings[0].hint?.contains("x := x - 1") == true)
    #expect(model.checkers.isEmpty)
  }

  // MARK: - For Rumur

  @Test func whatRumurHasNothingForIsLeftOut() throws {
    let (output, errors, code) = try lint(Self.good, ["--plain"])
    #expect(code == 0)
    #expect(output == Self.good.replacing("measure \"x\" x;", with: ""))
    #expect(errors == "a.m:6:1: `measure` is left out: Rumur has none\n")
  }

  @Test func sizesAreNumbersAndConstantsAreAsTheyAreSet() throws {
    let text = """
      const N: 2;
      var x: 0..8KiB;
      startstate begin x := 0; end;
      rule begin x := N; end;

      """
    let (output, _, code) = try lint(text, ["--plain", "--set", "N=3"])
    #expect(code == 0)
    #expect(output.contains("const N: 3;") && output.contains("x: 0..8192;"), "\(output)")
  }

  @Test(arguments: [
    ("var m: multiset [2] of 0..1; startstate begin undefine m; end;", "multisets"),
    ("symbolic s: address; assume s > 0; startstate begin end;", "instantiate"),
    ("var _x: 0..1; startstate begin _x := 0; end;", "begin with a letter"),
    ("var x: 0..1 startstate begin x = 0; end;", "`:=` assigns"),
  ])
  func whatCannotBeWrittenPlainlyIsAnError(text: String, reason: String) throws {
    let (output, errors, code) = try lint(text, ["--plain"])
    #expect(code == 2)
    #expect(output == "")
    #expect(errors.contains(reason), "\(errors)")
  }

  @Test(arguments: models)
  func rumurTakesShippedModels(model: String) throws {
    let (output, errors, code) = try Program.run(["lint", "--plain", model])
    guard !errors.contains("symbolic constants") else {
      #expect(code == 2)
      return
    }
    #expect(code == 0, "\(errors)")
    let rejection = try RumurOracle().rejection(of: output)
    #expect(rejection == nil)
  }

  /// Most of them have no symbolic constants, so that the test above says something.
  @Test func mostShippedModelsCanBeWrittenPlainly() throws {
    let symbolic = try Self.models.filter { path in
      try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
        .contains("\nsymbolic\n")
    }
    #expect(symbolic == ["Models/regions.m"])
  }

  @Test(arguments: models)
  func shippedModelsHaveNothingThatIsNotMeant(model: String) throws {
    let (output, _, code) = try Program.run(["lint", model])
    #expect(code == 0, "\(output)")
  }
}
