package import MemoryLayout
package import SMT

/// What can go wrong beside an answer.
package enum FittingError: Error, Equatable, Sendable, CustomStringConvertible {
  case solver(SMTError)
  /// A placement that the solver found breaks constraints by plain arithmetic: a mistake of this
  /// program or of Z3. The placement is not used.
  case unverified(broken: [PlacementConstraint])
  /// An objective speaks of items that the question does not have.
  case noItem(PlacementItem.Role)

  package var description: String {
    switch self {
    case .solver(let error): error.description
    case .unverified(let broken):
      "a placement of the solver's breaks a rule, so it is not used: "
        + broken.map(\.reason).joined(separator: "; ")
    case .noItem(let role): "there is no item for \(role.rawValue)"
    }
  }

  /// Runs what may throw an error of the solver's.
  static func wrap<Result>(_ body: () throws(SMTError) -> Result) throws(FittingError) -> Result {
    do { return try body() } catch { throw .solver(error) }
  }
}
