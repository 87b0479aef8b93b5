import Checking
import Diagnostics
import Exploration
import Foundation
import Murphi
import NativeCode
import PathConditions
import Report
import SMT
import Symmetry
import TestSupport
import Testing
import Trace
import TransitionSystem

/// The interpreter defines the meaning; native code gives the same JSON to the byte but for times,
/// on any number of threads.
@Suite struct ExecutorTests {
  /// The models of the repository: the shipped ones with a part of their variants, and the corpus.
  private static let models: [RepositoryModel] = {
    // Compiled code goes to a folder of the tests' own.
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    return RepositoryModel.models(below: "Models", "Tests")
      + RepositoryModel.variants(every: 12, from: 2)
  }()

  /// Folders of models with mistakes, some of which are no more than a warning.
  private static let refused = ["Tests/Corpus/rejected/", "Tests/Language/MurphiTests/Golden/"]

  @Test(arguments: models.enumerated().map { ($0, $1) })
  func nativeCodeAgreesOnModels(number: Int, model: RepositoryModel) throws {
    // A variant differs from its model by one step; each space is compiled, which takes longer than
    // to search it. What is emitted is the same for both compilers, and clang takes ten times as long.
    let isFully = RepositoryModel.triesAllVariants
    for (turn, deadlock) in Self.modes(model, number).enumerated() {
      let isOptimised = isFully || turn == 0 && (!model.isVariant || number % 2 == 0)
      // What is a deadlock makes no difference to how states are shared out.
      let threads = deadlock == .stuttering ? [1, 2, 3, 8] : [3]
      try compare(
        try model.source(named: "model.m"), deadlock,
        model.isVariant ? [.exact] : SearchSpace.Symmetry.allCases, threads: threads,
        isRefused: Self.refused.contains(where: model.path.hasPrefix), isOptimised: isOptimised)
    }
  }

  /// All of them for the small models; two for a shipped one, which takes seconds for each.
  private static func modes(_ model: RepositoryModel, _ number: Int) -> [DeadlockMode] {
    if model.isVariant { return [.stuttering] }
    if !model.path.hasPrefix("Models/") || RepositoryModel.triesAllVariants {
      return DeadlockMode.allCases
    }
    return [.stuttering, number % 2 == 0 ? .off : .stuck]
  }

  @Test(arguments: 0..<300)
  func nativeCodeAgreesOnRandomModels(seed: Int) throws {
    let model = RandomModel(seed: 70_000 + UInt64(seed), size: 2 + seed % 8)
    let deadlock = DeadlockMode(rawValue: model.deadlock.rawValue) ?? .stuttering
    try compare(
      SourceText(path: "random-\(seed).m", text: model.text), deadlock, isOptimised: seed % 6 == 0)
  }

  @Test(arguments: 0..<300)
  func nativeCodeAgreesOnRandomSymbolicModels(seed: Int) throws {
    let text = RandomSymbolicModel(seed: UInt64(seed)).text(.symbolic, measuresTerm: true)
    try compare(
      SourceText(path: "symbolic-\(seed).m", text: text), DeadlockMode.allCases[seed % 3],
      isOptimised: seed % 7 == 0)
  }

