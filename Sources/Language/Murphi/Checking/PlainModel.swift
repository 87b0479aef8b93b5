import Diagnostics
import TransitionSystem

/// Rewrites a model without our extensions, with values in place of its symbolic constants. What it
/// does not have to touch stays as it is written.
struct PlainModel {
  private let elaborator: Elaborator
  private let valuation: [Int128]

  /// What a value of type `address` can be in an instance: numbers of 61 bits and a sign. Rumur
  /// computes in 64 bits.
  static let range = "-1152921504606846976..1152921504606846976"

  private struct Replacement {
    let start: Int
    let end: Int
    let text: String
  }

  init(_ elaborator: Elaborator, _ valuation: [Int128]) {
    self.elaborator = elaborator
    self.valuation = valuation
  }

  var text: String {
    let bytes = elaborator.source.bytes
    var text: [UInt8] = []
    var position = 0
    for replacement in replacements.sorted(by: { $0.start < $1.start })
    where replacement.start >= position {
      text += bytes[position..<replacement.start]
      text += Array(replacement.text.utf8)
      position = replacement.end
    }
    text += bytes[position...]
    return String(decoding: text, as: UTF8.self)
  }

  /// Those that begin within an earlier one are part of a section, which is written anew.
  private var replacements: [Replacement] {
    var replacements = elaborator.symbolicSections.map { section in
      Replacement(start: section.start, end: section.end, text: declarations(in: section))
    }
    for span in elaborator.addressTypes {
      replacements.append(Replacement(start: span.start, end: span.end, text: Self.range))
    }
    for (span, value, type) in elaborator.overriddenValues {
      replacements.append(
        Replacement(start: span.start, end: span.end, text: type.describe(value)))
    }
    replacements += brackets
    replacements += measures
    // So that Rumur accepts the text.
    replacements += Parser.omittedBegins(in: elaborator.source, elaborator.dialect.lexicalRules).map
    {
      Replacement(start: $0.start, end: $0.start, text: "begin ")
    }
    if elaborator.source.hasByteOrderMark {
      replacements.append(Replacement(start: 0, end: SourceText.byteOrderMark.count, text: ""))
    }
    for token in Lexer.lex(elaborator.source).tokens {
      guard case .number(let value) = token.kind,
        elaborator.source.text(of: token.span).hasSuffix("iB"),
        !elaborator.overriddenValues.contains(where: {
          $0.span.start <= token.span.start && token.span.end <= $0.span.end
        })
      else { continue }
      replacements.append(
        Replacement(start: token.span.start, end: token.span.end, text: "\(value)"))
    }
    return replacements
  }

  /// What Rumur has nothing for.
  var omissions: [Diagnostic.Label] {
    elaborator.measureSpans.map { .init($0, "`measure` is left out: Rumur has none") }
  }

  /// A measure goes with its semicolon: Rumur knows no empty rule.
  private var measures: [Replacement] {
    let tokens = Lexer.lex(elaborator.source).tokens
    return elaborator.measureSpans.map { span in
      let next = tokens.first { $0.span.start >= span.end }
      let end = next?.kind == .symbol(.semicolon) ? next?.span.end : nil
      return Replacement(start: span.start, end: end ?? span.end, text: "")
    }
  }

  /// `need[i][j]` becomes `need(i, j)`.
  private var brackets: [Replacement] {
    let accesses = elaborator.symbolicAccesses
    let tokens = Lexer.lex(elaborator.source).tokens
    return accesses.flatMap { access -> [Replacement] in
      guard
        let open = tokens.first(where: {
          $0.span.start >= access.base.end && $0.kind == .symbol(.leftBracket)
        })?.span
      else { return [] }
      let isInner = accesses.contains { $0.base == access.span }
      let isOuter = accesses.contains { $0.span == access.base }
      return [
        Replacement(start: open.start, end: open.end, text: isOuter ? " " : "("),
        Replacement(
          start: access.span.end - 1, end: access.span.end, text: isInner ? "," : ")"),
      ]
    }
  }

  // MARK: - Declarations

  private func declarations(in section: SourceSpan) -> String {
    let constants = elaborator.symbolicConstants.filter {
      $0.span.start >= section.start && $0.span.end <= section.end
    }
    let single = constants.filter(\.indices.isEmpty)
    var text = single.isEmpty ? "" : "const\n"
    for constant in single { text += "  \(constant.name) : \(valuation[constant.first]);\n" }
    for constant in constants where !constant.indices.isEmpty { text += function(constant) }
    return text
  }

  private func function(_ constant: SymbolicConstant) -> String {
    var types = ""
    var parameters: [String] = []
    for (number, type) in constant.indices.enumerated() {
      var name: String
      switch type.kind {
      case .enumeration(let members) where type.name == nil:
        name = "\(constant.name)_index_\(number + 1)"
        types += "type\n  \(name) : enum {\(members.joined(separator: ", "))};\n"
      case .boolean: name = "boolean"
      default: name = type.name ?? "\(type.lower)..\(type.upper)"
      }
      parameters.append("\(parameter(number)) : \(name)")
    }
    var text = types + "function \(constant.name)(\(parameters.joined(separator: "; "))) : "
    text += "\(Self.range);\nbegin\n"
    for position in 0..<constant.elementCount {
      let value = valuation[constant.first + position]
      let isLast = position == constant.elementCount - 1
      let conditions = constant.indices(ofElement: position).enumerated().map { number, index in
        "\(parameter(number)) = \(constant.indices[number].describe(index))"
      }
      if isLast {
        text += "  return \(value);\n"
      } else {
        text += "  if \(conditions.joined(separator: " & ")) then return \(value); end;\n"
      }
    }
    return text + "end;\n"
  }

  private func parameter(_ number: Int) -> String { "index_\(number + 1)" }
}
