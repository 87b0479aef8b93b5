import Checking
import Comparison
import Diagnostics
import Exploration
import Murphi
import Mutation
import Options
import Report
import Trace
import TransitionSystem

/// What becomes of one mutant.
struct MutantTrial {
  let mutant: Mutant
  /// Of the mutant, and of the model.
  let text: SourceText
  let modelText: SourceText
  /// Its name in the cache.
  let key: String
  /// The smallest first.
  let sizes: [ModelSize]
  let plan: MutationPlan
  /// What it is tried without, where something else is looked for that notices it.
  let missing: Witness?
  /// What it changes, whatever the rest of the model is, and runs by that.
  let change: String
  let runs: KeptRuns

  /// Nil where the end was wanted before it was found out.
  ///
  /// - Throws: `Objection`, where something that was found is not confirmed: a mistake of ours.
  func outcome() throws(Objection) -> MutantOutcome? {
    if let notice = try noticeByRun() { return .killed(notice) }
    var firings: [String: Int] = [:]
    var tried: [(system: TransitionSystem, sameness: StepComparison.Sameness?)] = []
    for (number, size) in sizes.enumerated() {
      let stop = plan.stopOfTrial()
      let (loaded, found) = size.load(text, stop)
      if loaded.isStopped { return plan.stop.isDue() ? nil : .undecided(Self.timeIsUp) }
      guard let read = found else { return .invalid(message(loaded.diagnostics)) }
      let system = missing?.missing(from: read) ?? read
      // Most mutants are noticed at the smallest size, and far sooner than they are compared.
      var sameness = number > 0 ? self.sameness(of: system, size) : nil
      if sameness == .same, saysAll(size.system) {
        firings.merge(size.firings, uniquingKeysWith: +)
        tried.append((system, .same))
        continue
      }
      let outcome: CheckOutcome
      do throws(Objection) {
        outcome = try Checking.check(size.request(system, stop: stop))
      } catch {
        if case .notConfirmed = error { throw error }
        return .invalid("it has no start state")
      }
      if let witness = witness(outcome.finding, system, size) {
        keepRun(outcome.finding, system, size)
        return .killed(MutantOutcome.Notice(witness, size: size.size.name))
      }
      if case .inconclusive(let limit) = outcome.verdict {
        return plan.stop.isDue() ? nil : .undecided("\(size.size.name): \(Wording.limit(limit))")
      }
      firings.merge(
        ModelSize.firings(system, outcome.finding.coverage?.ruleFirings ?? []),
        uniquingKeysWith: +)
      if number == 0 { sameness = self.sameness(of: system, size) }
      tried.append((system, sameness))
    }
    if plan.stop.isDue() { return nil }
    // One that something has noticed is none.
    if missing == nil, isModelAgain(tried) { return .equivalent }
    if plan.stop.isDue() { return nil }
    return .survived(neverFired: neverFired(firings))
  }

  /// What is noticed at the end of the run that noticed the mutant when the model was another one. It
  /// spares the search, and need not be what a search would find first.
  private func noticeByRun() throws(Objection) -> MutantOutcome.Notice? {
    guard missing == nil, let run = runs[change],
      let size = sizes.first(where: { $0.size.name == run.size })
    else { return nil }
    let stop = plan.stopOfTrial()
    guard let system = size.load(text, stop).system, let instances = run.instances(in: system)
    else { return nil }
    let finding: CheckFinding
    do throws(Objection) {
      let plan = try CheckPlan.make(size.request(system, stop: stop))
      finding = try Checking.check(plan, by: GivenRun(instances)).finding
    } catch {
      if case .notConfirmed = error { throw error }
      return nil
    }
    guard case .violated = finding.verdict, let witness = witness(finding, system, size) else {
      return nil
    }
    runs.note(run, change)
    return MutantOutcome.Notice(witness, size: size.size.name)
  }

