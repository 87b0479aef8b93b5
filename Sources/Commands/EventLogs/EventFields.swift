/// Reads the fields of an event: `cpu: 0004 step: 168 (sched_cpu_deactivate)`, `cpu=4 name="a b"`.
enum EventFields {
  /// - Parameter scan: Behind the colon of the event's name.
  static func read(_ scan: inout LogScan) -> [LogEvent.Field] {
    var fields: [LogEvent.Field] = []
    while true {
      _ = scan.skipBlanks()
      if scan.isAtEnd { return fields }
      if scan.byte == UInt8(ascii: "(") {
        let remark = parenthesised(&scan)
        // In front of the first field it is the address of a probe.
        if let last = fields.popLast() {
          fields.append(LogEvent.Field(name: last.name, value: last.value, remark: remark))
        }
      } else if let field = field(&scan) {
        fields.append(field)
      }
    }
  }

  /// What stands between parentheses, which may nest.
  private static func parenthesised(_ scan: inout LogScan) -> String {
    let first = scan.position + 1
    var depth = 0
    while !scan.isAtEnd {
      if scan.byte == UInt8(ascii: "(") { depth += 1 }
      if scan.byte == UInt8(ascii: ")") { depth -= 1 }
      scan.position += 1
      if depth == 0 { return scan.text(first..<scan.position - 1) }
    }
    return scan.text(min(first, scan.count)..<scan.count)
  }

  /// Nil for a word that is neither a name nor a value.
  private static func field(_ scan: inout LogScan) -> LogEvent.Field? {
    let first = scan.position
    while !scan.isAtEnd, !scan.isBlank(at: scan.position), scan.byte != UInt8(ascii: "="),
      scan.byte != UInt8(ascii: ":")
    {
      scan.position += 1
    }
    let name = first..<scan.position
    guard !scan.isAtEnd, !name.isEmpty, !scan.isBlank(at: scan.position) else {
      scan.skipWord()
      return nil
    }
    scan.position += 1
    if scan.text(scan.position - 1..<scan.position) == ":" {
      // `a:b` is a word; behind `a:` its value follows.
      guard scan.skipBlanks(), !scan.isAtEnd else {
        scan.skipWord()
        return nil
      }
    }
    return LogEvent.Field(name: scan.text(name), value: value(&scan))
  }

  private static func value(_ scan: inout LogScan) -> String {
    if !scan.isAtEnd, scan.byte == UInt8(ascii: "\"") {
      let first = scan.position + 1
      scan.position = first
      let end = scan.next(UInt8(ascii: "\"")) ?? scan.count
      scan.position = min(end + 1, scan.count)
      return scan.text(first..<end)
    }
    let first = scan.position
    scan.skipWord()
    var end = scan.position
    // `prev_comm=a, next_comm=b`
    if end > first, scan.text(end - 1..<end) == "," { end -= 1 }
    return scan.text(first..<end)
  }
}
