import Foundation
import TestSupport
import Testing

@Suite struct AutomatonCommandTests {
  private static let lamp = """
    type hand_t: scalarset(2);
    var lit: boolean;
    startstate "start" begin lit := false; end;
    ruleset h: hand_t do
      rule "hand: press" !lit ==> begin lit := true; end;
      rule "hand: release" lit ==> begin lit := false; end;
    end;
    rule "wait" true ==> begin end;

    """

  private static let map = """
    version: 1
    fields: {hand: hand_t}
    events:
      - {event: press, rule: "hand: press", with: {h: hand}}
      - {event: release, rule: "hand: release", with: {h: hand}}
    unseen: all others
    end: "!lit"

    """

  /// Whether a `one` was a guess shows so many events later: as many sets as there are words of so many bits.
  private static func late(_ bits: Int) -> String {
    """
    var left: 0 .. \(bits);
    startstate begin left := 0; end;
    rule "zero" left = 0 ==> begin left := 0; end;
    rule "one" left = 0 ==> begin left := 0; end;
    rule "guess" left = 0 ==> begin left := \(bits); end;
    rule "more" left > 1 ==> begin left := left - 1; end;

    """
  }

  private static let lateMap = """
    version: 1
    events:
      - {event: zero, rule: [zero, more]}
      - {event: one, rule: [one, guess, more]}

    """

