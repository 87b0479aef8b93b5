import Diagnostics
import RunFormats
import Runs
import Testing

@Suite struct RunTextTests {
  private static func table(_ names: [String]) -> [ShownPlace] {
    names.map { ShownPlace(name: $0, kind: .name) }
  }

  private static let grid = table(
    [
      "view[OLD][0]", "view[OLD][1]", "view[OLD][2]", "view[NEW][0]", "view[NEW][1]",
      "view[NEW][2]",
    ])

  private static func sentences(_ places: [ShownPlace], _ values: [String?]) -> [String] {
    let known = values.enumerated().compactMap { place, value in value.map { (place, $0) } }
    return FoldedPlaces(places).sentences(
      Dictionary(uniqueKeysWithValues: known), joint: " = "
    ).map(\.text)
  }

  /// Whichever is shorter: all with exceptions, or row by row.
  @Test(
    arguments: [
      (["A", "A", "A", "A", "A", "A"], ["view[*][*] = A"]),
      (["A", "A", "A", "B", "B", "B"], ["view[OLD][*] = A", "view[NEW][*] = B"]),
      (["A", "A", "A", "A", "C", "A"], ["view[*][*] = A but [NEW][1] = C"]),
      (["A", "B", "A", "A", "C", "A"], ["view[*][*] = A but [OLD][1] = B, [NEW][1] = C"]),
      (["A", "B", "A", "A", "B", "A"], ["view[*][*] = A but [OLD][1] [NEW][1] = B"]),
      // What has no value is not spoken of, and a star does not stand for it.
      ([nil, "B", nil, nil, nil, nil], ["view[OLD][1] = B"]),
      (["A", "A", "A", nil, nil, nil], ["view[OLD][*] = A"]),
      ([nil, nil, nil, nil, nil, nil], []),
    ] as [([String?], [String])])
  func aTableIsFolded(values: [String?], expected: [String]) {
    #expect(Self.sentences(Self.grid, values) == expected)
  }

  @Test func fieldsAreTablesOfTheirOwn() {
    let places = Self.table(["q[0].word", "q[0].fate", "q[1].word", "q[1].fate", "single[7]"])
    #expect(
      Self.sentences(places, ["NONE", "0", "NONE", "1", "X"])
        == ["q[*].word = NONE", "q[0].fate = 0", "q[1].fate = 1", "single[7] = X"])
  }

  @Test func stepsHaveWhoTakesThemAndWhatTheyChange() {
    let lines = RunText(SampleRun.run, width: 60).lines(indent: "").map(\.description)
    #expect(
      lines == [
        "for the layout",
        "  base = 0x1000 (4 KiB)",
        " 1. start :3",
        "    phase = IDLE; exec[*] = RUNS_OLD;",
        "    queue[*][*].word = NOTHING; tries = 0",
        " 2. old  give a CPU (c = …) (c = cpu_t_1) :9",
        "         *exec[cpu_t_1]: RUNS_OLD -> RUNS_NEW;",
        "         queue[NEW][1].word: NOTHING -> GO",
        "         put: given",
        "         put: \"twice\"",
        " 3. new  take it :15",
        "         fails: assertion \"never\" does not hold",
      ])
  }

  @Test(arguments: [40, 60, 80, 200])
  func noLineIsWiderThanItMayBe(width: Int) {
    for line in RunText(SampleRun.run, width: width).lines(indent: "  ") {
      #expect(line.count <= width, "\(line)")
    }
  }
}
