/// Adds the successors of a batch to a store, for one thread.
protocol StateInserter: AnyObject {
  /// Makes the store larger than it was at a generation; whether the table has to grow in any case.
  /// False if it cannot be.
  typealias Growth = (_ generation: Int, _ isForced: Bool) -> Bool

  /// Makes room for a batch of so many successors.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory for that.
  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool

  /// Takes the store as it is now, if it has grown.
  func refresh()

  /// The packed states of some entries of a frontier, until the next call.
  func unfold(_ entries: UnsafePointer<UInt64>, count: Int) -> UnsafePointer<UInt64>

  /// Finds the keys of a batch's successors.
  ///
  /// - Parameters:
  ///   - stateCount: Expanded states, those that `unfold` gave last.
  ///   - grow: Makes the store larger; false if it cannot.
  /// - Returns: False if the store cannot be made large enough.
  func fold(_ batch: SuccessorBatch, stateCount: Int, grow: Growth) -> Bool

  /// Finds the keys of states that nothing is known of.
  func fold(_ batch: SuccessorBatch, grow: Growth) -> Bool

  /// Adds all successors, and notes which of them are new.
  ///
  /// - Returns: New states; nil if the store cannot be made large enough.
  func insert(_ batch: SuccessorBatch, depth: Int, grow: Growth) -> Int?

  /// The key of a successor that has been folded.
  func key(_ batch: SuccessorBatch, _ successor: Int) -> StateKey

  /// Adds one successor.
  ///
  /// - Returns: Whether it is new; nil if the store cannot be made large enough.
  func insert(_ key: StateKey, depth: Int, grow: Growth) -> Bool?

  /// Whether a state is known to have been found.
  func contains(_ key: StateKey) -> Bool

  /// The depth that a state was found at; nil if it has not been found, or that is not known.
  func depth(_ key: StateKey) -> Int?

  // MARK: Numbers

  /// Gives the successors that a batch has added their numbers.
  func numberNew(_ batch: SuccessorBatch)

  /// Finds the numbers of all successors, those that the batch has added included; 0 for one that is
  /// not in the store.
  func number(_ batch: SuccessorBatch)

  /// Finds two leads for each expanded state among its successors, when those that are new have
  /// numbers: the first that is new, and any others.
  ///
  /// - Parameters:
  ///   - states: The expanded states' entries.
  ///   - stateNumbers: Their numbers.
  func findLeads(
    _ batch: SuccessorBatch, of states: UnsafePointer<UInt64>,
    _ stateNumbers: UnsafePointer<UInt32>,
    stateCount: Int)

  /// Gives a key that has been added its number.
  func numberNew(_ key: StateKey) -> UInt32

  /// The number of a key; 0 if it is not in the store.
  func number(of key: StateKey) -> UInt32

}

/// A store whose states have no numbers.
extension StateInserter {
  func numberNew(_ batch: SuccessorBatch) {}

  func number(_ batch: SuccessorBatch) {}

  func findLeads(
    _ batch: SuccessorBatch, of states: UnsafePointer<UInt64>,
    _ stateNumbers: UnsafePointer<UInt32>,
    stateCount: Int
  ) {}

  func numberNew(_ key: StateKey) -> UInt32 { 0 }

  func number(of key: StateKey) -> UInt32 { 0 }
}

extension SuccessorBatch {
  /// Notes the heads of the successors' keys, where a state of two words is its own key.
  func takeHeads(_ pair: WordPair) {
    let (words, keys) = (words, keys)
    for position in 0..<count { keys[position] = pair.key(words + 2 * position).head }
  }

  /// Takes hashes for keys, where states are not kept whole.
  func hash(wordCount: Int) {
    for position in 0..<count {
      keys[position] = StateHash.hash(state(position), wordCount: wordCount)
    }
  }
}
