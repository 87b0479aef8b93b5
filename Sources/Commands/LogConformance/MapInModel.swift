import Analysis
import Conformance
import Diagnostics
package import EventLogs
import Exploration
package import Report
import Symmetry
import TransitionSystem

/// A map resolved in a model: rules by their numbers, expressions read, parameters told apart.
package struct MapInModel: Sendable {
  package let map: EventMap
  package let model: ModelText
  /// For each entry, what it says.
  let entries: [Entry]
  let unseen: [UnseenRule]
  let judge: TransitionSystem
  let judgeSource: SourceText
  let conditions: [Property]
  /// What the conditions are in the map.
  private let texts: [EventMap.Text]
  let start: [StatedCondition]
  /// The number of the condition that holds at the end.
  let end: Int?
  /// Identities of the scalarsets whose elements the map tells apart.
  let named: Set<Int>
  /// Identities of scalarsets whose elements are not interchangeable.
  let fixed: Set<Int>

  struct Entry: Sendable {
    let rules: [RuleNames]?
    let before: ConditionUse?
    let after: ConditionUse?
    /// Where none of the rules need have fired.
    let nothingWhere: ConditionUse?

    /// All conditions.
    var uses: [ConditionUse] { [before, after, nothingWhere].compactMap { $0 } }
  }

  /// A rule that an entry names, and the parameters that are given.
  struct RuleNames: Sendable {
    let rule: Int
    let given: [(parameter: Int, value: Given)]
  }

  enum Given: Sendable {
    case field(String)
    case value(Int64)
  }

  /// A condition by its number, and the fields that its parameters are.
  struct ConditionUse: Sendable {
    let condition: Int
    let fields: [String]
  }

  struct StatedCondition: Sendable {
    let use: ConditionUse
    let values: [String: String]
    let line: Int
  }

  package init(_ map: EventMap, in model: ModelText) throws(MapError) {
    self.map = map
    self.model = model
    let system = model.system
    guard system.pathSlot == nil, system.symbolicConstants.isEmpty else {
      throw MapError(
        "the model leaves constants open, and a log is of one machine",
        hint: "swapcheck instantiate makes a model of some values for them")
    }
    var asked: [MapConditions.Asked] = []
    func number(_ text: EventMap.Text) -> Int {
      asked.append(MapConditions.Asked(text: text))
      return asked.count - 1
    }
    let startNumbers = map.start.holds.map { number($0.text) }
    let endNumber = map.end.map(number)
    let entryNumbers = map.entries.map {
      ($0.before.map(number), $0.after.map(number), $0.nothingWhere.map(number))
    }
    unseen = try Self.unseen(map, in: system, &asked)
    let read = try MapConditions(asked, map, in: model)
    judge = read.judge
    judgeSource = read.source
    conditions = read.properties
    texts = asked.map(\.text)
    func use(_ number: Int) -> ConditionUse {
      ConditionUse(condition: number, fields: read.fields[number])
    }
    var entries: [Entry] = []
    for (entry, numbers) in zip(map.entries, entryNumbers) {
      entries.append(
        Entry(
          rules: try entry.rules.map { rules throws(MapError) in
            try Self.rules(rules, entry, in: system)
          },
          before: numbers.0.map(use), after: numbers.1.map(use),
          nothingWhere: numbers.2.map(use)))
    }
    self.entries = entries
    var start: [StatedCondition] = []
    for (condition, number) in zip(map.start.holds, startNumbers) {
      let use = use(number)
      for field in use.fields where condition.values[field] == nil {
        throw MapError(
          line: condition.text.line, "nothing says what `\(field)` is at the start",
          hint: "holds: {expression: \"\(condition.text.text)\", \(field): 0}")
      }
      start.append(.init(use: use, values: condition.values, line: condition.text.line))
    }
    self.start = start
    if let endNumber, let field = read.fields[endNumber].first {
      throw MapError(
        line: map.end?.line, "`end` is about the model alone, and `\(field)` is a field")
    }
    end = endNumber
    let ofRules = Set(unseen.compactMap(\.condition))
    named = Self.named(
      entries, conditions.indices.filter { !ofRules.contains($0) }.map { read.properties[$0] },
      system)
    let all = Array(repeating: true, count: judge.slotCount)
    let refused = SymmetryPlan(judge, mayBeUndefined: all).refusals.map(\.type)
    fixed = Set(refused.map(\.identity))
    try checkInterchangeable(refused)
  }

  /// A condition as the map has it.
  func text(ofCondition number: Int) -> EventMap.Text? {
    texts.indices.contains(number) ? texts[number] : nil
  }

  // MARK: - Rules

  private static func rules(
    _ texts: [EventMap.Text], _ entry: EventMap.Entry, in system: TransitionSystem
  ) throws(MapError) -> [RuleNames] {
    var found: [RuleNames] = []
    var used: Set<String> = []
    for text in texts {
      for rule in try numbers(of: text, in: system) {
        let parameters = system.rules[rule].parameters
        var given: [(parameter: Int, value: Given)] = []
        for (name, value) in entry.with {
          guard let position = parameters.firstIndex(where: { $0.name == name }) else { continue }
          used.insert(name)
          let type = parameters[position].type
          // What is no value of the model is a field.
          let stated: Given =
            if case .scalarset = type.kind { .field(value.text) } else {
              type.value(called: value.text).map { .value($0) } ?? .field(value.text)
            }
          given.append((position, stated))
        }
        found.append(RuleNames(rule: rule, given: given))
      }
    }
    for (name, value) in entry.with where !used.contains(name) {
      let known = Set(found.flatMap { system.rules[$0.rule].parameters.map(\.name) })
      throw MapError(
        line: value.line, "no rule of the entry has a parameter `\(name)`",
        hint: didYouMean(name, among: known))
    }
    return found
  }

  /// The rules of a name, which several may have.
  private static func numbers(
    of text: EventMap.Text, in system: TransitionSystem
  ) throws(MapError) -> [Int] {
    let found = system.rules.indices.filter { system.rules[$0].name == text.text }
    guard !found.isEmpty else {
      throw MapError(
        line: text.line, "the model has no rule \"\(text.text)\"",
        hint: didYouMean(text.text, among: Set(system.rules.map(\.name))))
    }
    return found
  }

  private static func unseen(
    _ map: EventMap, in system: TransitionSystem, _ asked: inout [MapConditions.Asked]
  ) throws(MapError) -> [UnseenRule] {
    var unseen: [UnseenRule] = []
    for entry in map.unseen {
      for rule in try numbers(of: entry.rule, in: system) {
        // Of two conditions nobody could say whether one or both are meant.
        guard !unseen.contains(where: { $0.rule == rule }) else {
          throw MapError(
            line: entry.rule.line, "rule \"\(entry.rule.text)\" is listed twice under `unseen`",
            hint: "one entry whose `where` has both conditions, joined by |")
        }
        var condition: Int?
        if let text = entry.condition {
          condition = asked.count
          asked.append(MapConditions.Asked(text: text, rule: system.rules[rule]))
        }
        unseen.append(UnseenRule(rule: rule, most: entry.most, condition: condition))
      }
    }
    if map.hidesOthers {
      let spoken = Set(map.entries.flatMap { ($0.rules ?? []).map(\.text) })
        .union(map.unseen.map(\.rule.text))
      for rule in system.rules.indices where !spoken.contains(system.rules[rule].name) {
        unseen.append(UnseenRule(rule: rule))
      }
    }
    return unseen
  }

  // MARK: - Elements

  private static func named(
    _ entries: [Entry], _ conditions: [Property], _ system: TransitionSystem
  ) -> Set<Int> {
    var named: Set<Int> = []
    func note(_ type: ScalarType) { named.formUnion(type.scalarsets.map(\.identity)) }
    for rule in entries.flatMap({ $0.rules ?? [] }) {
      for (parameter, _) in rule.given { note(system.rules[rule.rule].parameters[parameter].type) }
    }
    for property in conditions { for parameter in property.parameters { note(parameter.type) } }
    return named
  }

  /// That any element may stand for any name, or that the map names elements.
  private func checkInterchangeable(_ refused: [ScalarType]) throws(MapError) {
    for type in refused where named.contains(type.identity) {
      let isGiven = map.fields.values.contains { !$0.values.isEmpty && $0.type.text == type.name }
      guard !isGiven else { continue }
      throw MapError(
        "elements of `\(type.name ?? "a scalarset")` are not interchangeable in the model, so it"
          + " matters which of them a value of the log is",
        hint:
          "fields: {NAME: {type: \(type.name ?? "T"), values: {0: \(type.describe(type.lower))}}}")
    }
  }

  /// Keeps the elements that the map gives to values of fields from being taken for others.
  func reserveElements(in names: inout ElementNames) throws(MapError) {
    var uses: [(field: String, type: ScalarType)] = []
    for entry in entries {
      for rule in entry.rules ?? [] {
        for case (let parameter, .field(let field)) in rule.given {
          uses.append((field, model.system.rules[rule.rule].parameters[parameter].type))
        }
      }
    }
    for use in entries.flatMap(\.uses) + start.map(\.use) {
      for (field, parameter) in zip(use.fields, conditions[use.condition].parameters) {
        uses.append((field, parameter.type))
      }
    }
    for (field, type) in uses {
      guard let stated = map.fields[field] else { continue }
      for (text, word) in stated.values.sorted(by: { $0.key < $1.key }) {
        guard names.reserve(word, type) else {
          throw MapError(
            line: stated.type.line,
            "field `\(field)`: \(text) is said to be `\(word)`, which is no value of"
              + " `\(type.name ?? stated.type.text)`")
        }
      }
    }
  }

  // MARK: - Events

  /// What an event of an entry says of the model.
  ///
  /// - Parameter names: What elements are called, which grows.
  func meaning(
    of event: LogEvent, entry number: Int, _ names: inout ElementNames
  ) throws(LogError) -> ObservedEvent {
    let entry = entries[number]
    var patterns: [RulePattern]?
    if let rules = entry.rules {
      patterns = []
      for rule in rules {
        var bindings: [RulePattern.Binding] = []
        var exists = true
        for (parameter, given) in rule.given {
          switch given {
          case .value(let value): bindings.append(.init(parameter: parameter, value: value))
          case .field(let field):
            let type = model.system.rules[rule.rule].parameters[parameter].type
            let value = try self.value(of: field, type, event, number, &names)
            if let value {
              bindings.append(.init(parameter: parameter, value: value))
            } else {
              exists = false
            }
          }
        }
        if exists { patterns?.append(RulePattern(rule: rule.rule, bindings: bindings)) }
      }
    }
    return ObservedEvent(
      rules: patterns,
      nothingWhere: try entry.nothingWhere.map { use throws(LogError) in
        [try bound(use, event, number, &names)]
      },
      before: try entry.before.map { use throws(LogError) in
        [try bound(use, event, number, &names)]
      } ?? [],
      after: try entry.after.map { use throws(LogError) in
        [try bound(use, event, number, &names)]
      } ?? [])
  }

  private func bound(
    _ use: ConditionUse, _ event: LogEvent, _ entry: Int, _ names: inout ElementNames
  ) throws(LogError) -> BoundCondition {
    var bindings: [Int64] = []
    for (field, parameter) in zip(use.fields, conditions[use.condition].parameters) {
      guard let value = try value(of: field, parameter.type, event, entry, &names) else {
        throw LogError(
          line: event.line,
          "field `\(field)` is \(event.value(of: field)?.value ?? ""), which is no value of"
            + " `\(map.fields[field]?.type.text ?? "")`")
      }
      bindings.append(value)
    }
    return BoundCondition(condition: use.condition, bindings: bindings)
  }

  /// Nil for what the type does not have.
  private func value(
    of field: String, _ type: ScalarType, _ event: LogEvent, _ entry: Int,
    _ names: inout ElementNames
  ) throws(LogError) -> Int64? {
    guard let text = event.value(of: field) else {
      throw LogError(
        line: event.line, "event `\(event.name)` has no field `\(field)`",
        hint: "the entry in line \(map.entries[entry].line) of the map asks for it; is the line"
          + " cut off?")
    }
    return try value(text.value, field, type, line: event.line, &names)
  }

  private func value(
    _ text: String, _ field: String, _ type: ScalarType, line: Int, _ names: inout ElementNames
  ) throws(LogError) -> Int64? {
    do throws(ElementNames.Failure) {
      return try names.value(text, type, map.fields[field]?.values ?? [:])
    } catch {
      switch error {
      case .noValue: return nil
      case .unnamed(let set):
        throw LogError(
          line: line,
          "`\(field)` is \(text), and it makes a difference which element of"
            + " `\(set.name ?? "a scalarset")` that is",
          hint: "`values` of the field in the map says it for each value of the log")
      case .allTaken(let set):
        let count = set.valueCount ?? 0
        throw LogError(
          line: line,
          "`\(field)` is \(text), and all \(count) elements of `\(set.name ?? "a scalarset")` have"
            + " other names already",
          hint:
            "give the model as many elements as the log names, such as by --set CPUS=\(count + 1)")
      }
    }
  }

  /// What holds at the start.
  func startConditions(_ names: inout ElementNames) throws(MapError) -> [BoundCondition] {
    var bound: [BoundCondition] = []
    for condition in start {
      var bindings: [Int64] = []
      for (field, parameter) in zip(
        condition.use.fields, conditions[condition.use.condition].parameters)
      {
        let text = condition.values[field] ?? ""
        let value: Int64?
        do throws(LogError) {
          value = try self.value(text, field, parameter.type, line: 0, &names)
        } catch {
          throw MapError(line: condition.line, error.message, hint: error.hint)
        }
        guard let value else {
          throw MapError(
            line: condition.line, "`\(field)` is \(text) at the start, which its type does not have"
          )
        }
        bindings.append(value)
      }
      bound.append(BoundCondition(condition: condition.use.condition, bindings: bindings))
    }
    return bound
  }
}
