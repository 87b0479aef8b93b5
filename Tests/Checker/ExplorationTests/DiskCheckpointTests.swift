import Checkpoints
import Diagnostics
import Exploration
import Foundation
import NativeCode
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// A search on disk that is interrupted anywhere has the result of one that was not, whether it goes on there or
/// in memory.
@Suite struct DiskCheckpointTests {
  /// Each level is many runs, and each run many blocks.
  private static let sizes = [
    DiskSizes(
      blockWordCount: 4, candidateCount: 40, recentBitCount: 4, runCount: 3, keptCount: 50,
      partCount: 30),
    DiskSizes(
      blockWordCount: 16, candidateCount: 64, recentBitCount: 6, runCount: 2, keptCount: 0,
      partCount: 7),
    DiskSizes(byteLimit: 1 << 20, wordCount: 1, workerCount: 3),
  ]

  /// Stores, threads and sizes change from one process to the next.
  private static func vary(
    _ seed: Int, in folder: String
  ) -> (Int, inout ExplorationOptions) -> Void {
    { number, options in
      options.threadCount = [1, 2, 3][(seed + number) % 3]
      options.executor = [.interpreter, .native][(seed + number) % 2]
      options.nativeEffort = .quick
      options.leastLevelForThreads = 1
      // Some searches are on disk alone, the others now and then.
      guard seed % 3 == 0 || (seed / 3 + number) % 2 == 0 else { return }
      options.store = .disk
      options.disk = DiskOptions(folder: folder, sizes: sizes[(seed + number) % sizes.count])
    }
  }

  private static func compare(_ kept: KeptSearch, seed: Int) throws -> Int {
    let folder = kept.path + "-states"
    defer { #expect(!FileManager.default.fileExists(atPath: folder)) }
    return try kept.compare(seed: UInt64(seed), change: vary(seed, in: folder))
  }

  @Test(arguments: 0..<150)
  func randomModels(seed: Int) throws {
    let model = RandomModel(seed: 770_000 + UInt64(seed), size: 2 + seed % 8)
    var kept = try KeptSearch(SourceText(path: "random-\(seed).m", text: model.text))
    kept.options.deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    kept.options.digest = seed % 2 == 0 ? .steps : .states
    kept.symmetry = seed % 4 == 0 ? .off : .exact
    _ = try Self.compare(kept, seed: seed)
  }

  @Test func everyKindOfProperty() throws {
    var goneOn = 0
    for seed in 0..<24 {
      var kept = try KeptSearch(CheckpointTests.counters)
      kept.options.digest = .steps
      goneOn += try Self.compare(kept, seed: seed)
    }
    // More than once each.
    #expect(goneOn > 24)
  }

  @Test(arguments: 0..<24)
  func theSameViolation(seed: Int) throws {
    let endings = [
      "invariant \"sum\" a + b < 25;", "rule \"wrong\" a = 12 & b > 10 ==> begin b := N + 1; end;",
      "rule \"assert\" a + b = 23 ==> begin assert \"no\" false; end;",
    ]
    var kept = try KeptSearch(
      CheckpointTests.counters.replacing("cover \"far\" a = N & b = N;", with: "")
        + endings[seed % 3])
    kept.options.deadlock = .off
    guard case .violated = kept.inOneGo().verdict else {
      Issue.record("not violated")
      return
    }
    _ = try Self.compare(kept, seed: seed)
  }

  /// One state of all violates, and no process that goes through it ends the search: in memory it is found in the
  /// middle of a level, and on disk the level does not come to its end. It is known to the last process all the same.
  @Test(arguments: [420, 430, 440, 450])
  func aViolationOutlivesEachProcess(first: Int) throws {
    var kept = try KeptSearch(
      """
      var x: 0..30; y: 0..30; z: 0..30;
      startstate begin x := 0; y := 0; z := 0; end;
      rule "x" x < 30 ==> begin x := x + 1; end;
      rule "y" y < 30 ==> begin y := y + 1; end;
      rule "z" z < 30 ==> begin z := z + 1; end;
      invariant "not there" !(x = 5 & y = 4 & z = 3);
      """)
    defer { kept.remove() }
    kept.options.deadlock = .off
    kept.options.executor = .interpreter
    kept.options.threadCount = 1
    func isViolated(_ result: ExplorationResult) -> Bool {
      if case .violated = result.verdict { true } else { false }
    }
    #expect(isViolated(try kept.goOn { $0.maximumStateCount = first }))
    #expect(
      isViolated(
        try kept.goOn {
          $0.maximumStateCount = 1
          $0.store = .disk
          $0.disk = DiskOptions(folder: kept.path + "-states")
        }))
    let result = try kept.goOn()
    #expect(isViolated(result))
    #expect(KeptSearch.found(result) == KeptSearch.found(kept.inOneGo()))
  }

  /// A checkpoint after each few states, and limits on the way, in the middle of a level, too.
  @Test func checkpointsOnTheWay() throws {
    var kept = try KeptSearch(CheckpointTests.counters.replacing("N: 20", with: "N: 9"))
    defer { kept.remove() }
    kept.options.executor = .interpreter
    let whole = KeptSearch.found(kept.inOneGo())
    let log = CheckpointLog()
    let change = Self.vary(0, in: kept.path + "-states")
    for most in [1, 2, 30, 90, 91] {
      let result = try kept.goOn(every: 1e-9, log: log) {
        change(0, &$0)
        $0.maximumStateCount = most
      }
      #expect(result.statistics.stateCount == most)
      guard case .inconclusive(.states(most)) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
      }
    }
    #expect(KeptSearch.found(try kept.goOn(every: 1e-9, log: log) { change(1, &$0) }) == whole)
    #expect(log.writtenCount > 20 && log.failures.isEmpty)
    #expect(KeptSearch.found(try kept.goOn { change(2, &$0) }) == whole)
    #expect(KeptSearch.found(try kept.goOn()) == whole)
  }
}