  @Test(arguments: SymbolicModels.all.keys.sorted())
  func nativeCodeAgreesOnSymbolicModels(name: String) throws {
    let text = try #require(SymbolicModels.all[name])
    let loaded = MurphiModel.load(SourceText(path: name, text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    #expect(system?.pathSlot != nil, "\(name): \(diagnostics)")
    for deadlock in DeadlockMode.allCases {
      try compare(SourceText(path: name, text: text), deadlock, isOptimised: true)
    }
  }

  private func compare(
    _ source: SourceText, _ deadlock: DeadlockMode,
    _ symmetries: [SearchSpace.Symmetry] = SearchSpace.Symmetry.allCases,
    threads: [Int] = [1, 2, 3, 8], isRefused: Bool = false, isOptimised: Bool = true
  ) throws {
    let loaded = MurphiModel.load(source)
    guard let system = loaded.system else {
      #expect(isRefused, "\(source.path): \(loaded.diagnostics.map(\.message))")
      return
    }
    for symmetry in symmetries {
      let space = space(system, symmetry)
      // Without scalarsets there is one space.
      if symmetry == .exact, space.symmetry.isEmpty, symmetries.count > 1 { continue }
      if system.pathSlot != nil {
        // Path conditions are counted from the first one on, and one thread searches. No answer is
        // to depend on how busy the machine is.
        compare({ self.space(system, symmetry) }, source, deadlock, isOptimised: isOptimised)
        continue
      }
      let full = compare(
        { space }, source, deadlock, threads: threads, isOptimised: isOptimised)
      let reduced = SearchSpace(system, symmetry: symmetry, reduction: .por)
      if reduced.stubbornSets == nil { continue }
      expectSameVerdict(
        full, compare({ reduced }, source, deadlock, threads: [1, 3], isOptimised: isOptimised),
        source)
    }
  }

  /// A space, with path conditions of its own if it has any.
  private func space(
    _ system: TransitionSystem, _ symmetry: SearchSpace.Symmetry
  ) -> SearchSpace {
    guard system.pathSlot != nil else { return SearchSpace(system, symmetry: symmetry) }
    let paths = PathConditions(system, limits: .none)
    // Where the assumptions cannot be made, nothing is decided.
    try? paths.assume()
    return SearchSpace(system, symmetry: symmetry, domain: .layouts(paths))
  }

  /// With stubborn sets there are never more states, and the verdict is of the same kind.
  private func expectSameVerdict(
    _ full: ExplorationResult, _ reduced: ExplorationResult, _ source: SourceText
  ) {
    if case .inconclusive = full.verdict { return }
    // A violation ends a search after its level, and a reduced run may be longer.
    if case .holds = full.verdict {
      #expect(reduced.statistics.stateCount <= full.statistics.stateCount, "\(source.path)")
    }
    #expect(Self.kind(reduced.verdict) == Self.kind(full.verdict), "\(source.path)")
  }

  private static func kind(_ verdict: ExplorationResult.Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .violated: "violated"
    case .inconclusive(let limit): "inconclusive \(limit)"
    }
  }

  /// - Parameters:
  ///   - space: The space, or one that knows of no path conditions yet.
  ///   - isOptimised: Whether the code is compiled with full effort too.
  /// - Returns: The interpreter's result.
  @discardableResult
  private func compare(
    _ space: () -> SearchSpace, _ source: SourceText, _ deadlock: DeadlockMode,
    threads: [Int] = [1], isOptimised: Bool
  ) -> ExplorationResult {
    var options = ExplorationOptions()
    options.deadlock = deadlock
    options.maximumStateCount = 20_000
    options.digest = .steps
    let first = space()
    let expected = Explorer.explore(first, options: options)
    let report = report(first, source, expected)
    options.executor = .native
    options.leastLevelForThreads = 1
    options.nativeEffort = .quick
    expectSame(space(), options, source, report)
    if isOptimised { options.nativeEffort = .full }
    // Where the number of states is bounded, one thread searches.
    if expected.statistics.stateCount < 20_000 { options.maximumStateCount = nil }
    for count in threads {
      options.threadCount = count
      expectSame(space(), options, source, report)
    }
    return expected
  }

  private func expectSame(
    _ space: SearchSpace, _ options: ExplorationOptions, _ source: SourceText, _ report: String
  ) {
    let actual = Explorer.explore(space, options: options)
    #expect(actual.compilationFailure == nil, "\(source.path)")
    #expect(
      self.report(space, source, actual) == report,
      """
      \(source.path), \(options.nativeEffort), \(options.threadCount) threads, \
      \(space.symmetry.sets.count)
      """)
  }

  /// The report without what differs from run to run: times, and the memory that threads take.
  private func report(
    _ space: SearchSpace, _ source: SourceText, _ result: ExplorationResult
  ) -> String {
    CheckReport(
      system: space.system, source: source,
      outcome: CheckOutcome(engine: "", finding: CheckFinding(result))
    ).json
      .text
      .split(separator: "\n").filter { line in
        let key = line.utf8.drop { $0 == UInt8(ascii: " ") }
        return !Self.otherEachTime.contains { key.starts(with: $0.utf8) }
      }.joined(separator: "\n")
  }

  private static let otherEachTime = ["\"seconds\":", "\"rulesPerSecond\":", "\"memoryBytes\":"]
}
