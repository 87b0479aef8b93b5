import EventLogs
import Settings
import Testing

/// Maps as people write them, and which entry an event is of.
@Suite struct EventMapTests {
  private static let map = """
    version: 1
    fields:
      cpu: cpu_t
      mode: {type: mode_t, values: {0: OFF, 1: ON}}
    names: {step: states.txt}
    window: 50us
    start:
      among: reachable states
      holds:
        - at_rest()
        - {expression: boot = cpu, cpu: 0}
    events:
      - event: [exit, "cpuhp_*"]
        when: {step: [sched:active, "lib/*"], ret: 0}
        rule: "cpu: a step down"
        with: {c: cpu}
      - event: exit
        when: {ret: "< 0", step: "> sched:active"}
        holds: x = 1
        as: failed
      - event: exit
        when: {ret: "not 0|5"}
        ignore: true
    ignore: [noise, "sched_*"]
    unseen:
      - "a: b"
      - {rule: "c", most: 2, where: "x = 1"}
      - all others
    end: at_rest()
    """

  @Test func aMapIsRead() throws {
    let map = try EventMapFile.read(Self.map)
    #expect(map.fields["mode"]?.values == ["0": "OFF", "1": "ON"])
    #expect(map.window == 50_000)
    #expect(map.start.among == .reachableStates)
    #expect(map.start.holds.map(\.text.text) == ["at_rest()", "boot = cpu"])
    #expect(map.start.holds[1].values == ["cpu": "0"])
    #expect(map.entries.count == 3)
    #expect(map.entries[0].rules?.map(\.text) == ["cpu: a step down"])
    #expect(map.entries[1].after?.text == "x = 1")
    #expect(map.entries[1].label == "failed")
    #expect(map.unseen.map(\.most) == [nil, 2])
    #expect(map.unseen[1].condition?.text == "x = 1")
    #expect(map.hidesOthers)
    #expect(map.end?.text == "at_rest()")
  }

  @Test(arguments: [
    ("", "expected `version:` and `events:`"),
    ("version: 2\nevents: []", "`version: 1` is needed"),
    ("version: 1\nevents: []", "`events:` has to be a list of entries"),
    ("version: 1\nevent: []", "`event` is none of"),
    ("version: 1\nevents: [{rule: a}]", "an `event` is needed"),
    ("version: 1\nevents: [{event: a}]", "an entry has a `rule`, `holds`, or `ignore: true`"),
    ("version: 1\nevents: [{event: a, rule: b, holds: c}]", "`holds` is about what is so when"),
    ("version: 1\nevents: [{event: a, holds: c, with: {d: e}}]", "`with` gives values"),
    ("version: 1\nevents: [{event: a, holds: c, or-nothing: d}]", "`or-nothing` says where"),
    ("version: 1\nevents: [{event: a, ignore: maybe}]", "`ignore` of an entry is true"),
    ("version: 1\nwindow: 5\nevents: [{event: a, rule: b}]", "`window` is a time such as"),
    ("version: 1\nwindow: 99999999999s\nevents: [{event: a, rule: b}]", "`window` is a time"),
    ("version: 1\nstart: x\nevents: [{event: a, rule: b}]", "`start` is a mapping"),
    ("version: 1\nunseen: [{most: 2}]\nevents: [{event: a, rule: b}]", "a `rule` is needed"),
    (
      "version: 1\nunseen: [{rule: x, most: 0}]\nevents: [{event: a, rule: b}]",
      "`most` is at least 1"
    ),
    ("version: 1\nevents: [{event: a, when: {x: []}, rule: b}]", "`x` has no value"),
  ])
  func mistakes(text: String, message: String) {
    do throws(SettingError) {
      _ = try EventMapFile.read(text)
      Issue.record("read: \(text)")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
      #expect(error.line != nil)
    }
  }

  private static func number(_ name: String, _ fields: [(String, String)]) throws -> String {
    let names = FieldNames(table: " 168: sched:active\n 169: online\n 170: lib/x\n")
    var classifier = EventClassifier(try EventMapFile.read(map), names: ["step": names])
    let event = LogEvent(
      line: 1, name: name, fields: fields.map { .init(name: $0.0, value: $0.1) })
    return switch classifier.answer(event) {
    case .entry(let number): "\(number)"
    case .ignored: "ignored"
    case .unknown: "unknown"
    case .unfit: "unfit"
    case .lacks(let field, let entry): "lacks \(field) of \(entry)"
    }
  }

  @Test func entriesOfEvents() throws {
    #expect(try Self.number("exit", [("step", "168"), ("ret", "0")]) == "0")
    #expect(try Self.number("cpuhp_x", [("step", "0170"), ("ret", "0x0")]) == "0")
    #expect(try Self.number("exit", [("step", "169"), ("ret", "-5")]) == "1")
    #expect(try Self.number("exit", [("step", "168"), ("ret", "-5")]) == "ignored")
    #expect(try Self.number("exit", [("step", "168"), ("ret", "5")]) == "unfit")
    #expect(try Self.number("exit", [("step", "168")]) == "lacks ret of 0")
    #expect(try Self.number("noise", []) == "ignored")
    #expect(try Self.number("sched_switch", []) == "ignored")
    #expect(try Self.number("other", []) == "unknown")
  }

  @Test func starsInNames() {
    func matches(_ pattern: String, _ name: String) -> Bool {
      EventMap.Pattern(pattern).matches(name)
    }
    #expect(matches("*", "") && matches("*", "abc") && matches("a*c", "abbc"))
    #expect(matches("*b*b*", "abab") && matches("a**", "a"))
    #expect(!matches("a*c", "ab") && !matches("*x", "abc") && !matches("", "a"))
    // Each star is tried once and not once for each letter of the others.
    #expect(
      !matches(String(repeating: "*a", count: 40) + "b", String(repeating: "a", count: 4_000)))
  }
}
