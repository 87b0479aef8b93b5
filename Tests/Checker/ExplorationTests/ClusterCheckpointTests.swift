import Checkpoints
import Cluster
import Diagnostics
import Exploration
import Foundation
import NativeCode
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// A search by several ranks that was interrupted goes on with other ones, or in one process, and has the result
/// of one that was not. The ranks are threads.
@Suite struct ClusterCheckpointTests {
  @Test(arguments: 0..<40) func randomModels(seed: Int) throws {
    let model = RandomModel(seed: 430_000 + UInt64(seed), size: 2 + seed % 8)
    var kept = try KeptSearch(SourceText(path: "random-\(seed).m", text: model.text))
    kept.options.deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    kept.options.digest = seed % 2 == 0 ? .steps : .states
    kept.symmetry = seed % 3 == 0 ? .off : .exact
    try kept.compareRanks(seed: UInt64(seed))
  }

  /// Levels of many states, several words, every kind of property, covers in bodies.
  @Test func everyKindOfProperty() throws {
    var goneOn = 0
    for seed in 0..<16 {
      var kept = try KeptSearch(CheckpointTests.counters.replacing("N: 20", with: "N: 12"))
      kept.options.digest = .steps
      kept.options.executor = .interpreter
      goneOn += try kept.compareRanks(seed: UInt64(seed))
    }
    #expect(goneOn > 16)
  }

  /// What is not true in the end, by each way that it can be violated.
  @Test(arguments: 0..<12) func theSameViolation(seed: Int) throws {
    let endings = [
      "invariant \"sum\" a + b < 15;", "rule \"wrong\" a = 8 & b > 6 ==> begin b := N + 1; end;",
      "rule \"assert\" a + b = 13 ==> begin assert \"no\" false; end;",
      "liveness \"never\" a > 3 & b > 3 & a < b & c = 1;",
    ]
    let text =
      CheckpointTests.counters.replacing("N: 20", with: "N: 12")
      .replacing("cover \"far\" a = N & b = N;", with: "")
    var kept = try KeptSearch(text + endings[seed % 4])
    kept.options.deadlock = .off
    kept.options.executor = .interpreter
    guard case .violated = kept.inOneGo().verdict else {
      Issue.record("not violated")
      return
    }
    try kept.compareRanks(seed: UInt64(seed))
  }

  /// A checkpoint after about every second of 27 levels, and none is the last thing that a rank does.
  @Test func checkpointsOnTheWay() throws {
    var kept = try KeptSearch(CheckpointTests.counters.replacing("N: 20", with: "N: 12"))
    defer { kept.remove() }
    kept.options.executor = .interpreter
    let whole = KeptSearch.found(kept.inOneGo())
    let log = SharedLog()
    let result = try kept.goOn(ranks: 3, every: 1e-9, log: log)
    #expect(KeptSearch.found(result) == whole)
    #expect(log.writtenCount > 10 && log.failures.isEmpty)
    #expect(KeptSearch.found(try kept.goOn(ranks: 2)) == whole)
    #expect(KeptSearch.found(try kept.goOn()) == whole)
  }

