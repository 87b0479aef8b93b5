import Diagnostics
import TransitionSystem

/// What a name stands for.
enum Symbol {
  case constant(Int64, ScalarType)
  case type(ValueType)
  /// A variable, parameter, loop variable or alias of one of these.
  case place(Place, isWritable: Bool)
  /// An alias of a value.
  case value(Operand)
  case function(Int)
  /// A constant that is left open.
  case symbolic(SymbolicConstant)
  /// Its declaration was wrong and has been complained about.
  case invalid

  /// What to call it in a message.
  var kindName: String {
    switch self {
    case .constant: "a constant"
    case .type: "a type"
    case .place: "a variable"
    case .value: "an alias of a value"
    case .function: "a function"
    case .symbolic: "a symbolic constant"
    case .invalid: "a name declared with an error"
    }
  }
}

/// An elaborated expression.
enum Operand {
  case scalar(Expression, ScalarType)
  /// A designator, scalar or not. It is read only where its value is needed.
  case place(Place, isWritable: Bool)
  case aggregate(Aggregate, ValueType)
  /// An array of symbolic constants, or a part of it: the first element, the indices that lead on
  /// from there, and the types of those that are still to come.
  case symbolicArray(first: Int, [Place.Index], rest: [ScalarType])
  /// CMurphi's `undefined`.
  case undefined
  /// Something wrong that has been complained about; it agrees with everything.
  case invalid

  /// The type; nil for `undefined` and what is invalid.
  var type: ValueType? {
    switch self {
    case .scalar(_, let type): .scalar(type)
    case .place(let place, _): place.type
    case .aggregate(_, let type): type
    case .symbolicArray(_, _, let rest): ValueType.symbolicArray(over: rest[...])
    case .undefined, .invalid: nil
    }
  }
}

/// Which declarations something refers to, by the places of their names.
///
/// A class, because a name is looked up where nothing may change.
final class NameUses {
  private(set) var spans: Set<SourceSpan> = []

  fileprivate func note(_ declaration: SourceSpan) { spans.insert(declaration) }
}

/// The names that are visible, innermost scope last.
struct ScopeStack {
  private struct Declared {
    let symbol: Symbol
    let span: SourceSpan
    /// Whether it is an alias of a field or an element, and not of a whole variable.
    var isAliasOfPart = false
  }

  private var scopes: [[String: Declared]] = [[:]]
  /// Nil where nobody wants to know.
  private let uses: NameUses?

  init(uses: NameUses? = nil) { self.uses = uses }

  mutating func push() { scopes.append([:]) }
  mutating func pop() { scopes.removeLast() }

  /// Declares a name in the innermost scope, in place of what it may stand for there already.
  mutating func declare(_ name: Name, as symbol: Symbol) {
    scopes[scopes.count - 1][name.text] = Declared(symbol: symbol, span: name.span)
  }

  /// Declares a name in the innermost scope, unless that has it.
  ///
  /// - Returns: Where the scope had declared it before, if it had.
  mutating func declareOnce(_ name: Name, as symbol: Symbol) -> SourceSpan? {
    if let earlier = scopes[scopes.count - 1][name.text] { return earlier.span }
    declare(name, as: symbol)
    return nil
  }

  /// Marks a name of the innermost scope as an alias of a field or an element.
  mutating func markAliasOfPart(_ name: String) {
    scopes[scopes.count - 1][name]?.isAliasOfPart = true
  }

  /// Whether a name is an alias of a field or an element.
  func isAliasOfPart(_ name: String) -> Bool {
    for scope in scopes.reversed() {
      if let declared = scope[name] { return declared.isAliasOfPart }
    }
    return false
  }

  func isDeclaredInnermost(_ name: String) -> Bool { scopes.last?[name] != nil }

  func lookUp(_ name: String) -> Symbol? {
    for scope in scopes.reversed() {
      guard let declared = scope[name] else { continue }
      uses?.note(declared.span)
      return declared.symbol
    }
    return nil
  }

  /// All visible names, for "did you mean".
  var names: Set<String> { Set(scopes.flatMap(\.keys)) }
}

extension ValueType {
  /// The type of an array of symbolic constants.
  static func symbolicArray(over indices: ArraySlice<ScalarType>) -> ValueType {
    guard let first = indices.first else { return .scalar(.address) }
    return .array(index: first, element: symbolicArray(over: indices.dropFirst()))
  }
}
