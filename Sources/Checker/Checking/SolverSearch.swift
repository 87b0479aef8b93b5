package import Diagnostics
import Exploration
import Packing
package import Proving
import SMT
package import Symbolic
import Synchronization
package import Trace
package import TransitionSystem

/// Engines that ask a solver about the circuit of a model's steps: whether something can go wrong within
/// so many steps, or at all. What they find is taken again by the interpreter; what they prove, Z3 has
/// to agree to.
struct SolverSearch: CheckEngine {
  enum Method: Sendable {
    case bounded
    case induction
    case propertyDirected
    case portfolio
  }

  private let method: Method
  private let depth: Int
  private let encoding = Encoding()

  /// Steps that `bmc` looks ahead where nobody says how many.
  private static let usualDepth = 20

  init(_ method: Method, depth: Int?) {
    self.method = method
    self.depth = depth ?? (method == .bounded ? Self.usualDepth : .max - 1)
  }

  var name: String {
    switch method {
    case .bounded: EngineName.bounded.rawValue
    case .induction: EngineName.induction.rawValue
    case .propertyDirected: EngineName.propertyDirected.rawValue
    case .portfolio: EngineName.portfolio.rawValue
    }
  }

  func objection(to plan: CheckPlan) -> Objection? {
    lack(plan).map { .engineLacks(engine: name, $0) }
  }

  private func lack(_ plan: CheckPlan) -> Objection.Feature? {
    if plan.paths != nil { return .symbolicConstants }
    if plan.reduction == .por { return .partialOrderReduction }
    if plan.options.store != .exact { return .lossyStore }
    if plan.options.maximumStateCount != nil { return .stateLimit }
    if plan.options.maximumDepth != nil { return .depthLimit }
    if plan.maximumErrorCount > 1 { return .severalViolations }
    if plan.checkpoints != nil { return .checkpoints }
    // What is said up to a depth says nothing of these.
    if method != .bounded, !plan.asksSafetyAlone {
      if plan.system.properties.contains(where: { $0.kind == .liveness }) { return .liveness }
      if !plan.system.covers.isEmpty { return .covers }
    }
    do throws(NotSymbolic) {
      _ = try encoding.finite(plan)
      return nil
    } catch {
      return error == .stopped ? nil : .terms(error)
    }
  }

  func run(_ plan: CheckPlan, _ watch: some CheckWatch) -> CheckFinding {
    let interrupter = Interrupter()
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try encoding.finite(plan)
    } catch {
      return CheckFinding(.inconclusive(.ended(plan.stop)), .depth(0))
    }
    let outcome = watch.listening({ interrupter.interrupt() }) {
      search(finite, plan, interrupter)
    }
    var finding = finding(of: outcome, plan, watch)
    finding.statistics = [
      Statistic(.seconds, .seconds(plan.stop.elapsed), .before("time"), line: 0),
      Statistic(.stateBits, .count(finite.bitCount), .after("bits a state"), line: 0),
      Statistic(.gates, .count(finite.gateCount), .after("gates a step"), line: 0),
    ]
    return finding
  }

  private func search(
    _ finite: FiniteSystem, _ plan: CheckPlan, _ interrupter: Interrupter
  ) -> ProofOutcome {
    let stop = plan.stop
    let limits = ProofLimits(
      isStopped: { stop.isDue() }, mostBytes: plan.options.memoryByteCount)
    let judge = Judge(plan.stop.questionLimits, interrupter)
    switch method {
    case .bounded: return BoundedModelChecking.search(finite, depth: depth, limits)
    case .induction: return Induction.prove(finite, most: depth, judge: judge, limits)
    case .propertyDirected:
      return PropertyDirectedReachability.prove(finite, judge: judge, limits)
    case .portfolio: return Portfolio(finite, depth: depth, plan, interrupter).search()
    }
  }

  private func finding(
    of outcome: ProofOutcome, _ plan: CheckPlan, _ watch: some CheckWatch
  ) -> CheckFinding {
    switch outcome {
    case .run(let instances):
      let finding = GivenRun(instances).run(plan, watch)
      if case .violated = finding.verdict { return finding }
      if plan.stop.isDue() { return CheckFinding(.inconclusive(.ended(plan.stop)), .run) }
      return CheckFinding(
        .inconclusive(
          .unconfirmed("nothing goes wrong behind the run, or a loop goes on beyond 32 rounds")),
        .run)
    case .proved(let method): return CheckFinding(.holds, .proof(method))
    case .none(let depth): return CheckFinding(.inconclusive(.depth(depth)), .depth(depth))
    case .noStartState: return CheckFinding(.inconclusive(.noStartState), .allStates)
    case .stopped(let depth):
      return CheckFinding(.inconclusive(.ended(plan.stop)), .depth(max(0, depth)))
    case .outOfMemory(let depth):
      let bytes = plan.options.memoryByteCount ?? 0
      return CheckFinding(.inconclusive(.bytes(bytes)), .depth(depth))
    case .unconfirmed(let reason):
      if plan.stop.isDue() { return CheckFinding(.inconclusive(.ended(plan.stop)), .depth(0)) }
      return CheckFinding(.inconclusive(.unconfirmed(reason)), .depth(0))
    }
  }
}