  private static func run(
    _ arguments: String..., model: String = lamp, map: String = map,
    interruptedAfter seconds: Double? = nil
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(model, to: "lamp.m", in: folder)
      try Program.write(map, to: "lamp.yml", in: folder)
      return try Program.run(
        ["automaton", "lamp.m"] + arguments, in: folder, interruptedAfter: seconds)
    }
  }

  @Test func eachFormIsThere() throws {
    let text = try Self.run("--observe", "lamp.yml")
    #expect(text.code == 0)
    #expect(text.output.contains("start (initial, final)\n  press   -> after_press\n"))
    let dot = try Self.run("--observe", "lamp.yml", "--format", "dot")
    #expect(dot.output.hasPrefix("digraph state_automaton {\n"))
    #expect(dot.output.contains("\"start\" -> \"after_press\" [ label = \"press\" ];"))
    let svg = try Self.run("--observe", "lamp.yml", "--format", "svg")
    #expect(svg.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"))
    let json = try Self.run("--observe", "lamp.yml", "--values", "--format", "json")
    #expect(json.output.contains("\"press hand_t_1\""))
  }

  @Test func theEndingOfAFileSaysTheForm() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lamp, to: "lamp.m", in: folder)
      for (name, start) in [
        ("a.dot", "digraph"), ("a.gv", "digraph"), ("a.svg", "<?xml"), ("a.json", "{"),
        ("a.txt", "lamp.m: "),
      ] {
        let answer = try Program.run(
          ["automaton", "lamp.m", "--observe", "rules", "-o", name], in: folder)
        #expect(answer.code == 0 && answer.output.isEmpty, "\(answer.errors)")
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(text.hasPrefix(start))
      }
      let full = try Program.run(
        ["automaton", "lamp.m", "--observe", "rules", "-o", "none/a.dot"], in: folder)
      #expect(full.code == 2 && full.errors.contains("none/a.dot"))
    }
  }

  /// One hand's view: what the other one does comes in between.
  @Test func aViewOfOneElement() throws {
    for observed in [["lamp.yml", "--for", "hand"], ["rules", "--for", "h", "--hide", "wait"]] {
      let view = try Program.inTemporaryFolder { folder in
        try Program.write(Self.lamp, to: "lamp.m", in: folder)
        try Program.write(Self.map, to: "lamp.yml", in: folder)
        return try Program.run(["automaton", "lamp.m", "--observe"] + observed, in: folder)
      }
      // Behind a press the other hand may have released, and this one may press again.
      #expect(view.output.contains("1 state, 2 events, 2 transitions"), "\(view.output)")
    }
  }

  @Test(arguments: [
    (["--observe", "none.yml"], "none.yml: error: the file cannot be read"),
    (["--observe", "lamp.m"], "lamp.m"),
    (["--observe", "rules", "--hide", "hand: pres"], "did you mean"),
    (["--observe", "rules", "--values"], "--values is about events of a map"),
    (["--observe", "rules", "--for", "x"], "--for x: no rule has such a parameter"),
    (["--observe", "rules", "--for", "h=7"], "--for h=7: the parameter has no such value"),
    (["--observe", "rules", "--for", "=7"], "--for takes a field, or FIELD=VALUE"),
    (["--observe", "lamp.yml", "--for", "x"], "no entry of the map makes use of a field `x`"),
    (["--observe", "lamp.yml", "--hide", "pull"], "no event of the map is called `pull`"),
    (["--observe", "rules", "-o", "a.png"], "--output ends in .dot, .gv, .svg, .json or .txt"),
    (["--observe", "rules", "-o", "a.svg", "--format", "dot"], "--format is left out"),
    (["--observe", "rules", "--max-states", "0"], "--max-states is a number from 1 on"),
    (["--observe", "rules", "--format", "png"], "png"),
    ([], "--observe"),
  ])
  func wrongCalls(arguments: [String], message: String) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lamp, to: "lamp.m", in: folder)
      try Program.write(Self.map, to: "lamp.yml", in: folder)
      let answer = try Program.run(["automaton", "lamp.m"] + arguments, in: folder)
      #expect(answer.code == 2, "\(answer.errors)")
      #expect(answer.errors.contains(message), "\(answer.errors)")
      #expect(answer.output.isEmpty)
    }
  }

  /// Sizes that end by a limit, each with how far it came and what to do.
  @Test func whatIsTooLarge() throws {
    let many = try Self.run(
      "--observe", "lamp.yml", "--max-states", "100", model: Self.late(10), map: Self.lateMap)
    #expect(many.code == 3)
    #expect(many.errors.contains("inconclusive: there are more than 100 sets of states"))
    #expect(many.errors.contains("There were 10"))
    #expect(many.errors.contains("--hide NAME"))
    let short = try Self.run(
      "--observe", "lamp.yml", "--max-states", "100000000", "--timeout", "0.5",
      model: Self.late(30), map: Self.lateMap)
    #expect(short.code == 3)
    #expect(short.errors.contains("the limit of 0.5 s was reached"))
    let small = try Self.run(
      "--observe", "lamp.yml", "--max-states", "100000000", "--memory", "4MiB",
      model: Self.late(30), map: Self.lateMap)
    #expect(small.code == 3)
    #expect(small.errors.contains("of memory was reached"))
  }

  @Test func anInterruptEndsIt() throws {
    let answer = try Self.run(
      "--observe", "lamp.yml", "--max-states", "100000000", model: Self.late(40),
      map: Self.lateMap, interruptedAfter: 0.5)
    #expect(answer.code == 130, "\(answer.errors)")
    #expect(answer.output.isEmpty)
  }

  @Test func aModelWithoutEventsOrStarts() throws {
    let silent = try Self.run(
      "--observe", "rules", model: "var x: boolean; startstate begin x := false; end;")
    #expect(silent.code == 0)
    #expect(silent.output.contains("1 state, 0 events, 0 transitions"))
    let none = try Self.run(
      "--observe", "rules",
      model: "var x: boolean; startstate begin x := false; end; assume \"no\" x;")
    #expect(none.code == 2)
    #expect(none.errors.contains("no state of the model is one that a run may begin in"))
  }

  /// Runs behind what is violated are in it, and that is said.
  @Test func aModelThatIsViolated() throws {
    let answer = try Self.run(
      "--observe", "rules", "--format", "dot", model: Self.lamp + "invariant \"dark\" !lit;")
    #expect(answer.code == 0)
    #expect(answer.errors.contains("invariant \"dark\" does not hold"))
  }

  @Test func whatIsTooLargeForAPicture() throws {
    let counter = """
      var x: 0 .. 200;
      startstate begin x := 0; end;
      rule "up" x < 200 ==> begin x := x + 1; end;

      """
    let answer = try Self.run("--observe", "rules", "--format", "svg", model: counter)
    #expect(answer.code == 2)
    #expect(answer.errors.contains("a picture has at most 150 states"))
    #expect(try Self.run("--observe", "rules", "--format", "dot", model: counter).code == 0)
  }
}
