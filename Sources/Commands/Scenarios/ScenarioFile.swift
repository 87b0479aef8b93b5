import LayoutFiles
import Options
package import Runs
package import Settings
import Yams

/// Reads `swapcheck.yml`.
package enum ScenarioFile {
  /// People write such files.
  package static let maximumByteCount = 4 << 20

  /// The version of the format that is understood.
  package static let version = 1

  /// What a file says.
  package struct Contents: Sendable {
    package let scenarios: [Scenario]
    /// For some of their models, by the path as it is written: of 100 wrong changes, how many are to be
    /// noticed at least.
    package let leastScores: [String: Double]
    /// How runs of some of their models are drawn, by the path as it is written.
    package let pictures: [String: Picture]

    package init(
      scenarios: [Scenario] = [], leastScores: [String: Double] = [:],
      pictures: [String: Picture] = [:]
    ) {
      (self.scenarios, self.leastScores, self.pictures) = (scenarios, leastScores, pictures)
    }
  }

  /// Reads the scenarios of a file's text.
  package static func read(_ text: String) throws(SettingError) -> [Scenario] {
    try contents(text).scenarios
  }

  /// Reads all that a file's text says.
  package static func contents(_ text: String) throws(SettingError) -> Contents {
    let root = try YAMLText.compose(text)
    guard let mapping = root?.mapping else {
      throw SettingError(line: 1, "expected `version:` and `scenarios:`")
    }
    try Setting.checkKeys(of: mapping, ["version", "scenarios", "min-scores", "pictures"])
    guard try Setting.number(mapping, "version") == version else {
      throw error(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    guard let list = mapping["scenarios"]?.sequence else {
      throw error(mapping["scenarios"] ?? root, "`scenarios:` has to be a list")
    }
    var scenarios: [Scenario] = []
    var names: Set<String> = []
    for node in list {
      for scenario in try entry(node) {
        // What comes of a folder of variants is known where it is read.
        guard scenario.variants != nil || names.insert(scenario.name).inserted else {
          throw error(node, "there are two scenarios `\(scenario.name)`")
        }
        scenarios.append(scenario)
      }
    }
    let models = Set(scenarios.compactMap(\.model))
    return Contents(
      scenarios: scenarios, leastScores: try leastScores(mapping["min-scores"], models),
      pictures: try pictures(mapping["pictures"], models))
  }

  /// - Parameter models: Those that scenarios are about.
  private static func leastScores(
    _ node: Node?, _ models: Set<String>
  ) throws(SettingError) -> [String: Double] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw error(node, "`min-scores` has to be a mapping of models to numbers from 0 to 100")
    }
    var scores: [String: Double] = [:]
    for (key, value) in mapping {
      let model = try Setting.name(key)
      guard models.contains(model) else {
        throw error(key, "`min-scores` names `\(model)`, and no scenario is about such a model")
      }
      scores[model] = try Setting.percent(model, value)
    }
    return scores
  }

  /// - Parameter models: Those that scenarios are about.
  private static func pictures(
    _ node: Node?, _ models: Set<String>
  ) throws(SettingError) -> [String: Picture] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw error(node, "`pictures` has to be a mapping of models to what is drawn of them")
    }
    var pictures: [String: Picture] = [:]
    for (key, value) in mapping {
      let model = try Setting.name(key)
      guard models.contains(model) else {
        throw error(key, "`pictures` names `\(model)`, and no scenario is about such a model")
      }
      guard let parts = value.mapping else {
        throw error(value, "a picture is a mapping of \(pictureKeys.joined(separator: ", "))")
      }
      try Setting.checkKeys(of: parts, Set(pictureKeys))
      var picture = Picture()
      for part in Picture.Key.allCases { picture[part] = try texts(parts, part.rawValue) }
      pictures[model] = picture
    }
    return pictures
  }

  private static let pictureKeys = Picture.Key.allCases.map(\.rawValue)

  /// What a scenario says beside how its model is checked.
  private static let ownKeys: Set<String> = [
    "name", "model", "patch", "variants", "sizes", "set", "without", "expect", "states", "rules",
    "measure", "dead-rules", "tags", "layout", "conflict", "expect-trace",
    "log", "map",
  ]
  fileprivate static let keys = ownKeys.union(CheckOption.all.map(\.name))
  /// What is said of a layout, beside its `timeout`.
  private static let layoutKeys: Set<String> = [
    "name", "layout", "expect", "conflict", "tags", "timeout",
  ]
  /// What is not said of a size alone.
  fileprivate static let commonKeys: Set<String> = [
    "model", "patch", "variants", "sizes", "layout", "conflict", "dialect",
  ]

  fileprivate static var sizeKeys: [String] { keys.subtracting(commonKeys).sorted() }

  /// The scenarios of an entry: one, or one for each of its sizes.
  private static func entry(_ node: Node) throws(SettingError) -> [Scenario] {
    guard let mapping = node.mapping else { throw error(node, "a scenario has to be a mapping") }
    try Setting.checkKeys(of: mapping, keys)
    guard let list = mapping["sizes"] else { return [try read(mapping, node)] }
    guard let sizes = list.sequence, !sizes.isEmpty else {
      throw error(list, "`sizes` is a list of mappings, each with a `name`")
    }
    var scenarios: [Scenario] = []
    for size in sizes { scenarios.append(try read(try mapping.with(size: size, of: node), size)) }
    return scenarios
  }

  private static func read(
    _ mapping: Node.Mapping, _ node: Node
  ) throws(SettingError) -> Scenario {
    guard let named = mapping["name"] else { throw error(node, "a scenario needs a `name`") }
    let name = try Setting.text("name", named)
    guard !name.isEmpty else { throw error(named, "a scenario needs a `name`") }
    let subject = try subject(mapping, node, name)
    let expectation = try expectation(mapping, node, subject)
    let (patches, variants) = try patches(mapping)
    return Scenario(
      name: name, subject: subject, patches: patches, variants: variants,
      constants: try constants(mapping["set"]),
      expectation: expectation,
      states: try states(mapping["states"]),
      ruleFiringCount: try Setting.number(mapping, "rules"),
      measures: try measures(mapping["measure"]),
      deadRules: try texts(mapping, "dead-rules"), without: try texts(mapping, "without"),
      tags: try texts(mapping, "tags"),
      trace: try mapping["expect-trace"].map { node throws(SettingError) in
        try Setting.path("expect-trace", node)
      },
      log: try log(mapping, node, expectation),
      settings: try settings(mapping, subject))
  }

  /// How a model is checked; of a layout, its time alone.
  private static func settings(
    _ mapping: Node.Mapping, _ subject: Scenario.Subject
  ) throws(SettingError) -> CheckSettings {
    var settings = CheckSettings()
    for option in CheckOption.all {
      guard let node = mapping[option.name] else { continue }
      option.apply(try value(of: option, mapping, node, subject), to: &settings)
    }
    return settings
  }

  private static func value(
    of option: CheckOption, _ mapping: Node.Mapping, _ node: Node, _ subject: Scenario.Subject
  ) throws(SettingError) -> CheckOption.Value {
    switch option.values {
    case .words(let words):
      return .word(try Setting.word(mapping, option.name, words) ?? "")
    case .count(let range):
      return .count(try Setting.number(mapping, option.name, in: range) ?? 0)
    case .seconds:
      guard case .layout = subject else { return .seconds(try Setting.seconds(option.name, node)) }
      return .seconds(Double(try Setting.number(mapping, option.name, in: 1...86_400) ?? 1))
    case .bytes:
      let text = try Setting.text(option.name, node)
      do throws(CheckOption.Failure) {
        return try option.value(of: text)
      } catch {
        throw Self.error(node, "`\(option.name)` \(error.message)")
      }
    }
  }

  private static func expectation(
    _ mapping: Node.Mapping, _ node: Node, _ subject: Scenario.Subject
  ) throws(SettingError) -> Scenario.Expectation? {
    let stated = mapping["expect"].map { node in
      node.scalar.flatMap { Scenario.Expectation($0.string) }
    }
    if case .some(nil) = stated {
      throw error(
        mapping["expect"],
        "`expect` is `holds`, `violates \"message\"`, `deadlock`, `error` or `inconclusive`; of a"
          + " layout `fits` or `does-not-fit`; of a log `conforms`, `refused` or"
          + " `ends-in-the-middle`")
    }
    guard case .layout = subject else {
      if stated??.isOfLayout == true || mapping["conflict"] != nil {
        throw error(
          mapping["conflict"] ?? mapping["expect"],
          "`fits`, `does-not-fit` and `conflict` are said of a layout")
      }
      return stated ?? nil
    }
    try Setting.checkKeys(of: mapping, layoutKeys)
    guard let expectation = stated ?? nil, expectation.isOfLayout else {
      throw error(mapping["expect"] ?? node, "of a layout `expect` is `fits` or `does-not-fit`")
    }
    guard let conflict = mapping["conflict"] else { return expectation }
    guard case .doesNotFit = expectation else {
      throw error(conflict, "`conflict` goes with `expect: does-not-fit`")
    }
    return .doesNotFit(rules: try rules(conflict))
  }

  /// Keys that say what a search finds.
  private static let searchKeys = [
    "states", "rules", "measure", "dead-rules", "expect-trace", "variants", "without",
  ]

  private static func log(
    _ mapping: Node.Mapping, _ node: Node, _ expectation: Scenario.Expectation?
  ) throws(SettingError) -> Scenario.Log? {
    guard let log = mapping["log"] else {
      if let map = mapping["map"] { throw error(map, "`map` says what the events of a `log` mean") }
      if expectation?.isOfLog == true {
        throw error(
          mapping["expect"], "`conforms`, `refused` and `ends-in-the-middle` are said of a `log`")
      }
      return nil
    }
    guard let map = mapping["map"] else {
      throw error(log, "a `log` needs a `map` that says what its events mean")
    }
    let isViolation = if case .violates? = expectation { true } else { false }
    guard expectation?.isOfLog == true || isViolation else {
      throw error(
        mapping["expect"] ?? node,
        "of a log `expect` is `conforms`, `refused`, `ends-in-the-middle` or `violates \"name\"`")
    }
    for key in searchKeys {
      if let wrong = mapping[key] {
        throw error(wrong, "`\(key)` is about a search, and a `log` is followed")
      }
    }
    return Scenario.Log(path: try Setting.path("log", log), map: try Setting.path("map", map))
  }

  private static func patches(
    _ mapping: Node.Mapping
  ) throws(SettingError) -> (paths: [String], folder: String?) {
    var paths: [String] = []
    switch (mapping["patch"], mapping["variants"]) {
    case (let patch?, nil):
      for (_, node) in try Setting.texts("patch", patch) {
        paths.append(try Setting.path("patch", node))
      }
      guard !paths.isEmpty else { throw error(patch, "`patch` names at least one file") }
      return (paths, nil)
    case (nil, let variants?): return ([], try Setting.path("variants", variants))
    case (_?, let variants?):
      throw error(variants, "`variants` is a folder of patches, and goes without `patch`")
    case (nil, nil): return ([], nil)
    }
  }

  /// A list of texts, or one; none where the key is not there.
  private static func texts(
    _ mapping: Node.Mapping, _ key: String
  ) throws(SettingError) -> [String] {
    guard let node = mapping[key] else { return [] }
    return try Setting.texts(key, node).map(\.0)
  }

  private static func states(_ node: Node?) throws(SettingError) -> Bounds? {
    guard let node else { return nil }
    return try Setting.bounds("states", node, in: 0...Int.max)
  }

  private static func measures(_ node: Node?) throws(SettingError) -> [String: Bounds] {
    guard let node else { return [:] }
    guard let mapping = node.mapping, !mapping.isEmpty else {
      throw error(node, "`measure` has to be a mapping of measures to what they may be")
    }
    var measures: [String: Bounds] = [:]
    for (key, value) in mapping {
      let name = try Setting.name(key)
      measures[name] = try Setting.bounds(name, value)
    }
    return measures
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
    try ConflictSetting.names(node)
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

extension Node.Mapping {
  /// An entry with what one of its sizes says of itself: the names are joined, values of constants,
  /// measures, dead rules and tags are added, and everything else is the size's where it has it.
  fileprivate func with(size: Node, of entry: Node) throws(SettingError) -> Node.Mapping {
    guard let own = size.mapping, let suffix = own["name"] else {
      throw SettingError(size, "a size is a mapping, and has a `name`")
    }
    guard let name = self["name"] else { throw SettingError(entry, "a scenario needs a `name`") }
    var result = self
    result["sizes"] = nil
    for (key, value) in own {
      switch try Setting.name(key) {
      case "name":
        let joined = "\(try Setting.text("name", name))-\(try Setting.text("name", suffix))"
        result["name"] = Node(joined, Tag(.str), .doubleQuoted)
      case let kind where kind == "set" || kind == "measure":
        guard var common = self[kind]?.mapping, let others = value.mapping else {
          result[key] = value
          continue
        }
        for (name, number) in others { common[name] = number }
        result[key] = Node.mapping(common)
      case let kind where kind == "tags" || kind == "dead-rules":
        var texts = try Setting.texts(kind, value).map(\.1)
        if let common = self[kind] { texts = try Setting.texts(kind, common).map(\.1) + texts }
        result[key] = Node(texts)
      case let other:
        guard ScenarioFile.keys.contains(other) else {
          throw SettingError(
            key, "`\(other)` is none of \(ScenarioFile.sizeKeys.joined(separator: ", "))")
        }
        guard !ScenarioFile.commonKeys.contains(other) else {
          throw SettingError(key, "`\(other)` is said of all sizes at once")
        }
        result[key] = value
      }
    }
    return result
  }
}
