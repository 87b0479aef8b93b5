import Diagnostics
import Runs

/// A run in the Informal Trace Format of Apalache, which Quint, trace viewers and generators of tests
/// read.
///
/// Source: Apalache, ADR 015, "Informal Trace Format in JSON". Arrays are maps, records are records,
/// and a multiset is the list of the members that are there. A map and a record lack what has no
/// value, as a function is not defined there; a variable that is one value and has none is the word
/// `undefined`, because a state has a value for every variable. The step that cannot be taken to its
/// end leads to no state, and stands in `#meta` of the trace.
struct InformalTrace {
  private let run: ShownRun
  private let variables: [ValueTree]
  /// The variable of each place.
  private let variableOfPlace: [Int]
  private let names: [String]
  /// The variable for the rule that led to a state.
  private let actionName: String
  private let parameters: [(name: String, value: JSONValue)]

  init(_ run: ShownRun) {
    self.run = run
    (variables, variableOfPlace) = ValueTree.variables(run.places)
    var taken: Set<String> = []
    names = variables.map { Self.free($0.name, &taken) }
    actionName = Self.free("action", &taken)
    var parameters: [(name: String, value: JSONValue)] = []
    for constant in run.constants {
      parameters.append((Self.free(constant.name, &taken), Self.literal(constant.value)))
    }
    for value in run.layout {
      parameters.append((Self.free(value.name, &taken), Self.literal(value.value)))
    }
    self.parameters = parameters
  }

  /// A name that no other has. Names that begin with `#` belong to the format.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var free = name.hasPrefix("#") ? "_" + name : name
    while !taken.insert(free).inserted { free = "_" + free }
    return free
  }

  // MARK: - The document

  /// One line for each state.
  var text: String {
    var text = "{\n"
    text += "\"#meta\": \(meta.line),\n"
    let list = parameters.map { JSONValue.string($0.name) }
    if !list.isEmpty { text += "\"params\": \(JSONValue.array(list).line),\n" }
    text += "\"vars\": \(JSONValue.array((names + [actionName]).map { .string($0) }).line),\n"
    text += "\"states\": ["
    appendStates(to: &text)
    return text + "\n]\n}\n"
  }

  /// What a step changes is written anew, and all else as it was: the work is that of the changes.
  private func appendStates(to text: inout String) {
    let keys = names.map { JSONValue.string($0).line }
    var values = [String](repeating: ShownRun.undefined, count: run.places.count)
    var parts = variables.map { $0.value(values, run.places).line }
    for (number, step) in run.steps.enumerated() where !step.fails {
      for change in step.changes { values[change.place] = change.new }
      for variable in Set(step.changes.map { variableOfPlace[$0.place] }) {
        parts[variable] = variables[variable].value(values, run.places).line
      }
      text += number == 0 ? "\n" : ",\n"
      text += "{\"#meta\": \(meta(step, number: number).line)"
      if number == 0 {
        for parameter in parameters {
          text += ", \(JSONValue.string(parameter.name).line): \(parameter.value.line)"
        }
      }
      for (key, part) in zip(keys, parts) { text += ", \(key): \(part)" }
      text += ", \(JSONValue.string(actionName).line): \(JSONValue.string(step.title).line)}"
    }
  }

  private var meta: JSONValue {
    var members: [(String, JSONValue)] = [
      ("format", .string("ITF")),
      (
        "format-description",
        .string("https://apalache-mc.org/docs/adr/015adr-trace.html")
      ),
      ("source", .string(run.model)),
      ("description", .string("Created by swapcheck")),
    ]
    if !run.patches.isEmpty {
      members.append(("patches", .array(run.patches.map { .string($0) })))
    }
    if !run.without.isEmpty {
      members.append(("without", .array(run.without.map { .string($0) })))
    }
    if let finding = run.finding { members.append(("violation", json(finding))) }
    if let number = run.steps.firstIndex(where: \.fails) {
      members.append(("failing", meta(run.steps[number], number: number)))
    }
    return .object(members)
  }

  private func json(_ finding: ShownRun.Finding) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("kind", .string(finding.kind)), ("message", .string(finding.message)),
    ]
    if let location = finding.location { members.append(("location", .string(location))) }
    if !finding.notes.isEmpty {
      let notes = finding.notes.map { note in
        JSONValue.object([
          ("message", .string(note.message)), ("location", .string(note.location)),
          ("part", .string(note.part)),
        ])
      }
      members.append(("notes", .array(notes)))
    }
    return .object(members)
  }

  private func meta(_ step: ShownRun.Step, number: Int) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("index", .number(number)), ("rule", .string(step.rule)),
    ]
    if let actor = step.actor { members.append(("actor", .string(actor))) }
    if !step.parameters.isEmpty {
      members.append(
        ("parameters", .object(step.parameters.map { ($0.name, Self.literal($0.value)) })))
    }
    if let location = step.location { members.append(("location", .string(location))) }
    if !step.output.isEmpty {
      members.append(("output", .array(step.output.map { .string($0) })))
    }
    return .object(members)
  }

  // MARK: - Values

  /// A value of which the kind is seen by its looks.
  static func literal(_ text: String) -> JSONValue {
    if text == "true" || text == "false" { return .bool(text == "true") }
    return number(text) ?? .string(text)
  }

  /// Integers beyond 53 bits are big integers; nil for what is no integer.
  static func number(_ text: String) -> JSONValue? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39) ~= $0 }) else { return nil }
    if let value = Int(text), value.magnitude < 1 << 53 { return .number(value) }
    return .object([("#bigint", .string(text))])
  }
}
