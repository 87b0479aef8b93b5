/// How a transition is written: the number of its target, and that of its source.
package struct TransitionCode {
  /// Words of a transition: one, or two where numbers need more than half of one.
  package let wordCount: Int
  private let bits: UInt64
  private let mask: UInt64

  /// - Parameter stateCount: States, whose numbers are below this one.
  package init(stateCount: Int) {
    let bitCount = Int.bitWidth - max(1, stateCount - 1).leadingZeroBitCount
    wordCount = bitCount <= 32 ? 1 : 2
    bits = UInt64(bitCount)
    mask = 1 &<< bits &- 1
  }

  /// - Parameter place: Room for `wordCount` words.
  @inline(__always)
  package func write(_ target: Int, _ source: Int, to place: UnsafeMutablePointer<UInt64>) {
    if wordCount == 1 {
      place[0] = UInt64(target) &<< bits | UInt64(source)
    } else {
      place[0] = UInt64(target)
      place[1] = UInt64(source)
    }
  }

  /// The ends of one of some transitions.
  @inline(__always)
  package func read(_ words: UnsafePointer<UInt64>, _ position: Int) -> (target: Int, source: Int) {
    if wordCount == 1 {
      let word = words[position]
      return (Int(word &>> bits), Int(word & mask))
    }
    return (Int(words[2 &* position]), Int(words[2 &* position &+ 1]))
  }
}

/// Transitions on disk, in the order of their targets, and of those with the same one in that of their sources.
struct TransitionRun {
  let code: TransitionCode
  let run: SortedRun
  let block: StateBlock

  /// Calls `body` with all transitions, a block at a time.
  ///
  /// - Parameters:
  ///   - isReversed: Whether the last block comes first.
  ///   - goesOn: Asked before each.
  func forEachBlock(
    isReversed: Bool, while goesOn: () -> Bool,
    _ body: (_ words: UnsafePointer<UInt64>, _ count: Int) throws(DiskFailure) -> Void
  ) throws(DiskFailure) {
    guard case .stored(let file, let blocks, _) = run else { return }
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: block.mostBytes, alignment: 8)
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: block.capacity)
    defer {
      bytes.deallocate()
      words.deallocate()
    }
    for place in 0..<blocks.count {
      guard goesOn() else { return }
      let number = isReversed ? blocks.upperBound - 1 - place : blocks.lowerBound + place
      let count = try file.read(number, bytes, into: words)
      try body(UnsafePointer(words), count)
    }
  }
}

/// Writes transitions, in their order.
final class TransitionWriter {
  private let code: TransitionCode
  private let block: StateBlock
  private let writer: StateWriter
  private let words: UnsafeMutablePointer<UInt64>
  private var count = 0

  /// - Parameter file: An empty one, of transitions as they are written by `code`.
  init(_ file: StateFile, _ code: TransitionCode) {
    self.code = code
    block = file.block
    writer = StateWriter(file)
    words = .allocate(capacity: block.capacity)
  }

  deinit { words.deallocate() }

  @inline(__always)
  func append(_ target: Int, _ source: Int) throws(DiskFailure) {
    code.write(target, source, to: words + count * code.wordCount)
    count += 1
    if count == block.stateCount { try flush() }
  }

  private func flush() throws(DiskFailure) {
    if count > 0 { try writer.append(words, count: count) }
    count = 0
  }

  /// All that has been written; nothing more is to come.
  func end() throws(DiskFailure) -> TransitionRun {
    try flush()
    return TransitionRun(code: code, run: try writer.endRun(), block: block)
  }
}
