extension JSONValue {
  /// What a command writes: named by the command, with the version of its format, which grows when a
  /// member changes its meaning or goes away.
  package static func document(
    _ command: String, version: Int, _ members: [(String, JSONValue)]
  ) -> JSONValue {
    .object(
      [("format", .string("swapcheck-\(command)")), ("version", .number(version))] + members)
  }
}
