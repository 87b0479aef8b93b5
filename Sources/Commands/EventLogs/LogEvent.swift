/// One event of a log, in the words of the log.
package struct LogEvent: Sendable, Hashable {
  /// The line that it stands in, from 1.
  package let line: Int
  /// Nanoseconds since whenever; nil where the line has no time.
  package var time: Int64?
  /// The CPU that noted it; nil where the line does not say.
  package var cpu: Int?
  /// The task that ran there.
  package var task: String?
  package var pid: String?
  package var name: String
  package var fields: [Field]

  /// A value with the names that it is known by beside what is written, such as that of a step.
  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String
    /// What stands in parentheses behind it.
    package let remark: String?

    package init(name: String, value: String, remark: String? = nil) {
      (self.name, self.value, self.remark) = (name, value, remark)
    }
  }

  package init(
    line: Int, time: Int64? = nil, cpu: Int? = nil, task: String? = nil, pid: String? = nil,
    name: String, fields: [Field]
  ) {
    self.line = line
    self.time = time
    self.cpu = cpu
    self.task = task
    self.pid = pid
    self.name = name
    self.fields = fields
  }

  /// What is said of where it was noted, by names that no field can have.
  package static let ownFields = ["@cpu", "@task", "@pid"]

  /// The value of a field, or of one of `ownFields`; the last one where a name comes twice.
  package func value(of name: String) -> Field? {
    switch name {
    case "@cpu": cpu.map { Field(name: name, value: String($0)) }
    case "@task": task.map { Field(name: name, value: $0) }
    case "@pid": pid.map { Field(name: name, value: $0) }
    default: fields.last { $0.name == name }
    }
  }
}

/// A number as logs write it: `7`, `0004`, `-16`, `0x1f`; nil for anything else.
package func loggedNumber(_ text: some StringProtocol) -> Int64? {
  if text.hasPrefix("0x") {
    let digits = text.dropFirst(2)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
    // Pointers and negative numbers have all 64 bits.
    return UInt64(digits, radix: 16).map { Int64(bitPattern: $0) }
  }
  return text.utf8.first == UInt8(ascii: "+") ? nil : Int64(text)
}
