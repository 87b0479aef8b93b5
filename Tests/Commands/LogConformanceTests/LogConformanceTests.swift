import Diagnostics
import EventLogs
import Exploration
import LogConformance
import Murphi
import Report
import Runs
import Settings
import Testing

/// Logs of small models: what is said of them.
@Suite struct LogConformanceTests {
  private static let model = lockedNodes + "\ninvariant \"two at most\" done < 3;"

  private static let map = """
    version: 1
    fields: {node: node_t, done: "0 .. 9"}
    events:
      - {event: on, rule: switch on, with: {n: node}}
      - {event: take, rule: take, with: {n: node}}
      - {event: give, rule: give, with: {n: node}}
      - {event: look, holds: "done = 1"}
      - {event: count, holds: done = done_is}
      - {event: first, holds: first = $node}
    ignore: [noise]
    unseen: [work]
    end: isundefined(holder)
    """.replacing("done = done_is", with: "\"mode[$node] = ON\"")

  private static func finding(
    _ log: String, of model: String = model, map text: String = map, window: String? = nil
  ) throws -> ConformanceReport {
    let source = SourceText(path: "lock.m", text: model)
    let loaded = MurphiModel.load(source)
    let system = try #require(loaded.system)
    var text = text
    if let window { text += "\nwindow: \(window)" }
    let meaning = try MapInModel(
      try EventMapFile.read(text),
      in: ModelText(system, source, overrides: [:], dialect: .rumur))
    var options = ExplorationOptions()
    options.executor = .interpreter
    var run = try LogRun(meaning, names: [:], options, stop: StopCondition()) {
      (file: String, line: Int) throws(LogError) -> FieldNames in
      throw LogError(line: line, "no \(file)")
    }
    _ = try Array(log.utf8).withUnsafeBufferPointer { bytes in
      try run.read(bytes)
    }
    return ConformanceReport(try run.finish(), log: "log", stop: StopCondition())
  }

  private static func text(_ events: [String]) -> String {
    events.enumerated().map { "a-1 [000] \($0 + 1).0: \($1)\n" }.joined()
  }

  @Test func aLogThatFits() throws {
    let report = try Self.finding(
      Self.text(["on: node=7", "take: node=7", "look:", "give: node=7", "noise: x=1"]))
    #expect(report.word == "conforms")
    #expect(report.headline == "conforms: 4 events are a run of the model")
    #expect(report.finding.figures.ignoredCount == 1)
    let names = report.finding.elementNames
    #expect(names.map(\.name) == ["7"])
    let run = try #require(report.run)
    #expect(run.steps.map(\.rule) == ["startstate 1", "switch on", "take", "work", "give"])
  }

