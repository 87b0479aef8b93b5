import Cluster
import Diagnostics
import Exploration
import Foundation
import Murphi
import Report
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Several ranks find what one process does: the ranks are threads here, and exchange what they would by MPI.
@Suite struct ClusterSearchTests {
  /// Of all models some, and all of them for `SWAPCHECK_CLUSTER_ALL`.
  private static let models: [RepositoryModel] = {
    let all =
      RepositoryModel.models(below: "Models", "Benchmarks", "Tests/Corpus")
      + RepositoryModel.variants
    if ProcessInfo.processInfo.environment["SWAPCHECK_CLUSTER_ALL"] != nil { return all }
    return all.enumerated().filter { $0.offset % 11 == 3 }.map(\.element)
  }()

  private static let mostStates = 4_000

  @Test(arguments: models) func agreesOnModels(model: RepositoryModel) throws {
    guard let system = MurphiModel.load(try model.source(named: "model.m")).system,
      system.pathSlot == nil
    else { return }
    try compare(system, .exact, .stuttering, ranks: 3)
  }

  @Test(arguments: 0..<100) func agreesOnRandomModels(seed: Int) throws {
    let model = RandomModel(seed: 240_000 + UInt64(seed), size: 2 + seed % 8)
    let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    let loaded = MurphiModel.load(SourceText(path: "random-\(seed).m", text: model.text))
    let system = try #require(loaded.system)
    for symmetry in SearchSpace.Symmetry.allCases {
      try compare(system, symmetry, deadlock, ranks: [1, 2, 3, 8][seed % 4])
    }
  }

  private func compare(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry, _ deadlock: DeadlockMode,
    ranks: Int
  ) throws {
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.digest = .steps
    options.maximumStateCount = Self.mostStates
    var expected = Explorer.explore(SearchSpace(system, symmetry: symmetry), options: options)
    options.maximumStateCount = nil
    if case .inconclusive = expected.verdict {
      options.maximumDepth = max(1, expected.statistics.depth - 1)
      expected = Explorer.explore(SearchSpace(system, symmetry: symmetry), options: options)
    }
    // All ranks know what is found.
    for found in Self.explore(system, symmetry, options, ThreadRanks(ranks)) {
      #expect("\(found.verdict)" == "\(expected.verdict)")
      #expect(found.statistics.stateCount == expected.statistics.stateCount)
      #expect(found.statistics.ruleFiringCount == expected.statistics.ruleFiringCount)
      #expect(found.statistics.depth == expected.statistics.depth)
      #expect("\(found.coverage)" == "\(expected.coverage)")
      #expect("\(found.measures)" == "\(expected.measures)")
      #expect(found.digest == expected.digest)
      #expect(found.stepDigest == expected.stepDigest)
      #expect(found.remarks == expected.remarks)
    }
  }

  private static func explore(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry, _ options: ExplorationOptions,
    _ ranks: ThreadRanks
  ) -> [ExplorationResult] {
    ranks.run { rank in
      // Each rank has its own, as a process has.
      Explorer.explore(SearchSpace(system, symmetry: symmetry), options: options, as: rank)
    }
  }

