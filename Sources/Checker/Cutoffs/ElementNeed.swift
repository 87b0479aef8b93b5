package import Diagnostics
import TransitionSystem

/// A way in which a run that breaks something needs elements of a scalarset: one, or one for each
/// element of others that there are.
struct ElementNeed: Hashable {
  /// The identity of the scalarset.
  let set: Int
  /// Scalarsets of whose elements each needs one, sorted.
  let along: [Int]

  init(_ set: Int, along: [Int] = []) {
    self.set = set
    self.along = along.sorted()
  }
}

/// Why no number of elements is known that stands for all larger ones.
package struct CutoffRefusal: Error, Sendable, Hashable {
  package let reason: Reason
  package let span: SourceSpan

  package enum Reason: Sendable, Hashable {
    /// Elements of a scalarset have each an element of the same one, or of one that leads back to it.
    case chain(String)
    /// What a round of a loop leaves is not of its element alone.
    case sharedByRounds
    /// A constant for a number of elements says something that is another one at each size.
    case sizeIsUsed(String)
    /// How many elements there are of a kind goes elsewhere than into a comparison with what does not grow.
    case sumIsUsed
    /// Two numbers of elements are compared with each other.
    case sumsAreCompared
    /// A variable has no room for a count, at some size.
    case countHasNoRoom
    /// A `while` or a function that calls itself asks about all elements.
    case unboundedRepetition
    /// A loop or an array over a union with a scalarset in it, or a multiset of arrays over one.
    case mixedIndex
    /// Rules have priorities: that no other is enabled is asked of all elements.
    case priorities
    case symbolicConstants
    /// Elements are told apart.
    case notInterchangeable(String)
    /// So many elements that nobody could ask about them.
    case tooManyElements(String, Int)
    /// The text would have to be gone through too often.
    case tooLarge
  }

  package init(_ reason: Reason, at span: SourceSpan) {
    (self.reason, self.span) = (reason, span)
  }
}
