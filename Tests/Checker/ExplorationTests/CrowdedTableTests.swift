import Diagnostics
import Exploration
import Murphi
import NativeCode
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Keys that all belong to a few lines of the table: it has to grow in the middle of a batch,
/// though it is nearly empty.
@Suite struct CrowdedTableTests {
  private static let bitCount: UInt64 = 20

  /// As the table mixes keys of that many bits (docs/internals/store.md).
  private static func mixed(_ key: UInt64) -> UInt64 {
    let mask: UInt64 = (1 << bitCount) - 1
    var mixed = key
    for _ in 0..<2 {
      mixed = ((mixed ^ (mixed >> ((bitCount + 1) / 2))) &* 0x9E37_79B9_7F4A_7C15) & mask
    }
    return mixed
  }

  /// Keys whose home is one of four of the 512 lines that such a table begins with.
  private static let keys = Array(
    (1..<UInt64(1) << bitCount).lazy
      .filter { (100..<104).contains(mixed($0) >> (bitCount - 9)) }.prefix(1_200))

  /// Each state is found from the start, and all of them once more from one of them.
  @Test(arguments: ExplorationOptions.Executor.allCases)
  func findsEachStateOnce(executor: ExplorationOptions.Executor) throws {
    let keys = Self.keys
    let rules = keys.map { "rule x = 0 | x = \(keys[0]) ==> begin x := \($0); end;" }
    let text =
      "var x : 0 .. \((1 << Self.bitCount) - 1); startstate begin x := 0; end;\n"
      + rules.joined(separator: "\n")
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    var options = ExplorationOptions()
    options.deadlock = .off
    options.executor = executor
    let result = Explorer.explore(SearchSpace(system), options: options)
    #expect(result.statistics.stateCount == keys.count + 1)
    #expect(result.statistics.ruleFiringCount == 2 * keys.count)
    // Without growth in between it would have the first 512 lines.
    #expect(result.statistics.byteCount > 1 << 20)
  }

  /// Two threads find the same states at once, and the one that has added them lets the table grow
  /// before the batch is done: the other one, which waits for their numbers, is not to be waited
  /// for.
  @Test(arguments: 0..<8)
  func numbersAreGivenBeforeTheTableGrows(attempt: Int) throws {
    let result = try Self.exploreFromManySides(seed: UInt64(attempt), byteCount: nil)
    #expect(result.statistics.stateCount == 1 + Self.sideCount + Self.farKeys.count)
    #expect(
      result.statistics.ruleFiringCount
        == Self.sideCount + (Self.sideCount / 8 + 1) * Self.farKeys.count)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  /// As before, where there is no memory to grow.
  @Test(arguments: 0..<8)
  func aTableThatMayNotGrowEndsTheSearch(attempt: Int) throws {
    let result = try Self.exploreFromManySides(seed: UInt64(attempt), byteCount: 1 << 20)
    guard case .inconclusive(.bytes) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }

  /// States that lead to keys of few lines, an eighth of these each.
  private static let sideCount = 4096
  private static let farKeys = keys.filter { $0 > sideCount }

  private static func exploreFromManySides(
    seed: UInt64, byteCount: Int?
  ) throws -> ExplorationResult {
    var random = SplitMix64(seed: seed)
    let rules =
      ["ruleset m: 1 .. \(sideCount) do rule x = 0 ==> begin x := m; end; end;"]
      + farKeys.shuffled(using: &random).enumerated().map {
        "rule x >= 1 & x <= \(sideCount) & x % 8 = \($0 % 8) ==> begin x := \($1); end;"
      }
    let text =
      "var x : 0 .. \((1 << bitCount) - 1); startstate begin x := 0; end;\n"
      + rules.joined(separator: "\n")
      + "rule x > \(sideCount) ==> begin x := 0; end; liveness \"all the way back\" x = 0;"
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    var options = ExplorationOptions()
    options.executor = .native
    options.nativeEffort = .quick
    options.threadCount = 2
    options.leastLevelForThreads = 1
    options.memoryByteCount = byteCount
    return Explorer.explore(SearchSpace(system), options: options)
  }
}
