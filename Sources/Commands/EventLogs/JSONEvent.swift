import FoundationEssentials

/// An event as a line of JSON: an object with `event`, and with `time` in seconds, `cpu`, `task` and `pid`
/// where they are known; all other members are fields, and so are those of `fields`.
enum JSONEvent {
  private enum Value: Decodable {
    case text(String)
    case members([String: Value])
    /// A list, or null.
    case other

    init(from decoder: any Decoder) throws {
      if let members = try? [String: Value](from: decoder) {
        self = .members(members)
        return
      }
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .text(text)
      } else if let truth = try? value.decode(Bool.self) {
        self = .text(truth ? "1" : "0")
      } else if let number = try? value.decode(Int64.self) {
        self = .text(String(number))
      } else if let number = try? value.decode(Double.self) {
        self = .text(String(number))
      } else {
        self = .other
      }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  /// Nil for what is no such object.
  static func read(_ bytes: LogLine.Bytes, line: Int) -> LogEvent? {
    guard let members = try? JSONDecoder().decode([String: Value].self, from: Data(bytes)),
      let name = members["event"]?.text
    else { return nil }
    var event = LogEvent(line: line, name: name, fields: [])
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      switch (key, value) {
      case ("event", _): continue
      case ("time", .text(let text)): event.time = nanoseconds(text)
      case ("task", .text(let text)): event.task = text
      case ("pid", .text(let text)): event.pid = text
      case ("fields", .members(let fields)): event.note(fields.compactMapValues(\.text))
      case (_, .text(let text)):
        if key == "cpu" { event.cpu = Int(text) }
        event.note([key: text])
      default: continue
      }
    }
    return event
  }

  private static func nanoseconds(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var scan = LogScan(bytes)
      let time = scan.time()
      return scan.isAtEnd ? time : nil
    }
  }
}

extension LogEvent {
  fileprivate mutating func note(_ values: [String: String]) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      fields.append(Field(name: name, value: value))
    }
  }
}
