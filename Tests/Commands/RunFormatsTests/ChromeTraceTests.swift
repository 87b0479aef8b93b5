import Foundation
import RunFormats
import Runs
import Testing

@Suite struct ChromeTraceTests {
  /// The fields of each phase, from "Trace Event Format": complete, instant, counter, metadata and flow
  /// events; slices of a thread are nested or apart, and a flow has two ends, each in a slice. Events of one
  /// time are read in their order, so that a slice stands in front of the end of a flow that is in it, as
  /// Perfetto's importer wants it; nor does that take names of threads that are empty.
  private static let definition =
    Judge.readJSON + """
      fields = {
          "M": {"name", "args"}, "X": {"name", "cat", "ts", "dur", "args"},
          "i": {"name", "cat", "ts", "s", "args"}, "C": {"name", "cat", "ts", "args"},
          "s": {"name", "cat", "id", "ts"}, "f": {"name", "cat", "id", "ts", "bp"},
      }
      if document["displayTimeUnit"] not in ("ms", "ns"): print("the unit of time")
      named, slices, flows = set(), {}, {}
      for event in document["traceEvents"]:
          phase, thread = event["ph"], (event["pid"], event["tid"])
          given = set(event) - {"ph", "pid", "tid"}
          if not given <= fields[phase] or fields[phase] - given > {"args"}:
              print(phase, "has", sorted(given))
          if not isinstance(event["name"], str): print("a name that is none")
          if not all(isinstance(number, int) and number >= 0 for number in thread):
              print("the thread", thread)
          if phase == "M":
              kind = event["name"]
              if kind in ("process_name", "thread_name"):
                  name = event["args"]["name"]
                  if not isinstance(name, str) or not name: print(kind)
                  named.add(event["pid"] if kind == "process_name" else thread)
              elif kind in ("process_sort_index", "thread_sort_index"):
                  if not isinstance(event["args"]["sort_index"], int): print(kind)
              else: print("metadata", kind)
              continue
          if not isinstance(event["ts"], int) or event["ts"] < 0: print("the time", event["ts"])
          if phase == "i" and event["s"] not in "gpt": print("the scope", event["s"])
          if phase == "C" and not event["args"]: print("no counter")
          if phase == "C" and not all(isinstance(n, int) for n in event["args"].values()):
              print("the counter", event["args"])
          if phase == "X":
              if event["dur"] <= 0: print("no duration")
              slices.setdefault(thread, []).append((event["ts"], event["ts"] + event["dur"]))
          if phase in "sf": flows.setdefault(event["id"], []).append((phase, thread, event["ts"]))
          if event["pid"] not in named: print("no name for the process of", event["name"])
          if phase in "Xsf" and thread not in named: print("no name for", thread)
      begun = {}
      for event in sorted(document["traceEvents"], key=lambda event: event.get("ts", 0)):
          phase, thread = event["ph"], (event["pid"], event["tid"])
          if phase == "X": begun[thread] = event["ts"] + event["dur"]
          if phase in "sf" and begun.get(thread, 0) <= event["ts"]:
              print("no slice before the end", phase, "of", event["id"])
      for thread, list in slices.items():
          list.sort()
          if any(one[1] > two[0] for one, two in zip(list, list[1:])): print(thread, "overlaps")
      for ends in flows.values():
          if sorted(end[0] for end in ends) != ["f", "s"]: print("the ends", ends)
          if dict((end[0], end[2]) for end in ends)["s"] >= dict(
              (end[0], end[2]) for end in ends)["f"]: print("backwards", ends)
          for _, thread, time in ends:
              if not any(one <= time < two for one, two in slices.get(thread, [])):
                  print("no slice around", thread, time)

      """

  @Test(arguments: [SampleRun.run, HostileRun.run, HostileRun.empty, HostileRun.failed])
  func eventsHaveTheirFields(run: ShownRun) throws {
    let text = RunFormat.chrome.write(run)
    #expect(try Judge.complaints(Self.definition, text) == "", "\(text)")
  }

