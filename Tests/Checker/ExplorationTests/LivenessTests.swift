import Diagnostics
import Evaluation
import Exploration
import Foundation
import Murphi
import Packing
import Randomness
import Testing
import Trace
import TransitionSystem

/// Whether what is asked for can be reached from everywhere, compared with a graph in which all is followed
/// backwards, step by step.
@Suite struct LivenessTests {
  /// Random graphs: sinks, traps, and states that little leads on from.
  @Test func randomGraphsAreDecided() throws {
    var outcomes = [true: 0, false: 0]
    for seed in 0..<250 as Range<UInt64> {
      let space = try Self.space(Self.graph(seed: seed))
      let expected = try FollowedBackwards(space).firstStranded()
      outcomes[expected == nil, default: 0] += 1
      #expect(try Self.stranded(space) == expected, "\(seed)")
      #expect(try Self.stranded(space, Self.onDisk()) == expected, "\(seed) on disk")
    }
    #expect(outcomes[true] ?? 0 > 40)
    #expect(outcomes[false] ?? 0 > 40)
  }

  /// One rule of many leads on, and to a state that is known: what is kept of each state mostly misses it.
  @Test(arguments: [false, true])
  func oneWayOfManyLeadsOn(hasTrap: Bool) throws {
    let text = """
      const N: 1500;
      var x: 0..N + 1;
      startstate begin x := 0; end;
      ruleset i: 1..N do rule "anywhere" x = 0 ==> begin x := i; end; end;
      ruleset i: 1..13 do rule "back" x > 0 & x <= N ==> begin x := 1 + (x * i) / 14; end; end;
      rule "on" x > 0 & x < N \(hasTrap ? "& x != 700" : "") ==> begin x := x + 1; end;
      rule "home" x = N ==> begin x := 0; end;
      rule "lost" x = \(hasTrap ? "3" : "N + 1") ==> begin x := N + 1; end;
      liveness "home" x = 0;
      liveness "high" x = N;
      """
    let space = try Self.space(text)
    let expected = try FollowedBackwards(space).firstStranded()
    #expect((expected == nil) == !hasTrap)
    for (threads, executor) in [
      (1, ExplorationOptions.Executor.interpreter), (1, .native), (2, .native),
    ] {
      let found = try Self.stranded(space) {
        $0.threadCount = threads
        $0.executor = executor
        $0.leastLevelForThreads = 1
      }
      #expect(found == expected)
      let foundOnDisk = try Self.stranded(space) {
        Self.onDisk()(&$0)
        $0.threadCount = threads
        $0.executor = executor
        $0.leastLevelForThreads = 1
      }
      #expect(foundOnDisk == expected)
    }
  }

  /// More instances than a byte has bits, and only one of them cannot be reached.
  @Test func manyInstancesAreToldApart() throws {
    let text = """
      var x: 0..40;
      startstate begin x := 0; end;
      rule "on" x < 40 ==> begin x := x + 1; end;
      rule "round" x = 40 ==> begin x := 12; end;
      ruleset i: 0..19 do liveness "here" x = i + 12; end;
      ruleset i: 0..1 do liveness "there" x = 10 + i; end;
      """
    let space = try Self.space(text)
    let expected = try #require(try FollowedBackwards(space).firstStranded())
    // 10 has been passed for the last time.
    #expect(expected.depth == 11)
    #expect(expected.instance == 20)
    #expect(try Self.stranded(space) == expected)
    #expect(try Self.stranded(space, Self.onDisk()) == expected)
    // Some at a time: there is room for 128 bits.
    #expect(try Self.stranded(space, Self.onDisk(collected: 2, memory: 1 << 20)) == expected)
  }

  /// What holds nowhere is missing from the start on, unless something else is before it.
  @Test(arguments: ["x = 9", "x = 3", "x = 0"], ["x = 9", "x = 3", "x = 0"])
  func whatHoldsNowhereIsMissedAtOnce(first: String, second: String) throws {
    let text = """
      var x: 0..9;
      startstate begin x := 0; end;
      rule "on" x < 6 ==> begin x := x + 1; end;
      rule "round" x = 6 ==> begin x := 1; end;
      liveness "first" \(first);
      liveness "second" \(second);
      """
    let space = try Self.space(text)
    let expected = try FollowedBackwards(space).firstStranded()
    #expect(try Self.stranded(space) == expected)
    #expect(try Self.stranded(space, Self.onDisk()) == expected)
  }

  // MARK: - Searches

