/// Why a map says nothing of a model.
package struct MapError: Error, Sendable {
  /// Of the map; nil for the whole.
  package let line: Int?
  package let message: String
  package let hint: String?

  init(line: Int? = nil, _ message: String, hint: String? = nil) {
    (self.line, self.message, self.hint) = (line, message, hint)
  }
}

/// Why a log cannot be followed under a map.
package struct LogError: Error, Sendable {
  /// Of the log.
  package let line: Int
  package let message: String
  package let hint: String?

  package init(line: Int, _ message: String, hint: String? = nil) {
    (self.line, self.message, self.hint) = (line, message, hint)
  }
}
