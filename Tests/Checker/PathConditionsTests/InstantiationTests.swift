import Diagnostics
import Exploration
import Murphi
import PathConditions
import TestSupport
import Testing
import Trace
import TransitionSystem

/// A model with symbolic constants stands for all of its instances: it is violated if one of them
/// is, and its shortest run to a violation is the shortest of theirs.
@Suite struct InstantiationTests {
  struct Found: Equatable {
    var isViolated = false
    /// Of liveness, which is asked for when nothing else is violated.
    var isLiveness = false
    /// Steps of the shortest run, a failed one included.
    var length = 0
    var stateCount = 0
    /// Of the first measure, if there are any states.
    var least: Int64?
    var greatest: Int64?
  }

  static func explore(
    _ space: SearchSpace, _ deadlock: DeadlockMode
  ) throws -> (Found, Counterexample?) {
    var options = ExplorationOptions()
    options.deadlock = deadlock
    let result = Explorer.explore(space, options: options)
    var found = Found()
    found.stateCount = result.statistics.stateCount
    found.least = result.measures.first?.least
    found.greatest = result.measures.first?.greatest
    switch result.verdict {
    case .holds: return (found, nil)
    case .inconclusive(let limit): throw Inconclusive(limit: limit)
    case .violated(let counterexample):
      found.isViolated = true
      if case .liveness = counterexample.violation.kind { found.isLiveness = true }
      found.length =
        counterexample.execution.steps.count
        + (counterexample.violation.failedStep == nil ? 0 : 1)
      return (found, counterexample)
    }
  }

  struct Inconclusive: Error { let limit: ExplorationLimit }

  static func system(_ text: String) throws -> TransitionSystem {
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return try #require(system, "\(diagnostics)\n\(text)")
  }

  @Test(arguments: 0..<300)
  func randomModelsAgreeWithTheirInstances(seed: Int) throws {
    let model = RandomSymbolicModel(seed: UInt64(seed))
    let text = model.text(.symbolic, measuresTerm: true)
    let deadlock = DeadlockMode.allCases[seed % 3]
    var instances: [(values: [Int], found: Found)] = []
    for values in RandomSymbolicModel.valuations {
      let system = try Self.system(model.text(.instance(values), measuresTerm: true))
      instances.append((values, try Self.explore(SearchSpace(system), deadlock).0))
    }
    let system = try Self.system(text)
    let paths = PathConditions(system)
    do {
      try paths.assume()
    } catch {
      guard case .contradictory = error else { throw error }
      // No instance has a state.
      #expect(instances.allSatisfy { $0.found.stateCount == 0 }, "\(text)")
      return
    }
    let (found, counterexample) = try Self.explore(
      SearchSpace(system, domain: .layouts(paths)), deadlock)
    let violated = instances.filter(\.found.isViolated)
    #expect(
      found.isViolated == !violated.isEmpty, "\(deadlock) \(violated.first?.values ?? [])\n\(text)")
    if violated.isEmpty {
      #expect(found.least == instances.compactMap(\.found.least).min(), "\(deadlock)\n\(text)")
      #expect(found.greatest == instances.compactMap(\.found.greatest).max(), "\(text)")
    }
    let alike = violated.filter { $0.found.isLiveness == found.isLiveness }
    #expect(!found.isLiveness || alike.count == violated.count, "\(deadlock)\n\(text)")
    guard let counterexample, let shortest = alike.map(\.found.length).min() else { return }
    #expect(found.length == shortest, "\(deadlock)\n\(text)")
    // The instance that is shown is among the violated ones, and is replayed.
    let values = counterexample.execution.valuation
    let shown = alike.first { $0.values.map { Int128($0) } == values }
    #expect(shown?.found.length == shortest, "\(values)\n\(text)")
    try Replay(system: system, valuation: values).confirm(counterexample, deadlock: deadlock)
  }
}
