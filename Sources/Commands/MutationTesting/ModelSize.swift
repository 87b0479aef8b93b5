import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import Scenarios
import Synchronization
import TransitionSystem

/// The model itself at one size, which it holds at, with what its mutants are measured by.
final class ModelSize: Sendable {
  let size: MutationSize
  let system: TransitionSystem
  let dialect: Dialect
  let stateCount: Int
  /// For each rule of the system, how often it fired.
  let ruleFirings: [Int]
  /// Of rules of the text that this size has, by their positions there, those in its system.
  private let numbers: [Int: Int]
  let states: ReachableStates
  /// What scenarios that ask the same expect beside the verdict.
  let expectations: [Scenario]
  /// Whether runs can be compared, once that has been asked.
  private let hasFewStates = Mutex<Bool?>(nil)
  /// What of that the model itself does not meet.
  private let known: Set<Surprise.Subject>

  /// - Parameters:
  ///   - whole: All of the model, with rules that this size goes without.
  ///   - finding: Of the model at this size, which holds.
  init(
    _ size: MutationSize, _ whole: TransitionSystem, _ dialect: Dialect, _ finding: CheckFinding,
    expectations: [Scenario], _ plan: MutationPlan
  ) {
    let names = Set(size.without)
    let kept = whole.rules.indices.filter { !names.contains(whole.rules[$0].name) }
    numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    let system = whole.without(rulesNamed: names)
    self.system = system
    (self.size, self.dialect) = (size, dialect)
    self.expectations = expectations
    stateCount = finding[.states] ?? 0
    ruleFirings = finding.coverage?.ruleFirings ?? []
    known = Set(
      expectations.flatMap { $0.surprises(.holds, finding, of: system, verdict: "") }.map(\.subject)
    )
    states = ReachableStates(system, mostStates: plan.mostInterpretedStates)
  }

  /// A text read as a mutant at this size is, and its system, without the rules that the size goes
  /// without.
  func load(
    _ text: SourceText, _ stop: StopCondition
  ) -> (loaded: MurphiModel.Loaded, system: TransitionSystem?) {
    let loaded = MurphiModel.load(text, overrides: size.constants, dialect: dialect, stop: stop)
    return (loaded, loaded.system?.without(rulesNamed: Set(size.without)))
  }

  /// Positions of rules in the system, by those in the text.
  func rules(at positions: [Int]) -> [Int] { positions.compactMap { numbers[$0] } }

  /// How often rules of these names fired, which some sizes may not have.
  var firings: [String: Int] { Self.firings(system, ruleFirings) }

  static func firings(_ system: TransitionSystem, _ counts: [Int]) -> [String: Int] {
    Dictionary(zip(system.rules.map(\.name), counts), uniquingKeysWith: +)
  }

  /// How a mutant is checked at this size: by one thread, within some times the model's states.
  func request(_ mutant: TransitionSystem, stop: StopCondition) -> CheckRequest {
    var request = size.settings.request(mutant, stop: stop)
    request.options.threadCount = 1
    request.options.keepsCode = false
    request.options.maximumStateCount = Self.factor * max(stateCount, Self.leastStates)
    if ruleFirings.reduce(0, +) < Self.leastCompiledFirings {
      request.options.executor = .interpreter
    }
    return request
  }

  /// A mutant with so many times the model's states is not searched further.
  private static let factor = 20
  private static let leastStates = 100
  /// Rules fired from which on a mutant is worth compiling. Quick code of hotswap.m takes as long as the
  /// interpreter takes for 2,000 of them; but code stays loaded.
  private static let leastCompiledFirings = 5_000

  /// Whether the states, as they are, are few enough to compare runs among them. It is a question about
  /// the model alone, so that what becomes of a mutant depends on no other one.
  func canCompareRuns(_ stop: StopCondition) -> Bool {
    hasFewStates.withLock { known in
      if let known { return known }
      var request = request(system, stop: stop)
      request.symmetry = .off
      request.options.maximumStateCount = MutationPlan.mostComparedStates
      let scope = (try? Checking.check(request))?.finding.scope
      if stop.reason == nil { known = scope == .allStates }
      return scope == .allStates
    }
  }

  /// What a scenario expects beside the verdict that a mutant does not meet, and the model does; the
  /// first of it.
  ///
  /// - Parameters:
  ///   - finding: Of the mutant, in which nothing is violated.
  ///   - missing: What is not looked at.
  func notice(
    _ finding: CheckFinding, of mutant: TransitionSystem, without missing: Witness? = nil
  ) -> Witness? {
    let isWhole = if case .holds = finding.verdict { true } else { false }
    for scenario in expectations {
      let surprises = scenario.surprises(
        isWhole ? .holds : .inconclusive, finding, of: mutant, verdict: "")
      for surprise in surprises where !known.contains(surprise.subject) {
        // Of what a limit ended, more states may be to come.
        if !isWhole, surprise.subject == .stateCount,
          scenario.allows(moreStatesThan: finding[.states] ?? 0)
        {
          continue
        }
        if let witness = witness(surprise.subject), witness != missing { return witness }
      }
    }
    return nil
  }

  /// A rule whose guard is `false` is switched off to whoever judges, so a mutant in which a rule never
  /// happens is not noticed by that alone: nor would be that its text is gone. And no scenario can know
  /// of the second half of a rule that is split.
  private func witness(_ subject: Surprise.Subject) -> Witness? {
    switch subject {
    case .measure(let name): Witness(.measure, name: name)
    case .silentRule(let name):
      system.rules.contains { $0.name == name } ? Witness(.silentRule, name: name) : nil
    case .firingRule(let name): Witness(.firingRule, name: name)
    case .stateCount: Witness(.stateCount)
    case .verdict, .ruleFiringCount, .missingRule: nil
    }
  }
}
