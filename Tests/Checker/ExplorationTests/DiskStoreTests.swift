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
    for symmetry in model.isVariant ? [.exact] : SearchSpace.Symmetry.allCases {
      compare(system, symmetry, .stuttering, Self.smallest, digest: .states)
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

  private static let smallest = DiskSizes(
    blockWordCount: 4, candidateCount: 40, recentBitCount: 4, runCount: 3, keptCount: 50,
    partCount: 30)

  /// - Parameter digest: Steps take longer.
  private func compare(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry, _ deadlock: DeadlockMode,
    _ sizes: DiskSizes, digest: DigestKind
  ) {
    // Liveness is left out: a store on disk does not decide it.
    let liveness = system.properties.indices.filter { system.properties[$0].kind == .liveness }
    let system = liveness.isEmpty ? system : system.silencing(Set(liveness))
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.digest = digest
    options.maximumStateCount = Self.mostStates
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
    if !liveness.isEmpty, case .holds = expected.verdict {
      guard case .inconclusive(.undecidedLiveness(chance: 0)) = found.verdict else {
        Issue.record("\(found.verdict)")
        return
      }
    } else {
      #expect("\(found.verdict)" == "\(expected.verdict)")
    }
    #expect(found.statistics.stateCount == expected.statistics.stateCount)
    #expect(found.statistics.ruleFiringCount == expected.statistics.ruleFiringCount)
    #expect(found.statistics.depth == expected.statistics.depth)
    #expect("\(found.coverage)" == "\(expected.coverage)")
    #expect("\(found.measures)" == "\(expected.measures)")
    #expect(found.digest == expected.digest)
    #expect(found.stepDigest == expected.stepDigest)
    #expect(found.remarks == expected.remarks)
    #expect(!FileManager.default.fileExists(atPath: options.disk?.folder ?? ""))
  }

  private static func newFolder() -> String {
    NSTemporaryDirectory() + "swapcheck-disk-\(UUID().uuidString)"
  }
}
