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

/// A search that was interrupted has the result of one that was not, wherever it was.
@Suite struct CheckpointTests {
  // MARK: - Interrupted anywhere

  /// Threads, executor and the size of levels that threads share change from one process to the next.
  private static func vary(_ seed: Int) -> (Int, inout ExplorationOptions) -> Void {
    { number, options in
      options.threadCount = [1, 2, 3, 8][(seed + number) % 4]
      options.executor = [.interpreter, .native, .auto][(seed / 3 + number) % 3]
      options.nativeEffort = .quick
      options.leastLevelForThreads = 1
    }
  }

  @Test(arguments: 0..<120)
  func randomModels(seed: Int) throws {
    let model = RandomModel(seed: 420_000 + UInt64(seed), size: 2 + seed % 8)
    var kept = try KeptSearch(SourceText(path: "random-\(seed).m", text: model.text))
    kept.options.deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    kept.options.digest = seed % 2 == 0 ? .steps : .states
    kept.symmetry = seed % 3 == 0 ? .off : .exact
    kept.reduction = seed % 5 == 0 ? .por : .none
    try kept.compare(seed: UInt64(seed), change: Self.vary(seed))
  }

  @Test(arguments: RepositoryModel.models(below: "Models", "Tests/Corpus").enumerated().map { $0 })
  func modelsOfTheRepository(number: Int, model: RepositoryModel) throws {
    if model.path.contains("/rejected/") { return }
    var kept = try KeptSearch(try model.source(named: "model.m"))
    if kept.system.pathSlot != nil { return }
    kept.symmetry = number % 2 == 0 ? .exact : .off
    kept.options.maximumDepth = 12
    try kept.compare(seed: UInt64(number), change: Self.vary(number))
  }

  /// Two independent counters and a third that is reached from some states alone: levels of many states,
  /// two words, every kind of property, covers in bodies.
  static let counters = """
    const N: 20;
    type t: 0..N;
    var a, b: t; c: 0..2; pad: array [0..3] of 0..65535;
    startstate begin a := 0; b := 0; c := 0; for i: 0..3 do pad[i] := 0; end; end;
    rule "a" a < N ==> begin a := a + 1; pad[a % 4] := a * 700; if a = 7 then cover "seven" true; end; end;
    rule "b" b < N ==> begin b := b + 1; pad[b % 4] := b * 900; end;
    rule "c" a = N & b = N & c < 2 ==> begin c := c + 1; end;
    rule "back" c = 2 ==> begin a := 0; b := 0; c := 0; for i: 0..3 do pad[i] := 0; end; end;
    invariant "never" a + b <= 2 * N;
    invariant "implied" c = 1 -> a = N;
    measure "sum" a + b;
    cover "far" a = N & b = N;
    liveness "back again" a = 0 & b = 0;
    """

  @Test func everyKindOfProperty() throws {
    var goneOn = 0
    for seed in 0..<36 {
      var kept = try KeptSearch(Self.counters)
      kept.options.digest = .steps
      goneOn += try kept.compare(seed: UInt64(seed)) { number, options in
        options.threadCount = 1 + seed % 3
        options.executor = number % 2 == 0 ? .interpreter : .native
        options.nativeEffort = .quick
        options.leastLevelForThreads = 1
      }
    }
    // How often one of them is interrupted depends on which thread is first; all of them together are
    // more than once each.
    #expect(goneOn > 36)
  }

  /// A checkpoint after each few states, and none is the last thing that a process does.
  @Test func checkpointsOnTheWay() throws {
    var kept = try KeptSearch(Self.counters.replacing("N: 20", with: "N: 5"))
    defer { kept.remove() }
    kept.options.executor = .interpreter
    let whole = KeptSearch.found(kept.inOneGo())
    let log = CheckpointLog()
    let result = try kept.goOn(every: 1e-9, log: log)
    #expect(KeptSearch.found(result) == whole)
    // Nothing was lost by that, and nothing is found anew.
    #expect(log.writtenCount > 20 && log.failures.isEmpty)
    #expect(KeptSearch.found(try kept.goOn()) == whole)
  }

