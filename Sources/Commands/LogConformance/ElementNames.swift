import EventLogs
import TransitionSystem

/// Which values of the model the values of fields are.
///
/// Elements of a scalarset are interchangeable, so which of them stands for CPU 4 of a log makes no
/// difference: the first that is named is the first element, the next one the second, and so on. (Whatever run
/// explains a log under one such naming, renamed explains it under any other.)
struct ElementNames {
  /// By the identity of a scalarset: its elements' names in the log.
  private var elements: [Int: [String: Int64]] = [:]
  private var taken: [Int: Set<Int64>] = [:]
  /// Identities of scalarsets whose elements are not interchangeable: the map has to name them.
  private let fixed: Set<Int>

  init(fixed: Set<Int> = []) { self.fixed = fixed }

  enum Failure: Error {
    /// The type has no such value.
    case noValue
    /// All elements of a scalarset have other names already.
    case allTaken(ScalarType)
    /// It makes a difference which element of a scalarset this is, and nobody says it.
    case unnamed(ScalarType)
  }

  /// Keeps an element that has a name of its own from being given to another one.
  ///
  /// - Returns: False where the type has no such value.
  mutating func reserve(_ word: String, _ type: ScalarType) -> Bool {
    guard type.value(called: word) != nil else { return false }
    for scalarset in type.scalarsets {
      if let element = scalarset.value(called: word) {
        taken[scalarset.identity, default: []].insert(element)
      }
    }
    return true
  }

  /// A value of a type.
  ///
  /// - Parameters:
  ///   - text: As the log has it.
  ///   - values: Values in the model's words that the map gives, by those of the log.
  mutating func value(
    _ text: String, _ type: ScalarType, _ values: [String: String]
  ) throws(Failure) -> Int64 {
    let name = loggedNumber(text).map(String.init) ?? text
    if let word = values[text] ?? values[name] {
      guard let value = type.value(called: word) else { throw .noValue }
      return value
    }
    switch type.kind {
    case .range, .multisetIndex, .address:
      guard let number = loggedNumber(text), number >= type.lower, number <= type.upper else {
        throw .noValue
      }
      return number
    case .boolean:
      switch name {
      case "0", "false", "n", "N": return 0
      case "1", "true", "y", "Y": return 1
      default: throw .noValue
      }
    case .enumeration:
      guard let value = type.value(called: text) else { throw .noValue }
      return value
    case .scalarset: return try element(name, type)
    case .union(let members):
      for member in members {
        if case .enumeration = member.type.kind, let value = member.type.value(called: text) {
          return value - member.type.lower + member.offset
        }
      }
      let sets = members.filter { if case .scalarset = $0.type.kind { true } else { false } }
      guard sets.count == 1 else { throw .noValue }
      return try element(name, sets[0].type) - sets[0].type.lower + sets[0].offset
    }
  }

  private mutating func element(_ name: String, _ type: ScalarType) throws(Failure) -> Int64 {
    if let known = elements[type.identity]?[name] { return known }
    if fixed.contains(type.identity) { throw .unnamed(type) }
    var value = type.lower
    while value <= type.upper, taken[type.identity]?.contains(value) == true { value += 1 }
    guard value <= type.upper else { throw .allTaken(type) }
    elements[type.identity, default: [:]][name] = value
    taken[type.identity, default: []].insert(value)
    return value
  }

  /// What elements are called in the log, for who reads of them.
  func names(of type: ScalarType) -> [(element: Int64, name: String)] {
    (elements[type.identity] ?? [:]).map { ($0.value, $0.key) }.sorted { $0.0 < $1.0 }
  }

  /// All elements that have names, by their scalarsets.
  var all: [Int: [String: Int64]] { elements }
}

extension ScalarType {
  /// The value that has a name in the model's words; nil for none.
  func value(called word: String) -> Int64? {
    switch kind {
    case .range, .multisetIndex, .address:
      Int64(word).flatMap { $0 >= lower && $0 <= upper ? $0 : nil }
    default:
      valueCount.flatMap { count in
        count > 1 << 20 ? nil : (lower...max(lower, upper)).first { describe($0) == word }
      }
    }
  }
}