  @Test(arguments: [
    ("\"dur\": 1,", "\"dur\": 0,", "no duration"), ("\"bp\": \"e\"", "\"bq\": \"e\"", "f has"),
    ("\"thread_name\"", "\"fibre_name\"", "metadata fibre_name"),
    ("\"ph\": \"s\"", "\"ph\": \"f\"", "the ends"),
    ("\"name\": \"old\"", "\"name\": \"\"", "thread_name"),
  ])
  func whatIsNoEventIsSeen(old: String, new: String, complaint: String) throws {
    let text = RunFormat.chrome.write(SampleRun.run)
    #expect(text.contains(old))
    let said = try Judge.complaints(Self.definition, text.replacing(old, with: new))
    #expect(said.contains(complaint), "\(said)")
  }

  @Test func anEndOfAFlowInFrontOfItsSliceIsSeen() throws {
    let lines = RunFormat.chrome.write(SampleRun.run).split(separator: "\n").map(String.init)
    let end = try #require(lines.firstIndex { $0.contains("\"ph\": \"f\"") })
    var moved = lines
    let start = try #require(moved.firstIndex { $0.hasPrefix("\"traceEvents\"") })
    moved.insert(moved.remove(at: end), at: start + 1)
    let said = try Judge.complaints(Self.definition, moved.joined(separator: "\n"))
    #expect(said.contains("no slice before the end f"), "\(said)")
  }

  /// The events of a phase, each in the words of the test.
  private static func events(_ run: ShownRun, _ phase: String) throws -> [String] {
    let document = try JSONSerialization.jsonObject(with: Data(RunFormat.chrome.write(run).utf8))
    let events = (document as? [String: Any])?["traceEvents"] as? [[String: Any]] ?? []
    return events.filter { $0["ph"] as? String == phase }.map { event in
      let values = ["pid", "tid", "ts", "dur", "id"].compactMap { event[$0] as? Int }
      let arguments = event["args"] as? [String: Any]
      let name = (arguments?["name"] as? String).map { " \($0)" } ?? ""
      return "\(values) \(event["name"] as? String ?? "")\(name)"
    }
  }

  /// `old` has thread 1 and `new` thread 2; a step takes one microsecond from its number less one.
  @Test func stepsAreSlicesOfActors() throws {
    let slices = try Self.events(SampleRun.run, "X")
    #expect(
      slices == [
        "[1, 1, 1, 1] give a CPU (c = …) (c = cpu_t_1)", "[1, 2, 2, 1] take it",
        // Of the second CPU until it goes over, and behind that; of the first one to the end.
        "[2, 2, 0, 1] RUNS_OLD", "[2, 1, 0, 3] RUNS_OLD", "[2, 2, 1, 2] RUNS_NEW",
      ])
    // The word said at 1 is heard in the next step of `new`, at 2.
    #expect(try Self.events(SampleRun.run, "s") == ["[1, 1, 1, 1] GO"])
    #expect(try Self.events(SampleRun.run, "f") == ["[1, 2, 2, 1] GO"])
    #expect(
      try Self.events(SampleRun.run, "i")
        == ["[1, 0, 0] start", "[1, 0, 2] assertion \"never\" does not hold"])
    #expect(
      try Self.events(SampleRun.run, "M").filter { $0.contains("_name") } == [
        "[1, 0] process_name who acts", "[2, 0] process_name what is where",
        "[1, 1] thread_name old", "[1, 2] thread_name new",
        "[2, 1] thread_name exec[cpu_t_0]", "[2, 2] thread_name exec[cpu_t_1]",
      ])
    // `tries` never changes.
    #expect(try Self.events(SampleRun.run, "C").isEmpty)
  }

  @Test func numbersThatChangeAreCounters() throws {
    let places = [ShownPlace(name: "n", kind: .number), ShownPlace(name: "m", kind: .number)]
    let run = ShownRun(
      model: "m.m", places: places,
      steps: [
        .init(rule: "start", changes: [.init(place: 0, old: ShownRun.undefined, new: "4")]),
        .init(rule: "up", changes: [.init(place: 0, old: "4", new: "5")]),
        .init(rule: "gone", changes: [.init(place: 0, old: "5", new: ShownRun.undefined)]),
      ])
    #expect(try Self.events(run, "C") == ["[3, 0, 0] n", "[3, 0, 1] n"])
    #expect(try Judge.complaints(Self.definition, RunFormat.chrome.write(run)) == "")
    // Who takes a step and has no name is a thread behind all others.
    #expect(try Self.events(run, "X") == ["[1, 1, 1, 1] up", "[1, 1, 2, 1] gone"])
  }
}
