package import TransitionSystem

/// Whether parts of some kind occur in an expression or a list of statements, or in a function that
/// may be called from there.
package struct Occurrence: Sendable {
  /// For each function, whether a call of it may come by such a part.
  package let inFunctions: [Bool]
  private let isOne: @Sendable (Part) -> Bool

  /// - Parameters:
  ///   - functions: All functions of the system.
  ///   - calls: The call graph of these functions.
  ///   - isOne: Whether a part is of the kind that is looked for.
  package init(
    in functions: [Function], _ calls: CallGraph, of isOne: @escaping @Sendable (Part) -> Bool
  ) {
    self.isOne = isOne
    inFunctions = calls.spreadToCallers(
      functions.map { function in
        var found = false
        function.body.forEachPart { if isOne($0) { found = true } }
        return found
      })
  }

  /// Whether evaluating the expression may come by such a part.
  package func isIn(_ expression: Expression) -> Bool { isIn { expression.forEachPart($0) } }

  /// Whether passing the argument may come by such a part.
  package func isIn(_ argument: Argument) -> Bool { isIn { argument.forEachPart($0) } }

  /// Whether executing the statements may come by such a part.
  package func isIn(_ statements: [Statement]) -> Bool { isIn { statements.forEachPart($0) } }

  private func isIn(_ forEachPart: ((Part) -> Void) -> Void) -> Bool {
    var found = false
    forEachPart { part in
      if isOne(part) { found = true }
      if case .call(let function) = part, inFunctions[function] { found = true }
    }
    return found
  }
}
