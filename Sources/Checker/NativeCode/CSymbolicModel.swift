import Analysis
import Packing
import TransitionSystem

/// What native code has to know of a model with symbolic constants.
struct CSymbolicModel {
  let dependence: SymbolicDependence
  /// Assumptions about the state and symbolic constants, by number: they hold from the step on that
  /// leads to the state.
  let stepAssumptions: [Int]
  private let pathField: StatePacking.FieldSlot
  private let pathSlot: Int

  /// - Parameter calls: The call graph of the system's functions.
  /// - Returns: Nil for a model in which nothing is an address.
  init?(_ system: TransitionSystem, _ packing: StatePacking, _ calls: CallGraph) {
    guard let pathSlot = system.pathSlot else { return nil }
    let dependence = SymbolicDependence(system.functions, calls)
    self.dependence = dependence
    stepAssumptions = system.properties.indices.filter {
      system.properties[$0].kind == .assumption
        && dependence.usesAddresses(system.properties[$0].expression)
    }
    self.pathSlot = pathSlot
    pathField = packing.fields[pathSlot]
  }

  /// Whether what a rule does may depend on symbolic constants.
  func usesAddresses(_ rule: Rule) -> Bool {
    rule.guardExpression.map(dependence.usesAddresses) ?? false
      || dependence.usesAddresses(rule.body)
  }

  /// How the state holds its path condition, and numbers for the operations.
  var definitions: [String] {
    let undefined = pathField.mayBeUndefined ? 1 : 0
    return [
      "#define PATH_SLOT \(pathSlot)",
      "#define PATH_MASK \(pathField.mask)ULL",
      // The code of path condition 0.
      "#define PATH_FIRST (\(undefined) - \(pathField.lower))",
      "#define KINDS \(NativeOperation.kindCount)",
    ] + NativeOperation.allCases.map { "#define \($0.name) \($0.rawValue)LL" }
  }
}

/// An operation on addresses that native code asks for. The kind of one that depends on the path
/// condition is its number and `kindCount` times that of the path condition.
package enum NativeOperation: Int64, CaseIterable, Sendable {
  // 0 is for a fact that is not there.
  case equal = 1
  case notEqual, less, lessOrEqual
  /// Of the left operand, which is the number itself.
  case number
  case sum, difference, product, quotient, remainder
  /// An end of what the left operand can be, for the measure of the number on the right.
  case least, greatest

  package static let kindCount: Int64 = 16

  var name: String {
    switch self {
    case .equal: "EQUAL"
    case .notEqual: "NOT_EQUAL"
    case .less: "LESS"
    case .lessOrEqual: "LESS_OR_EQUAL"
    case .number: "NUMBER"
    case .sum: "SUM"
    case .difference: "DIFFERENCE"
    case .product: "PRODUCT"
    case .quotient: "QUOTIENT"
    case .remainder: "REMAINDER"
    case .least: "LEAST"
    case .greatest: "GREATEST"
    }
  }
}
