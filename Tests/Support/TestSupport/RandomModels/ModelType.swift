/// A type as it is written where something is declared.
indirect enum ModelType: Hashable, Sendable {
  case boolean
  /// Both bounds belong to the range.
  case range(lower: Int, upper: Int)
  case named(String)
  case array(index: ModelType, element: ModelType)
}

/// What a type section declares under a name.
struct TypeDeclaration: Equatable, Sendable {
  var name: String
  var shape: TypeShape
}

enum TypeShape: Equatable, Sendable {
  case enumeration(members: [String])
  case scalarset(count: Int)
  case record(fields: [Declaration])
  /// A name for a range or an array.
  case synonym(ModelType)
}

/// A name with its type: a variable, a local or a field.
struct Declaration: Equatable, Sendable {
  var name: String
  var type: ModelType
}

/// A type with its names looked up. Enumerations, scalarsets and records are the same type only if
/// their names are; ranges and arrays are compared by structure.
enum ResolvedType {
  case boolean
  /// `isNamed` tells ranges declared in a type section; see `Kind.number`.
  case range(lower: Int, upper: Int, isNamed: Bool)
  case enumeration(name: String, members: [String])
  case scalarset(name: String, count: Int)
  case record(name: String, fields: [Declaration])
  case array(index: ModelType, element: ModelType)

  var isSimple: Bool {
    switch self {
    case .boolean, .range, .enumeration, .scalarset: true
    case .record, .array: false
    }
  }
}

extension [TypeDeclaration] {
  /// Looks up the names; nil if the type is not declared here.
  func resolve(_ type: ModelType) -> ResolvedType? {
    switch type {
    case .boolean: return .boolean
    case .range(let lower, let upper): return .range(lower: lower, upper: upper, isNamed: false)
    case .array(let index, let element): return .array(index: index, element: element)
    case .named(let name):
      guard let declaration = first(where: { $0.name == name }) else { return nil }
      switch declaration.shape {
      case .enumeration(let members): return .enumeration(name: name, members: members)
      case .scalarset(let count): return .scalarset(name: name, count: count)
      case .record(let fields): return .record(name: name, fields: fields)
      case .synonym(let type):
        guard case .range(let lower, let upper) = type else { return resolve(type) }
        return .range(lower: lower, upper: upper, isNamed: true)
      }
    }
  }

  /// The number of defined values of a type, saturated at 2^40; 0 for an undeclared type.
  func valueCount(of type: ModelType) -> Int {
    let most = 1 << 40
    switch resolve(type) {
    case nil: return 0
    case .boolean: return 2
    case .range(let lower, let upper, _): return upper - lower + 1
    case .enumeration(_, let members): return members.count
    case .scalarset(_, let count): return count
    case .record(_, let fields):
      return fields.reduce(1) { Swift.min(most, $0 * valueCount(of: $1.type)) }
    case .array(let index, let element):
      let count = valueCount(of: element)
      return (0..<valueCount(of: index)).reduce(1) { product, _ in Swift.min(most, product * count)
      }
    }
  }
}
