/// All states of a search on disk in the order of their words. The place of a state in that order is its number:
/// no number is kept of any.
final class NumberedStates {
  private let merger: RunMerger
  private let wordCount: Int
  /// Some states that follow each other.
  private(set) var states: UnsafePointer<UInt64>
  private(set) var count: Int
  /// The number of the first of them.
  private(set) var first = 0
  /// Those that have been passed.
  private var position = 0

  /// Begins with the first ones.
  ///
  /// - Parameter merger: Gives all states.
  init(_ merger: RunMerger, wordCount: Int) throws(DiskFailure) {
    self.merger = merger
    self.wordCount = wordCount
    let batch = try merger.next()
    states = UnsafePointer(batch.states)
    count = batch.count
  }

  /// Goes to the states behind those that there are.
  ///
  /// - Returns: False behind the last one.
  func advance() throws(DiskFailure) -> Bool {
    first += count
    position = 0
    let batch = try merger.next()
    states = UnsafePointer(batch.states)
    count = batch.count
    return count > 0
  }

  /// The number of a state; nil if it is none of the search.
  ///
  /// - Parameter state: Not before those of all calls before.
  func number(of state: UnsafePointer<UInt64>) throws(DiskFailure) -> Int? {
    while position == count
      || StateOrder.precedes(states + (count - 1) * wordCount, state, wordCount)
    {
      guard try advance() else { return nil }
    }
    position = StateOrder.lowerBound(
      of: state, in: states, from: position, count: count, wordCount)
    return StateOrder.equal(states + position * wordCount, state, wordCount)
      ? first + position : nil
  }
}
