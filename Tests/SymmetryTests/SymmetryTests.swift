import Diagnostics
import Exploration
import Foundation
import Murphi
import RandomModels
import RumurOracle
import Symmetry
import Testing
import Trace
import TransitionSystem

/// One state for each orbit, and the verdict of the unreduced model.
@Suite struct SymmetryTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let models: [String] = {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    return [tests.deletingLastPathComponent().appendingPathComponent("Models"), tests]
      .flatMap { folder in
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "m" }.map(\.path)
      }.sorted()
  }()

  @Test(arguments: models)
  func shippedModelsAgree(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // A broken variant differs from its model by one step.
    for deadlock in path.contains("/broken/") ? [.stuttering] : DeadlockMode.allCases {
      try compare(SourceText(path: path, text: text), deadlock)
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

  /// The verdicts with and without symmetry are the same; where nothing is wrong, orbits are counted
  /// a second time by brute force.
  ///
  /// - Returns: Whether they were.
  @discardableResult
  private func compare(_ source: SourceText, _ deadlock: DeadlockMode) throws -> Bool {
    guard let system = MurphiModel.load(source).system, system.pathSlot == nil else { return false }
    let space = SearchSpace(system)
    guard !space.symmetry.isEmpty else { return false }
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.maximumStateCount = 5_000
    let full = Explorer.explore(SearchSpace(system, symmetry: .off), options: options)
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
    guard orbits.renamingCount <= 200, let reachable = orbits.reachable(limit: 5_000) else { return false }
    #expect(reachable.stateCount == full.statistics.stateCount, "\(source.path)")
    #expect(reduced.statistics.stateCount == reachable.orbits.count, "\(source.path)\n\(source.text)")
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
      try Replay(system: system).confirm(counterexample, deadlock: deadlock)
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
