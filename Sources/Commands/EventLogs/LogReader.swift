/// Takes a log apart, as it comes: block by block, line by line.
///
/// Of one log only the line that is read is kept.
package struct LogReader {
  private var rest: [UInt8] = []
  /// Lines so far.
  package private(set) var lineCount = 0
  /// Lines that are no events.
  package private(set) var passedCount = 0

  /// A line that is longer is no event that anybody prints.
  package static let maximumLineByteCount = 1 << 16

  /// What a line is.
  package enum Entry {
    /// An event in a line of text, whose fields are read when they are asked for.
    case line(TextEvent)
    case json(LogEvent)
    /// A line beginning with `#`, such as the head of a trace, without the mark.
    case remark(String, line: Int)
    /// So many events have been lost here, as ftrace says it.
    case lost(line: Int)
  }

  package init() {}

  /// Reads on.
  ///
  /// - Parameters:
  ///   - block: What comes next.
  ///   - body: Given what each line is; false ends the reading.
  /// - Returns: Whether more is wanted.
  package mutating func read(
    _ block: UnsafeBufferPointer<UInt8>, _ body: (Entry) throws -> Bool
  ) rethrows -> Bool {
    var first = 0
    while let end = Self.lineEnd(block, from: first) {
      let line = UnsafeBufferPointer(rebasing: block[first..<end])
      first = end + 1
      if rest.isEmpty {
        guard try take(line, body) else { return false }
      } else {
        rest.append(contentsOf: line)
        let whole = rest
        rest.removeAll(keepingCapacity: true)
        guard try whole.withUnsafeBufferPointer({ try take($0, body) }) else { return false }
      }
    }
    // What is too long is no event, whatever else comes.
    if rest.count <= Self.maximumLineByteCount { rest.append(contentsOf: block[first...]) }
    return true
  }

  /// Reads what stands behind the last line break.
  package mutating func finish(_ body: (Entry) throws -> Bool) rethrows -> Bool {
    if rest.isEmpty { return true }
    let line = rest
    rest = []
    return try line.withUnsafeBufferPointer { try take($0, body) }
  }

  private static func lineEnd(_ block: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
    var position = first
    while position < block.count {
      if block[position] == 0x0A { return position }
      position += 1
    }
    return nil
  }

  private mutating func take(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Entry) throws -> Bool
  ) rethrows -> Bool {
    lineCount += 1
    var line = bytes
    if line.last == 0x0D { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
    guard line.count <= Self.maximumLineByteCount, let first = line.first else {
      passedCount += 1
      return true
    }
    if first == UInt8(ascii: "#") {
      passedCount += 1
      return try body(.remark(String(decoding: line.dropFirst(), as: UTF8.self), line: lineCount))
    }
    if first == UInt8(ascii: "{"), let event = JSONEvent.read(line, line: lineCount) {
      return try body(.json(event))
    }
    if let parts = LogLine(line) {
      return try body(.line(TextEvent(bytes: line, line: lineCount, parts: parts)))
    }
    if Self.saysLost(line) { return try body(.lost(line: lineCount)) }
    passedCount += 1
    return true
  }

  /// `CPU:3 [LOST 512 EVENTS]`
  private static func saysLost(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count < 80 else { return false }
    let text = String(decoding: line, as: UTF8.self)
    return text.contains("[LOST ") && text.hasSuffix(" EVENTS]")
  }

  /// Counts a line as none that is an event.
  package mutating func pass() { passedCount += 1 }
}

/// An event in a line of text: its parts are made when somebody wants them. It is not to be kept.
package struct TextEvent {
  /// The whole line.
  package let bytes: UnsafeBufferPointer<UInt8>
  package let line: Int
  let parts: LogLine

  package var time: Int64? { parts.time }
  package var cpu: Int? { parts.cpu }
  /// Whether it can be nothing but an event.
  package var isCertain: Bool { parts.isCertain }

  /// The name and the fields as they are written: what is the same there is the same event.
  package var tail: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[parts.rest]) }

  package var event: LogEvent {
    var scan = LogScan(bytes)
    scan.position = parts.name.upperBound + 1
    let task = parts.task.map(taskAndNumber)
    return LogEvent(
      line: line, time: parts.time, cpu: parts.cpu, task: task?.task, pid: task?.pid,
      name: scan.text(parts.name), fields: EventFields.read(&scan))
  }

  /// `bash-394` of ftrace, `bash   394` of perf, with what else stands there.
  private func taskAndNumber(_ range: Range<Int>) -> (task: String, pid: String?) {
    let text = LogScan(bytes).text(range)
    let words = text.split(separator: " ")
    if let last = words.last, words.count > 1, last.allSatisfy({ $0.isNumber || $0 == "/" }) {
      return (words.dropLast().joined(separator: " "), String(last))
    }
    // Thread groups stand in parentheses behind it.
    let name = words.first.map(String.init) ?? text
    guard let dash = name.lastIndex(of: "-") else { return (name, nil) }
    return (String(name[..<dash]), String(name[name.index(after: dash)...]))
  }
}
