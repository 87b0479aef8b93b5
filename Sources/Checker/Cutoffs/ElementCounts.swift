package import Diagnostics
package import TransitionSystem

/// What a model says about how many elements a scalarset has, beside the elements themselves.
package struct ElementCounts: Sendable {
  /// Where the number of elements is an expression: the identity of the scalarset.
  ///
  /// At each size that is another number: whoever asks about several sizes at once has to say which.
  package let scalarsets: [SourceSpan: Int]
  /// Where local variables are named whose greatest value grows with numbers of elements.
  let bounds: [SourceSpan: Bound]
  /// The identities of scalarsets whose number of elements is said anywhere: who asks about several sizes
  /// at once has one number for it.
  package let numbered: Set<Int>
  /// Where it says something else, or what is not known.
  let otherUses: [(name: String, span: SourceSpan)]

  /// A greatest value.
  struct Bound: Sendable, Hashable {
    let constant: Int64
    /// For each element of a scalarset of this identity, so much.
    let factors: [Int: Int64]
  }

  /// A model that says nothing of the kind.
  package init() { (scalarsets, bounds, numbered, otherUses) = ([:], [:], [], []) }

  /// - Parameters:
  ///   - system: The model at a size.
  ///   - sizes: The constants that say sizes which are left open, with the scalarsets.
  ///   - uses: Where they stand beside that.
  ///   - bounds: Where local variables are named whose greatest value grows with sizes: a number, and
  ///     another one for each element, by the constants.
  ///   - inTypes: Where constants stand that say these greatest values, and those of results of
  ///     functions, which nothing is held against.
  package init(
    _ system: TransitionSystem, sizes: [String: String],
    uses: [(constant: String, span: SourceSpan)],
    bounds: [SourceSpan: (constant: Int64, factors: [String: Int64])], inTypes: Set<SourceSpan>
  ) {
    let identities = sizes.compactMapValues { name in
      system.scalarsets.first { $0.name == name }?.identity
    }
    var literals: Set<SourceSpan> = []
    system.forEachPart { part in
      if case .expression(let expression) = part, case .literal = expression.kind {
        literals.insert(expression.span)
      }
    }
    var scalarsets: [SourceSpan: Int] = [:]
    var otherUses: [(name: String, span: SourceSpan)] = []
    for use in uses where !inTypes.contains(use.span) {
      if literals.contains(use.span), let identity = identities[use.constant] {
        scalarsets[use.span] = identity
      } else {
        // A range, an index, a constant made of it: they are others at other sizes.
        otherUses.append((use.constant, use.span))
      }
    }
    (self.scalarsets, self.otherUses) = (scalarsets, otherUses)
    // A greatest value that is larger than it is at a size says nothing: nothing is held against it.
    numbered = Set(
      uses.filter { !inTypes.contains($0.span) }.compactMap { identities[$0.constant] })
    self.bounds = bounds.mapValues { bound in
      var factors: [Int: Int64] = [:]
      for (constant, factor) in bound.factors {
        if let identity = identities[constant] { factors[identity, default: 0] += factor }
      }
      return Bound(constant: bound.constant, factors: factors)
    }
  }
}
