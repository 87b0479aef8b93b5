import Exploration
import Testing

/// States sorted, written and read, against the standard library.
@Suite struct SortedStatesTests {
  /// States as fields of some bits, so that some bits never differ, and many states come again.
  private static func states(
    wordCount: Int, count: Int, mask: UInt64, few: Bool
  ) -> [[UInt64]] {
    var random = SystemRandomNumberGenerator()
    let pool = (0..<(few ? 40 : count)).map { _ in
      (0..<wordCount).map { _ in UInt64.random(in: 0...(.max), using: &random) & mask }
    }
    return (0..<count).map { few ? pool.randomElement(using: &random) ?? pool[$0 % 40] : pool[$0] }
  }

  private static let masks: [UInt64] = [
    .max, 0, 1, 0xFF, 0x8000_0000_0000_0001, 0x0F0F_0000_00F0_0F00, 0xFFFF_FFFF_0000_0000,
  ]

  private static func sorted(_ states: [[UInt64]]) -> [[UInt64]] {
    Array(Set(states)).sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test(arguments: [1, 2, 3, 5, 16], masks)
  func sortingLeavesEachStateOnce(wordCount: Int, mask: UInt64) {
    let sorter = StateSorter(wordCount: wordCount)
    for count in [0, 1, 2, 19, 20, 21, 300, 20_000] where count <= 300 || wordCount < 5 {
      for few in [false, true] {
        let states = Self.states(wordCount: wordCount, count: count, mask: mask, few: few)
        var words = states.flatMap { $0 }
        var other = words
        let left = words.withUnsafeMutableBufferPointer { words in
          other.withUnsafeMutableBufferPointer { other in
            guard let base = words.baseAddress, let room = other.baseAddress else { return 0 }
            return sorter.sort(base, count: count, room)
          }
        }
        let found = (0..<left).map { Array(words[($0 * wordCount)..<(($0 + 1) * wordCount)]) }
        #expect(found == Self.sorted(states))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 7], masks)
  func blocksAreReadAsTheyWereWritten(wordCount: Int, mask: UInt64) {
    let block = StateBlock(wordCount: wordCount)
    for count in [1, 2, 3, block.stateCount] {
      let states = Self.sorted(
        Self.states(wordCount: wordCount, count: count, mask: mask, few: false)
          + [Array(repeating: .max, count: wordCount)]
      ).suffix(count).flatMap { $0 }
      let room = UnsafeMutableRawPointer.allocate(byteCount: block.mostBytes, alignment: 8)
      defer { room.deallocate() }
      let length = block.encode(states, count: states.count / wordCount, into: room)
      #expect(length + 8 <= block.mostBytes)
      var read = [UInt64](repeating: 0, count: states.count)
      block.decode(room, count: states.count / wordCount, into: &read)
      #expect(read == states)
    }
  }

  /// A bit that is another one shows, wherever it is, and so does an end that is missing.
  @Test func checksumsTellBlocksApart() {
    let states = (0..<100).map { UInt64($0 * $0 * 7919) }
    let block = StateBlock(wordCount: 1)
    let room = UnsafeMutableRawPointer.allocate(byteCount: block.mostBytes, alignment: 8)
    defer { room.deallocate() }
    let length = block.encode(states, count: states.count, into: room)
    let sum = StateBlock.checksum(room, count: length)
    #expect(StateBlock.checksum(room, count: length - 1) != sum)
    let bytes = room.assumingMemoryBound(to: UInt8.self)
    for position in 0..<length {
      for bit in 0..<8 {
        bytes[position] ^= 1 << bit
        #expect(StateBlock.checksum(room, count: length) != sum)
        bytes[position] ^= 1 << bit
      }
    }
    #expect(StateBlock.checksum(room, count: length) == sum)
  }
}
