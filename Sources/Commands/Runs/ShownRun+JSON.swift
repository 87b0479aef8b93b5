package import Diagnostics

extension ShownRun {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 1

  /// The file of a kept run; docs/schemas/trace-1.schema.json says what it holds.
  package var document: JSONValue {
    .document("trace", version: Self.formatVersion, members)
  }

  /// The run as a part of another document.
  package var json: JSONValue { .object(members) }

  private var members: [(String, JSONValue)] {
    [
      ("model", .string(model)),
      ("patches", .array(patches.map { .string($0) })),
      ("without", .array(without.map { .string($0) })),
      ("constants", Self.list(constants)),
      ("layout", .array(layout.map(json))),
      ("finding", finding.map(json) ?? .null),
      ("picture", picture.map(json) ?? .null),
      ("places", .array(places.map(json))),
      ("steps", .array(steps.enumerated().map { json($1, number: $0 + 1) })),
    ]
  }

  /// A list and no object, because the order is part of it.
  private static func list(_ values: [NamedValue]) -> JSONValue {
    .array(
      values.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) })
  }

  /// A value has its decimal digits in a string, because it may have more than 53 bits.
  private func json(_ value: LayoutValue) -> JSONValue {
    .object([
      ("name", .string(value.name)), ("value", .string(value.value)),
      ("text", .string(value.text)),
    ])
  }

  private func json(_ place: ShownPlace) -> JSONValue {
    .object([
      ("name", .string(place.name)), ("kind", .string(place.kind.rawValue)),
      ("type", place.type.map { .string($0) } ?? .null),
    ])
  }

  private func json(_ picture: Picture) -> JSONValue {
    .object(
      Picture.Key.allCases.map { ($0.rawValue, .array(picture[$0].map { .string($0) })) })
  }

  private func json(_ finding: Finding) -> JSONValue {
    .object([
      ("kind", .string(finding.kind)),
      ("name", finding.name.map { .string($0) } ?? .null),
      ("message", .string(finding.message)),
      ("location", finding.location.map { .string($0) } ?? .null),
      ("part", finding.part.map { .string($0) } ?? .null),
      ("values", Self.list(finding.values)),
      ("reads", .array(finding.reads.map { .string(places[$0].name) })),
      (
        "notes",
        .array(
          finding.notes.map { note in
            .object([
              ("location", .string(note.location)), ("part", .string(note.part)),
              ("message", .string(note.message)),
            ])
          })
      ),
    ])
  }

  private func json(_ step: Step, number: Int) -> JSONValue {
    .object([
      ("number", .number(number)),
      ("rule", .string(step.rule)),
      ("actor", step.actor.map { .string($0) } ?? .null),
      ("parameters", Self.list(step.parameters)),
      ("location", step.location.map { .string($0) } ?? .null),
      ("fails", .bool(step.fails)),
      ("changes", .array(step.changes.map(json))),
      ("output", .array(step.output.map { .string($0) })),
    ])
  }

  private func json(_ change: Change) -> JSONValue {
    .object([
      ("place", .string(places[change.place].name)), ("from", .string(change.old)),
      ("to", .string(change.new)),
    ])
  }
}
