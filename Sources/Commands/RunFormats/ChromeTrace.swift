import Diagnostics
import Runs

/// A run as a trace of Chrome, which Perfetto opens beside what ftrace records.
///
/// Source: "Trace Event Format" of Chrome's trace viewer. A step lasts a microsecond. Actors are
/// threads with a slice for each step, things that have a track are threads with a slice for each
/// value, numbers are counters, and a message is a flow to the next step of who gets it.
struct ChromeTrace {
  private let run: ShownRun
  private let drawing: Drawing
  private var events = ""

  /// The processes that the threads are shown under.
  private enum Group: Int {
    case actors = 1
    case tracks
    case numbers

    var name: String {
      switch self {
      case .actors: "who acts"
      case .tracks: "what is where"
      case .numbers: "numbers"
      }
    }
  }

  init(_ run: ShownRun) {
    self.run = run
    drawing = Drawing(run)
    nameThreads()
    if let start = run.steps.first { appendInstant(start.title, at: 0, arguments(of: start)) }
    appendSteps()
    appendTracks()
    appendNumbers()
    if let finding = run.finding {
      appendInstant(finding.message, at: max(0, run.steps.count - 1), arguments(of: finding))
    }
  }

  var text: String {
    let model = JSONValue.object([
      ("model", .string(run.model)), ("patches", .array(run.patches.map { .string($0) })),
    ])
    return "{\n\"displayTimeUnit\": \"ns\",\n\"otherData\": \(model.line),\n\"traceEvents\": ["
      + events + "\n]\n}\n"
  }

  private mutating func append(
    _ phase: String, _ group: Group, thread: Int, _ members: [(String, JSONValue)]
  ) {
    events += events.isEmpty ? "\n" : ",\n"
    events +=
      JSONValue.object(
        [
          ("ph", .string(phase)), ("pid", .number(group.rawValue)), ("tid", .number(thread)),
        ] + members
      ).line
  }

  // MARK: - Threads

  private mutating func nameThreads() {
    var groups: [Group] = [.actors]
    if !drawing.tracks.isEmpty { groups.append(.tracks) }
    if !numbers.isEmpty { groups.append(.numbers) }
    for group in groups {
      appendName("process", group.name, group, thread: 0, position: group.rawValue)
    }
    for (number, lane) in (drawing.lanes + ["(nobody)"]).enumerated() {
      let isThere =
        number < drawing.lanes.count || run.steps.dropFirst().contains { $0.actor == nil }
      if isThere { appendName("thread", lane, .actors, thread: number + 1, position: number) }
    }
    for (number, track) in drawing.tracks.enumerated() {
      let name = run.places[track.place].name
      appendName("thread", name, .tracks, thread: number + 1, position: number)
    }
  }

  private mutating func appendName(
    _ kind: String, _ name: String, _ group: Group, thread: Int, position: Int
  ) {
    let named: JSONValue = .object([("name", .string(name))])
    let sorted: JSONValue = .object([("sort_index", .number(position))])
    append("M", group, thread: thread, [("name", .string(kind + "_name")), ("args", named)])
    append("M", group, thread: thread, [("name", .string(kind + "_sort_index")), ("args", sorted)])
  }

  /// Who has no name has the last thread.
  private func thread(_ step: ShownRun.Step) -> Int {
    (drawing.lane(of: step) ?? drawing.lanes.count) + 1
  }

  // MARK: - Steps and messages

  /// A word that nobody has taken yet.
  private struct Flow {
    let word: String
    let thread: Int
    let time: Int
  }

  private mutating func appendSteps() {
    var underway: [Int: [Flow]] = [:]
    var flowCount = 0
    for (time, step) in run.steps.enumerated().dropFirst() {
      let thread = thread(step)
      append(
        "X", .actors, thread: thread,
        [
          ("name", .string(step.action + step.parameterList)), ("cat", .string("step")),
          ("ts", .number(time)), ("dur", .number(1)), ("args", arguments(of: step)),
        ])
      for flow in underway.removeValue(forKey: thread) ?? [] {
        flowCount += 1
        appendFlow("s", flow, id: flowCount, thread: flow.thread, time: flow.time)
        appendFlow("f", flow, id: flowCount, thread: thread, time: time)
      }
      for message in drawing.messages(of: step) {
        guard let to = message.to, to + 1 != thread else { continue }
        underway[to + 1, default: []].append(
          Flow(word: message.word, thread: thread, time: time))
      }
    }
  }

