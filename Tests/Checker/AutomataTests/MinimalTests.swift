import Automata
import Randomness
import TestSupport
import Testing

@Suite struct MinimalTests {
  /// Of few states, so that words up to a length below their number tell all apart.
  private static func random(
    _ random: inout SplitMix64, states: Int, symbols: Int, gaps: Int
  ) -> DeterministicAutomaton {
    let share = random.integer(in: 0...100)
    return DeterministicAutomaton(
      symbolCount: symbols, isFinal: (0..<states).map { _ in random.chance(share) },
      table: (0..<states * symbols).map { _ in
        random.chance(gaps)
          ? DeterministicAutomaton.none : Int32(random.integer(in: 0...states - 1))
      })
  }

  @Test(arguments: 0..<400)
  func minimalAutomataHaveTheSameWordsAndNoStateTooMany(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let symbols = random.integer(in: 1...3)
    let automaton = Self.random(
      &random, states: random.integer(in: 1...6), symbols: symbols,
      gaps: random.integer(in: 0...70))
    let minimal = try #require(automaton.minimal())
    #expect(minimal.stateCount == AutomatonByHand.neededStates(automaton))
    #expect(AutomatonByHand.reached(minimal).count == minimal.stateCount)
    // Two automata of n and m states that differ do so in a word of less than n + m symbols.
    let length = min(symbols == 1 ? 13 : symbols == 2 ? 9 : 6, 2 * automaton.stateCount)
    #expect(
      AutomatonByHand.words(automaton, length: length)
        == AutomatonByHand.words(minimal, length: length))
    #expect(minimal.minimal() == minimal)
  }

  /// Larger ones, with states that are copies of each other.
  @Test(arguments: 0..<40)
  func copiesOfStatesAreFound(seed: Int) throws {
    var random = SplitMix64(seed: 7_000 + UInt64(seed))
    let symbols = random.integer(in: 1...4)
    let small = Self.random(
      &random, states: random.integer(in: 2...15), symbols: symbols,
      gaps: random.integer(in: 0...60))
    let copies = random.integer(in: 2...5)
    var table: [Int32] = []
    for state in 0..<small.stateCount * copies {
      for symbol in 0..<symbols {
        let next = small.next(state / copies, symbol)
        table.append(
          next.map { Int32($0 * copies + random.integer(in: 0...copies - 1)) }
            ?? DeterministicAutomaton.none)
      }
    }
    let large = DeterministicAutomaton(
      symbolCount: symbols,
      isFinal: (0..<small.stateCount * copies).map { small.isFinal[$0 / copies] },
      table: table)
    let minimal = try #require(large.minimal())
    #expect(minimal == small.minimal())
    #expect(minimal.stateCount == AutomatonByHand.neededStates(small))
  }

  /// A ring of as many states, of which every seventh is final, is a ring of seven; a chain with its last
  /// state final has no state too many, and whoever compares all pairs of them does not end soon.
  @Test func longWays() throws {
    let (count, none) = (7 * 4_000, DeterministicAutomaton.none)
    let ring = DeterministicAutomaton(
      symbolCount: 2, isFinal: (0..<count).map { $0 % 7 == 0 },
      table: (0..<count).flatMap { [Int32(($0 + 1) % count), none] })
    #expect(try #require(ring.minimal()).stateCount == 7)
    let chain = DeterministicAutomaton(
      symbolCount: 1, isFinal: (0..<count).map { $0 == count - 1 },
      table: (0..<count).map { $0 == count - 1 ? none : Int32($0 + 1) })
    #expect(chain.minimal() == chain)
  }

  @Test func theSmallestOnes() throws {
    let none = DeterministicAutomaton.none
    let silent = DeterministicAutomaton(symbolCount: 0, isFinal: [true], table: [])
    #expect(silent.minimal() == silent)
    let empty = DeterministicAutomaton(symbolCount: 2, isFinal: [], table: [])
    #expect(empty.minimal() == empty)
    // The second state is never reached, and the third is the first again.
    let automaton = DeterministicAutomaton(
      symbolCount: 1, isFinal: [true, false, true], table: [2, none, 0])
    #expect(
      automaton.minimal() == DeterministicAutomaton(symbolCount: 1, isFinal: [true], table: [0]))
    #expect(automaton.minimal(while: { false }) == nil)
    #expect(automaton.state(behind: [0, 0]) == 0)
    #expect(automaton.transitionCount == 2)
  }
}
