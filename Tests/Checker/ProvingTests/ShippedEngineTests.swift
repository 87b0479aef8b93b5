import Checking
import Diagnostics
import Exploration
import Foundation
import Murphi
import TestSupport
import Testing
import Trace
import TransitionSystem

/// Engines that ask a solver, on the shipped models and their variants, against the search among all
/// states. `SWAPCHECK_ENGINE_SECONDS` is the time for each question; with the usual time the larger
/// models are not decided, and nothing wrong may be said of them.
@Suite struct ShippedEngineTests {
  private static let seconds =
    ProcessInfo.processInfo.environment["SWAPCHECK_ENGINE_SECONDS"].flatMap(Double.init) ?? 0.3
  /// Longer runs are looked for where there is more time.
  private static var mostSteps: Int { seconds > 10 ? 40 : 5 }

  private static func check(
    _ system: TransitionSystem, _ engine: EngineName, depth: Int? = nil
  ) throws -> CheckOutcome {
    var request = CheckRequest(system)
    request.engine = engine
    if engine == .breadthFirst {
      request.options.maximumStateCount = 50_000
    } else {
      request.solverDepth = depth
      request.asksSafetyAlone = true
      request.stop = StopCondition(seconds: seconds)
    }
    return try Checking.check(request)
  }

  private static func isViolated(_ outcome: CheckOutcome) -> Bool {
    if case .violated = outcome.verdict { true } else { false }
  }

  @Test(arguments: RepositoryModel.models(below: "Models"))
  func modelsAreAsTheyAreSearched(model: RepositoryModel) throws {
    let loaded = try #require(MurphiModel.load(try model.source()).system)
    if !loaded.symbolicConstants.isEmpty {
      #expect(throws: Objection.self) { try Self.check(loaded, .bounded, depth: 1) }
      return
    }
    let system = loaded.askingSafety
    let isViolated = Self.isViolated(try Self.check(system, .breadthFirst))
    for engine in [EngineName.propertyDirected, .induction, .bounded] {
      let outcome = try Self.check(system, engine, depth: 20)
      switch outcome.verdict {
      case .holds: #expect(!isViolated, "\(model.path) \(engine)")
      case .violated: #expect(isViolated, "\(model.path) \(engine)")
      case .inconclusive(.unconfirmed(let reason)):
        Issue.record("\(model.path) \(engine): \(reason)")
      case .inconclusive: break
      }
    }
  }

  @Test(arguments: RepositoryModel.variants.enumerated().map { ($0, $1) })
  func variantsAreViolatedAsSoon(number: Int, variant: RepositoryModel) throws {
    guard let loaded = MurphiModel.load(try variant.source()).system,
      loaded.symbolicConstants.isEmpty, Self.seconds > 10 || number % 6 == 0
    else { return }
    let system = loaded.askingSafety
    let expected = try Self.check(system, .breadthFirst)
    guard case .violated(let first) = expected.verdict, first.stepCount <= Self.mostSteps else {
      return
    }
    let outcome = try Self.check(system, .bounded, depth: first.stepCount)
    switch outcome.verdict {
    case .holds: Issue.record("\(variant.testDescription)")
    case .violated(let found):
      #expect(found.stepCount == first.stepCount, "\(variant.testDescription)")
    case .inconclusive(let limit):
      if case .seconds = limit { return }
      Issue.record("\(variant.testDescription): \(limit)")
    }
  }
}

extension Counterexample {
  /// Steps behind the start state, with the one that fails.
  var stepCount: Int {
    let failed = violation.failedStep == nil || execution.steps.isEmpty ? 0 : 1
    return max(0, execution.steps.count - 1) + failed
  }
}

extension TransitionSystem {
  /// The same without covers and liveness, of which the search among all states says nothing then.
  var askingSafety: TransitionSystem {
    var system = self
    for property in properties where property.kind == .liveness {
      system = system.without(.liveness, named: property.name)
    }
    for cover in covers { system = system.without(.cover, named: cover.name) }
    return system
  }
}
