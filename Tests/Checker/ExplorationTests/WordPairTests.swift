import Diagnostics
import Exploration
import Murphi
import NativeCode
import Testing
import Trace
import TransitionSystem

/// States of two words as their own keys.
@Suite struct WordPairTests {
  /// However the bits are shared out, the words can be had back, and no bit is lost.
  @Test func wordsAreHadBackFromKeys() throws {
    var random = SystemRandomNumberGenerator()
    var pairCount = 0
    var wrongCount = 0
    for firstBitCount in 1...64 {
      for secondBitCount in 1...64 {
        guard
          let pair = WordPair(
            firstBitCount: firstBitCount, bitCount: firstBitCount + secondBitCount)
        else { continue }
        pairCount += 1
        let most: (first: UInt64, second: UInt64) = (
          .max >> UInt64(64 - firstBitCount), .max >> UInt64(64 - secondBitCount)
        )
        var states: [[UInt64]] = [[0, 0], [most.first, most.second], [most.first, 0]]
        for _ in 0..<6 {
          states.append([
            .random(in: 0...most.first, using: &random),
            .random(in: 0...most.second, using: &random),
          ])
        }
        for state in states {
          let key = pair.key(state)
          let words = pair.words(of: key)
          if [words.first, words.second] != state { wrongCount += 1 }
          if pair.tailBitCount < 64, key.tail >> UInt64(pair.tailBitCount) != 0 { wrongCount += 1 }
        }
      }
    }
    #expect(wrongCount == 0)
    // All with more than 64 bits in all: of 64 x 64 those with a sum of up to 64 are 63 * 64 / 2.
    #expect(pairCount == 64 * 64 - 64 * 63 / 2)
  }

  @Test func otherStatesAreNoPairs() {
    #expect(WordPair(firstBitCount: 30, bitCount: 64) == nil)
    #expect(WordPair(firstBitCount: 0, bitCount: 65) == nil)
    #expect(WordPair(firstBitCount: 63, bitCount: 128) == nil)
    #expect(WordPair(firstBitCount: 64, bitCount: 128) != nil)
  }

  // MARK: - Searches

  /// What a search reports that does not depend on how a state is packed.
  private struct Reported: Equatable {
    let states: Int
    let firings: [Int]
    let depth: Int
    let verdict: String
    let measures: [[Int]]
    let coverHits: [Int]
  }

