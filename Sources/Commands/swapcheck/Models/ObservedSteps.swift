import ArgumentParser
import Comparison
import Diagnostics
import Exploration
import Murphi
import TransitionSystem

/// What `--observe` and `--ignore` ask for.
struct ObservedSteps {
  private let what: What
  /// Names of rules whose steps nobody sees.
  let hidden: Set<String>

  private enum What {
    case rules
    case actors
    case messages
    /// Names of variables, or one expression.
    case values(String)
    /// An expression of each model.
    case pair(base: String, head: String)
  }

  /// - Parameter before: What is looked at in the model before the change, where it is called
  ///   something else there.
  init(
    _ text: String, before: String? = nil, ignoring hidden: Set<String>
  ) throws(ValidationError) {
    self.hidden = hidden
    if let before {
      for text in [text, before]
      where ["rules", "actors", "messages"].contains(text) || !Self.isOneExpression(text) {
        throw ValidationError(
          "--observe and --observe-against take an expression each: "
            + DisplayText(text).description)
      }
      what = .pair(base: before, head: text)
      return
    }
    switch text {
    case "rules": what = .rules
    case "actors": what = .actors
    case "messages": what = .messages
    default:
      guard Self.isOneExpression(text) else {
        throw ValidationError(
          "--observe takes rules, actors, messages, names of variables, or an expression: "
            + DisplayText(text).description)
      }
      what = .values(text)
    }
  }

  /// Whether a text can stand between parentheses without meaning something else outside of them.
  private static func isOneExpression(_ text: String) -> Bool {
    let source = SourceText(path: "", text: text)
    let words = Lexer.lex(source)
    var depth = 0
    for token in words.tokens {
      let word = source.text(of: token.span)
      if word == "(" { depth += 1 } else if word == ")" { depth -= 1 }
      if depth < 0 || word == ";" { return false }
    }
    return depth == 0 && words.diagnostics.isEmpty
      && words.tokens.contains { $0.span.start < $0.span.end }
  }

  /// A model and the values that its constants have.
  typealias Reading = (text: SourceText, constants: [String: Int64], dialect: Dialect?)

  /// What is asked for, of two models.
  func observation(
    of pair: ModelPair, _ base: Reading, _ head: Reading
  ) throws(CommandFailure) -> Observation {
    switch what {
    case .rules: return Observation(of: .rules, except: hidden)
    case .actors: return Observation(of: .actors, except: hidden)
    case .messages:
      guard let values = ObservedValues(messagesOf: pair) else {
        throw CommandFailure(
          lines: [
            "error: --observe messages: no variable of both models is a multiset, or is called"
              + " after messages",
            "hint: name the variables that hold them: --observe NAME,NAME",
          ])
      }
      return Observation(of: .values(values), except: hidden)
    case .values(let text):
      return Observation(of: .values(try values(text, pair, base, head)), except: hidden)
    case .pair(let before, let after):
      return Observation(
        of: .values(
          ObservedValues(
            [before, after],
            base: try expression("--observe-against", before, base, "before the change"),
            head: try expression("--observe", after, head, "after the change"))), except: hidden)
    }
  }

  private func values(
    _ text: String, _ pair: ModelPair, _ base: Reading, _ head: Reading
  ) throws(CommandFailure) -> ObservedValues {
    let names = text.split(separator: ",").map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let known = [pair.base.system, pair.head.system].map { Set($0.variables.map(\.name)) }
    if known.allSatisfy({ $0.isSuperset(of: names) }) {
      guard let values = ObservedValues(variables: names, of: pair) else {
        throw CommandFailure(
          "error: --observe \(text): a variable has another type after the change")
      }
      return values
    }
    // Several names are no expression.
    if names.count > 1, names.allSatisfy(Self.isName),
      let unknown = names.first(where: { name in !known.allSatisfy { $0.contains(name) } })
    {
      let when = known[0].contains(unknown) ? "after the change" : "before the change"
      throw CommandFailure(
        "error: --observe \(text): there is no variable `\(unknown)` \(when)")
    }
    return ObservedValues(
      [text], base: try expression("--observe", text, base, "before the change"),
      head: try expression("--observe", text, head, "after the change"))
  }

  private static func isName(_ text: String) -> Bool {
    text.first?.isNumber == false && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The expression as a model reads it: compared with itself, so that it may have any type.
  private func expression(
    _ flag: String, _ text: String, _ model: Reading, _ when: String
  ) throws(CommandFailure) -> ObservedValues.Source {
    let added = "\ninvariant \"--observe\"\n(\n\(text)\n) = (\n\(text)\n);\n"
    let source = SourceText(path: model.text.path, bytes: model.text.bytes + Array(added.utf8))
    let loaded = MurphiModel.load(source, overrides: model.constants, dialect: model.dialect)
    guard let system = loaded.system else {
      let error = loaded.diagnostics.first { $0.severity == .error }
      throw CommandFailure(
        "error: \(flag) \(text): \(error?.message ?? "this is no expression") (\(when))")
    }
    guard let property = system.properties.last,
      case .compare(.equal, let expression, _) = property.expression.kind
    else {
      throw CommandFailure(
        lines: [
          "error: \(flag) \(text): this has more than one value (\(when))",
          "hint: name a whole variable, or compare parts of it",
        ])
    }
    return .expression(expression, frameSlotCount: property.frameSlotCount)
  }
}
