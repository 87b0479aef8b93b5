import Foundation
import TestSupport
import Testing

/// Logs held against models by the command, and as scenarios.
@Suite struct ConformCommandTests {
  private static let model = """
    const NODES: 2;
    type node_t: scalarset(NODES);
    var holder: node_t; count: 0 .. 3;
    startstate "nobody" begin undefine holder; count := 0; end;
    ruleset n: node_t do
      rule "node: take" isundefined(holder) & count < 3
      ==> begin holder := n; count := count + 1; end;
      rule "node: give" !isundefined(holder) & holder = n ==> begin undefine holder; end;
    end;
    rule "clock: forget" count > 0 ==> begin count := 0; end;

    """

  private static let map = """
    version: 1
    names: { what: kinds.txt }
    events:
      - { event: lock, when: { what: taken }, rule: "node: take", with: { n: node } }
      - { event: lock, when: { what: given }, rule: "node: give", with: { n: node } }
    unseen: ["clock: forget"]
    end: isundefined(holder)

    """

  private static func log(_ events: [(String, Int)]) -> String {
    events.enumerated().map { number, event in
      "    task-1  [000] .....  \(number + 1).500000: lock: node=\(event.1) what=\(event.0)\n"
    }.joined()
  }

  private static let good: [(String, Int)] = [("1", 7), ("2", 7), ("1", 9), ("2", 9)]

  private static func withFiles<Result>(
    _ log: String, _ body: (URL) throws -> Result
  ) throws -> Result {
    try Program.inTemporaryFolder { folder in
      try Program.write(model, to: "lock.m", in: folder)
      try Program.write(map, to: "events.yml", in: folder)
      try Program.write("# kinds\n 1: taken\n 2: given\n", to: "kinds.txt", in: folder)
      try Program.write(log, to: "log.txt", in: folder)
      return try body(folder)
    }
  }

  private static func conform(
    _ log: String, _ more: [String] = []
  ) throws -> (output: String, errors: String, code: Int32) {
    try withFiles(log) { folder in
      try Program.run(
        ["conform", "lock.m", "log.txt", "--map", "events.yml"] + more, in: folder)
    }
  }

  @Test func aLogThatFits() throws {
    let (output, errors, code) = try Self.conform(Self.log(Self.good))
    #expect(code == 0)
    #expect(errors == "")
    #expect(output.hasPrefix("log.txt: conforms: 4 events are a run of the model\n"))
    #expect(output.contains("node_t_0 is 7, node_t_1 is 9"))
    #expect(output.contains("rules seen: \"node: take\" 2, \"node: give\" 2"))
    for line in output.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test func aLogThatDoesNotFit() throws {
    let (output, _, code) = try Self.conform(Self.log([("1", 7), ("1", 9)]))
    #expect(code == 1)
    #expect(output.hasPrefix("log.txt: does not conform: 1 event fit, line 2 does not\n"))
    #expect(output.contains("`isundefined(holder)` does not hold"))
    let (brief, _, _) = try Self.conform(Self.log([("1", 7), ("1", 9)]), ["--quiet"])
    #expect(brief == "log.txt: does not conform: 1 event fit, line 2 does not\n")
  }

  @Test func aLogThatEndsInTheMiddle() throws {
    let (output, _, code) = try Self.conform(Self.log([("1", 7)]))
    #expect(code == 1)
    #expect(output.hasPrefix("log.txt: ends in the middle"))
  }

  @Test func theExplainingRunIsWritten() throws {
    try Self.withFiles(Self.log(Self.good + Self.good)) { folder in
      let (_, _, code) = try Program.run(
        ["conform", "lock.m", "log.txt", "--map", "events.yml", "--trace", "run.json"],
        in: folder)
      #expect(code == 0)
      let replayed = try Program.run(["trace", "run.json", "--replay", "lock.m"], in: folder)
      #expect(replayed.code == 0, "\(replayed.output)\(replayed.errors)")
      // Four times taken, three times counted: the clock was there in between.
      let shown = try Program.run(["trace", "run.json"], in: folder).output
      #expect(shown.contains("clock"))
    }
  }

  @Test(arguments: [
    ("", "log.txt: error: no event of the log is one"),
    ("booting\n", "log.txt: error: no event of the log is one"),
    (log([("1", 7), ("3", 7)]), "log.txt:2: error: no entry of the map fits event `lock`"),
    (log(good) + "CPU:1 [LOST 3 EVENTS]\n", "log.txt:5: error: events have been lost here"),
    (log(good) + " task-1 [000] 9.5: other: x=1\n", "log.txt:5: error: the map says nothing of"),
    (log([("1", 1), ("2", 1), ("1", 2), ("2", 2), ("1", 3)]), "log.txt:5: error: `node` is 3"),
    ("# names what: ../kinds.txt\n" + log(good), "log.txt:1: error: `../kinds.txt` is no file"),
    ("# names what: none.txt\n" + log(good), "log.txt:1: error: the names of numbers"),
    (" task-1 [000] 1.5: lock: node=1\n", "log.txt:1: error: event `lock` has no field `what`"),
  ])
  func whatIsNoLog(log: String, message: String) throws {
    let (output, errors, code) = try Self.conform(log)
    #expect(code == 2, "\(output)")
    #expect(output == "")
    #expect(errors.contains(message), "\(errors)")
    #expect(errors.contains("hint: "))
  }

  @Test func mistakesInMapsHaveTheirPlace() throws {
    try Self.withFiles(Self.log(Self.good)) { folder in
      for (old, new, message) in [
        ("node: take\"", "node: tak\"", "events.yml:4: error: the model has no rule \"node: tak\""),
        ("version: 1", "version: 7", "events.yml:1:10: error: `version: 1` is needed"),
        ("kinds.txt", "none.txt", "none.txt: error: the file cannot be read"),
        ("kinds.txt", "lock.m", "lock.m: error: no line says what a number is called"),
        ("isundefined(holder)", "holder", "events.yml:"),
      ] {
        try Program.write(Self.map.replacing(old, with: new), to: "wrong.yml", in: folder)
        let (output, errors, code) = try Program.run(
          ["conform", "lock.m", "log.txt", "--map", "wrong.yml"], in: folder)
        #expect(code == 2, "\(new): \(output)")
        #expect(
          errors.contains(message.replacing("events.yml", with: "wrong.yml")), "\(errors)")
      }
    }
  }

