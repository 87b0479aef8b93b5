import Diagnostics
import Exploration
import Report

/// What is said of a model of which nothing was found before the end was wanted.
struct UnreadModel {
  let path: String
  /// Why, with the verdict before it.
  let headline: String

  init(path: String, _ limit: ExplorationLimit) {
    self.path = path
    headline = Wording.inconclusive(limit)
  }

  var text: DisplayText { "\(path): \(headline)\n" }

  var json: JSONValue {
    .object([
      ("model", .string(path)), ("verdict", .string("inconclusive")),
      ("reason", .string(headline)),
    ])
  }
}
