/// The processes that share a search, as one of them sees them: ranks from 0 on.
///
/// All calls return when all ranks have made the same one, so that whatever decides whether it is
/// made has to be the same on all of them. For one thread of each process.
package protocol Communicator: AnyObject, Sendable {
  var rank: Int { get }

  /// How many ranks there are.
  var size: Int { get }

  /// The rank among those of this machine, and how many these are.
  var machine: (rank: Int, size: Int) { get }

  /// The words of all ranks, in the order of ranks.
  ///
  /// - Parameter words: As many on all ranks.
  func gather(_ words: [UInt64]) -> [[UInt64]]

  /// For each rank, how many words it has for this one.
  ///
  /// - Parameter counts: For each rank, how many words this one has for it.
  func exchange(counts: [Int32]) -> [Int32]

  /// Moves words between all ranks.
  ///
  /// - Parameters:
  ///   - sent: The words for all ranks, those for each at an offset.
  ///   - received: Room for those of all ranks, each at its offset, as many as `exchange(counts:)` said.
  func exchange(_ sent: WordSegments, into received: WordSegments)

  /// Ends what ranks have in common; no call may follow.
  func finish()
}

/// Words for or from each rank, in one piece of memory.
package struct WordSegments {
  package let words: UnsafeMutablePointer<UInt64>
  /// For each rank.
  package let counts: [Int32]
  package let offsets: [Int32]

  package init(words: UnsafeMutablePointer<UInt64>, counts: [Int32], offsets: [Int32]) {
    (self.words, self.counts, self.offsets) = (words, counts, offsets)
  }
}

extension Communicator {
  /// The bytes of all ranks, in the order of ranks; of each as many as it gives.
  package func gather(bytes: [UInt8]) -> [[UInt8]] {
    let counts = gather([UInt64(bytes.count)]).map { Int($0[0]) }
    let wordCount = ((counts.max() ?? 0) + 7) / 8
    var words = [UInt64](repeating: 0, count: wordCount)
    words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    guard wordCount > 0 else { return counts.map { _ in [] } }
    return zip(gather(words), counts).map { words, count in
      words.withUnsafeBytes { Array($0.prefix(count)) }
    }
  }
}
