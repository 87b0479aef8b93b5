import Diagnostics
import EventLogs
import Murphi
import Report
import TransitionSystem

/// The expressions of a map, read where the model ends: all that it declares is there, and fields, written as
/// `$cpu`, are parameters, as those of a ruleset.
struct MapConditions {
  /// The model with the expressions as properties, in their order behind its own.
  let judge: TransitionSystem
  /// Its text.
  let source: SourceText
  let properties: [Property]
  /// For each expression, the fields that it is about, in the order of its parameters.
  let fields: [[String]]

  /// - Parameters:
  ///   - texts: The expressions.
  ///   - map: Of this, the types of fields.
  init(
    _ texts: [Asked], _ map: EventMap, in model: ModelText
  ) throws(MapError) {
    var text: [UInt8] = []
    var ranges: [Range<Int>] = []
    var fields: [[String]] = []
    for asked in texts {
      let expression = asked.text
      var used: [String] = []
      let bound: [String]
      if let rule = asked.rule {
        bound = try Self.parameters(of: rule, expression)
      } else {
        used = Self.fields(in: expression.text)
        bound = try used.map { field throws(MapError) in try Self.parameter(field, expression, map)
        }
      }
      fields.append(used)
      text += Array("\n;".utf8)
      if !bound.isEmpty { text += Array("ruleset \(bound.joined(separator: "; ")) do ".utf8) }
      text += Array("invariant \"map\" (\n".utf8)
      let first = model.source.bytes.count + text.count
      text += Array(Self.replaced(expression.text).utf8)
      ranges.append(first..<model.source.bytes.count + text.count)
      text += Array("\n);".utf8)
      if !bound.isEmpty { text += Array(" end;".utf8) }
    }
    let source = SourceText(path: model.source.path, bytes: model.source.bytes + text + [0x0A])
    let loaded = MurphiModel.load(
      source, overrides: model.overrides, dialect: model.dialect)
    guard let judge = loaded.system else {
      throw Self.mistake(in: loaded.diagnostics, texts.map(\.text), ranges, map)
    }
    let own = model.system
    // A text that closes what it does not open declares something else.
    guard judge.properties.count == own.properties.count + texts.count,
      judge.rules.count == own.rules.count, judge.functions.count == own.functions.count,
      judge.slotCount == own.slotCount
    else {
      throw MapError(
        line: texts.first?.text.line, "what is written here is no expression of the model")
    }
    self.judge = judge
    self.source = source
    self.fields = fields
    properties = Array(judge.properties.suffix(texts.count))
  }

  /// An expression, and the rule whose parameters it is about; nil for one about fields.
  struct Asked {
    let text: EventMap.Text
    var rule: Rule?
  }

  /// A field as a parameter.
  private static func parameter(
    _ field: String, _ text: EventMap.Text, _ map: EventMap
  ) throws(MapError) -> String {
    guard let type = map.fields[field]?.type else {
      throw MapError(
        line: text.line, "nothing says of what type field `\(field)` is",
        hint: "fields: {\(field): cpu_t}, or another type of the model")
    }
    guard isType(type.text) else {
      throw MapError(
        line: type.line, "`\(type.text)` is no type of a field",
        hint: "a name of the model, or a range such as -4095 .. 4095")
    }
    return "\(prefix)\(field): \(type.text)"
  }

  /// In front of a field's name within the model.
  private static let prefix = "logged_"

  /// The fields that an expression is about, each once.
  private static func fields(in text: String) -> [String] {
    var found: [String] = []
    for piece in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
      let name = String(piece.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      if !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// An expression as the model's language has it.
  private static func replaced(_ text: String) -> String {
    text.split(separator: "$", omittingEmptySubsequences: false).joined(separator: prefix)
  }

  private static func parameters(
    of rule: Rule, _ text: EventMap.Text
  ) throws(MapError) -> [String] {
    try rule.parameters.map { parameter throws(MapError) in
      let type = parameter.type
      if let name = type.name { return "\(parameter.name): \(name)" }
      guard case .range = type.kind else {
        throw MapError(
          line: text.line,
          "`where` needs a name for the type of `\(parameter.name)` of rule \"\(rule.name)\"")
      }
      return "\(parameter.name): \(type.lower) .. \(type.upper)"
    }
  }

  /// Whether a text can be nothing but a type.
  private static func isType(_ text: String) -> Bool {
    let words = CharacterClasses.self
    return !text.isEmpty && text.utf8.allSatisfy(words.isOfType)
  }

  private static func mistake(
    in diagnostics: [Diagnostic], _ texts: [EventMap.Text], _ ranges: [Range<Int>], _ map: EventMap
  ) -> MapError {
    let errors = diagnostics.filter { $0.severity == .error }
    for error in errors {
      if let number = ranges.firstIndex(where: {
        error.span.start >= $0.lowerBound && error.span.start <= $0.upperBound
      }) {
        let message = error.message.split(separator: prefix, omittingEmptySubsequences: false)
        return MapError(
          line: texts[number].line, "`\(texts[number].text)`: \(message.joined(separator: "$"))",
          hint: error.hint)
      }
    }
    let types = map.fields.sorted { $0.key < $1.key }.map { "`\($0.key): \($0.value.type.text)`" }
    return MapError(
      line: texts.first?.line,
      "the expressions of the map are not read: \(errors.first?.message ?? "unknown")"
        + (types.isEmpty ? "" : " (fields: \(types.joined(separator: ", ")))"))
  }
}

private enum CharacterClasses {
  /// Letters, digits and what ranges consist of; no word ends there that is not of a type.
  static func isOfType(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "+"), 0x20:
      true
    default: false
    }
  }
}
