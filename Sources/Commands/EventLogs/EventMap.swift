/// What the events of a log mean for a model, as a file beside the model says it (docs/logs.md).
package struct EventMap: Sendable {
  /// By the name of a field: of what type it is.
  package var fields: [String: FieldType] = [:]
  /// Files that say what numbers of a field are called, by field; relative to the map.
  package var names: [String: String] = [:]
  /// Nanoseconds by which the clocks of CPUs may disagree.
  package var window: Int64 = 0
  package var start = Start()
  /// In order: the first that fits says what an event is.
  package var entries: [Entry] = []
  /// Names of events that do not matter; `*` stands for any letters.
  package var ignored: [Pattern] = []
  package var unseen: [Unseen] = []
  /// Whether all rules that no entry names fire unseen.
  package var hidesOthers = false
  /// What holds at the end of a log.
  package var end: Text?

  /// A text and its line in the file.
  package struct Text: Sendable, Hashable {
    package let text: String
    package let line: Int

    package init(_ text: String, line: Int) { (self.text, self.line) = (text, line) }
  }

  /// What stands for the values of a field in the model.
  package struct FieldType: Sendable {
    /// As the model writes it: a name, or a range.
    package let type: Text
    /// Values in the model's words, by those of the log; others are matched as they come.
    package let values: [String: String]
  }

  package struct Start: Sendable {
    package var among = Among.startStates
    package var holds: [Condition] = []

    package enum Among: String, Sendable, CaseIterable {
      case startStates = "start states"
      case reachableStates = "reachable states"
    }
  }

  /// A condition about fields whose values are given.
  package struct Condition: Sendable {
    package let text: Text
    package let values: [String: String]
  }

  package struct Entry: Sendable {
    package let line: Int
    package var events: [Pattern] = []
    /// By field.
    package var when: [(field: String, test: FieldTest)] = []
    /// Names of rules of which one has fired; nil where none has.
    package var rules: [Text]?
    /// Where it may be that none of them has: an expression; nil for nowhere.
    package var nothingWhere: Text?
    /// For parameters of the rules, a field or a value of the model.
    package var with: [(parameter: String, value: Text)] = []
    package var before: Text?
    package var after: Text?
    /// Whether it says only that the event does not matter.
    package var isIgnored = false
    /// What an automaton calls it.
    package var label: String?

    package init(line: Int) { self.line = line }
  }

  package struct Unseen: Sendable {
    package let rule: Text
    package let most: Int?
    /// Of which instances in which states that is so, about the rule's parameters; nil for all.
    package let condition: Text?
  }

  /// A name with `*` for any letters.
  package struct Pattern: Sendable, Hashable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var isName: Bool { !text.utf8.contains(UInt8(ascii: "*")) }

    package func matches(_ name: String) -> Bool {
      isName ? name == text : Self.matches(Array(text.utf8)[...], Array(name.utf8)[...])
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
      var (pattern, name) = (pattern, name)
      /// What is left where the last star is taken to stand for one letter more.
      var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
      while true {
        if pattern.first == UInt8(ascii: "*") {
          pattern = pattern.dropFirst()
          retry = (pattern, name)
        } else if let letter = name.first, letter == pattern.first {
          (pattern, name) = (pattern.dropFirst(), name.dropFirst())
        } else if pattern.isEmpty, name.isEmpty {
          return true
        } else if let last = retry, !last.name.isEmpty {
          retry = (last.pattern, last.name.dropFirst())
          (pattern, name) = (last.pattern, last.name.dropFirst())
        } else {
          return false
        }
      }
    }
  }
}

/// What is asked of the value of a field.
package enum FieldTest: Sendable, Hashable {
  /// One of these, as a number, as a text, or as a name that the number has.
  case oneOf([EventMap.Pattern])
  case noneOf([EventMap.Pattern])
  /// A number on one side of another, which may be given by its name.
  case compared(Comparison, String)

  package enum Comparison: String, Sendable, CaseIterable {
    // Those of two letters first, because others begin with the same.
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"

    func holds(_ left: Int64, _ right: Int64) -> Bool {
      switch self {
      case .lessOrEqual: left <= right
      case .greaterOrEqual: left >= right
      case .less: left < right
      case .greater: left > right
      }
    }
  }

  /// - Parameter names: What the numbers of the field are called.
  func holds(_ value: LogEvent.Field, _ names: FieldNames) -> Bool {
    switch self {
    case .oneOf(let patterns): patterns.contains { Self.matches($0, value, names) }
    case .noneOf(let patterns): !patterns.contains { Self.matches($0, value, names) }
    case .compared(let comparison, let other):
      if let number = loggedNumber(value.value),
        let other = loggedNumber(other) ?? names.number(of: other)
      {
        comparison.holds(number, other)
      } else {
        false
      }
    }
  }

  private static func matches(
    _ pattern: EventMap.Pattern, _ value: LogEvent.Field, _ names: FieldNames
  ) -> Bool {
    if let wanted = loggedNumber(pattern.text) { return loggedNumber(value.value) == wanted }
    if pattern.matches(value.value) { return true }
    if let remark = value.remark, pattern.matches(remark) { return true }
    return names.names(of: value.value).contains { pattern.matches($0) }
  }
}

/// What the numbers of a field are called, by a table such as the kernel's list of hotplug steps
/// (/sys/devices/system/cpu/hotplug/states), and by what stands in parentheses behind them in the log.
package struct FieldNames: Sendable {
  private var table: [Int64: String] = [:]
  private var numbers: [String: Int64] = [:]
  /// Kept apart: a step is called by one function on its way up and by another on its way down.
  private var remarks: [Int64: Set<String>] = [:]

  /// Names of one number that are kept.
  private static let mostRemarks = 64

  package init() {}

  /// Reads lines such as ` 168: sched:active`; what is no such line is passed over.
  package init(table text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let number = line[..<colon].filter { $0 != " " && $0 != "\t" }
      let name = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      guard let number = loggedNumber(number), !name.isEmpty else { continue }
      table[number] = String(name)
      numbers[String(name)] = number
    }
  }

  package var isEmpty: Bool { table.isEmpty }

  /// Notes what stands behind a number; whether that is new.
  mutating func learn(_ field: LogEvent.Field) -> Bool {
    guard let remark = field.remark, let number = loggedNumber(field.value),
      remarks[number, default: []].count < Self.mostRemarks
    else { return false }
    return remarks[number, default: []].insert(remark).inserted
  }

  func names(of value: String) -> [String] {
    guard let number = loggedNumber(value) else { return [] }
    return (table[number].map { [$0] } ?? []) + (remarks[number] ?? []).sorted()
  }

  func number(of name: String) -> Int64? { numbers[name] }
}