extension Statistic.Key {
  /// And-gates of the circuit of one step.
  package static let gates = Statistic.Key("gates")
}

extension StopCondition {
  /// What Z3 may take for a question: what is left of the time.
  var questionLimits: Limits {
    guard let seconds else { return .none }
    return Limits(timeoutMilliseconds: UInt32(clamping: Int(max(0.001, seconds - elapsed) * 1_000)))
  }
}

extension SearchSpace {
  /// The numbers of the variables of which a part may be undefined in a reachable state.
  package var undefinableVariables: Set<Int> {
    Set(
      system.variables.indices.filter { number in
        let variable = system.variables[number]
        return packing.fields[variable.slot..<variable.slot + variable.type.slotCount]
          .contains(where: \.mayBeUndefined)
      })
  }
}

/// The circuit of a plan's system, made once: whoever objects to a plan has to make it, too.
package final class Encoding: Sendable {
  private let made = Mutex<Result<FiniteSystem, NotSymbolic>?>(nil)

  func finite(_ plan: CheckPlan) throws(NotSymbolic) -> FiniteSystem {
    let result = made.withLock { made in
      let result = made ?? Result { () throws(NotSymbolic) in try Self.make(plan) }
      made = result
      return result
    }
    return try result.get()
  }

  static func make(_ plan: CheckPlan) throws(NotSymbolic) -> FiniteSystem {
    try make(plan.system, deadlock: plan.options.deadlock, plan.stop)
  }

  /// The circuit of a system.
  ///
  /// - Parameters:
  ///   - undefinable: Numbers of variables that may be undefined, beside those that may be so
  ///     behind the start states.
  ///   - least: The smallest size of scalarsets whose sizes are left open, by their identities.
  ///   - looseSlots: Slots that may name elements of these which are not there.
  package static func make(
    _ system: TransitionSystem, deadlock: DeadlockMode, _ stop: StopCondition,
    undefinable: Set<Int> = [], atLeast least: [Int: Int64] = [:], looseSlots: Set<Int> = []
  ) throws(NotSymbolic) -> FiniteSystem {
    let space = SearchSpace(system, symmetry: .off, stop: stop)
    // What is known of the start states may not be all then.
    if stop.isDue() { throw .stopped }
    let variables = undefinable.union(space.undefinableVariables)
    let mayBeUndefined = system.variables.enumerated().flatMap { number, variable in
      Array(repeating: variables.contains(number), count: variable.type.slotCount)
    }
    return try FiniteSystem(
      system, mayBeUndefined: mayBeUndefined, atLeast: least, looseSlots: looseSlots,
      deadlock: deadlock, stop: stop)
  }
}