  /// Nodes are told apart by their names, in whatever order they come.
  @Test func whoHoldsTheLock() throws {
    let report = try Self.finding(
      Self.text(["on: node=7", "on: node=0x9", "take: node=9", "give: node=7"]))
    #expect(report.word == "refused")
    #expect(report.finding.fittingCount == 3)
    let text = report.text(ReportStyle()).description
    #expect(text.contains("line 4: a-1 [000] 4.0: give: node=7"))
    #expect(text.contains("`holder = n` does not hold"))
    #expect(text.contains("node_t_0 is 7, node_t_1 is 9"))
    for line in text.split(separator: "\n") { #expect(line.count <= 80) }
  }

  /// An element that has a name of its own is given to nobody else, whoever comes first.
  @Test func elementsWithNamesOfTheirOwn() throws {
    let text = Self.map.replacing(
      "node: node_t,", with: "node: {type: node_t, values: {5: node_t_0}},")
    // Were 9 the first element, 5 would be the same, and could give what 9 has taken.
    let report = try Self.finding(
      Self.text(["on: node=9", "on: node=5", "take: node=9", "give: node=5"]), map: text)
    #expect(report.word == "refused" && report.finding.fittingCount == 3)
  }

  /// Where a loop makes a difference between elements, the map has to say which is which, of each.
  @Test func elementsThatAreNotInterchangeable() throws {
    let ordered = Self.model.replacing(
      "rule \"work\"",
      with: "rule \"sum\" false ==> var s: count_t; begin s := 0; for m: node_t do"
        + " if mode[m] = ON & s = 0 then first := m; s := 1; end; end; end;\n    rule \"work\"")
    let events = Self.text(["on: node=1", "on: node=2"])
    #expect(throws: MapError.self) { try Self.finding(events, of: ordered) }
    func named(_ values: String) -> String {
      Self.map.replacing("node: node_t,", with: "node: {type: node_t, values: {\(values)}},")
        .replacing("unseen: [work]", with: "unseen: [work, sum]")
    }
    #expect(
      try Self.finding(events, of: ordered, map: named("1: node_t_0, 2: node_t_1")).word
        == "conforms")
    #expect(throws: LogError.self) {
      try Self.finding(events, of: ordered, map: named("1: node_t_0"))
    }
  }

  @Test func aLogThatEndsInTheMiddle() throws {
    let report = try Self.finding(Self.text(["on: node=1", "take: node=1"]))
    #expect(report.word == "ends in the middle")
    #expect(report.text(ReportStyle()).description.contains("`isundefined(holder)` does not hold"))
  }

  @Test func whatIsLookedAt() throws {
    #expect(
      try Self.finding(Self.text(["on: node=1", "count: node=1", "first: node=1"])).word
        == "conforms")
    #expect(try Self.finding(Self.text(["on: node=1", "count: node=2"])).word == "refused")
    // Only one node is the first.
    let twice = try Self.finding(Self.text(["first: node=1", "first: node=2"]))
    #expect(twice.word == "refused")
    #expect(twice.finding.fittingCount == 1)
  }

  /// Work is seen by what it leads to; three times is a violation in all states that are possible.
  @Test func aViolationThatTheLogShows() throws {
    let text = Self.map.replacing("done = 1", with: "done = 3")
    let report = try Self.finding(
      Self.text(["on: node=1", "take: node=1", "look:", "give: node=1"]), map: text)
    #expect(report.word == "violated")
    #expect(report.headline.contains("invariant \"two at most\" does not hold after line 3"))
  }

  @Test func howOftenWorkMayBeUnseen() throws {
    let twice = Self.map.replacing("done = 1", with: "done = 2")
    let events = Self.text(["on: node=1", "take: node=1", "look:", "give: node=1"])
    #expect(try Self.finding(events, map: twice).word == "conforms")
    let once = twice.replacing("unseen: [work]", with: "unseen: [{rule: work, most: 1}]")
    #expect(try Self.finding(events, map: once).word == "refused")
    // Between take and look, and between look and look, once each.
    let more = Self.text(["on: node=1", "take: node=1", "count: node=1", "look:", "give: node=1"])
    #expect(try Self.finding(more, map: once).word == "conforms")
    let never = twice.replacing(
      "unseen: [work]", with: "unseen: [{rule: work, where: \"done = 0\"}]")
    #expect(try Self.finding(events, map: never).word == "refused")
  }

  @Test func clocksThatDisagree() throws {
    let log = """
      a-1 [000] 1.000010: on: node=1
      a-1 [001] 1.000020: take: node=2
      a-1 [000] 1.000030: on: node=2
      a-1 [001] 1.000100: give: node=2
      """
    #expect(try Self.finding(log).word == "refused")
    #expect(try Self.finding(log, window: "5us").word == "refused")
    #expect(try Self.finding(log, window: "15us").word == "conforms")
    // Of one CPU the order is certain.
    #expect(
      try Self.finding(log.replacing("[001]", with: "[000]"), window: "15us").word == "refused")
  }

  @Test func whatIsNoLogOfTheMap() throws {
    func message(_ events: [String]) -> String {
      do {
        return try Self.finding(Self.text(events)).word
      } catch let error as LogError {
        return "\(error.line): \(error.message)"
      } catch {
        return "\(error)"
      }
    }
    #expect(message([]) == "empty")
    #expect(message(["noise: a=1"]) == "empty")
    #expect(message(["other: a=1"]) == "1: the map says nothing of event `other`")
    #expect(message(["on: nod"]) == "1: event `on` has no field `node`")
    #expect(
      message(["on: node=1", "on: node=2", "on: node=3", "on: node=4"]).contains(
        "4: `node` is 4, and all 3 elements of `node_t` have other names already"))
  }

  @Test(arguments: [
    ("rule: take", "rule: tak", "the model has no rule \"tak\""),
    ("{n: node}}\n", "{m: node}}\n", "no rule of the entry has a parameter `m`"),
    ("done = 1", "done =", "expected"),
    ("done = 1", "gone = 1", "gone"),
    ("done = 1", "done = $x", "nothing says of what type field `x` is"),
    ("done = 1", "done = $node", "`count_t` cannot be compared with `node_t`"),
    ("done = 1", "true); invariant (true", "no expression"),
    ("node: node_t", "node: \"node_t; x: 0..1\"", "is no type of a field"),
    ("end: isundefined(holder)", "end: holder = $node", "`end` is about the model alone"),
    ("unseen: [work]", "unseen: [worc]", "the model has no rule \"worc\""),
    (
      "unseen: [work]", "unseen: [{rule: work, where: done = 0}, {rule: work, where: done = 1}]",
      "is listed twice under `unseen`"
    ),
    (
      "node: node_t,", "node: {type: node_t, values: {7: node_t_3}},",
      "7 is said to be `node_t_3`, which is no value of"
    ),
    (
      "unseen: [work]", "unseen: [work]\nstart: {holds: first = $node}",
      "nothing says what `node` is at the start"
    ),
    (
      "unseen: [work]", "unseen: [work]\nstart: {holds: done = 2}",
      "no state of the model is one that a log may begin in"
    ),
  ])
  func mistakesInMaps(part: String, other: String, message: String) {
    do {
      _ = try Self.finding(
        Self.text(["on: node=1"]), map: Self.map.replacing(part, with: other))
      Issue.record("no mistake: \(other)")
    } catch let error as MapError {
      #expect(error.message.contains(message), "\(error.message)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func aLogThatBeginsInTheMiddle() throws {
    let text = Self.map + "\nstart: {among: reachable states, holds: done = 2}"
    let report = try Self.finding(Self.text(["give: node=1"]), map: text)
    #expect(report.word == "conforms")
    // The run begins in a start state all the same; what leads to the log is no part of it.
    let run = try #require(report.run)
    #expect(run.steps.first?.rule == "startstate 1" && run.steps.last?.rule == "give")
    #expect(run.steps.map(\.rule).contains("take"))
    #expect(report.neverSeenRules.contains("take"))
    // Nothing has been done in a start state.
    let starts = Self.map + "\nstart: {holds: {expression: first = $node, node: 4}}"
    #expect(try Self.finding(Self.text(["first: node=4"]), map: starts).word == "conforms")
    #expect(try Self.finding(Self.text(["first: node=5"]), map: starts).word == "refused")
  }
}
