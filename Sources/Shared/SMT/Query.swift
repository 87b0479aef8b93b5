/// A formula that is asked to hold, and what people and cores call it.
package struct Assertion: Sendable, Hashable {
  package let term: BoolTerm
  /// Names are distinct within a query. Cores consist of them.
  package let name: String?
  /// Stands above the assertion in a script; may have several lines.
  package let comment: String?

  package init(_ term: BoolTerm, named name: String? = nil, comment: String? = nil) {
    self.term = term
    self.name = name
    self.comment = comment
  }
}

/// The question whether assertions can hold together. It is a plain value, and needs no solver.
package struct Query: Sendable, Hashable {
  /// What the answer has to be, where a query is kept as evidence.
  package enum Expectation: String, Sendable, CaseIterable {
    case satisfiable = "sat"
    case unsatisfiable = "unsat"
  }

  package let assertions: [Assertion]
  /// Stands above all; may have several lines.
  package let comment: String?
  package let expectation: Expectation?
  /// The unknowns with their sorts, in the order of their first use.
  package let unknowns: [Unknown]

  /// An unknown's name and sort.
  package struct Unknown: Sendable, Hashable {
    package let name: String
    package let sort: Sort
  }

  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`, `.duplicateAssertionName`.
  package init(
    _ assertions: [Assertion], comment: String? = nil, expectation: Expectation? = nil
  ) throws(SMTError) {
    var names = NameTable()
    var asserted: Set<String> = []
    for assertion in assertions {
      if let name = assertion.name {
        try NameTable.check(name)
        guard asserted.insert(name).inserted else { throw .duplicateAssertionName(name) }
      }
      for node in assertion.term.node.postorder {
        if case .unknown(let name, let sort) = node.operation { try names.insert(name, sort) }
      }
    }
    self.assertions = assertions
    self.comment = comment
    self.expectation = expectation
    unknowns = names.unknowns
  }

  /// Whether all assertions hold under a model, by plain arithmetic and without Z3.
  ///
  /// - Throws: `SMTError.valueTooLarge`, `.nameOfTwoSorts`.
  package func isSatisfied(by model: Model) throws(SMTError) -> Bool {
    for assertion in assertions where try !model.value(of: assertion.term) { return false }
    return true
  }

  /// Asks Z3.
  ///
  /// - Throws: `SMTError.missing`, `.tooOld`, `.refused`.
  package func decide(limits: Limits = .none) throws(SMTError) -> Answer {
    let solver = try Solver(limits: limits)
    for assertion in assertions { try solver.add(assertion) }
    return try solver.check()
  }
}

/// The sorts of names, and which names can be written.
struct NameTable {
  private var sorts: [String: Sort] = [:]
  private(set) var unknowns: [Query.Unknown] = []

  /// - Throws: `SMTError.unusableName`, `.nameOfTwoSorts`.
  mutating func insert(_ name: String, _ sort: Sort) throws(SMTError) {
    if let known = sorts[name] {
      guard known == sort else { throw .nameOfTwoSorts(name) }
      return
    }
    try Self.check(name)
    sorts[name] = sort
    unknowns.append(Query.Unknown(name: name, sort: sort))
  }

  func contains(_ name: String) -> Bool { sorts[name] != nil }

  /// What may stand between `|` and `|`, in ASCII: SMT-LIB 2.6, section 3.1. Solvers have their own
  /// ideas about what lies beyond.
  static func check(_ name: String) throws(SMTError) {
    let isUsable = name.utf8.allSatisfy {
      (UInt8(ascii: " ")...UInt8(ascii: "~")) ~= $0 && $0 != UInt8(ascii: "|")
        && $0 != UInt8(ascii: "\\")
    }
    guard isUsable, !name.isEmpty else { throw .unusableName(name) }
  }
}