  private func keepRun(_ finding: CheckFinding, _ system: TransitionSystem, _ size: ModelSize) {
    guard missing == nil, case .violated(let counterexample) = finding.verdict,
      counterexample.violation.isOfRun, counterexample.execution.valuation.isEmpty
    else { return }
    runs.note(KeptRun(counterexample.execution, of: system, size: size.size.name), change)
  }

  /// What notices the mutant at a size.
  private func witness(
    _ finding: CheckFinding, _ system: TransitionSystem, _ size: ModelSize
  ) -> Witness? {
    guard case .violated(let counterexample) = finding.verdict else {
      return size.notice(finding, of: system, without: missing)
    }
    let violation = counterexample.violation
    return Witness(.violation(violation.category), name: violation.name(in: system))
  }

  /// Whether a mutant with the model's steps has its verdict, too: where properties mean the same, and
  /// no cover is within a body.
  private func saysAll(_ model: TransitionSystem) -> Bool {
    !mutant.isOfProperties && model.covers.count == model.properties.count { $0.kind == .cover }
  }

  private static let timeIsUp = "it took too long to be read"

  private func message(_ diagnostics: [Diagnostic]) -> String {
    guard let error = diagnostics.first(where: { $0.severity == .error }) else { return "" }
    let place = text.position(of: error.span.start)
    return "\(place.line):\(place.column): \(error.message)"
  }

  /// Whether all steps of the mutant at a size are the model's; nil where that is not found out.
  private func sameness(
    of system: TransitionSystem, _ size: ModelSize
  ) -> StepComparison.Sameness? {
    StepComparison(
      model: size.system, states: size.states, rules: size.rules(at: mutant.rules), stop: plan.stop
    ).sameness(of: system, size.size.settings.deadlock)
  }

  /// Whether the mutant is the model again at all sizes: where single steps do not tell, by its runs.
  private func isModelAgain(
    _ tried: [(system: TransitionSystem, sameness: StepComparison.Sameness?)]
  ) -> Bool {
    if tried.contains(where: { $0.sameness == .different }) { return false }
    if mutant.secondHalf != nil,
      !sizes.allSatisfy({ $0.canCompareRuns(plan.stopOfSearch()) })
    {
      return false
    }
    let budget = plan.stopOfComparison()
    return zip(sizes, tried).allSatisfy { size, trial in
      trial.sameness != nil || hasSameRuns(trial.system, size, budget)
    }
  }

  /// Whether the mutant has the model's runs at a size, to the same values, as far as that is found out
  /// within a budget. Of a rule that is split nobody sees the second half, and what is between the
  /// halves is no place to rest at.
  private func hasSameRuns(
    _ system: TransitionSystem, _ size: ModelSize, _ budget: StopCondition
  ) -> Bool {
    let pair = ModelPair(
      base: ModelPair.Model(system: size.system, source: modelText),
      head: ModelPair.Model(system: system, source: text))
    var request = size.request(system, stop: budget.again())
    guard let half = mutant.secondHalf else {
      return BehaviourComparison.compare(pair, request)?.isSame == true
    }
    request.options.maximumStateCount = 4 * MutationPlan.mostComparedStates
    return BehaviourComparison.areSameAtRest(pair, observing: Observation(except: [half]), request)
      == true
  }

  /// Rules that fire in the model at some size, and in the mutant at none, in the order of the text.
  private func neverFired(_ firings: [String: Int]) -> [String] {
    var seen: Set<String> = []
    let names = sizes.flatMap { $0.system.rules.map(\.name) }.filter { seen.insert($0).inserted }
    var fired: Set<String> = []
    for size in sizes { fired.formUnion(size.firings.filter { $0.value > 0 }.keys) }
    return names.filter { fired.contains($0) && firings[$0, default: 0] == 0 }
  }
}

extension Violation {
  /// Whether a run shows it by itself.
  fileprivate var isOfRun: Bool {
    switch category {
    case .invariant, .assertion, .error, .runtimeError, .deadlock: true
    case .liveness, .cover: false
    }
  }
}
