import Exploration
import Testing

/// What `bitstate` says of states that it may have missed, against what it misses.
@Suite struct BitTableTests {
  /// So many tables of a size, each with so many states that all have random hashes: misses are
  /// counted, and the chances that the tables say are added up. Few states in a small table are
  /// where bits that depend on each other would show.
  @Test(arguments: [
    (byteCount: 64, states: 8, tables: 400_000), (byteCount: 1024, states: 64, tables: 150_000),
    (byteCount: 1024, states: 1024, tables: 200),
  ])
  func missesAreAsOftenAsSaid(byteCount: Int, states: Int, tables: Int) throws {
    var random: UInt64 = 7
    func next() -> UInt64 {
      random &+= 0x9E37_79B9_7F4A_7C15
      var mixed = random
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    var said = 0.0
    var missed = 0
    for _ in 0..<tables {
      let table = try #require(BitTable(byteCount: byteCount))
      for _ in 0..<states where !table.insert(next()) { missed += 1 }
      said += table.expectedOmissions
    }
    // Of a Poisson distribution; a state that is missed is not counted in what is said.
    let deviation = 5 * said.squareRoot()
    #expect(said > 20)
    #expect(abs(Double(missed) - said) < deviation + 0.1 * said, "\(missed) of \(said)")
  }
}
