import Exploration
import Testing

/// The set against one of the standard library, through all of its growth.
@Suite struct SeenSetTests {
  @Test(arguments: [1, 2, 3, 10])
  func findsWhatWasInserted(wordCount: Int) throws {
    let seen = SeenSet(wordCount: wordCount)
    var random = SystemRandomNumberGenerator()
    var states: [[UInt64]] = []
    var known: Set<[UInt64]> = []
    while states.count < 700_000 / wordCount {
      // Few values for each word: many states differ in one word alone.
      let state = (0..<wordCount).map { _ in
        UInt64.random(in: 0..<(wordCount == 1 ? .max : 1 << 20), using: &random)
      }
      guard known.insert(state).inserted else { continue }
      let hash = StateHash.hash(state, wordCount: wordCount)
      try #require(seen.find(state, hash: hash) == nil)
      #expect(seen.byteCount <= seen.byteCountAfterInsertion)
      #expect(seen.insert(state, hash: hash) == states.count)
      states.append(state)
    }
    #expect(seen.count == states.count)
    for (number, state) in states.enumerated() {
      let found = seen.find(state, hash: StateHash.hash(state, wordCount: wordCount))
      try #require(found == number)
    }
    // The words, and at a load of at least 42 in a hundred at most 9.5 bytes a state for the slots.
    #expect(Double(seen.byteCount) <= Double(states.count) * (Double(wordCount) * 8 + 9.5))
  }
}
