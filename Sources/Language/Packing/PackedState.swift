/// A state as `StatePacking` packs it, kept for itself: the end of a run, say.
///
/// States that are expanded and added have no such value: they lie side by side in the memory of a
/// `SuccessorBatch` or a `Frontier`, behind pointers.
package struct PackedState: Hashable, Comparable, Sendable {
  /// In the packing's order; one at least. Where a pointer to words is wanted, they can be passed as
  /// they are.
  package var words: [UInt64]

  /// Copies a state.
  ///
  /// - Parameters:
  ///   - words: Its first word.
  ///   - count: Its words, `StatePacking.wordCount`.
  package init(_ words: UnsafePointer<UInt64>, wordCount count: Int) {
    self.words = Array(UnsafeBufferPointer(start: words, count: count))
  }

  /// By words, the first one first. Which of several states is shown is chosen by this order.
  package static func < (left: PackedState, right: PackedState) -> Bool {
    left.words.lexicographicallyPrecedes(right.words)
  }
}