  /// A log of any length: events that come again cost little, and memory does not grow with them.
  @Test func aLongLog() throws {
    let (output, _, code) = try Self.conform(
      Self.log((0..<40_000).flatMap { [("1", $0 % 2), ("2", $0 % 2)] }), ["--quiet"])
    #expect(code == 0)
    #expect(output == "log.txt: conforms: 80,000 events are a run of the model\n")
  }

  @Test func scenariosOfLogs() throws {
    try Self.withFiles(Self.log(Self.good)) { folder in
      try Program.write(Self.log([("1", 7)]), to: "half.txt", in: folder)
      try Program.write(Self.log([("2", 7)]), to: "wrong.txt", in: folder)
      let file = """
        version: 1
        scenarios:
          - name: logs
            model: lock.m
            map: events.yml
            sizes:
              - { name: good, log: log.txt, expect: conforms }
              - { name: half, log: half.txt, expect: ends-in-the-middle }
              - { name: wrong, log: wrong.txt, expect: refused }

        """
      try Program.write(file, to: "swapcheck.yml", in: folder)
      let all = try Program.run(["check"], in: folder)
      #expect(all.code == 0, "\(all.output)")
      #expect(all.output.contains("3 of 3 scenarios as expected"))
      try Program.write(
        file.replacing("expect: refused", with: "expect: conforms"), to: "swapcheck.yml",
        in: folder)
      let one = try Program.run(["check"], in: folder)
      #expect(one.code == 1)
      #expect(one.output.contains("logs-wrong: expected conforms, and it is does not conform"))
      for (old, new, message) in [
        ("map: events.yml", "tags: [a]", "a `log` needs a `map`"),
        ("expect: conforms", "expect: holds", "of a log `expect` is"),
        ("log: log.txt, ", "", "`map` says what the events of a `log` mean"),
        ("log: log.txt,", "log: log.txt, states: 4,", "`states` is about a search"),
      ] {
        try Program.write(file.replacing(old, with: new), to: "swapcheck.yml", in: folder)
        let wrong = try Program.run(["check"], in: folder)
        #expect(wrong.code == 2)
        #expect(wrong.errors.contains(message), "\(wrong.errors)")
      }
    }
  }

  @Test func documentsKeepToTheSchema() throws {
    for events in [Self.good, [("1", 7)], [("2", 7)], [("1", 7), ("1", 8)]] {
      let document = try Self.conform(Self.log(events), ["--format", "json"]).output
      #expect(try SchemaTests.complaints(document, "conformance-1.schema.json") == "")
    }
  }
}
