import EventLogs
import Testing

/// Lines of logs as the kernel and its tools write them.
@Suite struct LogLineTests {
  /// Events of a text, with what else its lines are.
  static func read(_ text: String) -> (events: [LogEvent], passed: Int, lost: [Int]) {
    var reader = LogReader()
    var events: [LogEvent] = []
    var lost: [Int] = []
    func note(_ entry: LogReader.Entry) -> Bool {
      switch entry {
      case .json(let event): events.append(event)
      case .line(let line): events.append(line.event)
      case .lost(let line): lost.append(line)
      case .remark: break
      }
      return true
    }
    Array(text.utf8).withUnsafeBufferPointer { bytes in _ = reader.read(bytes, note) }
    _ = reader.finish(note)
    return (events, reader.passedCount, lost)
  }

  private static func event(_ line: String) throws -> LogEvent {
    let (events, _, _) = read(line)
    return try #require(events.first)
  }

  /// The example of Documentation/trace/ftrace.rst, with the flags of later kernels and without.
  @Test(arguments: [
    "  cpuhp/4-31   [004] d..2.  22.977001: cpuhp_enter: cpu: 0004 target: 140 step: 168 (sched_cpu_deactivate)",
    "  cpuhp/4-31   [004]  22.977001: cpuhp_enter: cpu: 0004 target: 140 step: 168 (sched_cpu_deactivate)",
    "  cpuhp/4-31   (     31) [004] .....  22.977001: cpuhp_enter: cpu: 0004 target: 140 step: 168 (sched_cpu_deactivate)",
    // perf script
    "cpuhp/4    31 [004]    22.977001: cpuhp:cpuhp_enter: cpu: 0004 target: 140 step: 168 (sched_cpu_deactivate)",
  ])
  func tracedLines(line: String) throws {
    let event = try Self.event(line)
    #expect(event.name == "cpuhp_enter")
    #expect(event.time == 22_977_001_000)
    #expect(event.cpu == 4)
    #expect(event.task == "cpuhp/4")
    #expect(
      event.fields == [
        .init(name: "cpu", value: "0004"), .init(name: "target", value: "140"),
        .init(name: "step", value: "168", remark: "sched_cpu_deactivate"),
      ])
  }

  /// What `tp_printk` brings into the kernel's log, with what `dmesg`, a console and `journalctl` put in front.
  @Test(arguments: [
    "[   22.977001] cpuhp_exit: cpu: 0004 state: 167 step: 168 ret: -16",
    "<6>[   22.977001] cpuhp_exit: cpu: 0004 state: 167 step: 168 ret: -16",
    "[   22.977001][   T31] cpuhp_exit: cpu: 0004 state: 167 step: 168 ret: -16",
    "[   22.977001] [    C4] cpuhp_exit: cpu: 0004 state: 167 step: 168 ret: -16",
    "Nov 30 07:00:00 host kernel: [   22.977001] cpuhp_exit: cpu: 0004 state: 167 step: 168 ret: -16\r",
  ])
  func printedLines(line: String) throws {
    let event = try Self.event(line)
    #expect(event.name == "cpuhp_exit")
    #expect(event.time == 22_977_001_000)
    #expect(event.value(of: "ret")?.value == "-16")
    #expect(event.fields.map(\.name) == ["cpu", "state", "step", "ret"])
  }

  @Test func probes() throws {
    let entry = try Self.event(
      "  kworker/0:0-9  [000] .....  5.144500: _cpu_down: (_cpu_down+0x0/0x350) cpu=1 tasks_frozen=0 target=0"
    )
    #expect(entry.task == "kworker/0:0")
    #expect(entry.pid == "9")
    #expect(entry.fields.map(\.name) == ["cpu", "tasks_frozen", "target"])
    let exit = try Self.event(
      "  init-146 [000] d..1.  5.2: _cpu_down_ret: (__cpu_down_maps_locked+0x15/0x20 <- _cpu_down) ret=0x10 name=\"a b\" x=1,"
    )
    #expect(exit.time == 5_200_000_000)
    #expect(
      exit.fields == [
        .init(name: "ret", value: "0x10"), .init(name: "name", value: "a b"),
        .init(name: "x", value: "1"),
      ])
  }

  @Test func linesOfJSON() throws {
    let event = try Self.event(
      #"{"time": 22.977001, "cpu": 4, "task": "cpuhp/4", "event": "cpuhp_exit", "fields": {"step": 168, "ok": true}, "ret": "-16", "list": [1]}"#
    )
    #expect(event.name == "cpuhp_exit")
    #expect(event.time == 22_977_001_000)
    #expect(event.value(of: "@cpu")?.value == "4")
    #expect(event.value(of: "step")?.value == "168")
    #expect(event.value(of: "ok")?.value == "1")
    #expect(event.value(of: "ret")?.value == "-16")
  }

  @Test func whatIsNoEvent() throws {
    let text = """
      # tracer: nop
      #              | |         |   |||||     |         |

      booting
      [    0.000000] Linux version 6.12
        cpuhp/4-31   [004]
        cpuhp/4-31   [004] d..2.  22.9
        a-1 [004] 1.5: x: y=1
      {"event": 3}
      {broken
      [x] [004 1.5: x: y
      """
    let (events, passed, lost) = Self.read(text)
    #expect(events.map(\.name) == ["x"])
    #expect(passed == 10)
    #expect(lost.isEmpty)
    #expect(Self.read("CPU:3 [LOST 512 EVENTS]\n").lost == [1])
    #expect(Self.read("").events.isEmpty)
  }

  /// A block ends anywhere, within a line too.
  @Test func blocksOfAnyLength() {
    let text = (1...40).map { "a-1 [00\($0 % 8)] \($0).5: e\($0): n=\($0)" }
      .joined(separator: "\n")
    let whole = Self.read(text).events
    #expect(whole.count == 40)
    for size in 1...60 {
      var reader = LogReader()
      var events: [LogEvent] = []
      func note(_ entry: LogReader.Entry) -> Bool {
        if case .line(let line) = entry { events.append(line.event) }
        return true
      }
      let bytes = Array(text.utf8)
      var position = 0
      while position < bytes.count {
        let end = min(bytes.count, position + size)
        _ = Array(bytes[position..<end]).withUnsafeBufferPointer { reader.read($0, note) }
        position = end
      }
      _ = reader.finish(note)
      #expect(events == whole, "blocks of \(size)")
    }
  }

  /// Any bytes are read to an end, and give no more events than there are lines.
  @Test(arguments: 0..<200)
  func anyBytes(seed: UInt64) {
    var state = seed &* 0x9E37_79B9 &+ 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let pieces = [
      "[", "]", " ", ":", "(", ")", "=", "\"", "0", "9999999999999999999", ".", "\n", "-", "a",
      "[004] ", "1.5: ", "x: ", "{\"event\":\"", "\u{0}", "é", "#", "<",
    ]
    let text = (0..<300).map { _ in pieces[next(pieces.count)] }.joined()
    let (events, passed, lost) = Self.read(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(events.count + passed + lost.count <= lines)
  }

  @Test func numbers() {
    #expect(loggedNumber("0004") == 4)
    #expect(loggedNumber("-16") == -16)
    #expect(loggedNumber("0x1f") == 31)
    #expect(loggedNumber("0xfffffffffffffff0") == -16)
    for text in ["", "0x", "0x-1", "+1", "1a", "0x1ffffffffffffffff", "9223372036854775808"] {
      #expect(loggedNumber(text) == nil, "\(text)")
    }
  }
}
