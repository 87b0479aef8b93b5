/// What a solver says of a query.
package enum Answer: Sendable, Hashable {
  /// There is a model.
  case satisfiable
  /// There is none.
  case unsatisfiable
  /// It was not found out. This is neither of the others, and nothing follows from it.
  case unknown(UnknownReason)
}

/// Why a query was not decided.
package enum UnknownReason: Sendable, Hashable, CustomStringConvertible {
  case timeout(milliseconds: UInt32)
  case resourceLimit(units: UInt32)
  case interrupted
  /// There was no more memory for it.
  case noMemory
  /// Another reason, in the solver's words.
  case other(String)

  package var description: String {
    switch self {
    case .timeout(let milliseconds): "not decided within \(milliseconds) ms"
    case .resourceLimit(let units): "not decided within \(units) units of Z3's work"
    case .interrupted: "interrupted"
    case .noMemory: "not decided: \(SMTError.noMemory)"
    case .other(let reason): "not decided: \(reason)"
    }
  }
}

/// Bounds on one check.
package struct Limits: Sendable, Hashable {
  /// Wall-clock time; it makes answers depend on the machine.
  package var timeoutMilliseconds: UInt32?
  /// Z3's own count of its work, `rlimit`: the same for the same query, version and history.
  package var resourceUnits: UInt32?

  package init(timeoutMilliseconds: UInt32? = nil, resourceUnits: UInt32? = nil) {
    self.timeoutMilliseconds = timeoutMilliseconds
    self.resourceUnits = resourceUnits
  }

  package static let none = Limits()
}

/// Which assertions cannot hold together.
package struct Core: Sendable, Hashable {
  /// The names of assertions, in the order in which they were made.
  package let names: [String]
  /// The positions of assumptions of the check.
  package let assumptions: [Int]
  /// Whether it is known that without any one of these the rest can hold, beside the assertions
  /// that have no name. It is not known where a limit was reached.
  package let isMinimal: Bool

  package init(names: [String], assumptions: [Int], isMinimal: Bool) {
    self.names = names
    self.assumptions = assumptions
    self.isMinimal = isMinimal
  }
}
