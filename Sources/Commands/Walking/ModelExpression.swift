import Diagnostics
import Murphi
package import Report
import TransitionSystem

/// An expression that somebody asks about, read where the model ends: all that the model declares is
/// there.
package struct ModelExpression: Sendable {
  /// As it was written.
  package let text: String
  let kind: Kind
  let frameSlotCount: Int

  enum Kind: Sendable {
    /// One value. The type is nil where nothing says it.
    case value(Expression, ScalarType?)
    /// A variable, or a part of one, with more than one value.
    case slots(ValueType, first: Int)
  }

  /// Why a text is no expression of the model.
  package struct Mistake: Error, Sendable, Hashable {
    package let message: String
    /// The character of the text, from 0; nil for the whole.
    package let offset: Int?
    package let hint: String?

    init(_ message: String, offset: Int? = nil, hint: String? = nil) {
      self.message = message
      self.offset = offset
      self.hint = hint
    }
  }

  /// More bytes than this are not read.
  package static let maximumByteCount = 4_096

  /// Reads an expression.
  package init(_ text: String, in model: ModelText) throws(Mistake) {
    self.text = text
    guard text.utf8.count <= Self.maximumByteCount else {
      throw Mistake("an expression has at most \(Self.maximumByteCount) bytes")
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Mistake("there is no expression")
    }
    let reading = Reading(text, model)
    let property = try reading.property()
    frameSlotCount = property.frameSlotCount
    switch property.expression.kind {
    case .compare(.equal, let value, _):
      guard reading.holds(value.span) else { throw Mistake("this is no expression") }
      kind = .value(value, ExpressionType(model.system, reading.source).type(of: value))
    case .aggregatesEqual(.place(let place), _):
      guard reading.holds(place.span) else { throw Mistake("this is no expression") }
      guard place.base == .state, place.indices.isEmpty else {
        throw Mistake(
          "this has more than one value, and which ones depends on the state",
          hint: "name the whole variable, or a part with one value")
      }
      kind = .slots(place.type, first: place.offset)
    default:
      throw Mistake(
        "this has more than one value", hint: "name a variable or a part of one, or compare them")
    }
  }

  /// Whether it is true or false, as far as its form says.
  package var isCondition: Bool {
    if case .value(_, let type) = kind { type == .boolean } else { false }
  }

  /// The expression as something that the interpreter evaluates; nil for what has several values.
  ///
  /// - Parameter isNegated: Whether its negation is meant.
  func property(_ kind: Property.Kind, isNegated: Bool = false) -> Property? {
    guard case .value(let value, _) = self.kind else { return nil }
    return Property(
      kind: kind, name: text, parameters: [],
      expression: isNegated ? Expression(.not(value), at: value.span) : value,
      frameSlotCount: frameSlotCount, span: value.span)
  }
}

/// The model with the expression behind it, compared with itself, so that it may have any type.
private struct Reading {
  private let model: ModelText
  let source: SourceText
  private let first: Int
  private let end: Int
  private let text: String

  init(_ text: String, _ model: ModelText) {
    self.text = text
    self.model = model
    let bytes = Array(text.utf8)
    let before = Array("\n;invariant \"expression\"\n(\n".utf8)
    first = model.source.bytes.count + before.count
    end = first + bytes.count
    source = SourceText(
      path: model.source.path,
      bytes: model.source.bytes + before + bytes + Array("\n) = (\n".utf8) + bytes
        + Array("\n);\n".utf8))
  }

  /// Whether a span is within the text, or within the brackets around it.
  func holds(_ span: SourceSpan) -> Bool { span.start >= first - 2 && span.end <= end + 2 }

  func property() throws(ModelExpression.Mistake) -> Property {
    let loaded = MurphiModel.load(
      source, overrides: model.overrides, dialect: model.dialect)
    guard let system = loaded.system else { throw mistake(in: loaded.diagnostics) }
    // A text that closes what it does not open declares something else.
    guard system.properties.count == model.system.properties.count + 1,
      system.rules.count == model.system.rules.count,
      system.functions.count == model.system.functions.count,
      system.slotCount == model.system.slotCount, let property = system.properties.last
    else { throw .init("this is no expression") }
    return property
  }

  private func mistake(in diagnostics: [Diagnostic]) -> ModelExpression.Mistake {
    let errors = diagnostics.filter { $0.severity == .error }
    guard let error = errors.first(where: { holds($0.span) }) ?? errors.first else {
      return .init("this is no expression")
    }
    guard holds(error.span) else {
      // What is missing at the end is found out behind it.
      return .init(error.message, offset: nil, hint: error.hint)
    }
    let before = text.utf8.prefix(max(0, error.span.start - first))
    return .init(
      error.message, offset: String(decoding: before, as: UTF8.self).count, hint: error.hint)
  }
}
