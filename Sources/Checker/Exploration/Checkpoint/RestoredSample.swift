import Packing
import Symmetry

/// Some states of a checkpoint that have been expanded, to see whether they are of the model: a program that was
/// built from other sources may understand it otherwise, whatever its version says.
struct RestoredSample {
  private var states: [PackedState] = []
  private static let mostStates = 256

  /// Takes some of the columns' states.
  ///
  /// - Parameter depth: Of the level that is being expanded.
  mutating func take(from columns: StateColumns, above depth: Int) {
    var words = [UInt64](repeating: 0, count: columns.wordCount)
    for position in stride(from: 0, to: columns.count, by: max(1, columns.count / 16))
    where states.count < Self.mostStates && columns.depth(position) < depth {
      words.withUnsafeMutableBufferPointer { words in
        if let first = words.baseAddress { columns.state(position, into: first) }
      }
      states.append(PackedState(words, wordCount: words.count))
    }
  }

  /// Whether each of them stands for its orbit, and what follows from it is there.
  ///
  /// - Parameters:
  ///   - hasSuccessors: Whether all that follows has to be there.
  ///   - batch: The successors of one of them are put into it.
  ///   - areThere: Whether those of the batch are.
  func isOfThisModel<Failure: Error>(
    _ shared: SharedSearch, _ generator: any SuccessorGenerator, hasSuccessors: Bool,
    _ batch: SuccessorBatch, _ areThere: () throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    // What is left out may be what follows.
    if shared.mayDiscard || shared.space.stubbornSets != nil { return true }
    let canonicalizer = Canonicalizer(shared.space.symmetry, packing: shared.space.packing)
    for state in states {
      var orbit = state.words
      canonicalizer.canonicalize(&orbit)
      guard orbit == state.words else { return false }
      // What is not decided in time ends the search by itself.
      guard hasSuccessors, (try? generator.expand(state.words, count: 1, into: batch)) != nil
      else { continue }
      guard try areThere() else { return false }
    }
    return true
  }
}
