import Foundation
import TestSupport
import Testing

/// Models that cannot be checked, in the forms that other programs read: what is wrong stands in them
/// with its place, and nothing looks as if all were well.
@Suite struct RefusedModelTests {
  /// Two errors, of which the first has a way out.
  private static let text = """
    var age: 0..3;
    startstate begin age := 0; end;
    rule "up" age < 3 ==> begin age++; end;
    rule "down" age > 0 ==> { age := 0; }

    """

  private static let good = """
    var age: 0..3;
    startstate begin age := 0; end;
    rule "turn" true ==> begin age := 1 - age; end;

    """

  /// What `check` writes of a good model and one with errors, in a form.
  private func written(
    _ format: String, _ arguments: [String] = ["good.m", "bad.m", "gone.m"]
  ) throws -> String {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.text, to: "bad.m", in: folder)
      try Program.write(Self.good, to: "good.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: good, model: good.m, expect: holds }
          - { name: bad, model: bad.m, expect: holds }
          - { name: gone, model: gone.m, expect: holds }

        """, to: "swapcheck.yml", in: folder)
      let (output, errors, code) = try Program.run(
        ["check", "--format", format] + arguments, in: folder)
      #expect(code == 2, "\(errors)")
      #expect(errors.contains("bad.m:3:32: error[E0201]: expected `:=`"), "\(errors)")
      return output
    }
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func checkFindings(_ model: [String: Any]) throws {
    #expect(model["model"] as? String == "bad.m" && model["verdict"] as? String == "error")
    let findings = try #require(model["findings"] as? [[String: Any]])
    #expect(findings.map { $0["code"] as? String } == ["E0201", "E0201"])
    #expect(findings[0]["hint"] as? String == "write `age := age + 1`")
    let place = try #require(findings[0]["place"] as? [String: Any])
    #expect(place["line"] as? Int == 3 && place["column"] as? Int == 32)
  }

  @Test func theDocumentHasErrorsAsData() throws {
    let models = try #require(try json(written("json"))["models"] as? [[String: Any]])
    #expect(models.map { $0["model"] as? String } == ["good.m", "bad.m", "gone.m"])
    try checkFindings(models[1])
    #expect(models[2]["verdict"] as? String == "error")
    #expect((models[2]["findings"] as? [Any])?.isEmpty == true)
    #expect((models[2]["reason"] as? String)?.hasPrefix("the file cannot be read") == true)
  }

  @Test func scenariosHaveThemToo() throws {
    let scenarios = try #require(
      try json(written("json", []))["scenarios"] as? [[String: Any]])
    #expect(scenarios.count == 3)
    try checkFindings(try #require(scenarios[1]["result"] as? [String: Any]))
    let markdown = try written("markdown", [])
    #expect(markdown.contains("bad.m:3:32: error[E0201]"), "\(markdown)")
  }

  /// A log that says that the run was successful lets a model pass that nobody has checked.
  @Test(arguments: [["good.m", "bad.m", "gone.m"], []])
  func theLogOfCodeScanningSaysThatNotAllCouldBeTold(arguments: [String]) throws {
    let runs = try #require(try json(written("sarif", arguments))["runs"] as? [[String: Any]])
    let invocation = try #require((runs[0]["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notes.count == 2)
    let location = (notes[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"]
    let region = (location as? [String: Any])?["region"] as? [String: Any]
    #expect(region?["startLine"] as? Int == 3 && region?["startColumn"] as? Int == 32)
  }

  @Test func testsHaveAnError() throws {
    for arguments in [["good.m", "bad.m", "gone.m"], []] {
      let text = try written("junit", arguments)
      #expect(text.contains("tests=\"3\""), "\(text)")
      #expect(text.contains("errors=\"2\""), "\(text)")
      #expect(text.contains(">at bad.m:3:32</error>"), "\(text)")
    }
  }

  @Test func aSummaryHasThem() throws {
    let text = try written("markdown")
    #expect(text.contains("### bad.m: error: expected "), "\(text)")
    #expect(text.contains("bad.m:3:32: error[E0201]"), "\(text)")
  }
}
