/// How the memory of a search on disk is divided.
package struct DiskSizes: Sendable {
  /// Words of a block of a file, about.
  package var blockWordCount: Int
  /// States that each thread collects before it writes them.
  package var candidateCount: Int
  /// States that each thread remembers to have collected, as a power of two.
  package var recentBitCount: Int
  /// Runs that are merged at once.
  package var runCount: Int
  /// States that have been seen and are kept in memory.
  package var keptCount: Int
  /// States of a level that are read at once.
  package var partCount: Int

  package init(
    blockWordCount: Int, candidateCount: Int, recentBitCount: Int, runCount: Int, keptCount: Int,
    partCount: Int
  ) {
    self.blockWordCount = blockWordCount
    self.candidateCount = candidateCount
    self.recentBitCount = recentBitCount
    self.runCount = runCount
    self.keptCount = keptCount
    self.partCount = partCount
  }

  /// More makes nothing faster.
  private static let mostBytes = 2 << 30

  /// - Parameters:
  ///   - byteLimit: Bytes that the search may take.
  ///   - wordCount: Words of a state.
  ///   - workerCount: Threads that collect states.
  package init(byteLimit: Int, wordCount: Int, workerCount: Int) {
    let bytes = min(byteLimit, Self.mostBytes)
    let stateBytes = 8 * wordCount
    blockWordCount = min(StateBlock.usualWordCount, max(64, bytes >> 13))
    let block = StateBlock(wordCount: wordCount, words: blockWordCount)
    runCount = min(64, max(4, bytes / 8 / RunMerger.byteCount(runs: 1, block)))
    let recent = bytes / 16 / (stateBytes * workerCount)
    recentBitCount = min(20, max(4, Int.bitWidth - 1 - max(1, recent).leadingZeroBitCount))
    keptCount = bytes / 16 / stateBytes
    partCount = min(1 << 16, max(1, bytes / 32 / stateBytes))
    // Twice, because they are sorted from the one half into the other; an eighth of all is left for where
    // blocks are, and for successors.
    candidateCount = max(64, bytes / 32 * 19 / (2 * stateBytes * workerCount))
  }
}

/// Where and how a search keeps its states on disk.
package struct DiskOptions: Sendable {
  /// The folder: empty, or to be made.
  package var folder: String
  /// Nil for what suits the memory.
  package var sizes: DiskSizes?

  package init(folder: String, sizes: DiskSizes? = nil) {
    self.folder = folder
    self.sizes = sizes
  }
}
