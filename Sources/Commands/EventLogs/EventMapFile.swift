package import Settings
import Yams

/// Reads an event map: a file of YAML that stands beside a model.
package enum EventMapFile {
  /// People write such files.
  package static let maximumByteCount = 1 << 20
  /// The version of the format that is understood.
  package static let version = 1

  private static let keys = [
    "version", "fields", "names", "window", "start", "events", "ignore", "unseen", "end",
  ]
  private static let entryKeys = [
    "event", "when", "rule", "with", "before", "after", "holds", "ignore", "as",
    "or-nothing",
  ]

  package static func read(_ text: String) throws(SettingError) -> EventMap {
    guard let root = try YAMLText.compose(text), let mapping = root.mapping else {
      throw SettingError(line: 1, "expected `version:` and `events:`")
    }
    try Setting.checkKeys(of: mapping, keys)
    guard try Setting.number(mapping, "version") == version else {
      throw SettingError(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    var map = EventMap()
    for (name, node) in try Self.mapping(mapping, "fields") {
      map.fields[name] = try fieldType(name, node)
    }
    for (name, node) in try Self.mapping(mapping, "names") {
      map.names[name] = try Setting.path(name, node)
    }
    if let node = mapping["window"] { map.window = try duration("window", node) }
    if let node = mapping["start"] { map.start = try start(node) }
    guard let events = mapping["events"]?.sequence, !events.isEmpty else {
      throw SettingError(mapping["events"] ?? root, "`events:` has to be a list of entries")
    }
    for node in events { map.entries.append(try entry(node)) }
    if let node = mapping["ignore"] {
      map.ignored = try Setting.texts("ignore", node).map { EventMap.Pattern($0.0) }
    }
    if let node = mapping["unseen"] { try readUnseen(node, into: &map) }
    map.end = try mapping["end"].map { node throws(SettingError) in try self.text("end", node) }
    return map
  }

  // MARK: - Parts

  private static func mapping(
    _ parent: Node.Mapping, _ key: String
  ) throws(SettingError) -> [(String, Node)] {
    guard let node = parent[key] else { return [] }
    guard let mapping = node.mapping else {
      throw SettingError(node, "`\(key)` has to be a mapping")
    }
    var entries: [(String, Node)] = []
    for (key, value) in mapping { entries.append((try Setting.name(key), value)) }
    return entries
  }

  private static func text(_ key: String, _ node: Node) throws(SettingError) -> EventMap.Text {
    EventMap.Text(try Setting.text(key, node), line: node.mark?.line ?? 1)
  }

  /// `cpu_t`, or `{type: mode_t, values: {0: OFF, 1: ON}}`.
  private static func fieldType(
    _ name: String, _ node: Node
  ) throws(SettingError) -> EventMap.FieldType {
    guard let parts = node.mapping else {
      return EventMap.FieldType(type: try text(name, node), values: [:])
    }
    try Setting.checkKeys(of: parts, ["type", "values"])
    guard let type = parts["type"] else {
      throw SettingError(node, "field `\(name)` needs a `type`")
    }
    var values: [String: String] = [:]
    for (key, value) in try mapping(parts, "values") { values[key] = try Setting.text(key, value) }
    return EventMap.FieldType(type: try text(name, type), values: values)
  }

  /// `50us`, `2 ms`, `1s`, `800ns`.
  private static func duration(_ key: String, _ node: Node) throws(SettingError) -> Int64 {
    let text = try Setting.text(key, node)
    let digits = text.prefix(while: \.isNumber)
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    let factors: [String: Int64] = ["ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000]
    guard let number = Int64(digits), number <= 1_000_000, let factor = factors[String(unit)] else {
      throw SettingError(node, "`\(key)` is a time such as 50us, 2ms or 1s, and not `\(text)`")
    }
    return number * factor
  }

  private static func start(_ node: Node) throws(SettingError) -> EventMap.Start {
    var start = EventMap.Start()
    guard let parts = node.mapping else {
      throw SettingError(node, "`start` is a mapping of `among` and `holds`")
    }
    try Setting.checkKeys(of: parts, ["among", "holds"])
    let words = EventMap.Start.Among.allCases.map(\.rawValue)
    if let word = try Setting.word(parts, "among", words) {
      start.among = .init(rawValue: word) ?? .startStates
    }
    guard let holds = parts["holds"] else { return start }
    for entry in holds.sequence.map(Array.init) ?? [holds] {
      start.holds.append(try condition(entry))
    }
    return start
  }

  /// An expression, or `{expression: boot = cpu, cpu: 0}` with the values of fields.
  private static func condition(_ node: Node) throws(SettingError) -> EventMap.Condition {
    guard let parts = node.mapping else {
      return EventMap.Condition(text: try text("holds", node), values: [:])
    }
    guard let expression = parts["expression"] else {
      throw SettingError(node, "`holds` is an expression, or has one as `expression`")
    }
    var values: [String: String] = [:]
    for (key, value) in parts {
      let name = try Setting.name(key)
      if name != "expression" { values[name] = try Setting.text(name, value) }
    }
    return EventMap.Condition(text: try text("expression", expression), values: values)
  }

  private static func readUnseen(_ node: Node, into map: inout EventMap) throws(SettingError) {
    for entry in node.sequence.map(Array.init) ?? [node] {
      if let parts = entry.mapping {
        try Setting.checkKeys(of: parts, ["rule", "most", "where"])
        guard let rule = parts["rule"] else { throw SettingError(entry, "a `rule` is needed") }
        map.unseen.append(
          EventMap.Unseen(
            rule: try text("rule", rule), most: try Setting.number(parts, "most", in: 1...65_535),
            condition: try expression(parts, "where")))
      } else if try Setting.text("unseen", entry) == "all others" {
        map.hidesOthers = true
      } else {
        map.unseen.append(
          EventMap.Unseen(rule: try text("unseen", entry), most: nil, condition: nil))
      }
    }
  }

  // MARK: - Entries

  private static func entry(_ node: Node) throws(SettingError) -> EventMap.Entry {
    guard let parts = node.mapping else {
      throw SettingError(node, "an entry is a mapping with an `event`")
    }
    try Setting.checkKeys(of: parts, entryKeys)
    var entry = EventMap.Entry(line: node.mark?.line ?? 1)
    guard let event = parts["event"] else { throw SettingError(node, "an `event` is needed") }
    entry.events = try Setting.texts("event", event).map { EventMap.Pattern($0.0) }
    for (field, value) in try mapping(parts, "when") {
      entry.when.append((field, try test(field, value)))
    }
    entry.rules = try parts["rule"].map { rules throws(SettingError) in
      try Setting.texts("rule", rules).map {
        EventMap.Text($0.0, line: $0.1.mark?.line ?? entry.line)
      }
    }
    entry.nothingWhere = try expression(parts, "or-nothing")
    guard entry.nothingWhere == nil || entry.rules != nil else {
      throw SettingError(
        parts["or-nothing"] ?? node, "`or-nothing` says where none of the entry's rules has fired")
    }
    for (parameter, value) in try mapping(parts, "with") {
      entry.with.append((parameter, try text(parameter, value)))
    }
    entry.before = try expression(parts, "before")
    entry.after = try expression(parts, "after")
    if let holds = try expression(parts, "holds") {
      guard entry.rules == nil, entry.after == nil else {
        throw SettingError(
          parts["holds"] ?? node,
          "`holds` is about what is so when nothing fires; beside a `rule` write `before` or `after`"
        )
      }
      entry.after = holds
    }
    if let label = parts["as"] { entry.label = try Setting.text("as", label) }
    if let ignore = parts["ignore"] {
      guard try Setting.text("ignore", ignore) == "true" else {
        throw SettingError(ignore, "`ignore` of an entry is true, or it is left out")
      }
      entry.isIgnored = true
    }
    let says = entry.rules != nil || entry.before != nil || entry.after != nil
    guard says != entry.isIgnored else {
      throw SettingError(node, "an entry has a `rule`, `holds`, or `ignore: true`, and not both")
    }
    guard entry.with.isEmpty || entry.rules != nil else {
      throw SettingError(node, "`with` gives values to the parameters of a `rule`")
    }
    return entry
  }

  private static func expression(
    _ parts: Node.Mapping, _ key: String
  ) throws(SettingError) -> EventMap.Text? {
    try parts[key].map { node throws(SettingError) in try text(key, node) }
  }

  /// `0`, `[a, b]`, `"> 3"`, `"not 0"`.
  private static func test(_ field: String, _ node: Node) throws(SettingError) -> FieldTest {
    let texts = try Setting.texts(field, node).map(\.0)
    guard let first = texts.first else {
      throw SettingError(node, "`\(field)` has no value to be compared with")
    }
    guard texts.count == 1 else { return .oneOf(texts.map { EventMap.Pattern($0) }) }
    func rest(_ word: String) -> String {
      String(first.dropFirst(word.count).drop { $0 == " " })
    }
    for comparison in FieldTest.Comparison.allCases where first.hasPrefix(comparison.rawValue) {
      return .compared(comparison, rest(comparison.rawValue))
    }
    if first.hasPrefix("not ") {
      return .noneOf(rest("not ").split(separator: "|").map { EventMap.Pattern(String($0)) })
    }
    return .oneOf([EventMap.Pattern(first)])
  }
}
