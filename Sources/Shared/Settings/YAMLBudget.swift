import CYaml

/// Looks through a text in YAML before anything is made of it, so that a small text is no large one
/// in disguise.
///
/// An alias stands for all that its anchor does: ten lists of ten aliases each are 10^10 values,
/// and whoever compares or hashes them never ends. So values are counted as if aliases were written
/// out, by the size of each anchor, in time proportional to the text. Tags, which would be passed
/// over, are refused.
struct YAMLBudget {
  /// Values that a file may have; `swapcheck.yml` of this repository has some thousand.
  static let maximumNodeCount = 100_000
  /// Lists and mappings within one another.
  static let maximumDepth = 32

  /// Values of the text so far, and those that each anchor stands for.
  private var count = 0
  private var sizes: [String: Int] = [:]
  /// Lists and mappings that have not ended: the anchor, and the values before.
  private var open: [(anchor: String?, before: Int)] = []

  /// Checks a text.
  ///
  /// - Throws: where it has too many values, too deep ones, or a tag. What is no YAML is no error here:
  ///   whoever reads it next says so.
  static func check(_ text: String) throws(SettingError) {
    var budget = YAMLBudget()
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return }
    defer { yaml_parser_delete(&parser) }
    let bytes = Array(text.utf8)
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    let failure = bytes.withUnsafeBufferPointer { buffer -> SettingError? in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return nil }
        if let words = budget.take(event) {
          let mark = event.start_mark
          return SettingError(line: mark.line + 1, column: mark.column + 1, words)
        }
      }
    }
    if let failure { throw failure }
  }

  /// Counts an event; what is wrong with it.
  private mutating func take(_ event: yaml_event_t) -> String? {
    if Self.hasTag(event) { return "a tag, such as `!name`, means nothing here" }
    switch event.type {
    case YAML_SCALAR_EVENT:
      add(1, anchor: event.data.scalar.anchor)
    case YAML_ALIAS_EVENT:
      add(Self.text(event.data.alias.anchor).flatMap { sizes[$0] } ?? 1, anchor: nil)
    case YAML_SEQUENCE_START_EVENT:
      open.append((Self.text(event.data.sequence_start.anchor), count))
      count += 1
    case YAML_MAPPING_START_EVENT:
      open.append((Self.text(event.data.mapping_start.anchor), count))
      count += 1
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      if let (anchor, before) = open.popLast(), let anchor { sizes[anchor] = count - before }
    default: break
    }
    if count > Self.maximumNodeCount {
      return "with its aliases (`*name`) written out, the file has more than"
        + " \(Self.maximumNodeCount) values"
    }
    if open.count > Self.maximumDepth {
      return "lists and mappings are nested more than \(Self.maximumDepth) deep"
    }
    return nil
  }

  private mutating func add(_ size: Int, anchor: UnsafePointer<UInt8>?) {
    let (sum, overflows) = count.addingReportingOverflow(size)
    count = overflows ? .max : sum
    if let anchor = Self.text(anchor) { sizes[anchor] = size }
  }

  private static func hasTag(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_SCALAR_EVENT: event.data.scalar.tag != nil
    case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.tag != nil
    case YAML_MAPPING_START_EVENT: event.data.mapping_start.tag != nil
    default: false
    }
  }

  private static func text(_ anchor: UnsafePointer<UInt8>?) -> String? {
    anchor.map { String(decodingCString: $0, as: UTF8.self) }
  }
}