  private static func graph(seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 2...60, using: &random)
    let most = Int.random(in: 1...5, using: &random)
    var lines = ["var x: 0..\(count - 1);", "startstate begin x := 0; end;"]
    for node in 0..<count {
      // Along a path, so that most is reached.
      var targets = [min(node + 1, count - 1)]
      for _ in 0..<Int.random(in: 0...most, using: &random) {
        targets.append(Int.random(in: 0..<count, using: &random))
      }
      if Int.random(in: 0..<count, using: &random) == 0 { targets = [] }
      for target in targets { lines.append("rule x = \(node) ==> begin x := \(target); end;") }
    }
    for name in ["a", "b"].prefix(Int.random(in: 1...2, using: &random)) {
      let places = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        "x = \(Int.random(in: 0..<count, using: &random))"
      }
      lines.append("liveness \"\(name)\" \(places.joined(separator: " | "));")
    }
    return lines.joined(separator: "\n")
  }

  private static func space(_ text: String) throws -> SearchSpace {
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    return SearchSpace(
      try #require(loaded.system, "\(loaded.diagnostics.map(\.message))"), symmetry: .off)
  }

  /// A store on disk whose buffers are so small that all of it is many runs of many blocks.
  ///
  /// - Parameters:
  ///   - collected: States that are in memory at once.
  ///   - memory: Bytes that the search may take; nil is any number.
  private static func onDisk(
    collected: Int = 40, memory: Int? = nil
  ) -> (inout ExplorationOptions) -> Void {
    { options in
      options.store = .disk
      options.memoryByteCount = memory
      options.disk = DiskOptions(
        folder: NSTemporaryDirectory() + "swapcheck-liveness-\(UUID().uuidString)",
        sizes: DiskSizes(
          blockWordCount: 4, candidateCount: collected, recentBitCount: 4, runCount: 3,
          keptCount: 10, partCount: 30))
    }
  }

  /// What a search says.
  private static func stranded(
    _ space: SearchSpace, _ change: (inout ExplorationOptions) -> Void = { _ in }
  ) throws -> FollowedBackwards.Stranded? {
    var options = ExplorationOptions()
    options.deadlock = .off
    change(&options)
    let result = Explorer.explore(space, options: options)
    switch result.verdict {
    case .holds: return nil
    case .inconclusive(let limit):
      Issue.record("\(limit)")
      return nil
    case .violated(let counterexample):
      let steps = counterexample.execution.steps
      guard case .liveness(let property, let bindings) = counterexample.violation.kind,
        let last = steps.last
      else {
        Issue.record("\(counterexample.violation.kind)")
        return nil
      }
      let instance = PropertyInstances(space.system).liveness.firstIndex {
        $0.property == property && $0.bindings == bindings
      }
      return .init(depth: steps.count - 1, slots: last.slots, instance: try #require(instance))
    }
  }
}

/// All states of a system with their steps, kept as they come, by the interpreter.
private struct FollowedBackwards {
  struct Stranded: Equatable {
    let depth: Int
    let slots: [Int64]
    let instance: Int
  }

  private let space: SearchSpace
  private var states: [[UInt64]] = []
  private var depths: [Int] = []
  private var predecessors: [[Int]] = []
  /// For each instance, the states that it holds in.
  private var holding: [Int: [Int]] = [:]

  init(_ space: SearchSpace) throws {
    self.space = space
    let source = StepSource(space, ExplorationOptions())
    let wordCount = source.wordCount
    var numbers: [[UInt64]: Int] = [:]
    var found: [(words: [UInt64], depth: Int, from: Int?)] = []
    try source.forEachStart {
      found.append((Array(UnsafeBufferPointer(start: $0, count: wordCount)), 0, nil))
    }
    var next = 0
    while true {
      for (words, depth, from) in found {
        let number = numbers[words] ?? states.count
        if number == states.count {
          numbers[words] = number
          states.append(words)
          depths.append(depth)
          predecessors.append([])
          var inspection = Inspection()
          try source.inspect(words, into: &inspection)
          for instance in inspection.livenessHeld { holding[instance, default: []].append(number) }
        }
        if let from { predecessors[number].append(from) }
      }
      if next == states.count { break }
      found = []
      let depth = depths[next] + 1
      let from = next
      _ = try source.expand(states[next], count: 1) { _, _, successor in
        found.append((Array(UnsafeBufferPointer(start: successor, count: wordCount)), depth, from))
      }
      next += 1
    }
  }

  /// The shallowest state from which an instance cannot be reached; of those the first by its words.
  func firstStranded() throws -> Stranded? {
    var missing: [Int: Int] = [:]
    for instance in PropertyInstances(space.system).liveness.indices {
      var isGood = Set(holding[instance] ?? [])
      var pending = Array(isGood)
      while let state = pending.popLast() {
        for other in predecessors[state] where isGood.insert(other).inserted {
          pending.append(other)
        }
      }
      for state in states.indices where !isGood.contains(state) && missing[state] == nil {
        missing[state] = instance
      }
    }
    let first = missing.min {
      (depths[$0.key], states[$0.key][0]) < (depths[$1.key], states[$1.key][0])
    }
    return first.map { state, instance in
      var slots = Array(repeating: Int64(0), count: space.system.slotCount)
      space.packing.decode(states[state], into: &slots)
      return Stranded(depth: depths[state], slots: slots, instance: instance)
    }
  }
}
