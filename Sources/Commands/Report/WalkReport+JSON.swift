package import Diagnostics
import Exploration
import Trace

extension WalkReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 1

  /// The walk as a JSON document, with everything that the text has.
  package var json: JSONValue {
    let trace = TraceJSON(wording: wording)
    return .object([
      ("format", .string("swapcheck-simulate")),
      ("version", .number(Self.formatVersion)),
      ("model", .string(wording.source.path)),
      ("patches", .array(wording.source.patches.map { .string($0) })),
      ("constants", trace.constants),
      ("dialect", meaning.map { .string($0.dialect) } ?? .null),
      // A seed may have 64 bits, which readers of JSON numbers do not keep.
      ("seed", .string(String(seed))),
      ("end", .string(endWord)), ("reason", reason.map { .string($0) } ?? .null),
      ("steps", .number(stepCount)),
      ("layout", trace.layout(of: execution)),
      ("trace", trace.steps(of: execution)),
      ("violation", violationJSON),
    ])
  }

  /// The document of a walk that was ended before the model was read.
  ///
  /// - Parameter reason: Why, with the verdict before it.
  package static func json(of model: String, _ seed: UInt64, _ reason: String) -> JSONValue {
    .object([
      ("format", .string("swapcheck-simulate")), ("version", .number(formatVersion)),
      ("model", .string(model)), ("seed", .string(String(seed))), ("end", .string("limit")),
      ("reason", .string(reason)), ("steps", .number(0)), ("trace", .array([])),
      ("violation", .null),
    ])
  }

  /// One word for what ended the walk.
  private var endWord: String {
    switch end {
    case .steps: "steps"
    case .stuck: "stuck"
    case .undecided: "undecided"
    case .ended: "limit"
    case .violated: "violated"
    }
  }

  private var violationJSON: JSONValue {
    guard case .violated(let violation) = end else { return .null }
    let counterexample = Counterexample(execution: execution, violation: violation)
    return TraceJSON(wording: wording).violation(
      counterexample, ViolationText(counterexample, wording))
  }
}
