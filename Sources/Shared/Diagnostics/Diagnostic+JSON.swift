extension Diagnostic {
  /// The message with its places as data.
  package func json(of source: SourceText) -> JSONValue {
    .object([
      ("code", .string(code.rawValue)),
      ("severity", .string(severity.rawValue)),
      ("message", .string(message)),
      ("place", span.json(in: source)),
      (
        "notes",
        .array(
          labels.map { label in
            .object([("message", .string(label.text)), ("place", label.span.json(in: source))])
          })
      ),
      ("hint", hint.map { .string($0) } ?? .null),
    ])
  }
}

extension SourceSpan {
  /// The place in lines and columns from 1, columns in Unicode scalars, the end being behind the last
  /// one; null for what has no place. `patch` is that of the first line, if one brought it.
  package func json(in source: SourceText) -> JSONValue {
    if self == .none { return .null }
    let (line, column) = source.position(of: start)
    let (endLine, endColumn) = source.position(of: end)
    return .object([
      ("path", .string(source.path)),
      ("line", .number(line)), ("column", .number(column)),
      ("endLine", .number(endLine)), ("endColumn", .number(endColumn)),
      ("patch", source.patchOfLine[line].map { .string(source.patches[$0]) } ?? .null),
    ])
  }
}