  /// A flow ends in the slice around its time (`bp`), and not in the one behind it.
  private mutating func appendFlow(_ phase: String, _ flow: Flow, id: Int, thread: Int, time: Int) {
    let point: [(String, JSONValue)] = phase == "f" ? [("bp", .string("e"))] : []
    append(
      phase, .actors, thread: thread,
      [
        ("name", .string(flow.word)), ("cat", .string("message")), ("id", .number(id)),
        ("ts", .number(time)),
      ] + point)
  }

  /// A mark across all threads.
  private mutating func appendInstant(_ name: String, at time: Int, _ arguments: JSONValue) {
    append(
      "i", .actors, thread: 0,
      [
        ("name", .string(name)), ("cat", .string("run")), ("ts", .number(time)),
        ("s", .string("g")), ("args", arguments),
      ])
  }

  private func arguments(of step: ShownRun.Step) -> JSONValue {
    var members: [(String, JSONValue)] = [("rule", .string(step.rule))]
    if let location = step.location { members.append(("location", .string(location))) }
    if step.fails { members.append(("fails", .bool(true))) }
    let words = drawing.messages(of: step).map { JSONValue.string($0.word) }
    if !words.isEmpty { members.append(("says", .array(words))) }
    let changes = step.changes.map { change in
      (run.places[change.place].name, JSONValue.string("\(change.old) -> \(change.new)"))
    }
    if !changes.isEmpty { members.append(("changes", .object(changes))) }
    if !step.output.isEmpty { members.append(("put", .array(step.output.map { .string($0) }))) }
    return .object(members)
  }

  private func arguments(of finding: ShownRun.Finding) -> JSONValue {
    var members: [(String, JSONValue)] = [("kind", .string(finding.kind))]
    if let location = finding.location { members.append(("location", .string(location))) }
    if let part = finding.part { members.append(("part", .string(part))) }
    let values = finding.values.map { "\($0.name) = \($0.value)" }
    if !values.isEmpty { members.append(("values", .array(values.map { .string($0) }))) }
    let notes = finding.notes.map { "\($0.message), at \($0.location)" }
    if !notes.isEmpty { members.append(("notes", .array(notes.map { .string($0) }))) }
    return .object(members)
  }

  // MARK: - Values

  private mutating func appendTracks() {
    var threads: [Int: Int] = [:]
    for (number, track) in drawing.tracks.enumerated() { threads[track.place] = number + 1 }
    var open: [Int: (value: String, time: Int)] = [:]
    for (time, step) in run.steps.enumerated() {
      for change in step.changes {
        guard let thread = threads[change.place] else { continue }
        if let (value, start) = open[thread] {
          appendSlice(value, thread: thread, from: start, to: time)
        }
        open[thread] = change.new == ShownRun.undefined ? nil : (change.new, time)
      }
    }
    for (thread, (value, start)) in open.sorted(by: { $0.key < $1.key }) {
      appendSlice(value, thread: thread, from: start, to: run.steps.count)
    }
  }

  private mutating func appendSlice(_ value: String, thread: Int, from start: Int, to end: Int) {
    append(
      "X", .tracks, thread: thread,
      [
        ("name", .string(value)), ("cat", .string("value")), ("ts", .number(start)),
        ("dur", .number(end - start)),
      ])
  }

  /// Places of numbers that change.
  private var numbers: Set<Int> {
    Set(run.steps.dropFirst().flatMap(\.changes).map(\.place)).filter {
      run.places[$0].kind == .number
    }
  }

  private mutating func appendNumbers() {
    let numbers = self.numbers
    for (time, step) in run.steps.enumerated() {
      for change in step.changes where numbers.contains(change.place) {
        guard let value = Int(change.new) else { continue }
        append(
          "C", .numbers, thread: 0,
          [
            ("name", .string(run.places[change.place].name)), ("cat", .string("value")),
            ("ts", .number(time)), ("args", .object([("value", .number(value))])),
          ])
      }
    }
  }
}
