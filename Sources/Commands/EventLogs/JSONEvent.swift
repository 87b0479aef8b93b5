import FoundationEssentials

/// An event as a line of JSON: an object with `event`, and with `time` in seconds, `cpu`, `task` and `pid`
/// where they are known; all other members are fields, and so are those of `fields`.
enum JSONEvent {
  private enum Value: Decodable {
    case text(String)
    /// Or true and false, as 1 and 0.
    case number(String)
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
        self = .number(truth ? "1" : "0")
      } else if let number = try? value.decode(Int64.self) {
        self = .number(String(number))
      } else if let number = try? value.decode(Double.self) {
        self = .number(String(number))
      } else {
        self = .other
      }
    }

    var text: String? {
      switch self {
      case .text(let text), .number(let text): text
      case .members, .other: nil
      }
    }
  }

  /// Nil for what is no such object.
  static func read(_ bytes: LogLine.Bytes, line: Int) -> LogEvent? {
    guard let members = try? JSONDecoder().decode([String: Value].self, from: Data(bytes)),
      case .text(let name)? = members["event"]
    else { return nil }
    var event = LogEvent(line: line, name: name, fields: [])
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      if case .members(let fields) = value, key == "fields" {
        event.note(fields.compactMapValues(\.text))
      }
      guard let text = value.text else { continue }
      switch key {
      case "event": continue
      case "time": event.time = nanoseconds(text)
      case "task": event.task = text
      case "pid": event.pid = text
      default:
        if key == "cpu" { event.cpu = Int(text) }
        event.note([key: text])
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
