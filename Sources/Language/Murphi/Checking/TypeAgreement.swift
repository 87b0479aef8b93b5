import TransitionSystem

// Which types go together. As in Rumur, what counts is structure, not names: all ranges go with
// all ranges, enumerations with those of the same members, scalarsets with those of the same size.
// In CMurphi each declaration of a scalarset is a type of its own.

extension ScalarType {
  /// The type of literals and of the results of arithmetic: all that 64 bits hold.
  static let number = ScalarType(kind: .range, lower: .min + 1, upper: .max)

  var isNumber: Bool { kind == .range }
  var isBoolean: Bool { kind == .boolean }
  var isAddress: Bool { kind == .address }

  var isUnion: Bool {
    if case .union = kind { return true }
    return false
  }

  /// Whether values of the two can be compared, and assigned as far as they are in range, without
  /// being renumbered.
  func agrees(with other: ScalarType, in dialect: Dialect) -> Bool {
    switch (kind, other.kind) {
    case (.range, .range), (.boolean, .boolean), (.multisetIndex, .multisetIndex),
      (.address, .address):
      return true
    case (.enumeration(let members), .enumeration(let others)):
      return members == others
    case (.scalarset, .scalarset):
      return dialect == .cmurphi ? identity == other.identity : upper == other.upper
    case (.union(let members), .union(let others)):
      return members.count == others.count
        && zip(members, others).allSatisfy { $0.type.hasSameValues(as: $1.type, in: dialect) }
    default:
      return false
    }
  }

  /// Whether the two have the same values with the same meaning.
  func hasSameValues(as other: ScalarType, in dialect: Dialect) -> Bool {
    agrees(with: other, in: dialect) && lower == other.lower && upper == other.upper
  }

  /// Whether the two come from one declaration.
  func isDeclaredAs(_ other: ScalarType) -> Bool {
    kind == other.kind && identity == other.identity
  }

  /// What to call the type in a message.
  var description: String {
    if let name { return "`\(name)`" }
    switch kind {
    case .boolean: return "`boolean`"
    case .range:
      return lower == Self.number.lower ? "a number" : "the range `\(lower)..\(upper)`"
    case .enumeration(let members):
      return
        "`enum {\(members.prefix(4).joined(separator: ", "))\(members.count > 4 ? ", …" : "")}`"
    case .scalarset: return "`scalarset(\(upper + 1))`"
    case .union: return "a union"
    case .multisetIndex: return "a place in a multiset"
    case .address: return "`address`"
    }
  }
}

extension ValueType {
  /// Whether the two have the same structure, so that one can be copied into the other.
  func hasSameStructure(as other: ValueType, in dialect: Dialect) -> Bool {
    switch (self, other) {
    case (.scalar(let left), .scalar(let right)):
      return left.hasSameValues(as: right, in: dialect)
    case (.array(let leftIndex, let left), .array(let rightIndex, let right)):
      return leftIndex.hasSameValues(as: rightIndex, in: dialect)
        && left.hasSameStructure(as: right, in: dialect)
    case (.record(let left), .record(let right)):
      return left.count == right.count
        && zip(left, right).allSatisfy {
          $0.name == $1.name && $0.type.hasSameStructure(as: $1.type, in: dialect)
        }
    case (.multiset(let leftCapacity, let left), .multiset(let rightCapacity, let right)):
      return leftCapacity == rightCapacity && left.hasSameStructure(as: right, in: dialect)
    default:
      return false
    }
  }

  /// What to call the type in a message.
  var description: String {
    switch self {
    case .scalar(let type): return type.description
    case .array(let index, let element):
      return "an array over \(index.description) of \(element.description)"
    case .record: return "a record"
    case .multiset: return "a multiset"
    }
  }
}
