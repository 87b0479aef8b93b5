import Options
import Scenarios
import Settings
import Testing

/// A value of the wrong shape is an error with its place in every setting, and never passed over.
@Suite struct SettingShapeTests {
  private static func scenario(_ key: String, _ value: String) -> String {
    var settings = ["name": "a", "model": "a.m", "expect": "holds"]
    if key == "conflict" {
      settings = ["name": "a", "layout": "a.yml", "expect": "does-not-fit"]
    }
    if key == "layout" { settings = ["name": "a", "expect": "fits"] }
    settings[key] = nil
    let others = settings.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)\n" }.joined()
    return "version: 1\nscenarios:\n  -\n\(others)    \(key): \(value)\n"
  }

  /// Values that are wrong whatever the setting: nothing, a mapping, a list of mappings.
  private static let neverRight = ["", "~", "null", "{ a: b }", "[{ a: b }]", "[[a]]", "[null]"]

  private static let wrong: [String: [String]] = [
    "name": ["[a]", "''"], "model": ["[a.m]", "''", "~/a.m"], "layout": ["[a]", "''", "~/a.yml"],
    "expect": ["[holds]", "fine", "violates", "true"],
    "states": [
      "-1", "1.5", "'1'", "many", "010", "1:30", "[1]", "99999999999999999999", "true", "..",
      "2..1",
      "1...2", "a..b", "1..b", "-1..2", "'1..2'", "1..2..3", "1 .. 2", "01..2",
    ],
    "measure": [
      "1", "[a]", "{}", "{ a: }", "{ a: [1] }", "{ a: 1.5 }", "{ a: '1' }", "{ [a]: 1 }",
      "{ a: 2..1 }",
      "{ a: .. }",
    ],
    "dead-rules": [], "without": [],
    "rules": ["-1", "1.5", "\"1\"", "0b1", "[1]"],
    "tags": [], "deadlock": ["[stuck]", "maybe", "true"], "symmetry": ["[off]", "on"],
    "max-depth": ["-1", "a", "[1]"], "max-states": ["0", "-1", "a"],
    "timeout": ["0", "-5", "0.0", "1e3", "nan", "soon", "'5'"], "conflict": ["tea", "[]", "[1]"],
    "set": ["1", "[A]", "{ A: }", "{ A: [1] }", "{ A: 1.5 }", "{ A: '1' }", "{ [A]: 1 }"],
  ]

  @Test(arguments: wrong.keys.sorted()) func ofAScenario(key: String) throws {
    for value in Self.neverRight + (Self.wrong[key] ?? []) {
      // `set` is a mapping, and what may be in it is said there.
      if key == "set", value == "{ a: b }" { continue }
      let error = #expect(throws: SettingError.self, "\(key): \(value)") {
        try ScenarioFile.read(Self.scenario(key, value))
      }
      // The setting is the last one of the seven lines.
      #expect((error?.line ?? 0) >= 3, "\(key): \(value): \(error?.message ?? "")")
      #expect(error?.column != nil)
    }
  }

  @Test func aListOfOneIsAlsoOneWord() throws {
    for tags in ["nightly", "[nightly]", "\n      - nightly"] {
      #expect(try ScenarioFile.read(Self.scenario("tags", tags))[0].tags == ["nightly"])
    }
    #expect(try ScenarioFile.read(Self.scenario("tags", "[]"))[0].tags == [])
    let conflict = try ScenarioFile.read(Self.scenario("conflict", "low-memory"))
    #expect(conflict[0].expectation == .doesNotFit(rules: ["low-memory"]))
  }

  @Test func secondsMayHaveAFraction() throws {
    for (text, seconds) in [("5", 5.0), ("0.5", 0.5), ("1.50", 1.5)] {
      let scenario = try ScenarioFile.read(Self.scenario("timeout", text))[0]
      #expect(scenario.settings.timeoutSeconds == seconds)
    }
  }

  @Test func numbersAreRead() throws {
    #expect(try ScenarioFile.read(Self.scenario("states", "0"))[0].stateCount == 0)
    let constants = try ScenarioFile.read(
      Self.scenario("set", "{ A: -3, B: 0x10, C: true, D: false, E: 9223372036854775807 }"))
    #expect(constants[0].constants == ["A": -3, "B": 16, "C": 1, "D": 0, "E": .max])
  }

  @Test func boundsAreRead() throws {
    for (text, bounds) in [
      ("7", Bounds(7)), ("0..7", Bounds(least: 0, greatest: 7)),
      ("7..", Bounds(least: 7, greatest: nil)), ("..0x10", Bounds(least: nil, greatest: 16)),
      ("3..3", Bounds(3)),
    ] {
      let scenario = try ScenarioFile.read(Self.scenario("states", text))[0]
      #expect(scenario.states == bounds)
      #expect(scenario.stateCount == bounds.value)
    }
    let measures = try ScenarioFile.read(Self.scenario("measure", "{ a b: -2..1, c: ..-1 }"))[0]
    #expect(
      measures.measures == [
        "a b": Bounds(least: -2, greatest: 1), "c": Bounds(least: nil, greatest: -1),
      ])
    #expect("\(Bounds(7)) \(Bounds(least: -2, greatest: 1))" == "7 -2..1")
  }

  @Test func placesHaveAColumn() {
    let error = #expect(throws: SettingError.self) {
      try ScenarioFile.read("version: 1\nscenarios:\n  - { name: a, model: [x], expect: holds }")
    }
    #expect(error?.place == ":3:23")
  }

  @Test(arguments: [
    "version: '1'\nscenarios: []", "version: [1]\nscenarios: []", "version: 1\nscenarios:",
    "version: 1\nscenarios: a", "version: 1\nscenarios: [a]", "version: 1\nversion: 1",
    "version: 1\n[a]: b", "version: 1\n~: b", "version: !!int '1'", "version: !x 1",
    "!x\nversion: 1", "version: 1\nscenarios: !x []",
  ])
  func ofAFile(text: String) {
    #expect(throws: SettingError.self) { try ScenarioFile.read(text) }
  }

  @Test func anAbsolutePathIsOne() {
    #expect(ScenarioPath.resolved("/a/b.m", in: "d/") == "/a/b.m")
    #expect(ScenarioPath.resolved("../b.m", in: "d/") == "d/../b.m")
    #expect(ScenarioPath.resolved("b.m", in: "") == "b.m")
  }
}
