package import Diagnostics
package import TransitionSystem

/// What a model says about how many elements a scalarset has, beside the elements themselves.
package struct ElementCounts: Sendable {
  /// Where the number of elements is an expression: the identity of the scalarset.
  let scalarsets: [SourceSpan: Int]
  /// Where local variables are named whose greatest value grows with numbers of elements.
  let bounds: [SourceSpan: Bound]
  /// Where it says something else, or what is not known.
  let otherUses: [(name: String, span: SourceSpan)]

  /// A greatest value.
  package struct Bound: Sendable, Hashable {
    let constant: Int64
    /// For each element of a scalarset of this identity, so much.
    let factors: [Int: Int64]

    package init(constant: Int64, factors: [Int: Int64]) {
      (self.constant, self.factors) = (constant, factors)
    }
  }

  /// A model that says nothing of the kind.
  package init() { (scalarsets, bounds, otherUses) = ([:], [:], []) }

  /// - Parameters:
  ///   - system: The model at a size.
  ///   - uses: Where constants for sizes stand, beside where they say these: the scalarset and the
  ///     constant.
  ///   - bounds: Where local variables are named whose greatest value grows with numbers of elements.
  ///   - inTypes: Where constants stand that say these greatest values, and those of results of
  ///     functions, which nothing is held against.
  package init(
    _ system: TransitionSystem, uses: [(span: SourceSpan, scalarset: Int, constant: String)],
    bounds: [SourceSpan: Bound], inTypes: Set<SourceSpan>
  ) {
    scalarsets = Dictionary(
      uses.map { ($0.span, $0.scalarset) }, uniquingKeysWith: { first, _ in first })
    self.bounds = bounds
    var literals: Set<SourceSpan> = []
    system.forEachPart { part in
      if case .expression(let expression) = part, case .literal = expression.kind {
        literals.insert(expression.span)
      }
    }
    // A range, an index, a constant made of it: they are others at other sizes.
    otherUses = uses.filter { !inTypes.contains($0.span) && !literals.contains($0.span) }
      .map { ($0.constant, $0.span) }
  }
}
