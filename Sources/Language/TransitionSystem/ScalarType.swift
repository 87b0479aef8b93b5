/// A type of single values: what a slot of a state holds, an index runs over, an expression yields.
///
/// Every value is held as a 64-bit integer: a number as itself, a boolean as 0 or 1, a member of an
/// enumeration or a scalarset by its position, a member of a union by the position that
/// `UnionMember` says.
package struct ScalarType: Sendable, Hashable {
  package let kind: Kind

  /// The least value; for an empty type, one above `upper`.
  package let lower: Int64

  /// The greatest value.
  package let upper: Int64

  /// What the model calls the type, if it names it.
  package let name: String?

  /// The declaration that the type comes from; two types of the same identity are the same type.
  /// Numbers are given by whoever builds the system; ranges and booleans need none and have 0.
  package let identity: Int

  package enum Kind: Sendable, Hashable {
    case boolean
    case range
    case enumeration(members: [String])
    case scalarset
    case union([UnionMember])
    /// The place of a member in a multiset, as `choose` and its like give it.
    case multisetIndex
    /// A mathematical integer that symbolic constants may be part of.
    case address
  }

  /// One type of a union: its values stand in the union's at `offset + (value - type.lower)`.
  package struct UnionMember: Sendable, Hashable {
    package let type: ScalarType
    package let offset: Int64

    package init(type: ScalarType, offset: Int64) {
      self.type = type
      self.offset = offset
    }
  }

  package init(kind: Kind, lower: Int64, upper: Int64, name: String? = nil, identity: Int = 0) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
    self.name = name
    self.identity = identity
  }

  package static let boolean = ScalarType(kind: .boolean, lower: 0, upper: 1, name: "boolean")

  /// The type of symbolic constants and of what is computed from them. A slot of a frame holds a
  /// number that whoever evaluates has given to the value.
  package static let address = ScalarType(
    kind: .address, lower: .min + 1, upper: .max, name: "address")

  /// The number of values, or nil if 64 bits do not hold it.
  package var valueCount: Int? {
    guard lower <= upper else { return 0 }
    let (span, overflow) = upper.subtractingReportingOverflow(lower)
    guard !overflow else { return nil }
    let (count, more) = span.addingReportingOverflow(1)
    return more ? nil : Int(count)
  }

  /// The scalarsets that values are elements of: itself, or those of a union.
  package var scalarsets: [ScalarType] {
    switch kind {
    case .scalarset: [self]
    case .union(let members): members.flatMap(\.type.scalarsets)
    case .boolean, .range, .enumeration, .multisetIndex, .address: []
    }
  }

  /// The value in the model's words: `true`, `idle`, `proc_t_1`, `17`.
  package func describe(_ value: Int64) -> String {
    switch kind {
    case .boolean:
      return value == 0 ? "false" : "true"
    case .range, .multisetIndex, .address:
      return String(value)
    case .enumeration(let members):
      let position = Int(value - lower)
      return members.indices.contains(position) ? members[position] : String(value)
    case .scalarset:
      return "\(name ?? "scalarset")_\(value)"
    case .union(let members):
      for member in members {
        let count = Int64(member.type.valueCount ?? 0)
        if value >= member.offset, value < member.offset + count {
          return member.type.describe(value - member.offset + member.type.lower)
        }
      }
      return String(value)
    }
  }
}
