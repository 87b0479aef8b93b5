package import Exploration
package import Symmetry

/// By what a search left states or rules out that no verdict depends on, and what hindered it.
package struct Reductions: Sendable {
  /// One state stood for each orbit of these scalarsets.
  package let symmetry: SymmetryPlan
  /// Whether stubborn sets were made use of.
  package let usesStubbornSets: Bool
  /// Why they were not, where that was asked for.
  package let stubbornSetRefusal: SearchSpace.ReductionRefusal?
}
