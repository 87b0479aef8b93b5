import Exploration
import NativeCode
import Randomness
import Testing
import Trace

/// Tables that grow step by step, as those of more than eight million slots do, at any size.
@Suite struct SteppedGrowthTests {
  /// From 512 lines on, a few hundred homes at a time.
  private static var growth: SeenSet.Growth {
    var growth = SeenSet.Growth()
    growth.roomyLineCount = 1 << 9
    growth.stepHomeCount = 300
    growth.leastHomeCount = 100
    return growth
  }

  /// At every step each key is where it is looked for, with its depth and number, and nothing else is there.
  @Test(arguments: [20, 40, 50], [0, 1, 20])
  func allIsFoundAtEveryStep(bitCount: Int, tailBitCount: Int) throws {
    var random = SplitMix64(seed: UInt64(bitCount + tailBitCount))
    let seen = try #require(
      SeenSet(
        bitCount: bitCount, tailBitCount: tailBitCount, hasNumbers: true, growth: Self.growth))
    #expect(seen.makeRoomForDepth())
    var keys: [StateKey: Int] = [:]
    var handle = seen.handle(isShared: false)
    var (wrongCount, stepCount) = (0, 0)
    while keys.count < 20_000 {
      let key = StateKey(
        head: .random(in: 0...(.max >> UInt64(64 - bitCount)), using: &random),
        tail: tailBitCount == 0
          ? 0 : .random(in: 0...(.max >> UInt64(64 - tailBitCount)), using: &random))
      var outcome = handle.insert(handle.home(key.head), tail: key.tail, depth: depth(of: key))
      if (keys[key] != nil) != (outcome == .seen) { wrongCount += 1 }
      if outcome == .seen { continue }
      while outcome == .full || keys.count >= seen.mostStates {
        try #require(seen.grow())
        handle = seen.handle(isShared: false)
        stepCount += 1
        wrongCount += Self.wrong(keys, handle)
        if outcome == .full {
          outcome = handle.insert(handle.home(key.head), tail: key.tail, depth: depth(of: key))
        }
      }
      keys[key] = keys.count + 1
      let place = try #require(handle.find(handle.home(key.head), tail: key.tail))
      handle.setNumber(place, keys.count)
      if keys.count % 1_000 == 0 { wrongCount += try Self.wrong(keys, in: seen) }
    }
    #expect(wrongCount == 0)
    // From 768 lines to 20,000 keys at a load of 83 in 100 at most.
    #expect(stepCount > 30)
    #expect(keys.count * 100 < seen.slotCount * 83)
  }

  /// Where keys crowd in few lines, it grows though there is room elsewhere, keys behind their homes
  /// belong to homes on both sides of where a step ends, and some find no place where they are moved to.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func crowdedHomesAreFoundAtEveryStep(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let seen = try #require(SeenSet(bitCount: 30, hasNumbers: true, growth: Self.growth))
    for _ in 0..<4 { #expect(seen.grow()) }
    // Keys in order are keys of all homes; of these, stretches of homes are taken.
    var handle = seen.handle(isShared: false)
    let stretches = (0..<6).map { _ in
      UInt64.random(in: 0..<UInt64(seen.slotCount / 8 - 140), using: &random)
    }
    var keys: [StateKey: Int] = [:]
    var (wrongCount, stepCount, key) = (0, 0, UInt64(0))
    while stepCount < 40, key < 1 << 30 {
      key += 1
      let home = handle.home(key)
      guard stretches.contains(where: { $0 <= home.line && home.line < $0 + 3 }) else { continue }
      var outcome = handle.insert(home, depth: depth(of: StateKey(head: key)))
      while outcome == .full {
        try #require(seen.grow())
        handle = seen.handle(isShared: false)
        stepCount += 1
        wrongCount += Self.wrong(keys, handle)
        outcome = handle.insert(handle.home(key), depth: depth(of: StateKey(head: key)))
      }
      if outcome != .new { wrongCount += 1 }
      keys[StateKey(head: key)] = keys.count + 1
      let place = try #require(handle.find(handle.home(key)))
      handle.setNumber(place, keys.count)
    }
    #expect(stepCount >= 40)
    #expect(wrongCount == 0)
    #expect(try Self.wrong(keys, in: seen) == 0)
  }

  private func depth(of key: StateKey) -> UInt64 { Self.depth(of: key) }

  /// Some of these have more bits than a slot has for them.
  private static func depth(of key: StateKey) -> UInt64 {
    (key.head ^ key.tail) % 5 == 0 ? key.head % 1_000 + 1 << 30 : key.head % 100
  }

  /// How many keys are not found as they were put in.
  private static func wrong(_ keys: [StateKey: Int], _ handle: SeenSet.Handle) -> Int {
    var wrongCount = 0
    for (key, number) in keys {
      let home = handle.home(key.head)
      guard let place = handle.find(home, tail: key.tail),
        handle.depth(home, tail: key.tail) == depth(of: key),
        Int(handle.number(place)) == number,
        handle.insert(home, tail: key.tail, depth: 1) == .seen
      else {
        wrongCount += 1
        continue
      }
    }
    return wrongCount
  }

  /// How many entries are not the keys that were put in.
  private static func wrong(_ keys: [StateKey: Int], in seen: SeenSet) throws -> Int {
    var (wrongCount, count) = (0, 0)
    for position in 0..<seen.slotCount {
      guard let entry = seen.entry(position) else { continue }
      count += 1
      if keys[entry.key] == nil || UInt64(entry.depth) != depth(of: entry.key) { wrongCount += 1 }
    }
    return wrongCount + abs(keys.count - count)
  }

  // MARK: - Searches

  /// A search with any number of threads finds the same, and shows the same run, whatever the growth of its
  /// table.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func searchesFindTheSame(seed: UInt64) throws {
    for size in [ScaledModel.Size.word, .pair, .more] {
      for store in [StoreKind.exact, .compact] {
        let model = ScaledModel(
          seed: seed, size: size, hasLiveness: store == .exact, periods: [6, 5, 5, 4, 3, 2])
        let whole = try Self.search(model, 1, store, SeenSet.Growth())
        #expect(whole.statistics.stateCount > 10_000)
        for threadCount in [1, 3] {
          let stepped = try Self.search(model, threadCount, store, Self.growth)
          #expect(stepped.digest == whole.digest)
          #expect(stepped.stepDigest == whole.stepDigest)
          #expect("\(stepped.verdict)" == "\(whole.verdict)")
          #expect(stepped.statistics.stateCount == whole.statistics.stateCount)
          #expect(stepped.statistics.ruleFiringCount == whole.statistics.ruleFiringCount)
          #expect(stepped.statistics.depth == whole.statistics.depth)
          #expect(
            stepped.measures.map(\.greatestExecution) == whole.measures.map(\.greatestExecution))
        }
      }
    }
  }

  private static func search(
    _ model: ScaledModel, _ threadCount: Int, _ store: StoreKind, _ growth: SeenSet.Growth
  ) throws -> ExplorationResult {
    var options = ExplorationOptions()
    options.deadlock = .off
    options.threadCount = threadCount
    options.leastLevelForThreads = 1
    options.executor = .native
    options.nativeEffort = .quick
    options.store = store
    options.digest = .steps
    options.tableGrowth = growth
    return Explorer.explore(SearchSpace(try model.system()), options: options)
  }
}
