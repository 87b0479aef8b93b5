import Exploration
import Options
import Runs
import Scenarios
import Settings
import Testing
import Trace

/// What `swapcheck.yml` may say, and what is said of what it may not.
@Suite struct ScenarioFileTests {
  @Test func readsAScenario() throws {
    let scenarios = try ScenarioFile.read(
      """
      version: 1
      scenarios:
        - name: small
          model: Models/a.m
          set: { CPUS: 4, STRICT: true }
          expect: violates "no CPU owned twice"
          states: 12
          rules: 34
          deadlock: stuck
          max-depth: 5
          tags: [quick, swap]
      """)
    let scenario = try #require(scenarios.first)
    #expect(scenarios.count == 1)
    #expect(scenario.name == "small")
    #expect(scenario.model == "Models/a.m")
    #expect(scenario.constants == ["CPUS": 4, "STRICT": 1])
    #expect(scenario.expectation == Scenario.Expectation("violates \"no CPU owned twice\""))
    #expect(scenario.stateCount == 12)
    #expect(scenario.ruleFiringCount == 34)
    #expect(scenario.settings.deadlock == .stuck)
    #expect(scenario.settings.maximumDepth == 5)
    #expect(scenario.tags == ["quick", "swap"])
  }

  @Test func readsLeastScores() throws {
    let contents = try ScenarioFile.contents(
      """
      version: 1
      scenarios:
        - { name: a, model: Models/a.m }
        - { name: b, model: b.m }
      min-scores: { Models/a.m: 85, b.m: 62.5 }
      """)
    #expect(contents.leastScores == ["Models/a.m": 85, "b.m": 62.5])
    #expect(contents.scenarios.count == 2)
    #expect(try ScenarioFile.contents("version: 1\nscenarios: []").leastScores == [:])
  }

