import Diagnostics
import Exploration
import Foundation
import Murphi
import TestSupport
import Testing
import Trace
import TransitionSystem

/// The store on disk says what the exact one says, whatever the sizes of its buffers: they are so small here
/// that each level is many runs, and each run many blocks.
@Suite struct DiskStoreTests {
  private static let models =
    RepositoryModel.models(below: "Models", "Benchmarks", "Tests/Corpus")
    + RepositoryModel.variants(every: 16, from: 1)

  /// More states are searched to a depth.
  private static let mostStates = 20_000

  @Test(arguments: models) func agreesOnModels(model: RepositoryModel) throws {
    guard let system = MurphiModel.load(try model.source(named: "model.m")).system,
      system.pathSlot == nil
    else { return }
    // What leads where is much more than the states are.
    let hasLiveness = system.properties.contains { $0.kind == .liveness }
    for symmetry in model.isVariant ? [.exact] : SearchSpace.Symmetry.allCases {
      compare(
        system, symmetry, .stuttering, hasLiveness ? Self.small : Self.smallest, digest: .states)
    }
  }

  @Test(arguments: 0..<200) func agreesOnRandomModels(seed: Int) throws {
    let model = RandomModel(seed: 810_000 + UInt64(seed), size: 2 + seed % 8)
    let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    let loaded = MurphiModel.load(SourceText(path: "random-\(seed).m", text: model.text))
    let system = try #require(loaded.system)
    let sizes = [
      Self.smallest,
      DiskSizes(
        blockWordCount: 16, candidateCount: 64, recentBitCount: 6, runCount: 2, keptCount: 0,
        partCount: 7),
      DiskSizes(byteLimit: 1 << 20, wordCount: 1, workerCount: 1),
    ]
    for symmetry in SearchSpace.Symmetry.allCases {
      compare(system, symmetry, deadlock, sizes[seed % sizes.count], digest: .steps)
    }
  }

  /// Variants that lose what a liveness property asks for.
  private static let losing = RepositoryModel.variants.filter { model in
    let path = Repository.root.appendingPathComponent(model.patch ?? model.path).path
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text?.contains("\nViolates: liveness") ?? false
  }

  @Test func thereAreVariantsThatLoseLiveness() { #expect(Self.losing.count > 20) }

  /// The larger ones every night.
  @Test(arguments: losing)
  func agreesOnVariantsThatLoseLiveness(model: RepositoryModel) throws {
    let loaded = MurphiModel.load(try model.source(named: "model.m"))
    let system = try #require(loaded.system)
    compare(
      system, .exact, .stuttering, Self.small, digest: .states,
      mostStates: RepositoryModel.triesAllVariants ? 300_000 : 4_000)
  }

  /// Models of which liveness is decided, one way or the other.
  @Test func agreesOnRandomModelsWithLiveness() throws {
    var outcomes: [String: Int] = [:]
    let seeds = (0..<1_000).lazy.filter {
      RandomModel(seed: 820_000 + UInt64($0), size: 2 + $0 % 8).text.contains("liveness")
    }
    for seed in seeds.prefix(150) {
      let model = RandomModel(seed: 820_000 + UInt64(seed), size: 2 + seed % 8)
      let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
      let loaded = MurphiModel.load(SourceText(path: "random-\(seed).m", text: model.text))
      let verdict = compare(
        try #require(loaded.system), seed % 2 == 0 ? .exact : .off, deadlock,
        seed % 3 == 0 ? Self.smallest : Self.small, digest: .states)
      switch verdict {
      case .holds: outcomes["holds", default: 0] += 1
      case .violated(let counterexample):
        if case .liveness = counterexample.violation.kind { outcomes["lost", default: 0] += 1 }
      case .inconclusive: break
      }
    }
    #expect(outcomes["holds"] ?? 0 > 30)
    #expect(outcomes["lost"] ?? 0 > 5)
  }

  private static let small = DiskSizes(
    blockWordCount: 64, candidateCount: 400, recentBitCount: 6, runCount: 4, keptCount: 200,
    partCount: 300)

  private static let smallest = DiskSizes(
    blockWordCount: 4, candidateCount: 40, recentBitCount: 4, runCount: 3, keptCount: 50,
    partCount: 30)

  /// - Parameter digest: Steps take longer.
  /// - Returns: What the exact store says.
  @discardableResult
  private func compare(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry, _ deadlock: DeadlockMode,
    _ sizes: DiskSizes, digest: DigestKind, mostStates: Int = DiskStoreTests.mostStates
  ) -> ExplorationResult.Verdict {
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.digest = digest
    options.maximumStateCount = mostStates
    let space = SearchSpace(system, symmetry: symmetry)
    var expected = Explorer.explore(space, options: options)
    options.maximumStateCount = nil
    if case .inconclusive = expected.verdict {
      options.maximumDepth = max(1, expected.statistics.depth - 1)
      expected = Explorer.explore(space, options: options)
    }
    options.store = .disk
    options.disk = DiskOptions(folder: Self.newFolder(), sizes: sizes)
    let found = Explorer.explore(space, options: options)
    #expect("\(found.verdict)" == "\(expected.verdict)")
    #expect(found.statistics.stateCount == expected.statistics.stateCount)
    #expect(found.statistics.ruleFiringCount == expected.statistics.ruleFiringCount)
    #expect(found.statistics.depth == expected.statistics.depth)
    #expect("\(found.coverage)" == "\(expected.coverage)")
    #expect("\(found.measures)" == "\(expected.measures)")
    #expect(found.digest == expected.digest)
    #expect(found.stepDigest == expected.stepDigest)
    #expect(found.remarks == expected.remarks)
    #expect(!FileManager.default.fileExists(atPath: options.disk?.folder ?? ""))
    return expected.verdict
  }

  private static func newFolder() -> String {
    NSTemporaryDirectory() + "swapcheck-disk-\(UUID().uuidString)"
  }
}
