import Cluster
import Diagnostics
import Exploration
import Foundation
import Murphi
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
      try Self.swap(), .exact, ExplorationOptions(), ThreadRanks(3, isFaulty: true))
    #expect(found.count == 3)
    for result in found {
      guard case .inconclusive(.lostWords) = result.verdict else {
        Issue.record("\(result.verdict)")
        continue
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
