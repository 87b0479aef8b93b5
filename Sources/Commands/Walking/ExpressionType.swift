import Diagnostics
import TransitionSystem

/// Of what type the value of an expression is, so that it can be said in the model's words. The waist
/// has types where values are kept; an expression has one only by what it consists of.
struct ExpressionType {
  private let system: TransitionSystem
  private let source: SourceText

  private static let number = ScalarType(kind: .range, lower: .min + 1, upper: .max)

  init(_ system: TransitionSystem, _ source: SourceText) {
    self.system = system
    self.source = source
  }

  /// Nil where nothing says it.
  func type(of expression: Expression) -> ScalarType? {
    switch expression.kind {
    case .literal: type(ofLiteral: source.text(of: expression.span))
    case .load(let place): place.type.asScalar
    case .compare, .aggregatesEqual, .not, .and, .or, .implies, .quantified, .isUndefined,
      .isOccupied:
      .boolean
    case .arithmetic, .negate, .bitNot, .multisetCount: Self.number
    case .conditional(_, let then, let otherwise): type(of: then) ?? type(of: otherwise)
    case .call(let function, _): system.functions[function].result?.asScalar
    case .handedOn(let value, let distance): distance == 0 ? type(of: value) : Self.number
    case .symbolic: .address
    }
  }

  /// A literal that stands for a name, or for what was computed when the text was read.
  private func type(ofLiteral text: String) -> ScalarType? {
    let name = text.filter { !$0.isWhitespace && $0 != "(" && $0 != ")" }
    if ["true", "false"].contains(name.lowercased()) { return .boolean }
    if let constant = system.constants.first(where: { $0.name == name }) { return constant.type }
    if name.contains(where: { "=<>!&|".contains($0) }) { return .boolean }
    return memberTypes.first { type in
      if case .enumeration(let members) = type.kind { members.contains(name) } else { false }
    }
  }

  /// The types of all values and indices of the state.
  private var memberTypes: Set<ScalarType> {
    var types: Set<ScalarType> = []
    func collect(_ type: ValueType) {
      switch type {
      case .scalar(let scalar): types.insert(scalar)
      case .array(let index, let element):
        types.insert(index)
        collect(element)
      case .record(let fields): for field in fields { collect(field.type) }
      case .multiset(_, let element): collect(element)
      }
    }
    for variable in system.variables { collect(variable.type) }
    for rule in system.rules { types.formUnion(rule.parameters.map(\.type)) }
    return types
  }
}
