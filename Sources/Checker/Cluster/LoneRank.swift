/// One process alone, as a rank: what it sends comes back to it.
package final class LoneRank: Communicator {
  package init() {}

  package var rank: Int { 0 }
  package var size: Int { 1 }
  package var machine: (rank: Int, size: Int) { (0, 1) }

  package func gather(_ words: [UInt64]) -> [[UInt64]] { [words] }

  package func exchange(counts: [Int32]) -> [Int32] { counts }

  package func exchange(_ sent: WordSegments, into received: WordSegments) {
    received.words.update(from: sent.words + Int(sent.offsets[0]), count: Int(sent.counts[0]))
  }

  package func finish() {}
}
