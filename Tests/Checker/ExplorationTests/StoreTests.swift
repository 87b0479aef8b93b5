import Diagnostics
import Exploration
import Foundation
import Murphi
import NativeCode
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Stores that may miss states: what they find is so, and what they say of the rest is sound.
@Suite struct StoreTests {
  private static func space(
    _ model: RepositoryModel, symmetry: SearchSpace.Symmetry
  ) throws -> SearchSpace {
    let system = try #require(MurphiModel.load(try model.source()).system)
    return SearchSpace(system, symmetry: symmetry)
  }

  private static func result(
    _ space: SearchSpace, _ store: StoreKind, memory: Int? = nil
  ) -> ExplorationResult {
    var options = ExplorationOptions()
    options.store = store
    options.threadCount = 2
    options.executor = .native
    options.nativeEffort = .quick
    options.memoryByteCount = memory ?? 64 << 20
    return Explorer.explore(space, options: options)
  }

  private static let broken = [
    "abort-keeps-cpu", "drop-on-send", "early-free", "forget-refused", "local-ids",
  ].map { RepositoryModel("Models/hotswap.m", patch: "Models/hotswap/\($0).patch") }

  /// A run that is as short as the exact store's, and that the interpreter confirms.
  @Test(arguments: broken, [StoreKind.compact, .bitstate])
  func violationsComeWithTheirRuns(model: RepositoryModel, store: StoreKind) throws {
    for symmetry in SearchSpace.Symmetry.allCases {
      let space = try Self.space(model, symmetry: symmetry)
      let exact = Self.result(space, .exact)
      let lossy = Self.result(space, store)
      guard case .violated(let expected) = exact.verdict, case .violated(let found) = lossy.verdict
      else {
        Issue.record("\(model.testDescription) is violated")
        return
      }
      #expect(found.violation == expected.violation)
      #expect(found.execution.steps.count == expected.execution.steps.count)
      try Replay(system: space.system).confirm(found, deadlock: .stuttering)
    }
  }

  /// With room to spare nothing is missed; it is still not said to be verified.
  @Test(arguments: ["Models/hotswap.m", "Models/classics/peterson.m", "Benchmarks/wide.m"])
  func findsAllStatesWithRoomToSpare(path: String) throws {
    let space = try Self.space(RepositoryModel(path), symmetry: .off)
    let exact = Self.result(space, .exact)
    for store in [StoreKind.compact, .bitstate] {
      let lossy = Self.result(space, store)
      #expect(lossy.digest == exact.digest)
      #expect(lossy.statistics.ruleFiringCount == exact.statistics.ruleFiringCount)
      let hasLiveness = space.system.properties.contains { $0.kind == .liveness }
      switch (lossy.verdict, hasLiveness) {
      case (.inconclusive(.omissions(let chance)), false),
        (.inconclusive(.undecidedLiveness(let chance)), true):
        let count = Double(exact.statistics.stateCount)
        // Two with the same hash; and of three bits a state out of 2^28, hardly any of them shared,
        // the sum of (3 i / 2^28)^3.
        let bits = 27 * (count * count) * (count * count) / 4 / 0x1p84
        let expected = count * count / 2 / 0x1p64 + (store == .compact ? 0 : bits)
        #expect(abs(chance / expected - 1) < 0.02)
      default: Issue.record("\(path) with \(store) ends with \(lossy.verdict)")
      }
    }
  }

  /// A table that is too small misses states, and says so: of three bits a state out of 2^25, some two
  /// are to be expected.
  @Test func aSmallTableSaysThatItMisses() throws {
    let space = try Self.space(RepositoryModel("Benchmarks/wide.m"), symmetry: .off)
    let exact = Self.result(space, .exact)
    let lossy = Self.result(space, .bitstate, memory: 8 << 20)
    #expect(lossy.statistics.stateCount < exact.statistics.stateCount)
    guard case .inconclusive(.omissions(let chance)) = lossy.verdict else {
      Issue.record("\(lossy.verdict)")
      return
    }
    #expect(chance == 1)
  }
}
