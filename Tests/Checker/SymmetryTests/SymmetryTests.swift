import Diagnostics
import Exploration
import Foundation
import Murphi
import PathConditions
import Symmetry
import TestSupport
import Testing
import Trace
import TransitionSystem

/// One state for each orbit, and the verdict of the unreduced model.
@Suite struct SymmetryTests {
  private static let models: [RepositoryModel] = {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    return RepositoryModel.models(below: "Models", "Tests")
      + RepositoryModel.variants(every: 12, from: 0)
  }()

  @Test(arguments: models)
  func shippedModelsAgree(model: RepositoryModel) throws {
    // A variant differs from its model by one step.
    for deadlock in model.isVariant ? [.stuttering] : DeadlockMode.allCases {
      try compare(try model.source(), deadlock)
    }
  }

  @Test(arguments: 0..<400)
  func randomModelsAgree(seed: Int) throws {
    let model = RandomModel(seed: 500_000 + UInt64(seed), size: 2 + seed % 8)
    let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    try compare(SourceText(path: "random-\(seed).m", text: model.text), deadlock)
  }

  @Test func symmetricModelsAgree() throws {
    var compared = 0
    for seed in 0..<300 {
      let model = SymmetricModel(seed: UInt64(seed))
      let source = SourceText(path: "symmetric-\(seed).m", text: model.text)
      #expect(MurphiModel.load(source).system != nil, "\(model.text)")
      if try compare(source, .off) { compared += 1 }
    }
    // Models that are all wrong, or not symmetric, would compare next to nothing.
    #expect(compared >= 150)
  }

  /// A permutation leaves symbolic constants as they are, and so the path condition.
  @Test func symbolicConstantsBesideScalarsetsAgree() throws {
    let head = """
      type node : scalarset(3);
      symbolic x, y : address; need : array [0..1] of address;
      assume "small" x >= 0 & x <= 4 & y >= 0 & y <= 4;
      ruleset i : 0..1 do assume "needs" need[i] >= 0 & need[i] <= 2; end;

      """
    let models = [
      """
      var state : array [node] of 0..2; owner : node; taken : boolean;
      function count(k : 0..2) : 0..3;
      var c : 0..3;
      begin
        c := 0;
        for n : node do if state[n] = k then c := c + 1; end; end;
        return c;
      end;
      startstate begin for n : node do state[n] := 0; end; taken := false; end;
      ruleset n : node do
        rule "up" state[n] < 2 & count(1) < x ==> begin state[n] := state[n] + 1; end;
        rule "down" state[n] = 2 & count(2) > y ==> begin state[n] := 0; end;
        rule "take" !taken & state[n] = 1 & x > y ==> begin taken := true; owner := n; end;
      end;
      invariant "bounded" count(1) <= x;
      """,
      """
      var next : array [node] of node; mark : array [node] of boolean; sum : 0..2;
      startstate begin for n : node do next[n] := n; mark[n] := false; end; sum := 0; end;
      ruleset n : node; m : node do
        rule "join" n != m & next[n] = n & next[m] = m & need[sum % 2] > 0 ==> begin
          next[n] := m; next[m] := n;
          if need[0] < need[1] then mark[n] := true; end;
        end;
      end;
      ruleset n : node do
        rule "part" next[n] != n & sum < 2 & x + sum > need[sum] ==> begin
          next[next[n]] := next[n]; next[n] := n; sum := sum + 1;
        end;
      end;
      invariant "one" x > 6 | sum < 3;
      """,
    ]
    for model in models {
      let source = SourceText(path: "symbolic.m", text: head + model)
      #expect(MurphiModel.load(source).system?.pathSlot != nil, "\(model)")
      #expect(try compare(source, .off), "\(model)")
      try compare(source, .stuttering)
    }
  }

  private func space(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry
  ) -> SearchSpace {
    guard system.pathSlot != nil else { return SearchSpace(system, symmetry: symmetry) }
    let paths = PathConditions(system)
    // Where the assumptions cannot be made, nothing is decided.
    try? paths.assume()
    return SearchSpace(system, symmetry: symmetry, domain: .layouts(paths))
  }

  /// The verdicts with and without symmetry are the same; where nothing is wrong, orbits are
  /// counted a second time by brute force.
  ///
  /// - Returns: Whether they were.
  @discardableResult
  private func compare(_ source: SourceText, _ deadlock: DeadlockMode) throws -> Bool {
    guard let system = MurphiModel.load(source).system else { return false }
    let space = space(system, .exact)
    guard !space.symmetry.isEmpty else { return false }
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.maximumStateCount = 5_000
    // States are counted, whatever stands for them.
    options.expandsSubsumedStates = true
    let full = Explorer.explore(self.space(system, .off), options: options)
    if case .inconclusive = full.verdict { return false }
    let reduced = Explorer.explore(space, options: options)
    #expect(kind(reduced.verdict) == kind(full.verdict), "\(source.path)\n\(source.text)")
    #expect(reduced.statistics.stateCount <= full.statistics.stateCount, "\(source.path)")
    if case .violated(let counterexample) = reduced.verdict {
      try confirm(counterexample, of: system, deadlock, source)
      if case .violated(let other) = full.verdict {
        #expect(
          counterexample.execution.steps.count == other.execution.steps.count, "\(source.path)")
      }
    }
    guard case .holds = full.verdict, system.properties.allSatisfy({ $0.kind != .assumption })
    else { return false }
    let orbits = BruteForceOrbits(system, types: space.symmetry.sets.map(\.type))
    guard orbits.renamingCount <= 200, let reachable = orbits.reachable(limit: 5_000) else {
      return false
    }
    #expect(reachable.stateCount == full.statistics.stateCount, "\(source.path)")
    #expect(
      reduced.statistics.stateCount == reachable.orbits.count, "\(source.path)\n\(source.text)")
    #expect(reduced.statistics.ruleFiringCount == reachable.ruleFiringCount, "\(source.path)")
    return true
  }

  /// The run is one of the unreduced model.
  private func confirm(
    _ counterexample: Counterexample, of system: TransitionSystem, _ deadlock: DeadlockMode,
    _ source: SourceText
  ) throws {
    if case .uncovered = counterexample.violation.kind { return }
    #expect(throws: Never.self, "\(source.path)") {
      try Replay(system: system, valuation: counterexample.execution.valuation)
        .confirm(counterexample, deadlock: deadlock)
    }
  }

  private func kind(_ verdict: ExplorationResult.Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .inconclusive: "inconclusive"
    case .violated(let counterexample):
      switch counterexample.violation.kind {
      case .invariant(let property, _): "invariant \(property)"
      case .liveness(let property, _): "liveness \(property)"
      case .deadlock: "deadlock"
      case .interruption: "interruption"
      case .uncovered(let cover): "uncovered \(cover)"
      }
    }
  }
}