  @Test func picturesAreOfModels() throws {
    let contents = try ScenarioFile.contents(
      """
      version: 1
      scenarios:
        - { name: swap, model: a.m }
      pictures:
        a.m: { lanes: [old, new], messages: queue }
      """)
    #expect(contents.pictures == ["a.m": Picture(lanes: ["old", "new"], messages: ["queue"])])
    for wrong in ["b.m: { lanes: old }", "a.m: old", "a.m: { colours: [red] }"] {
      #expect(throws: SettingError.self) {
        try ScenarioFile.contents(
          "version: 1\nscenarios:\n  - { name: swap, model: a.m }\npictures:\n  \(wrong)\n")
      }
    }
  }

  @Test(arguments: [
    ("85", "`min-scores` has to be a mapping of models to numbers from 0 to 100"),
    ("[a.m]", "`min-scores` has to be a mapping of models to numbers from 0 to 100"),
    ("{ b.m: 85 }", "`min-scores` names `b.m`, and no scenario is about such a model"),
    ("{ a.m: 101 }", "`a.m` is a number from 0 to 100"),
    ("{ a.m: -1 }", "`a.m` is a number from 0 to 100"),
    ("{ a.m: \"85\" }", "`a.m` is a number from 0 to 100"),
    ("{ a.m: 1e1 }", "`a.m` is a number from 0 to 100"),
    ("{ a.m: [85] }", "`a.m` is one value, and no list or mapping"),
    ("{ a.m: }", "`a.m` has no value"),
  ])
  func refusesLeastScores(_ scores: String, _ message: String) throws {
    let text = "version: 1\nscenarios:\n  - { name: a, model: a.m }\nmin-scores: \(scores)\n"
    let error = #expect(throws: SettingError.self) { try ScenarioFile.read(text) }
    #expect(error?.message == message)
    #expect(error?.line == 4)
  }

  @Test func readsALayout() throws {
    let scenarios = try ScenarioFile.read(
      """
      version: 1
      scenarios:
        - { name: a, layout: Models/a.yml, expect: fits, timeout: 5, tags: [layout] }
        - name: b
          layout: Models/b.yml
          expect: does-not-fit
          conflict: [low-memory, parked-processors]
      """)
    #expect(scenarios.map(\.subject) == [.layout("Models/a.yml"), .layout("Models/b.yml")])
    #expect(scenarios.map(\.model) == [nil, nil])
    #expect(scenarios[0].expectation == .fits)
    #expect(scenarios[0].settings.timeoutSeconds == 5)
    #expect(
      scenarios[1].expectation == .doesNotFit(rules: ["low-memory", "parked-processors"]))
  }

  @Test func readsPatches() throws {
    let scenarios = try ScenarioFile.read(
      """
      version: 1
      scenarios:
        - { name: a, model: a.m, patch: a/b.patch }
        - { name: b, model: a.m, patch: [a/b.patch, c.patch], expect: deadlock }
        - { name: c, model: a.m, variants: a }
      """)
    #expect(scenarios.map(\.patches) == [["a/b.patch"], ["a/b.patch", "c.patch"], []])
    #expect(scenarios.map(\.variants) == [nil, nil, "a"])
    // Elsewhere the head of the patch says it.
    #expect(scenarios.map(\.expectation) == [nil, .deadlock, nil])
  }

  /// What is said of all sizes is said of each, and a size may say something else.
  @Test func readsSizes() throws {
    let scenarios = try ScenarioFile.read(
      """
      version: 1
      scenarios:
        - name: swap
          model: swap.m
          set: { CPUS: 2, FAULTS: 1 }
          symmetry: off
          timeout: 5
          tags: [swap]
          sizes:
            - { name: 2, states: 7, tags: quick }
            - { name: 4x4, set: { CPUS: 4, PROCS: 4 }, symmetry: exact, tags: [full, large] }
            - { name: none, set: { FAULTS: 0 }, expect: deadlock }
      """)
    #expect(scenarios.map(\.name) == ["swap-2", "swap-4x4", "swap-none"])
    #expect(
      scenarios.map(\.constants) == [
        ["CPUS": 2, "FAULTS": 1], ["CPUS": 4, "PROCS": 4, "FAULTS": 1], ["CPUS": 2, "FAULTS": 0],
      ])
    #expect(scenarios.map(\.settings.symmetry) == [.off, .exact, .off])
    #expect(scenarios.map(\.tags) == [["swap", "quick"], ["swap", "full", "large"], ["swap"]])
    #expect(scenarios.map(\.stateCount) == [7, nil, nil])
    #expect(scenarios.map(\.expectation) == [nil, nil, .deadlock])
    #expect(scenarios.allSatisfy { $0.settings.timeoutSeconds == 5 && $0.model == "swap.m" })
  }

  /// A size has measures beside those of all sizes, and its own lists of rules.
  @Test func readsWhatIsExpectedOfSizes() throws {
    let scenarios = try ScenarioFile.read(
      """
      version: 1
      scenarios:
        - name: a
          model: a.m
          measure: { "in service": 1..2, still: 0 }
          dead-rules: [one, two]
          without: "machine: reset"
          sizes:
            - { name: b, states: 10..20 }
            - { name: c, measure: { still: ..3 }, dead-rules: four, without: [three] }
      """)
    #expect(scenarios.map(\.states) == [Bounds(least: 10, greatest: 20), nil])
    let inService = Bounds(least: 1, greatest: 2)
    #expect(
      scenarios.map(\.measures) == [
        ["in service": inService, "still": Bounds(0)],
        ["in service": inService, "still": Bounds(least: nil, greatest: 3)],
      ])
    #expect(scenarios.map(\.deadRules) == [["one", "two"], ["one", "two", "four"]])
    #expect(scenarios.map(\.without) == [["machine: reset"], ["three"]])
  }

  private static let sizes = "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    sizes:\n"

  @Test(arguments: [
    (sizes + "      7", 6, "list"),
    (sizes + "      []", 6, "list"),
    (sizes + "      - 7", 6, "a size is a mapping"),
    (sizes + "      - { set: { A: 1 } }", 6, "name"),
    (sizes + "      - { name: b }\n      - { name: b }", 3, "two scenarios `a-b`"),
    (sizes + "      - { name: b }\n      - { name: c, model: b.m }", 7, "all sizes at once"),
    (sizes + "      - { name: b, sates: 7 }", 6, "`sates` is none of"),
    (sizes + "      - { name: b, states: no }", 6, "whole number"),
    (sizes + "      - { name: b, set: 7 }", 6, "`set` has to be a mapping"),
    (
      "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    patch: b\n    variants: c", 6,
      "without `patch`"
    ),
    ("version: 1\nscenarios:\n  - name: a\n    model: a.m\n    patch: []", 5, "at least one"),
    ("version: 1\nscenarios:\n  - name: a\n    layout: a.yml\n    patch: b", 5, "`patch` is none"),
    ("version: 1\nscenarios:\n  - name: a\n    layout: a.yml", 3, "of a layout `expect`"),
  ])
  func mistakesInSizesAndPatchesHaveALine(text: String, line: Int, word: String) throws {
    let error = #expect(throws: SettingError.self) { try ScenarioFile.read(text) }
    #expect(error?.line == line)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  private static let layout = "version: 1\nscenarios:\n  - name: a\n    layout: a.yml\n"

  @Test(arguments: [
    (layout + "    expect: holds", 5, "of a layout"),
    (layout + "    expect: fits\n    states: 7", 6, "`states` is none of"),
    (layout + "    expect: fits\n    model: a.m", 4, "not about both"),
    (layout + "    expect: fits\n    conflict: [disjoint]", 6, "goes with"),
    (layout + "    expect: does-not-fit\n    conflict: [tea]", 6, "`tea` is no rule"),
    (
      "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    expect: fits", 5, "said of a layout"
    ),
  ])
  func mistakesInALayoutHaveALine(text: String, line: Int, word: String) throws {
    let error = #expect(throws: SettingError.self) { try ScenarioFile.read(text) }
    #expect(error?.line == line)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("", 1, "version"),
    ("- a", 1, "version"),
    ("version: 2\nscenarios: []", 1, "version: 1"),
    ("version: 1\nscenarios: 7", 2, "list"),
    ("version: 1\nscenarios: []\nscenario: []", 3, "scenario"),
    ("version: 1\nscenarios:\n  - model: a.m\n    expect: holds", 3, "name"),
    ("version: 1\nscenarios:\n  - name: a\n    expect: holds", 3, "model"),
    ("version: 1\nscenarios:\n  - name: a\n    model: a.m\n    expect: fine", 5, "expect"),
    (
      "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    expect: holds\n    states: many", 6,
      "states"
    ),
    (
      "version: 1\nscenarios:\n  - name: a\n    model: a.m\n    expect: holds\n    set: { A: b }",
      6,
      "A"
    ),
  ])
  func mistakesHaveALine(text: String, line: Int, word: String) throws {
    let error = #expect(throws: SettingError.self) { try ScenarioFile.read(text) }
    let found = try #require(error)
    #expect(found.line == line)
    #expect(found.message.contains(word), "\(found.message)")
  }

  @Test func whatIsNoYAMLIsSaid() {
    #expect(throws: SettingError.self) { try ScenarioFile.read("version: [1") }
  }
}
