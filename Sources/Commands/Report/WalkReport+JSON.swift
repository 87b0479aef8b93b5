package import Diagnostics
import Runs

extension WalkReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 2

  /// The walk as a JSON document, with everything that the text has.
  package var json: JSONValue {
    .document(
      "simulate", version: Self.formatVersion,
      [
        ("model", .string(wording.source.path)),
        ("dialect", check.meaning.map { .string($0.dialect) } ?? .null),
        // A seed may have 63 bits, which readers of JSON numbers do not keep.
        ("seed", .string(String(seed))),
        ("end", .string(end.rawValue)), ("reason", reason.map { .string($0) } ?? .null),
        ("steps", .number(stepCount)),
        ("run", run.json),
      ])
  }

  /// The document of a walk that was ended before the model was read.
  ///
  /// - Parameter reason: Why, with the verdict before it.
  package static func json(of model: String, _ seed: Int, _ reason: String) -> JSONValue {
    .document(
      "simulate", version: formatVersion,
      [
        ("model", .string(model)), ("seed", .string(String(seed))), ("end", .string("limit")),
        ("reason", .string(reason)), ("steps", .number(0)), ("run", .null),
      ])
  }
}