  /// Memory ends one rank in the middle of a step, with states on their way.
  @Test(arguments: 0..<6) func moreMemory(seed: Int) throws {
    var kept = try KeptSearch(CheckpointTests.counters.replacing("N: 20", with: "N: 60"))
    defer { kept.remove() }
    kept.options.executor = .native
    kept.options.nativeEffort = .quick
    let whole = KeptSearch.found(kept.inOneGo())
    var random = SplitMix64(seed: UInt64(seed))
    var memory = 3 << 20
    for number in 0..<200 {
      let ranks = [3, 2, 4][(seed + number) % 3]
      let (limit, tight) = (memory, number % ranks)
      let result = try kept.goOn(
        ranks: ranks, with: { $1.memoryByteCount = $0 == tight ? limit : nil })
      if case .inconclusive(let limit) = result.verdict {
        if case .bytes = limit {} else { #expect(limit == .noMemory) }
        memory += Int.random(in: 0...memory / 12, using: &random)
        continue
      }
      #expect(number > 0)
      #expect(KeptSearch.found(result) == whole)
      return
    }
    Issue.record("the search does not end")
  }

  /// A limit of states that is met in the level of a finding loses it neither here nor for who goes on: the
  /// level of x + y = 50 ends with 51 * 52 / 2 = 1,326 states.
  @Test(arguments: [1_274, 1_275, 1_300, 1_325, 1_326, 1_327])
  func aLimitInTheLevelOfAFinding(most: Int) throws {
    for (guarded, property) in [
      ("", "invariant \"low\" !(x = 25 & y = 25);"), ("& !(x = 25 & y = 25)", ""),
    ] {
      var kept = try KeptSearch(
        """
        const N: 60;
        var x, y: 0..N;
        startstate begin x := 0; y := 0; end;
        rule "right" x < N \(guarded) ==> begin x := x + 1; end;
        rule "up" y < N \(guarded) ==> begin y := y + 1; end;
        rule "back" x = N & y = N ==> begin x := 0; y := 0; end;
        \(property)
        """)
      defer { kept.remove() }
      kept.options.executor = .interpreter
      let whole = kept.inOneGo()
      guard case .violated = whole.verdict else {
        Issue.record("not violated")
        return
      }
      let result = try kept.goOn(ranks: 2, with: { $1.maximumStateCount = most })
      if case .violated = result.verdict {
        #expect(KeptSearch.found(result) == KeptSearch.found(whole))
      }
      #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(whole))
    }
  }

  @Test func statesAndDepth() throws {
    var kept = try KeptSearch(CheckpointTests.counters)
    defer { kept.remove() }
    kept.options.executor = .interpreter
    var before = 0
    for most in [1, 50, 300, 800] {
      let result = try kept.goOn(ranks: 3, with: { $1.maximumStateCount = most })
      #expect("\(result.verdict)".contains("states(\(most))"))
      #expect(result.statistics.stateCount > most && result.statistics.stateCount >= before)
      before = result.statistics.stateCount
    }
    for depth in [38, 41] {
      let result = try kept.goOn(ranks: 2, with: { $1.maximumDepth = depth })
      #expect(
        KeptSearch.found(result) == KeptSearch.found(kept.inOneGo { $0.maximumDepth = depth }))
    }
    #expect(KeptSearch.found(try kept.goOn(ranks: 5)) == KeptSearch.found(kept.inOneGo()))
  }

  // MARK: - What goes wrong

  /// Whichever rank reads it, all of them say that a file is not what was written, and nothing is overwritten.
  @Test func aBrokenFileIsRefusedByAll() throws {
    var kept = try KeptSearch(CheckpointTests.counters)
    defer { kept.remove() }
    kept.options.executor = .interpreter
    _ = try kept.goOn(ranks: 3, with: { $1.maximumDepth = 20 })
    let names = try FileManager.default.contentsOfDirectory(atPath: kept.path)
    let files = names.filter { $0.hasPrefix("states-") || $0.hasPrefix("level-") }
    #expect(files.count == 6)
    for name in files {
      let url = URL(fileURLWithPath: kept.path + "/" + name)
      let bytes = try Data(contentsOf: url)
      var broken = bytes
      broken[bytes.count / 2] ^= 0x10
      try broken.write(to: url)
      #expect(throws: CheckpointError.self) { try kept.goOn(ranks: 2) }
      #expect(try Data(contentsOf: url) == broken)
      try bytes.write(to: url)
    }
    #expect(KeptSearch.found(try kept.goOn(ranks: 2)) == KeptSearch.found(kept.inOneGo()))
  }

  /// A folder that is gone is as good as a full disk: it is said, and the search goes on.
  @Test func noPlaceForACheckpointEndsNoSearch() throws {
    var kept = try KeptSearch(CheckpointTests.counters.replacing("N: 20", with: "N: 12"))
    kept.options.executor = .interpreter
    let log = SharedLog(whenWritten: kept.remove)
    let result = try kept.goOn(ranks: 3, every: 1e-9, log: log)
    #expect(KeptSearch.found(result) == KeptSearch.found(kept.inOneGo()))
    #expect(log.writtenCount == 1)
    #expect(log.failures.count > 5)
  }

