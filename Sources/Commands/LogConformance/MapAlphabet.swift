package import Automata
package import Conformance
import EventLogs
package import Exploration
import Report
import TransitionSystem

/// The events of a map as the symbols of an automaton.
///
/// A symbol is an entry's name for it (`as`), or else the name of its event. What an event says of the model
/// depends on its fields, which no symbol has: it may have been each of what they can be.
package struct MapAlphabet {
  package private(set) var alphabet: Alphabet
  /// What holds in the start states.
  package let start: [BoundCondition]
  /// What holds where a log may end.
  package let end: BoundCondition?
  private let meaning: MapInModel
  private let keepsValues: Bool
  private let view: FieldView?
  private var usedHidden: Set<String> = []

  /// Which element's events are seen: those whose field has another value are not.
  package struct FieldView: Sendable {
    package let field: String
    /// As the log has it, or in the model's words; nil for any element, which has to be interchangeable.
    package let value: String?

    package init(field: String, value: String?) { (self.field, self.value) = (field, value) }
  }

  /// Values of fields that are told apart at most in one entry.
  private static let mostAssignments = 1 << 16

  /// - Parameters:
  ///   - keepsValues: Whether symbols have the values of the fields that the map makes use of.
  ///   - hiding: Symbols that nobody sees.
  package init(
    _ meaning: MapInModel, keepsValues: Bool, view: FieldView?, hiding: Set<String>
  ) throws(MapError) {
    self.meaning = meaning
    self.keepsValues = keepsValues
    var names = ElementNames(fixed: meaning.fixed)
    start = try meaning.startConditions(&names)
    end = meaning.end.map { BoundCondition(condition: $0, bindings: []) }
    let word = try view.map { view throws(MapError) in try Self.word(view, meaning, names) }
    if let view, let word {
      self.view = FieldView(field: view.field, value: word)
    } else {
      self.view = nil
    }
    alphabet = Alphabet(
      unseen: meaning.unseen,
      named: Self.named(meaning, keepsValues: keepsValues, viewed: view?.field))
    for (number, entry) in meaning.map.entries.enumerated() where !entry.isIgnored {
      try add(number, entry, hiding)
    }
    if let unknown = hiding.subtracting(usedHidden).sorted().first {
      throw MapError(
        "no event of the map is called `\(unknown)`, so that it could be hidden",
        hint: "the events are \(alphabet.symbols.map(\.name).joined(separator: ", "))")
    }
  }

  /// What the model calls the element whose events are seen.
  package var viewed: String? { view?.value }

  // MARK: - Fields

  /// The fields that an entry makes use of, and of what types they are there.
  private static func fields(
    of number: Int, _ meaning: MapInModel
  ) -> [(field: String, type: ScalarType)] {
    let entry = meaning.entries[number]
    var found: [(field: String, type: ScalarType)] = []
    for rule in entry.rules ?? [] {
      for (parameter, given) in rule.given {
        guard case .field(let field) = given else { continue }
        found.append((field, meaning.model.system.rules[rule.rule].parameters[parameter].type))
      }
    }
    for use in entry.uses {
      for (field, parameter) in zip(use.fields, meaning.conditions[use.condition].parameters) {
        found.append((field, parameter.type))
      }
    }
    return found
  }

  /// What the model calls the element that is looked at.
  private static func word(
    _ view: FieldView, _ meaning: MapInModel, _ names: ElementNames
  ) throws(MapError) -> String {
    let all = meaning.entries.indices.flatMap { fields(of: $0, meaning) }
    guard let type = all.first(where: { $0.field == view.field })?.type else {
      let known = Set(all.map(\.field)).sorted().map { "`\($0)`" }
      throw MapError(
        "no entry of the map makes use of a field `\(view.field)`",
        hint: known.isEmpty ? nil : "fields: \(known.joined(separator: ", "))")
    }
    if let value = view.value {
      let mapped = meaning.map.fields[view.field]?.values[value] ?? value
      if type.value(called: mapped) != nil { return mapped }
      if let element = names.all[type.identity]?[value] { return type.describe(element) }
      throw MapError("`\(value)` is no value of field `\(view.field)`")
    }
    guard case .scalarset = type.kind else {
      throw MapError(
        "values of field `\(view.field)` are not interchangeable, so it matters whose view it is",
        hint: "--for \(view.field)=\(type.describe(type.lower))")
    }
    let taken = Set(names.names(of: type).map(\.element))
    guard
      let free = (type.lower...max(type.lower, type.upper)).first(where: { !taken.contains($0) })
    else {
      throw MapError(
        "the map gives a name to each element of `\(type.name ?? view.field)` at the start",
        hint: "--for \(view.field)=NAME")
    }
    return type.describe(free)
  }

  /// Scalarsets whose elements are told apart: by what is looked at, by conditions, and by symbols.
  private static func named(
    _ meaning: MapInModel, keepsValues: Bool, viewed: String?
  ) -> Set<Int> {
    var named: Set<Int> = []
    func note(_ type: ScalarType) { named.formUnion(type.scalarsets.map(\.identity)) }
    for number in meaning.entries.indices {
      for (field, type) in fields(of: number, meaning) where keepsValues || field == viewed {
        note(type)
      }
      let entry = meaning.entries[number]
      for use in entry.uses {
        for parameter in meaning.conditions[use.condition].parameters { note(parameter.type) }
      }
    }
    for condition in meaning.start {
      for parameter in meaning.conditions[condition.use.condition].parameters {
        note(parameter.type)
      }
    }
    return named
  }

  // MARK: - Symbols

  private mutating func add(
    _ number: Int, _ entry: EventMap.Entry, _ hiding: Set<String>
  ) throws(MapError) {
    let names = try Self.names(of: entry)
    let fields = Self.fields(of: number, meaning)
    let told = toldApart(number, fields)
    var domains: [(field: String, words: [String])] = []
    var count = 1
    for field in told {
      var words: [String] = []
      for (_, type) in fields.filter({ $0.field == field }) {
        guard let size = type.valueCount, size <= Self.mostAssignments else {
          throw tooMany(entry, field)
        }
        for value in type.lower...max(type.lower, type.upper) where size > 0 {
          let word = type.describe(value)
          if !words.contains(word) { words.append(word) }
        }
      }
      count *= max(1, words.count)
      guard count <= Self.mostAssignments else { throw tooMany(entry, field) }
      domains.append((field, words))
    }
    usedHidden.formUnion(hiding.intersection(names))
    for name in names where !hiding.contains(name) && !keepsValues { alphabet.add(name) }
    forEachAssignment(domains) { values in
      guard let event = event(number, values) else { return }
      let isOther = view.map { values[$0.field] != nil && values[$0.field] != $0.value } ?? false
      for name in names {
        if isOther || hiding.contains(name) {
          alphabet.hide(event)
        } else {
          alphabet.add(symbol(name, told, values), event)
        }
      }
    }
  }

  private static func names(of entry: EventMap.Entry) throws(MapError) -> [String] {
    if let label = entry.label { return [label] }
    if let pattern = entry.events.first(where: { !$0.isName }) {
      throw MapError(
        line: entry.line, "`\(pattern.text)` stands for several events",
        hint: "`as: NAME` says what an automaton calls them")
    }
    return entry.events.map(\.text)
  }

  /// The fields whose values make a difference: others may have any.
  private func toldApart(
    _ number: Int, _ fields: [(field: String, type: ScalarType)]
  ) -> [String] {
    let entry = meaning.entries[number]
    let inConditions = Set(entry.uses.flatMap(\.fields))
    var told: [String] = []
    for (field, _) in fields where !told.contains(field) {
      let isTwice = (entry.rules ?? []).contains { rule in
        rule.given.filter { if case .field(field) = $0.value { true } else { false } }.count > 1
      }
      if keepsValues || field == view?.field || isTwice || inConditions.contains(field) {
        told.append(field)
      }
    }
    return told
  }

  private func forEachAssignment(
    _ domains: [(field: String, words: [String])], _ body: ([String: String]) -> Void
  ) {
    var values: [String: String] = [:]
    func go(_ position: Int) {
      guard position < domains.count else { return body(values) }
      for word in domains[position].words {
        values[domains[position].field] = word
        go(position + 1)
      }
    }
    go(0)
  }

  /// What an event says whose fields have some values; nil where it cannot have them.
  private func event(_ number: Int, _ values: [String: String]) -> ObservedEvent? {
    let entry = meaning.entries[number]
    func bound(_ use: MapInModel.ConditionUse) -> BoundCondition? {
      var bindings: [Int64] = []
      for (field, parameter) in zip(use.fields, meaning.conditions[use.condition].parameters) {
        guard let value = values[field].flatMap({ parameter.type.value(called: $0) }) else {
          return nil
        }
        bindings.append(value)
      }
      return BoundCondition(condition: use.condition, bindings: bindings)
    }
    let (before, after) = (entry.before.map(bound), entry.after.map(bound))
    let nothing = entry.nothingWhere.map(bound)
    for condition in [before, after, nothing] {
      if case .some(.none) = condition { return nil }
    }
    var patterns: [RulePattern]?
    if let rules = entry.rules {
      patterns = rules.compactMap { pattern($0, values) }
      if patterns?.isEmpty == true { return nil }
    }
    return ObservedEvent(
      rules: patterns, nothingWhere: nothing.map { [$0].compactMap { $0 } },
      before: [before].compactMap { $0 ?? nil },
      after: [after].compactMap { $0 ?? nil })
  }

  /// Nil where a parameter has no such value.
  private func pattern(_ rule: MapInModel.RuleNames, _ values: [String: String]) -> RulePattern? {
    var bindings: [RulePattern.Binding] = []
    for (parameter, given) in rule.given {
      switch given {
      case .value(let value): bindings.append(.init(parameter: parameter, value: value))
      case .field(let field):
        guard let word = values[field] else { continue }
        let type = meaning.model.system.rules[rule.rule].parameters[parameter].type
        guard let value = type.value(called: word) else { return nil }
        bindings.append(.init(parameter: parameter, value: value))
      }
    }
    return RulePattern(rule: rule.rule, bindings: bindings)
  }

  private func symbol(_ name: String, _ told: [String], _ values: [String: String]) -> String {
    guard keepsValues else { return name }
    let words = told.filter { $0 != view?.field }.compactMap { values[$0] }
    return ([name] + words).joined(separator: " ")
  }

  private func tooMany(_ entry: EventMap.Entry, _ field: String) -> MapError {
    MapError(
      line: entry.line,
      "the fields of the entry have more than \(Self.mostAssignments) values"
        + " together, `\(field)` among them",
      hint: "give it a type with fewer values under `fields`")
  }
}

extension MapInModel {
  /// What is to be known of the model to be observed as the map says.
  package func stateSets(
    _ alphabet: MapAlphabet, _ options: ExplorationOptions, _ space: SearchSpace
  ) -> StateSets {
    StateSets(
      StepSource(space, options), judge: judge, conditions: conditions,
      unseen: alphabet.alphabet.unseen)
  }
}
