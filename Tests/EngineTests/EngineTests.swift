import Diagnostics
import Exploration
import Foundation
import Murphi
import RandomModels
import Report
import Symmetry
import Testing
import Trace
import TransitionSystem

/// The interpreter defines the meaning; native code gives the same JSON to the byte but for times, on
/// any number of threads.
@Suite struct EngineTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All models of the repository: the shipped ones and the corpus.
  private static let models: [String] = {
    // Compiled code goes to a folder of the tests' own.
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    return [tests.deletingLastPathComponent().appendingPathComponent("Models"), tests]
      .flatMap { folder in
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "m" }.map(\.path)
      }.sorted()
  }()

  @Test(arguments: models)
  func nativeCodeAgreesOnModels(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for deadlock in DeadlockMode.allCases {
      try compare(SourceText(path: "model.m", text: text), deadlock)
    }
  }

  @Test(arguments: 0..<300)
  func nativeCodeAgreesOnRandomModels(seed: Int) throws {
    let model = RandomModel(seed: 70_000 + UInt64(seed), size: 2 + seed % 8)
    let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    try compare(SourceText(path: "random-\(seed).m", text: model.text), deadlock)
  }

  private func compare(_ source: SourceText, _ deadlock: DeadlockMode) throws {
    guard let system = MurphiModel.load(source).system else { return }
    for symmetry in SearchSpace.Symmetry.allCases {
      let space = SearchSpace(system, symmetry: symmetry)
      // Without scalarsets there is one space.
      if symmetry == .exact, space.symmetry.isEmpty { continue }
      compare(space, source, deadlock)
    }
  }

  private func compare(_ space: SearchSpace, _ source: SourceText, _ deadlock: DeadlockMode) {
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.maximumStateCount = 20_000
    let expected = report(space, source, options)
    options.engine = .native
    options.leastLevelForThreads = 1
    for threads in [1, 2, 3, 8] {
      options.threadCount = threads
      let actual = report(space, source, options)
      #expect(actual == expected, "\(source.path), \(threads) threads, \(space.symmetry.sets.count)")
    }
  }

  /// The report without what differs from run to run.
  private func report(
    _ space: SearchSpace, _ source: SourceText, _ options: ExplorationOptions
  ) -> String {
    let result = Explorer.explore(space, options: options)
    #expect(result.engineFailure == nil, "\(source.path)")
    return CheckReport(system: space.system, source: source, result: result).json.text
      .split(separator: "\n").filter {
        !$0.contains("\"seconds\":") && !$0.contains("\"rulesPerSecond\":")
      }.joined(separator: "\n")
  }
}
