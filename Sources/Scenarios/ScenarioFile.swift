internal import MemoryLayout
import Yams

/// Reads `swapcheck.yml`.
public enum ScenarioFile {
  /// The version of the format that is understood.
  public static let version = 1

  /// Reads the scenarios of a file's text.
  public static func read(_ text: String) throws(ScenarioError) -> [Scenario] {
    let root: Node?
    do throws(YAMLProblem) {
      root = try YAMLText.compose(text)
    } catch {
      throw ScenarioError(line: error.line, message: error.message)
    }
    guard let mapping = root?.mapping else {
      throw ScenarioError(line: 1, message: "expected `version:` and `scenarios:`")
    }
    try checkKeys(of: mapping, ["version", "scenarios"])
    guard mapping["version"]?.int == version else {
      throw error(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    guard let list = mapping["scenarios"]?.sequence else {
      throw error(mapping["scenarios"] ?? root, "`scenarios:` has to be a list")
    }
    var scenarios: [Scenario] = []
    for node in list {
      let scenario = try read(node)
      if scenarios.contains(where: { $0.name == scenario.name }) {
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

  private static func read(_ node: Node) throws(ScenarioError) -> Scenario {
    guard let mapping = node.mapping else { throw error(node, "a scenario has to be a mapping") }
    try checkKeys(of: mapping, keys)
    guard let name = mapping["name"]?.string, !name.isEmpty else {
      throw error(node, "a scenario needs a `name`")
    }
    guard let words = mapping["expect"]?.string, var expectation = Scenario.Expectation(words)
    else {
      throw error(
        mapping["expect"] ?? node,
        "`expect` is `holds`, `violates \"message\"`, `deadlock`, `error` or `inconclusive`; of a"
          + " layout `fits` or `does-not-fit`")
    }
    let subject = try subject(mapping, node, name)
    if case .layout = subject {
      try checkKeys(of: mapping, layoutKeys)
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
    let deadlock = mapping["deadlock"]?.string
    if let deadlock, !["stuttering", "stuck", "off"].contains(deadlock) {
      throw error(mapping["deadlock"], "`deadlock` is `stuttering`, `stuck` or `off`")
    }
    let symmetry = mapping["symmetry"]?.string
    if mapping["symmetry"] != nil, !["exact", "off"].contains(symmetry) {
      throw error(mapping["symmetry"], "`symmetry` is `exact` or `off`")
    }
    let dialect = mapping["dialect"]?.string
    if mapping["dialect"] != nil, !["auto", "rumur", "cmurphi"].contains(dialect) {
      throw error(mapping["dialect"], "`dialect` is `auto`, `rumur` or `cmurphi`")
    }
    return Scenario(
      name: name, subject: subject, constants: try constants(mapping["set"]),
      expectation: expectation, stateCount: try number(mapping, "states"),
      ruleFiringCount: try number(mapping, "rules"),
      tags: mapping["tags"]?.sequence?.compactMap(\.string) ?? [], dialect: dialect,
      deadlock: deadlock,
      symmetry: symmetry,
      maximumDepth: try number(mapping, "max-depth"),
      maximumStateCount: try number(mapping, "max-states"),
      timeoutSeconds: try number(mapping, "timeout").map(Double.init))
  }

  private static func subject(
    _ mapping: Node.Mapping, _ node: Node, _ name: String
  ) throws(ScenarioError) -> Scenario.Subject {
    switch (mapping["model"], mapping["layout"]) {
    case (let model?, nil):
      if let path = model.string { return .model(path) }
      throw error(model, "`model` is a path")
    case (nil, let layout?):
      if let path = layout.string { return .layout(path) }
      throw error(layout, "`layout` is a path")
    case (_?, let layout?):
      throw error(layout, "a scenario is about a `model` or a `layout`, and not about both")
    case (nil, nil): throw error(node, "scenario `\(name)` needs a `model` or a `layout`")
    }
  }

  private static func rules(_ node: Node) throws(ScenarioError) -> [String] {
    guard let list = node.sequence, !list.isEmpty else {
      throw error(node, "`conflict` is a list of rules, such as [low-memory, disjoint]")
    }
    var rules: [String] = []
    for entry in list {
      guard let rule = PlacementRule(name: entry.string ?? "") else {
        let names = PlacementRule.allCases.map(\.name).joined(separator: ", ")
        throw error(entry, "`\(entry.string ?? "?")` is no rule; there are \(names)")
      }
      rules.append(rule.name)
    }
    return rules
  }

  private static func constants(_ node: Node?) throws(ScenarioError) -> [String: Int64] {
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw error(node, "`set` has to be a mapping of constants to values")
    }
    var constants: [String: Int64] = [:]
    for (key, value) in mapping {
      guard let name = key.string else { throw error(key, "a constant's name is needed") }
      if let number = value.int {
        constants[name] = Int64(number)
      } else if let flag = value.bool {
        constants[name] = flag ? 1 : 0
      } else {
        throw error(value, "`\(name)` has to be a whole number, `true` or `false`")
      }
    }
    return constants
  }

  private static func number(
    _ mapping: Node.Mapping, _ key: String
  ) throws(ScenarioError) -> Int? {
    guard let node = mapping[key] else { return nil }
    guard let number = node.int, number >= 0 else {
      throw error(node, "`\(key)` has to be a whole number")
    }
    return number
  }

  private static func checkKeys(
    of mapping: Node.Mapping, _ allowed: Set<String>
  ) throws(ScenarioError) {
    for (key, _) in mapping {
      guard let name = key.string, allowed.contains(name) else {
        throw error(
          key, "`\(key.string ?? "?")` is none of \(allowed.sorted().joined(separator: ", "))")
      }
    }
  }

  private static func error(_ node: Node?, _ message: String) -> ScenarioError {
    ScenarioError(line: node?.mark?.line, message: message)
  }
}
