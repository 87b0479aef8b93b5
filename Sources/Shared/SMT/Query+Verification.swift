/// Whether a query has the answer that it is kept as evidence of.
package enum Verification: Sendable, Hashable {
  /// The answer is the expected one. Where that is `sat`, the model was checked by arithmetic too.
  case confirmed
  /// The answer is the other one.
  case refuted
  /// Z3 did not find out; the evidence is neither confirmed nor refuted.
  case undecided(UnknownReason)
}

extension Query {
  /// Puts the query to Z3 and compares the answer with the expectation.
  ///
  /// With `Query(script:)` this re-checks a file from its text alone:
  /// `try Query(script: text).verify()`.
  ///
  /// - Throws: `SMTError.noExpectation`, `.missing`, `.tooOld`, `.refused`; `.valueTooLarge` if a
  ///   model cannot be checked in 128 bits.
  package func verify(limits: Limits = .none) throws(SMTError) -> Verification {
    guard let expectation else { throw .noExpectation }
    var solver = try Solver(limits: limits)
    for assertion in assertions { try solver.add(assertion) }
    var answer = try solver.check()
    // Names keep Z3 from putting values for unknowns, which a long list of them needs.
    if case .unknown(.other) = answer {
      solver = try Solver(limits: limits)
      for assertion in assertions { try solver.add(Assertion(assertion.term)) }
      answer = try solver.check()
    }
    switch (answer, expectation) {
    case (.unknown(let reason), _): return .undecided(reason)
    case (.unsatisfiable, .unsatisfiable): return .confirmed
    case (.satisfiable, .satisfiable):
      guard try isSatisfied(by: solver.model()) else {
        throw .refused(.internalFatal, "a model of Z3's does not satisfy the query")
      }
      return .confirmed
    case (.satisfiable, .unsatisfiable), (.unsatisfiable, .satisfiable): return .refuted
    }
  }
}
