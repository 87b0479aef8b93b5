package import Diagnostics
package import Runs

/// A run as a page reads it: JSON in which each text stands once and a step is a list of numbers.
///
/// What nobody would see is written by its number, so that the page can show every text as it is.
package struct PageData {
  private var texts: [String] = []
  private var numbers: [String: Int] = [:]
  private var members: [(String, JSONValue)] = []
  private var steps: [Row] = []

  package init(_ run: ShownRun) {
    let drawing = Drawing(run)
    let holdings = Holding.all(of: run, drawing)
    let palette = Palette(run, drawing, holdings)
    let columns = RunColumns(run, drawing, holdings)
    steps = run.steps.map { row(of: $0, drawing) }
    members = [
      ("heading", text(run.finding?.message ?? "A run")),
      ("model", text(run.model)),
      ("patches", .array(run.patches.map(text))),
      ("without", .array(run.without.map(text))),
      ("constants", .array(run.constants.map { pair($0.name, $0.value) })),
      ("layout", .array(run.layout.map { pair($0.name, $0.text) })),
      ("finding", finding(run.finding)),
      ("lanes", .array(drawing.lanes.map(text))),
      ("colors", .array(drawing.lanes.indices.map { .string(palette.color($0)) })),
      ("tracks", .array(tracks(run, drawing, columns.columns))),
      ("omitted", .number(columns.omittedCount)),
      ("places", .array(run.places.map(place))),
      ("texts", .array(texts.map(text))),
    ]
  }

  /// For a page that is given it in an answer.
  package var value: JSONValue {
    .object(members + [("steps", .array(steps.map(\.value)))])
  }

  /// For a page that has it in itself: a line for each step, and nothing that ends an element.
  var json: String {
    let head = JSONValue.object(members).text.trimmedEnd
    return "\(head),\n\"steps\": [\n\(steps.map(\.line).joined(separator: ",\n"))\n]}"
      .replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026")
  }

  /// `[lane, rule, parameters, location, fails, [place, value, …], [from, to, word, …], [output, …]]`;
  /// what is not there is -1.
  private struct Row {
    let numbers: [Int]
    let lists: [[Int]]

    var line: String {
      "[" + (numbers.map(String.init) + lists.map(Self.list)).joined(separator: ",") + "]"
    }

    var value: JSONValue {
      .array(numbers.map { .number($0) } + lists.map { .array($0.map { .number($0) }) })
    }

    private static func list(_ numbers: [Int]) -> String {
      "[" + numbers.map(String.init).joined(separator: ",") + "]"
    }
  }

  private func text(_ text: String) -> JSONValue { .string(DisplayText(text).description) }

  private func pair(_ name: String, _ value: String) -> JSONValue {
    .array([text(name), text(value)])
  }

  private func finding(_ finding: ShownRun.Finding?) -> JSONValue {
    guard let finding else { return .null }
    let part = finding.part.map { part in
      part.split(separator: "\n", omittingEmptySubsequences: false).map { text(String($0)) }
    }
    return .object([
      ("kind", text(finding.kind)), ("message", text(finding.message)),
      ("location", finding.location.map(text) ?? .null), ("part", .array(part ?? [])),
      ("values", .array(finding.values.map { pair($0.name, $0.value) })),
      ("reads", .array(finding.reads.map { .number($0) })),
      ("notes", .array(finding.notes.map { pair($0.message, $0.location) })),
    ])
  }

  /// The name, the variable, and the parts of the name behind it.
  private func place(_ place: ShownPlace) -> JSONValue {
    .array([text(place.name), text(place.variable)] + place.path.map { text($0.text) })
  }

  /// The number of a text.
  private mutating func number(_ text: String) -> Int {
    if let number = numbers[text] { return number }
    let number = texts.count
    numbers[text] = number
    texts.append(text)
    return number
  }

  private mutating func row(of step: ShownRun.Step, _ drawing: Drawing) -> Row {
    let lane = drawing.lane(of: step) ?? -1
    let title = number(lane < 0 ? step.rule : step.action)
    let parameters = number(step.parameterList)
    let location = step.location.map { number($0) } ?? -1
    var changes: [Int] = []
    for change in step.changes { changes += [change.place, number(change.new)] }
    var messages: [Int] = []
    for message in drawing.messages(of: step) {
      messages += [message.from ?? -1, message.to ?? -1, number(message.word)]
    }
    let output = step.output.map { number($0) }
    return Row(
      numbers: [lane, title, parameters, location, step.fails ? 1 : 0],
      lists: [changes, messages, output])
  }

  /// Things with their stripes: the place, and which lane's colour a value gives.
  private func tracks(
    _ run: ShownRun, _ drawing: Drawing, _ columns: [RunColumns.Column]
  ) -> [JSONValue] {
    var values: [Int: Set<String>] = [:]
    for change in run.steps.lazy.flatMap(\.changes) {
      values[change.place, default: []].insert(change.new)
    }
    return columns.map { column in
      let stripes = column.stripes.map { stripe -> JSONValue in
        let known = (values[stripe.place] ?? []).compactMap { value -> (String, Int)? in
          drawing.lane(of: value, stripe.meaning).map { (value, $0) }
        }
        return .object([
          ("place", .number(stripe.place)),
          ("kind", .string(stripe.meaning.kind)),
          (
            "lanes",
            .object(
              known.compactMap { value, lane in numbers[value].map { (String($0), .number(lane)) } }
                .sorted { $0.0 < $1.0 })
          ),
        ])
      }
      return .object([
        ("name", text(column.name)), ("variable", text(column.variable)),
        ("stripes", .array(stripes)),
      ])
    }
  }
}

extension String {
  /// Without the bracket that closes an object.
  fileprivate var trimmedEnd: String { String(dropLast(2)) }
}
