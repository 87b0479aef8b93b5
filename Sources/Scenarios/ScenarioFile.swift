import Yams

/// Reads `swapcheck.yml`.
public enum ScenarioFile {
  /// The version of the format that is understood.
  public static let version = 1

  /// Reads the scenarios of a file's text.
  public static func read(_ text: String) throws(SettingError) -> [Scenario] {
    let root = try YAMLText.compose(text)
    guard let mapping = root?.mapping else {
      throw SettingError(line: 1, "expected `version:` and `scenarios:`")
    }
    try Setting.checkKeys(of: mapping, ["version", "scenarios"])
    guard try Setting.number(mapping, "version") == version else {
      throw error(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    guard let list = mapping["scenarios"]?.sequence else {
      throw error(mapping["scenarios"] ?? root, "`scenarios:` has to be a list")
    }
    var scenarios: [Scenario] = []
    var names: Set<String> = []
    for node in list {
      let scenario = try read(node)
      guard names.insert(scenario.name).inserted else {
        throw error(node, "there are two scenarios `\(scenario.name)`")
      }
      scenarios.append(scenario)
    }
    return scenarios
  }

  private static let keys: Set<String> = [
    "name", "model", "set", "expect", "states", "rules", "tags", "deadlock", "max-depth",
    "max-states", "timeout", "symmetry", "layout", "conflict", "dialect",
  ]
  /// What is said of a layout, beside its `timeout`.
  private static let layoutKeys: Set<String> = [
    "name", "layout", "expect", "conflict", "tags", "timeout",
  ]

  private static func read(_ node: Node) throws(SettingError) -> Scenario {
    guard let mapping = node.mapping else { throw error(node, "a scenario has to be a mapping") }
    try Setting.checkKeys(of: mapping, keys)
    guard let named = mapping["name"] else { throw error(node, "a scenario needs a `name`") }
    let name = try Setting.text("name", named)
    guard !name.isEmpty else { throw error(named, "a scenario needs a `name`") }
    guard let words = mapping["expect"]?.scalar?.string,
      var expectation = Scenario.Expectation(words)
    else {
      throw error(
        mapping["expect"] ?? node,
        "`expect` is `holds`, `violates \"message\"`, `deadlock`, `error` or `inconclusive`; of a"
          + " layout `fits` or `does-not-fit`")
    }
    let subject = try subject(mapping, node, name)
    if case .layout = subject {
      try Setting.checkKeys(of: mapping, layoutKeys)
      guard expectation.isOfLayout else {
        throw error(mapping["expect"], "of a layout `expect` is `fits` or `does-not-fit`")
      }
    } else if expectation.isOfLayout || mapping["conflict"] != nil {
      throw error(
        mapping["conflict"] ?? mapping["expect"],
        "`fits`, `does-not-fit` and `conflict` are said of a layout")
    }
    if let conflict = mapping["conflict"] {
      guard case .doesNotFit = expectation else {
        throw error(conflict, "`conflict` goes with `expect: does-not-fit`")
      }
      expectation = .doesNotFit(rules: try rules(conflict))
    }
    let isOfLayout = expectation.isOfLayout
    let seconds = try Setting.number(mapping, "timeout", in: 1...(isOfLayout ? 86_400 : Int.max))
    return Scenario(
      name: name, subject: subject, constants: try constants(mapping["set"]),
      expectation: expectation, stateCount: try Setting.number(mapping, "states"),
      ruleFiringCount: try Setting.number(mapping, "rules"), tags: try tags(mapping["tags"]),
      dialect: try Setting.word(mapping, "dialect", ["auto", "rumur", "cmurphi"]),
      deadlock: try Setting.word(mapping, "deadlock", ["stuttering", "stuck", "off"]),
      symmetry: try Setting.word(mapping, "symmetry", ["exact", "off"]),
      maximumDepth: try Setting.number(mapping, "max-depth"),
      maximumStateCount: try Setting.number(mapping, "max-states", in: 1...Int.max),
      timeoutSeconds: seconds.map(Double.init))
  }

  private static func tags(_ node: Node?) throws(SettingError) -> [String] {
    guard let node else { return [] }
    return try Setting.texts("tags", node).map(\.0)
  }

  private static func subject(
    _ mapping: Node.Mapping, _ node: Node, _ name: String
  ) throws(SettingError) -> Scenario.Subject {
    switch (mapping["model"], mapping["layout"]) {
    case (let model?, nil):
      return .model(try Setting.path("model", model))
    case (nil, let layout?):
      return .layout(try Setting.path("layout", layout))
    case (_?, let layout?):
      throw error(layout, "a scenario is about a `model` or a `layout`, and not about both")
    case (nil, nil): throw error(node, "scenario `\(name)` needs a `model` or a `layout`")
    }
  }

  private static func rules(_ node: Node) throws(SettingError) -> [String] {
    try ConflictSetting.rules(node).map(\.name)
  }

  private static func constants(_ node: Node?) throws(SettingError) -> [String: Int64] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw error(node, "`set` has to be a mapping of constants to values")
    }
    var constants: [String: Int64] = [:]
    for (key, value) in mapping {
      let name = try Setting.name(key)
      if let flag = Bool(try Setting.text(name, value)) {
        constants[name] = flag ? 1 : 0
      } else if let number = try? Setting.number(name, value) {
        constants[name] = Int64(number)
      } else {
        throw error(value, "`\(name)` has to be a whole number, `true` or `false`")
      }
    }
    return constants
  }

  private static func error(_ node: Node?, _ message: String) -> SettingError {
    SettingError(node, message)
  }
}