  /// The first violation of a level is shown, also where an interrupt comes between two of them.
  @Test(arguments: 0..<40)
  func theSameViolation(seed: Int) throws {
    let endings = [
      "invariant \"sum\" a + b < 25;", "rule \"wrong\" a = 12 & b > 10 ==> begin b := N + 1; end;",
      "rule \"assert\" a + b = 23 ==> begin assert \"no\" false; end;",
    ]
    let text =
      Self.counters.replacingOccurrences(of: "liveness \"back again\" a = 0 & b = 0;", with: "")
      .replacingOccurrences(of: "cover \"far\" a = N & b = N;", with: "")
    var kept = try KeptSearch(text + endings[seed % 3])
    defer { kept.remove() }
    kept.options.deadlock = .off
    guard case .violated = kept.inOneGo().verdict else {
      Issue.record("not violated")
      return
    }
    try kept.compare(seed: UInt64(seed), change: Self.vary(seed))
  }

  // MARK: - Limits

  /// Memory ends a search in the middle of a batch.
  @Test(arguments: 0..<16)
  func moreMemory(seed: Int) throws {
    var kept = try KeptSearch(Self.counters.replacing("N: 20", with: "N: 60"))
    defer { kept.remove() }
    kept.options.executor = .native
    kept.options.nativeEffort = .quick
    kept.options.leastLevelForThreads = 1
    let whole = kept.inOneGo()
    var random = SplitMix64(seed: UInt64(seed))
    // Too little for all of it.
    var memory = whole.statistics.byteCount / 2
    for number in 0..<400 {
      let result = try kept.goOn {
        $0.memoryByteCount = memory
        $0.threadCount = 1 + (seed + number) % 3
      }
      if case .inconclusive(let limit) = result.verdict {
        #expect(limit == .bytes(memory) || limit == .noMemory)
        memory += Int.random(in: 0...memory / 16, using: &random)
        continue
      }
      // It was ended, and went on.
      #expect(number > 0)
      #expect(KeptSearch.found(result) == KeptSearch.found(whole))
      return
    }
    Issue.record("the search does not end")
  }

  /// One thread takes states in the order in which it would have taken them, so that a number of states
  /// is the same states.
  @Test func moreStatesAndDepth() throws {
    var kept = try KeptSearch(Self.counters)
    defer { kept.remove() }
    kept.options.executor = .interpreter
    for most in [1, 2, 10, 57, 200, 201, 640, 1_000, 1_500] {
      let result = try kept.goOn { $0.maximumStateCount = most }
      let whole = kept.inOneGo { $0.maximumStateCount = most }
      #expect(result.digest == whole.digest, "\(most)")
      #expect(result.statistics.stateCount == most)
      #expect(result.statistics.ruleFiringCount == whole.statistics.ruleFiringCount, "\(most)")
    }
    for depth in [30, 38, 41] {
      let result = try kept.goOn { $0.maximumDepth = depth }
      #expect(
        KeptSearch.found(result) == KeptSearch.found(kept.inOneGo { $0.maximumDepth = depth }))
    }
    #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(kept.inOneGo()))
  }

  /// Time that was up while liveness was decided is no reason to search again.
  @Test func livenessIsGoneOnWith() throws {
    let kept = try KeptSearch(Self.counters)
    defer { kept.remove() }
    let whole = kept.inOneGo()
    let all = whole.statistics.stateCount
    var decided = false
    for times in stride(from: 1, to: 4_000, by: 7) where !decided {
      kept.remove()
      let first = try kept.goOn(until: .asked(times: times)) { $0.executor = .interpreter }
      guard case .inconclusive = first.verdict else { break }
      guard first.statistics.stateCount == all else { continue }
      decided = true
      #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(whole))
    }
    #expect(decided)
  }

  // MARK: - Other searches

  @Test func anotherSearchIsRefused() throws {
    var kept = try KeptSearch(Self.counters)
    defer { kept.remove() }
    _ = try kept.goOn { $0.maximumStateCount = 100 }
    kept.options.deadlock = .off
    #expect(throws: CheckpointError(kept.path, .otherSearch)) { try kept.goOn() }
    kept.options.deadlock = .stuttering
    kept.options.digest = .steps
    #expect(throws: CheckpointError(kept.path, .otherSearch)) { try kept.goOn() }
    #expect(throws: CheckpointError(kept.path, .otherVersion(KeptSearch.version))) {
      try CheckpointFolder.open(kept.path, version: "1")
    }
  }
}
