/// A value for each unknown. It is a plain value, independent of the solver that found it.
package struct Model: Sendable, Hashable {
  /// The values by name. An unknown that is not here may have any value.
  package let values: [String: Value]

  package init(values: [String: Value]) { self.values = values }

  /// The value of an integer term, by plain arithmetic; unknowns without a value are 0.
  ///
  /// - Throws: `SMTError.valueTooLarge` if a number on the way needs more than 128 bits (that of an
  ///   unknown by itself may be of any size), `SMTError.nameOfTwoSorts` if an unknown has a truth
  ///   value here.
  /// - Complexity: Linear in the nodes of the term.
  package func value(of term: IntTerm) throws(SMTError) -> IntegerValue {
    if case .unknown(let name, _) = term.node.operation, case .integer(let value) = values[name] {
      return value
    }
    return IntegerValue(try Evaluation(self, term.node).integer(term.node))
  }

  /// Whether a formula holds, by plain arithmetic; unknowns without a value are false.
  ///
  /// - Throws: As for integers.
  package func value(of term: BoolTerm) throws(SMTError) -> Bool {
    try Evaluation(self, term.node).bool(term.node)
  }
}
