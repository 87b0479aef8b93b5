/// A line of a log taken apart: where and when, and the rest with the event's name and fields.
///
/// These are known: `trace` and `trace_pipe` of ftrace (Documentation/trace/ftrace.rst), `trace-cmd report`,
/// `perf script`, and what the kernel parameter `tp_printk` brings into the kernel's log
/// (Documentation/admin-guide/kernel-parameters.txt), as `dmesg`, a serial console and `journalctl -k`
/// show it.
struct LogLine {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Nanoseconds.
  var time: Int64?
  var cpu: Int?
  /// What stands in front of the CPU: the task and its number.
  var task: Range<Int>?
  var name: Range<Int>
  /// From the name to the end.
  var rest: Range<Int>
  /// Whether it can be nothing but an event: a kernel's log has lines of the same form.
  var isCertain: Bool

  /// Nil for what is no event.
  init?(_ bytes: Bytes) {
    var scan = LogScan(bytes)
    if let found = Self.traced(&scan) ?? Self.printed(&scan) { self = found } else { return nil }
  }

  private init(
    time: Int64?, cpu: Int?, task: Range<Int>?, name: Range<Int>, end: Int, isCertain: Bool
  ) {
    (self.time, self.cpu, self.task, self.name) = (time, cpu, task, name)
    rest = name.lowerBound..<end
    self.isCertain = isCertain
  }

  /// `bash-394  [001] d..2.  22.976: cpuhp_enter: …`, and `bash 394 [001] 22.976: cpuhp:cpuhp_enter: …`.
  private static func traced(_ scan: inout LogScan) -> LogLine? {
    scan.position = 0
    while let bracket = scan.next(UInt8(ascii: "[")) {
      scan.position = bracket + 1
      guard bracket > 0, scan.isBlank(at: bracket - 1), let cpu = scan.digits(),
        scan.take(UInt8(ascii: "]")), scan.skipBlanks()
      else { continue }
      let task = scan.trimmed(0..<bracket)
      // Flags, such as `d..2.`, stand in front of the time.
      let beforeFlags = scan.position
      var time = scan.time()
      if time == nil {
        scan.position = beforeFlags
        scan.skipWord()
        guard scan.skipBlanks() else { continue }
        time = scan.time()
      }
      guard let time, scan.take(UInt8(ascii: ":")) else { continue }
      _ = scan.skipBlanks()
      guard let name = scan.eventName() else { continue }
      return LogLine(
        time: time, cpu: cpu, task: task, name: name, end: scan.count, isCertain: true)
    }
    return nil
  }

  /// `[   22.976543] cpuhp_enter: …`, with `<6>` in front and `[ C4]` or `[ T31]` behind.
  private static func printed(_ scan: inout LogScan) -> LogLine? {
    scan.position = 0
    guard let bracket = scan.next(UInt8(ascii: "[")) else { return nil }
    scan.position = bracket + 1
    _ = scan.skipBlanks()
    guard let time = scan.time(), scan.take(UInt8(ascii: "]")) else { return nil }
    var cpu: Int?
    _ = scan.skipBlanks()
    if scan.take(UInt8(ascii: "[")) {
      _ = scan.skipBlanks()
      if scan.take(UInt8(ascii: "C")) { cpu = scan.digits() }
      guard let end = scan.next(UInt8(ascii: "]")) else { return nil }
      scan.position = end + 1
      _ = scan.skipBlanks()
    }
    guard let name = scan.eventName() else { return nil }
    return LogLine(
      time: time, cpu: cpu, task: nil, name: name, end: scan.count, isCertain: false)
  }
}

/// Goes along the bytes of a line.
struct LogScan {
  private let bytes: LogLine.Bytes
  var position = 0

  init(_ bytes: LogLine.Bytes) { self.bytes = bytes }

  var count: Int { bytes.count }
  var isAtEnd: Bool { position >= bytes.count }
  var byte: UInt8 { bytes[position] }

  func isBlank(at position: Int) -> Bool { bytes[position] == 0x20 || bytes[position] == 0x09 }

  /// Where a byte stands next.
  func next(_ byte: UInt8) -> Int? {
    var position = position
    while position < bytes.count {
      if bytes[position] == byte { return position }
      position += 1
    }
    return nil
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Passes blanks over; whether there were any.
  mutating func skipBlanks() -> Bool {
    let first = position
    while position < bytes.count, isBlank(at: position) { position += 1 }
    return position > first
  }

  mutating func skipWord() {
    while position < bytes.count, !isBlank(at: position) { position += 1 }
  }

  private func isDigit(at position: Int) -> Bool {
    position < bytes.count && bytes[position] >= 0x30 && bytes[position] <= 0x39
  }

  /// A number without a sign, of at most 9 digits.
  mutating func digits() -> Int? {
    let first = position
    var value = 0
    while isDigit(at: position), position - first < 9 {
      value = 10 * value + Int(bytes[position] & 0xF)
      position += 1
    }
    return position > first && !isDigit(at: position) ? value : nil
  }

  /// Seconds with up to nine digits behind a point, or a count of another clock, as nanoseconds.
  mutating func time() -> Int64? {
    var value: Int64 = 0
    let first = position
    while isDigit(at: position) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow, product <= .max - 9 else { return nil }
      value = product + Int64(bytes[position] & 0xF)
      position += 1
    }
    guard position > first else { return nil }
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return value }
    guard value < 9_000_000_000, isDigit(at: position + 1) else { return nil }
    position += 1
    var nanoseconds: Int64 = 0
    var unit: Int64 = 100_000_000
    while isDigit(at: position) {
      nanoseconds += unit * Int64(bytes[position] & 0xF)
      unit /= 10
      position += 1
    }
    return value * 1_000_000_000 + nanoseconds
  }

  /// An event's name up to its colon; of `system:event:` the event.
  mutating func eventName() -> Range<Int>? {
    var first = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ":") {
        guard position > first else { return nil }
        let end = position
        position += 1
        if position < bytes.count, isNameByte(bytes[position]) {
          first = position
          continue
        }
        return first..<end
      }
      guard isNameByte(byte) else { return nil }
      position += 1
    }
    return nil
  }

  func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// A range without the blanks at its ends; nil where nothing is left.
  func trimmed(_ range: Range<Int>) -> Range<Int>? {
    var (first, end) = (range.lowerBound, range.upperBound)
    while first < end, isBlank(at: first) { first += 1 }
    while end > first, isBlank(at: end - 1) { end -= 1 }
    return first < end ? first..<end : nil
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}