  /// Each rank makes all start states, and what their bodies meet counts once: three hits, of which the text
  /// says so.
  @Test func whatStartStatesMeetCountsOnce() throws {
    let text = """
      var x: 0..9;
      ruleset i: 1..3 do startstate begin x := i; cover "a start" true; end; end;
      rule "up" x < 9 ==> begin x := x + 1; end;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "start.m", text: text)).system)
    for found in Self.explore(system, .exact, ExplorationOptions(), ThreadRanks(3)) {
      #expect(found.coverage.coverHits == [3])
      #expect(found.statistics.stateCount == 9)
    }
  }

  // MARK: - What goes wrong

  private static func swap() throws -> TransitionSystem {
    let url = Repository.root.appendingPathComponent("Benchmarks/swap.m")
    let source = SourceText(path: "swap.m", text: try String(contentsOf: url, encoding: .utf8))
    return try #require(MurphiModel.load(source, overrides: ["PROCS": 4]).system)
  }

  /// A state that is changed on its way is noticed at the end of its level, and there is no verdict.
  @Test func whatIsChangedOnItsWayIsNoticed() throws {
    let found = Self.explore(
      try Self.swap(), .exact, ExplorationOptions(), ThreadRanks(3, .change))
    #expect(found.count == 3)
    for result in found {
      guard case .inconclusive(.lostWords) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
      }
    }
  }

  /// A transition that is told to a rank which does not have its target is noticed, though as much arrives as
  /// was sent.
  @Test func whatComesToAnotherRankIsNoticed() throws {
    let text = """
      var x: 0..999;
      startstate begin x := 0; end;
      rule "up" x < 999 ==> begin x := x + 1; end;
      rule "down" x > 0 ==> begin x := x - 1; end;
      liveness "home" x = 0;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "home.m", text: text)).system)
    for found in Self.explore(system, .exact, ExplorationOptions(), ThreadRanks(3)) {
      #expect("\(found.verdict)" == "holds")
    }
    for found in Self.explore(system, .exact, ExplorationOptions(), ThreadRanks(3, .detour)) {
      guard case .inconclusive(.lostWords) = found.verdict else {
        Issue.record("\(found.verdict)")
        continue
      }
    }
  }

  /// A step of 64 states of 20 words with 63 successors each: room for each rank to have all of them would be
  /// 20 MB, of which there are not so many.
  @Test func manyRanksNeedNoMoreRoom() throws {
    let text = """
      var a: array [0..63] of 0..1000000; n: 0..2;
      startstate begin for i: 0..63 do a[i] := 0; end; n := 0; end;
      ruleset i: 0..63 do rule "set" a[i] = 0 & n < 2 ==> begin a[i] := 1; n := n + 1; end; end;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "wide.m", text: text)).system)
    var options = ExplorationOptions()
    options.memoryByteCount = 24 << 20
    options.executor = .interpreter
    options.deadlock = .off
    for found in Self.explore(system, .exact, options, ThreadRanks(16)) {
      #expect("\(found.verdict)" == "holds")
      // One, one of 64, and two of 64.
      #expect(found.statistics.stateCount == 1 + 64 + 64 * 63 / 2)
    }
  }

  /// Wherever the memory of one rank ends, no other waits for it, and all say the same.
  @Test(.timeLimit(.minutes(2)), arguments: ["1 = 0", "x + y < 200"])
  func whereverTheMemoryOfOneRankEnds(assumption: String) throws {
    let text = """
      var x, y: 0..99; z: array [0..3] of 0..65535;
      startstate begin x := 0; y := 0; for i: 0..3 do z[i] := 0; end; end;
      rule "x" x < 99 ==> begin x := x + 1; z[x % 4] := x * 600; end;
      rule "y" y < 99 ==> begin y := y + 1; z[y % 4] := y * 500; end;
      rule "back" x = 99 & y = 99 ==> begin x := 0; y := 0; for i: 0..3 do z[i] := 0; end; end;
      assume \(assumption);
      liveness "home" x = 0 & y = 0;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "ends.m", text: text)).system)
    var verdicts: Set<String> = []
    for step in 0..<40 {
      let found = ThreadRanks(3).run { rank in
        var options = ExplorationOptions()
        options.executor = .interpreter
        options.maximumDepth = 40
        if rank.rank == 1 { options.memoryByteCount = (1 << 20) + step << 18 }
        return Explorer.explore(SearchSpace(system), options: options, as: rank)
      }
      let said = Set(found.map { "\($0.verdict)" })
      #expect(said.count == 1, "\(said)")
      verdicts.formUnion(said)
    }
    #expect(verdicts.count > 1)
  }

  /// All ranks together stop behind a number of states, and not before it.
  @Test func theStatesOfAllRanksEndAll() throws {
    let system = try Self.swap()
    var options = ExplorationOptions()
    let whole = Explorer.explore(SearchSpace(system), options: options).statistics.stateCount
    for most in [1, 50, whole / 2, whole - 1, whole] {
      options.maximumStateCount = most
      for found in Self.explore(system, .exact, options, ThreadRanks(3)) {
        if most == whole {
          #expect("\(found.verdict)" == "holds")
        } else {
          #expect(
            "\(found.verdict)" == "inconclusive(Exploration.ExplorationLimit.states(\(most)))")
          #expect(found.statistics.stateCount > most)
        }
      }
    }
  }

  /// Where one rank comes to its limit, all of them end, and say the same.
  @Test func theMemoryOfOneRankEndsAll() throws {
    let system = try Self.swap()
    let found = ThreadRanks(3).run { rank in
      var options = ExplorationOptions()
      // Outboxes alone take more.
      options.memoryByteCount = rank.rank == 1 ? 1 << 16 : 1 << 30
      return Explorer.explore(SearchSpace(system), options: options, as: rank)
    }
    for result in found {
      guard case .inconclusive(.bytes(1 << 16)) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
      }
    }
  }

  @Test func oneRankThatIsInterruptedEndsAll() throws {
    let system = try Self.swap()
    let found = ThreadRanks(3).run { rank in
      let number = rank.rank
      return Explorer.explore(
        SearchSpace(system, stop: StopCondition(isCancelled: { number == 2 })),
        options: ExplorationOptions(), as: rank)
    }
    for result in found {
      guard case .inconclusive(.cancelled) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
      }
    }
  }

  // MARK: - Progress

  /// Behind the time that the status begins with there are 70 columns, also for the largest figures.
  @Test func progressOfManyRanksFitsOnALine() {
    func line(_ shares: [Double], waiting: Int, states: Int) -> String {
      Wording.ofRanks(
        ExplorationProgress(
          stateCount: states, ruleFiringCount: 10 * states, depth: 345, queueCount: states / 3,
          byteCount: 18 * states, seconds: 1_000, secondsHere: 1_000,
          ranks: RankShare(shares: shares, waitingCount: waiting))
      ).description
    }
    #expect(
      line([0.991, 1.004, 1.006], waiting: 0, states: 123_456_789)
        == "123 M states, 1.23 M rules/s, 3 ranks 99 100 101%, depth 345, 41.2 M open, 2.07 GiB")
    let many = line(
      Array(repeating: 0.98, count: 2_047) + [1.06], waiting: 1_012, states: 999_900_000_000)
    #expect(many.hasPrefix("1.00 T states, 10.0 G rules/s, 2,048 ranks 98-106%, 1,012 wait, depth"))
    #expect("1.00 T states, 10.0 G rules/s, 2,048 ranks 98-106%, 1,012 wait".count < 70)
  }

  // MARK: - Launchers

  @Test func launchersAreKnownByTheirVariables() {
    func launcher(_ variables: [String: String]) -> [Int]? {
      ClusterLauncher { variables[$0] }.map { [$0.rankCount, $0.rank, $0.machineRank] }
    }
    #expect(launcher([:]) == nil)
    #expect(launcher(["SLURM_NTASKS": "8", "SLURM_JOB_ID": "1"]) == nil)
    #expect(
      launcher([
        "OMPI_COMM_WORLD_SIZE": "8", "OMPI_COMM_WORLD_RANK": "5", "OMPI_COMM_WORLD_LOCAL_RANK": "1",
      ]) == [8, 5, 1])
    #expect(
      launcher(["PMI_SIZE": "4", "PMI_RANK": "3", "MPI_LOCALRANKID": "0"]) == [4, 3, 0])
    #expect(
      launcher(["SLURM_STEP_NUM_TASKS": "2", "SLURM_PROCID": "1", "SLURM_LOCALID": "1"])
        == [2, 1, 1])
    #expect(launcher(["PMI_SIZE": "none", "PMI_RANK": "0"]) == nil)
  }
}