  /// The same system in states of up to 64 bits, of 65 to 128, and of more: its own key, two words, and
  /// folded into dictionaries.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func scaledModelsAgree(seed: UInt64) throws {
    let narrow = try Self.search(ScaledModel(seed: seed, size: .word))
    #expect(narrow.statistics.stateBitCount <= 64)
    let expected = Self.reported(narrow)
    for threadCount in [1, 2] {
      let pair = try Self.search(ScaledModel(seed: seed, size: .pair), threadCount)
      #expect((65...128).contains(pair.statistics.stateBitCount))
      #expect(Self.reported(pair) == expected)
      let wide = try Self.search(ScaledModel(seed: seed, size: .more), threadCount)
      #expect(wide.statistics.stateBitCount > 128)
      #expect(Self.reported(wide) == expected)
    }
  }

  /// What depends on the packing, too: the fingerprint, and which of several runs is shown.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func nothingDependsOnStoreOrThreads(seed: UInt64) throws {
    let model = ScaledModel(seed: seed, size: .pair)
    let one = try Self.search(model, 1)
    let two = try Self.search(model, 2)
    let native = try Self.search(model, 2, executor: .native)
    let hashed = try Self.search(model, 1, store: .compact)
    for other in [two, native] {
      #expect(other.digest == one.digest)
      #expect(other.stepDigest == one.stepDigest)
      #expect(Self.reported(other) == Self.reported(one))
      guard case .violated(let expected) = one.verdict else { continue }
      guard case .violated(let found) = other.verdict else { continue }
      #expect(found.execution == expected.execution)
      // A cover that is not hit is shown by no run.
      if found.execution.steps.isEmpty { continue }
      try Replay(system: model.system()).confirm(found, deadlock: .off)
    }
    if !model.isViolated(one) { #expect(hashed.digest == one.digest) }
  }

  /// Which stubborn set is taken depends on constants, too, so the judge is the same model with hashes in
  /// place of keys; up to the depths that a small table of hashes has bits for.
  @Test func reducedSearchesAgree() throws {
    var comparedCount = 0
    for seed in 0..<40 as Range<UInt64> {
      let model = ScaledModel(seed: seed, size: .pair, hasLiveness: false)
      for symmetry in SearchSpace.Symmetry.allCases {
        for reduction in SearchSpace.Reduction.allCases {
          func search(_ threadCount: Int, _ store: StoreKind) throws -> ExplorationResult {
            try Self.search(
              model, threadCount, store: store, symmetry: symmetry, reduction: reduction)
          }
          let (one, two) = (try search(1, .exact), try search(2, .exact))
          #expect(Self.reported(one) == Self.reported(two))
          #expect(one.digest == two.digest)
          if one.statistics.depth > 200 { continue }
          let hashed = try search(1, .compact)
          #expect(one.digest == hashed.digest)
          #expect(one.statistics.stateCount == hashed.statistics.stateCount)
          #expect(one.statistics.depth == hashed.statistics.depth)
          #expect(one.coverage.ruleFirings == hashed.coverage.ruleFirings)
          comparedCount += 1
        }
      }
    }
    #expect(comparedCount > 80)
  }

  /// 8 * 12^2 * 10 * 2 * 2 * p^3 states, p values of an element: the table begins with 2^17 slots, and has
  /// to grow while two threads insert.
  private static let large = ScaledModel(
    seed: 3, size: .pair, periods: [8, 12, 12, 10, 2, 2])

  @Test(arguments: [1, 2])
  func tablesGrow(threadCount: Int) throws {
    let narrow = try Self.search(
      ScaledModel(seed: 3, size: .word, periods: [8, 12, 12, 10, 2, 2]), 2, executor: .native)
    let states = narrow.statistics.stateCount
    #expect(states == 46_080 * 8 || states == 46_080 * 27)
    let found = try Self.search(Self.large, threadCount, executor: .native)
    #expect(Self.reported(found) == Self.reported(narrow))
    guard case .holds = found.verdict else {
      Issue.record("\(found.verdict)")
      return
    }
  }

  /// A search that may take few bytes ends with what it was allowed.
  @Test func memoryIsLimited() throws {
    let limited = try Self.search(Self.large, executor: .native, byteCount: 4 << 20)
    guard case .inconclusive(.bytes(4 << 20)) = limited.verdict else {
      Issue.record("\(limited.verdict)")
      return
    }
  }

  private static func search(
    _ model: ScaledModel, _ threadCount: Int = 1, store: StoreKind = .exact,
    executor: ExplorationOptions.Executor = .interpreter,
    symmetry: SearchSpace.Symmetry = .off, reduction: SearchSpace.Reduction = .none,
    byteCount: Int? = nil
  ) throws -> ExplorationResult {
    let space = SearchSpace(try model.system(), symmetry: symmetry, reduction: reduction)
    var options = ExplorationOptions()
    options.deadlock = .off
    options.threadCount = threadCount
    options.leastLevelForThreads = 1
    options.executor = executor
    options.nativeEffort = .quick
    options.store = store
    options.digest = .steps
    options.memoryByteCount = byteCount
    return Explorer.explore(space, options: options)
  }

  private static func reported(_ result: ExplorationResult) -> Reported {
    let verdict =
      switch result.verdict {
      case .holds: "holds"
      case .inconclusive(let limit): "\(limit)"
      case .violated(let found):
        switch found.violation.kind {
        // Which of several properties it is depends on which of several states is the first.
        case .liveness: "not live after \(found.execution.steps.count) steps"
        default: "\(found.violation.kind) after \(found.execution.steps.count) steps"
        }
      }
    return Reported(
      states: result.statistics.stateCount, firings: result.coverage.ruleFirings,
      depth: result.statistics.depth, verdict: verdict,
      measures: result.measures.map {
        [$0.leastExecution.steps.count, $0.greatestExecution.steps.count]
      },
      coverHits: result.coverage.coverHits)
  }
}

extension ScaledModel {
  func system() throws -> TransitionSystem {
    try #require(MurphiModel.load(SourceText(path: "scaled.m", text: text)).system)
  }

  func isViolated(_ result: ExplorationResult) -> Bool {
    if case .violated = result.verdict { true } else { false }
  }
}