  @Test func anotherSearchIsRefused() throws {
    var kept = try KeptSearch(CheckpointTests.counters)
    defer { kept.remove() }
    _ = try kept.goOn(ranks: 2, with: { $1.maximumDepth = 10 })
    kept.options.deadlock = .off
    #expect(throws: CheckpointError(kept.path, .otherSearch)) { try kept.goOn(ranks: 2) }
  }
}

/// What has become of the checkpoints of several ranks.
final class SharedLog: @unchecked Sendable {
  private let lock = NSLock()
  private let log = CheckpointLog()
  private let whenWritten: () -> Void

  init(whenWritten: @escaping () -> Void = {}) { self.whenWritten = whenWritten }

  func note(_ note: CheckpointNote) {
    if case .written = note { whenWritten() }
    lock.withLock { log.note(note) }
  }

  var writtenCount: Int { lock.withLock { log.writtenCount } }
  var failures: [CheckpointError] { lock.withLock { log.failures } }
}

extension KeptSearch {
  /// Goes on from the checkpoint by several ranks, or begins where there is none.
  ///
  /// - Parameters:
  ///   - stop: When no more is wanted of a rank.
  ///   - change: Of the options of a rank.
  func goOn(
    ranks: Int, until stop: @escaping @Sendable (Int) -> StopCondition = { _ in .init() },
    every seconds: Double = 1e6, log: SharedLog = SharedLog(),
    with change: @escaping @Sendable (Int, inout ExplorationOptions) -> Void = { _, _ in }
  ) throws -> ExplorationResult {
    let kept = self
    let isThere = FileManager.default.fileExists(atPath: path + "/checkpoint")
    let results = ThreadRanks(ranks).run { rank -> Result<ExplorationResult, CheckpointError> in
      var options = kept.options
      change(rank.rank, &options)
      do throws(CheckpointError) {
        let folder = try CheckpointFolder.open(kept.path, version: Self.version, as: rank) {
          () throws(CheckpointError) in
          isThere
            ? try kept.open()
            : try CheckpointFolder.make(kept.path, version: Self.version, description: [])
        }
        let isFirst = rank.rank == 0
        let checkpoints = SearchCheckpoints(folder, every: seconds) { if isFirst { log.note($0) } }
        return .success(
          try Explorer.explore(
            kept.space(stop(rank.rank)), options: options, as: rank, checkpoints: checkpoints))
      } catch {
        return .failure(error)
      }
    }
    let all = try results.map { try $0.get() }
    // Limits have other words on other ranks.
    if !all.contains(where: { if case .inconclusive = $0.verdict { true } else { false } }) {
      #expect(Set(all.map { Self.found($0) }).count == 1)
    }
    return all[0]
  }

  /// Interrupts the search at random, on any rank, until it has a verdict; another number of ranks or a process
  /// alone goes on.
  ///
  /// - Returns: How often it was gone on with.
  @discardableResult
  func compareRanks(seed: UInt64, place: SourceLocation = #_sourceLocation) throws -> Int {
    defer { remove() }
    var random = SplitMix64(seed: seed)
    let whole = Self.found(inOneGo())
    var most = 40
    for number in 0..<200 {
      let ranks = [1, 2, 3, 5].randomElement(using: &random) ?? 1
      let stops = (0..<ranks).map { _ in
        number < 100 && Bool.random(using: &random)
          ? StopCondition.asked(times: Int.random(in: 0...most, using: &random)) : StopCondition()
      }
      let result =
        Int.random(in: 0..<4, using: &random) == 0
        ? try goOn(until: stops[0]) { $0.threadCount = 2 }
        : try goOn(ranks: ranks, until: { stops[$0] })
      if stops.allSatisfy({ $0.reason == nil }) || isDecided(result) {
        #expect(Self.found(result) == whole, "seed \(seed)", sourceLocation: place)
        return number
      }
      most += most / 8
    }
    Issue.record("the search does not end", sourceLocation: place)
    return 0
  }
}
