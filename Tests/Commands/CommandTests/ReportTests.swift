import Exploration
import Foundation
import Options
import Scenarios
import TestSupport
import Testing

/// What `check` says of a model, and that it fits on a screen.
@Suite struct ReportTests {
  /// Runs `check` on a text.
  private func check(
    _ text: String, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "m.m", in: folder)
      return try Program.run(["check", "m.m"] + arguments, in: folder, environment: environment)
    }
  }

  /// Two faults at most, none as it stands. Some of it is asked with faults alone.
  private static let faults = """
    const FAULTS: 0; SLOW: 0; LEFT: 0; RIGHT: 1; BOTH: 2;
    type count_t: 0..FAULTS;
    var faults: count_t; x: 0..3; side: LEFT..BOTH;
    function may_fail(): boolean; begin return faults < FAULTS; end;
    startstate begin faults := 0; x := 0; side := LEFT; end;
    rule "step" x < 2 ==> begin x := x + 1; end;
    rule "again" x = 2 ==> begin x := 0; end;
    rule "fail" may_fail() & x = 1 ==> begin faults := faults + 1; end;
    rule "stall" SLOW = 1 & x = 1 ==> begin x := 0; end;
    rule "far" x = 3 ==> begin x := 0; end;
    invariant "after a fault" FAULTS > 0 & faults = FAULTS -> x < 3;
    invariant "far is odd" x = 3 -> side = LEFT;
    cover "one" x = 1;
    cover "a fault" FAULTS = 0 | faults = 1;
    cover "a fault, slowly" FAULTS = 0 | SLOW = 0 | faults = 1;

    """

  @Test func whatTheConstantsSwitchOffIsNotAsked() throws {
    let (output, _, code) = try check(Self.faults)
    #expect(code == 0)
    #expect(
      output == """
        m.m: verified for FAULTS=0 SLOW=0: all 3 states
          1 rule never fired: "far"
          1 invariant with a left side that was never true: "far is odd"
          2 rules not asked (FAULTS = 0): "fail"; (SLOW = 0): "stall"
          1 invariant not asked (FAULTS = 0): "after a fault"
          1 cover hit, 2 not asked (FAULTS = 0): "a fault"; (FAULTS = 0, SLOW = 0): "a
            fault, slowly"

        """)
  }

  @Test func itIsAskedWhereTheConstantsLetIt() throws {
    let (output, _, code) = try check(Self.faults, "--set", "FAULTS=1", "--set", "SLOW=1")
    #expect(code == 0)
    #expect(!output.contains("not asked"))
    #expect(output.contains("3 covers hit"))
  }

  @Test func theDocumentSaysNullForWhatIsNotAsked() throws {
    let (output, _, _) = try check(Self.faults, "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let model = try #require((document?["models"] as? [[String: Any]])?.first)
    let rules = try #require(model["rules"] as? [[String: Any]])
    // x is 0, 1 and 2 in turn.
    #expect(rules.map { $0["fired"] as? Int } == [2, 1, nil, nil, 0])
    #expect(rules[0]["notAsked"] is NSNull && rules[4]["notAsked"] is NSNull)
    #expect(rules[2]["notAsked"] as? [String] == ["FAULTS"])
    #expect(rules[3]["notAsked"] as? [String] == ["SLOW"])
    let covers = try #require(model["covers"] as? [[String: Any]])
    #expect(covers.map { $0["hits"] as? Int } == [1, nil, nil])
    #expect(covers[2]["notAsked"] as? [String] == ["FAULTS", "SLOW"])
    #expect(model["vacuousInvariants"] as? [String] == ["far is odd"])
  }

  @Test func whatIsNotSeenYetIsSaidSoFar() throws {
    let (output, _, code) = try check(Self.faults, "--max-states", "1")
    #expect(code == 3)
    #expect(output.hasPrefix("m.m: inconclusive: the limit of 1 state was reached\n"))
    #expect(output.contains("rules never fired so far: "))
    #expect(output.contains("1 cover not hit so far: \"one\"\n"))
  }

  @Test func quietIsTheVerdictAlone() throws {
    #expect(
      try check(Self.faults, "--quiet").output
        == "m.m: verified for FAULTS=0 SLOW=0: all 3 states\n")
    let violated = try check(
      Self.faults
        + "invariant \"a property with a name that is so long that it takes more than a line\" x < 2;",
      "-q")
    #expect(
      violated.output
        == "m.m: violated: invariant \"a property with a name that is so long that it takes more than a line\" does not hold\n"
    )
    #expect(violated.code == 1)
  }

  /// All that is known, the names of numbers too; each cover by itself.
  @Test func verboseIsAllOfIt() throws {
    let (output, _, _) = try check(Self.faults, "--verbose")
    for line in [
      "  constants: FAULTS = 0, SLOW = 0, LEFT = 0, RIGHT = 1, BOTH = 2",
      "  states 3, rules fired 3, depth 2", "  cover \"one\": hit once",
    ] {
      #expect(output.contains("\n\(line)\n"), "\(line)\n\(output)")
    }
    #expect(output.contains("\n  digest "))
    #expect(!output.contains("cover \"a fault\": hit"))
  }

  /// A name that is longer than a line is cut where there is little room, and keeps its quotation mark.
  @Test func longNamesAreWholeWhereAllIsSaid() throws {
    let name = Array(repeating: "long", count: 20).joined(separator: " ")
    let model = Self.faults.replacing("\"far\"", with: "\"\(name)\"")
    #expect(try check(model).output.contains("1 rule never fired: \"long long "))
    #expect(try check(model).output.contains("…\"\n"))
    let whole = try check(model, "--verbose").output
    #expect(!whole.contains("…"))
    let words = whole.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("never fired: \"\(name)\""), "\(whole)")
  }

  private static let measured = """
    var n: 0..3;
    startstate begin n := 1; end;
    rule "up" n < 3 ==> begin n := n + 1; end;
    rule "down" n = 3 ==> begin n := 0; end;
    measure "a" n;
    measure "b" 0 - n;

    """

  @Test func runsToTheEndsOfMeasuresAreShownOnDemand() throws {
    let (brief, _, _) = try check(Self.measured)
    #expect(
      brief == """
        m.m: verified: all 4 states
          measure "a": 0 to 3
          measure "b": -3 to 0

        """)
    let (all, _, _) = try check(Self.measured, "--runs")
    for title in ["least \"a\", 0", "greatest \"a\", 3", "least \"b\", -3", "greatest \"b\", 0"] {
      #expect(all.contains("\n  \(title):\n"), "\(title)")
    }
    // More than a screen follows, so the verdict stands at its end, too.
    #expect(all.hasSuffix("\nm.m: verified: all 4 states\n"))
    let (one, _, _) = try check(Self.measured, "--explain", "b")
    #expect(one.hasPrefix(brief))
    #expect(one.contains("least \"b\"") && !one.contains("least \"a\""))
    let (_, errors, code) = try check(Self.measured, "--explain", "c")
    #expect(code == 2)
    #expect(errors.contains("m.m: error: there is no measure \"c\" that could be explained"))
  }

  /// However much there is of everything, and whatever it is called.
  @Test func aHugeModelFitsOnAScreen() throws {
    let long = String(repeating: "name", count: 100)
    var text = (0..<100).map { "const C\($0): \($0 % 2 * 7);\n" }.joined()
    text += "var x: 0..1; z: 0..C0;\nstartstate begin x := 0; z := 0; end;\n"
    text += "rule \"\(long)\" begin x := 1 - x; end;\n"
    for number in 0..<60 {
      text += "rule \"r\(number) \(long)\" x > 1 ==> begin end;\n"
      text += "rule \"漢字漢字漢字 \(number)\" z > 0 & x = 0 ==> begin end;\n"
      text += "cover \"c\(number)\" C\(number * 2 % 100) = 0 | x = 0;\n"
      text += "measure \"m\(number) \(long)\" x;\n"
      text += "invariant \"i\(number)\" x = 0 & z = 1 -> false;\n"
    }
    let (output, errors, code) = try check(text)
    #expect(code == 0, "\(errors)")
    #expect(TerminalText(output).lineCount <= 12, "\(output)")
    #expect(TerminalText(output).width <= 80, "\(output)")
    #expect(output.contains(" more measures (--verbose)\n"))
    #expect(output.contains(" more constants: all 2 states\n"))
    #expect(output.contains("120 rules not asked (whatever the constants are): "))
    #expect(output.contains("60 covers not asked (C0 = 0): \"c0\", \"c50\"; (C2 = 0): \"c1\""))
  }

  /// A condition that two parts of a property read has one value.
  @Test func valuesOfAViolationAreSaidOnceEach() throws {
    let (output, errors, code) = try check(
      """
      var x: 0..2; rule "go" x < 2 ==> begin x := x + 1; end; rule "back" x = 2 ==> begin x := 0; end;
      startstate begin x := 0; end;
      invariant "small" exists i: 0..1 do i = 1 & x != 2 & x != 1 + i end;
      """)
    #expect(code == 1, "\(errors)")
    let lines = output.split(separator: "\n").filter { $0.hasPrefix("  `") && $0.contains("` is ") }
    #expect(!lines.isEmpty && Set(lines).count == lines.count, "\(output)")
  }

  @Test func textOfAViolationWrapsAtWords() throws {
    let name = String(repeating: "a word and ", count: 20)
    let text = """
      type long_t: enum { \(String(repeating: "V", count: 30)), W };
      var \(String(repeating: "x", count: 60)): long_t;
      startstate begin \(String(repeating: "x", count: 60)) := W; end;
      rule begin end;
      invariant "\(name)" \(String(repeating: "x", count: 60)) != W;
      """
    let (output, _, code) = try check(text)
    #expect(code == 1)
    let verdict = output.components(separatedBy: "\n").prefix { !$0.hasPrefix("  at ") }
    #expect(verdict.count >= 3)
    for line in verdict { #expect(line.count <= 80 && line.count > 50 || line == verdict.last) }
    // The value does not fit behind its name.
    #expect(output.contains("  `\(String(repeating: "x", count: 60))` is W\n"))
  }

  @Test(
    arguments: [
      ([], [:], false), (["--color", "always"], [:], true),
      (["--color", "always"], ["NO_COLOR": "1"], true), (["--color", "never"], [:], false),
    ] as [([String], [String: String], Bool)])
  func coloursAreUsedWhereTheyAreWanted(
    arguments: [String], environment: [String: String], isColoured: Bool
  ) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.measured, to: "m.m", in: folder)
      try Program.write("var x: nothing;", to: "wrong.m", in: folder)
      for command in [["check", "m.m"], ["check", "wrong.m"], ["lint", "wrong.m"]] {
        let (output, errors, _) = try Program.run(
          command + arguments, in: folder, environment: environment)
        #expect((output + errors).contains("\u{1B}[") == isColoured, "\(command)")
      }
    }
  }

  private static let root = Repository.root
  /// Scenarios with the tag `quick` of models that hold.
  private static let quick = scenarios.filter {
    $0.tags.contains("quick") && $0.variants == nil && $0.model != nil
  }
  /// Those with a folder of variants.
  private static let broken = scenarios.filter { $0.variants != nil }

  private static let scenarios: [Scenario] = {
    let text = try? String(
      contentsOf: root.appendingPathComponent("swapcheck.yml"), encoding: .utf8)
    return text.flatMap { try? ScenarioFile.read($0) } ?? []
  }()

  private static func arguments(_ scenario: Scenario) -> [String] {
    var arguments = ["check", scenario.subject.path, "--threads", "1"]
    for (name, value) in scenario.constants { arguments += ["--set", "\(name)=\(value)"] }
    for patch in scenario.patches { arguments += ["--patch", patch] }
    for rule in scenario.without { arguments += ["--without", rule] }
    if scenario.settings.symmetry == .off { arguments += ["--symmetry", "off"] }
    return arguments + ["--deadlock", "\(scenario.settings.deadlock)"]
  }

  @Test func thereAreScenarios() { #expect(Self.quick.count >= 100) }

  @Test(arguments: quick)
  func aVerifiedModelFitsOnHalfAScreen(scenario: Scenario) throws {
    let (output, errors, code) = try Program.run(Self.arguments(scenario))
    guard code == 0 else {
      #expect(scenario.expectation != .holds, "\(scenario.name): \(output)\(errors)")
      return
    }
    let text = TerminalText(output)
    #expect(text.lineCount <= 12, "\(scenario.name):\n\(output)")
    #expect(text.width <= 80, "\(scenario.name):\n\(output)")
    if let states = scenario.stateCount, states > 1 {
      let words = output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(words.contains(": all \(grouped(states)) states"), "\(scenario.name): \(words)")
    }
  }

  /// Of each model some variants, or all of them, at the constants that their scenario has.
  @Test(arguments: broken)
  func aViolationFitsOnSomePages(variants: Scenario) throws {
    let all = try #require(variants.expanded(in: Self.root.path + "/"))
    try #require(!all.isEmpty)
    let step = RepositoryModel.triesAllVariants ? 1 : 8
    for scenario in stride(from: 0, to: all.count, by: step).map({ all[$0] }) {
      let (output, errors, code) = try Program.run(Self.arguments(scenario))
      try #require(code == 1, "\(scenario.name): \(output)\(errors)")
      let text = TerminalText(output)
      #expect(text.lineCount <= 60, "\(scenario.name):\n\(output)")
      #expect(text.width <= 80, "\(scenario.name):\n\(output)")
      guard output.contains("--verbose shows it") else { continue }
      // All that leads there is said, if not always what it changes.
      let whole = try Program.run(Self.arguments(scenario) + ["--verbose"]).output
      func numbers(_ text: String) -> [Int] {
        text.matches(of: /(?m)^ *([0-9]+)\.\s/).compactMap { Int($0.1) }
      }
      let (shown, all) = (numbers(output), numbers(whole))
      let omitted = output.firstMatch(of: /… ([0-9]+) steps/).flatMap { Int($0.1) } ?? 0
      #expect(shown.count + omitted == all.count && shown.last == all.last, "\(scenario.name)")
    }
  }

  @Test func thereAreVariants() { #expect(Self.broken.count >= 25) }

  /// Of a run that is longer than the room for it the end is shown, and how much is not.
  @Test func ofALongRunTheStepsInTheMiddleAreCounted() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        """
        var x: 0..200; y: 0..200;
        startstate "begin" begin x := 0; y := 0; end;
        rule "count" x < 200 ==> begin x := x + 1; y := x; end;
        invariant "small" x < 150;

        """, to: "m.m", in: folder)
      let (output, _, _) = try Program.run(["check", "m.m"], in: folder)
      let text = TerminalText(output)
      #expect((55...60).contains(text.lineCount), "\(output)")
      #expect(output.contains("\n     1. begin") || output.contains("\n    1. begin"), "\(output)")
      // The start state, the last step with what it changes, and titles for what is between them.
      let shown = output.matches(of: /(?m)^ *([0-9]+)\. count/).compactMap { Int($0.1) }
      let first = try #require(shown.first)
      #expect(shown == Array(first...151))
      #expect(output.contains("… \(first - 2) steps"), "\(output)")
      #expect(output.contains("*x: 149 -> 150; y: 149 -> 150"), "\(output)")
      let whole = try Program.run(["check", "m.m", "--verbose"], in: folder).output
      #expect(whole.matches(of: /(?m)^ *([0-9]+)\. count/).count == 150)
    }
  }

  private func grouped(_ number: Int) -> String {
    String(
      String(number).reversed().enumerated().flatMap { position, digit in
        position > 0 && position % 3 == 0 ? [",", digit] : [digit]
      }.reversed())
  }
}

/// A text as a terminal shows it.
private struct TerminalText {
  let lines: [Substring]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  var lineCount: Int { lines.count }

  /// Columns of the longest line. Of what the tests write, Chinese alone takes two a character.
  var width: Int {
    lines.map { line in
      line.unicodeScalars.reduce(0) { $0 + ((0x4E00...0x9FFF).contains($1.value) ? 2 : 1) }
    }.max() ?? 0
  }
}
