import Diagnostics
import Exploration
import Proving
import SMT
import Synchronization

/// Several ways to an answer side by side, each on a thread of its own: the first answer ends the others.
struct Portfolio {
  private let finite: FiniteSystem
  private let depth: Int
  private let plan: CheckPlan
  /// Interrupted where the user asks for the end.
  private let interrupter: Interrupter

  /// What is shared by the threads.
  private final class Race: Sendable {
    let isOver = Atomic(false)
    let outcomes = Mutex<[ProofOutcome]>([])
  }

  init(_ finite: FiniteSystem, depth: Int, _ plan: CheckPlan, _ interrupter: Interrupter) {
    (self.finite, self.depth, self.plan, self.interrupter) = (finite, depth, plan, interrupter)
  }

  func search() -> ProofOutcome {
    let race = Race()
    let (stop, interrupter) = (plan.stop, interrupter)
    let limits = ProofLimits(
      isStopped: { race.isOver.load(ordering: .relaxed) || stop.isDue() },
      mostBytes: plan.options.memoryByteCount.map { $0 / 3 })
    let judge = Judge(plan.stop.questionLimits, interrupter)
    let ways: [@Sendable () -> ProofOutcome] = [
      { [finite] in PropertyDirectedReachability.prove(finite, judge: judge, limits) },
      { [finite, depth] in BoundedModelChecking.search(finite, depth: depth, limits) },
      { [finite, depth] in Induction.prove(finite, most: depth, judge: judge, limits) },
    ]
    let threads = WorkerThreads(count: ways.count)
    threads.run { worker in
      for way in stride(from: worker, to: ways.count, by: threads.count)
      where !race.isOver.load(ordering: .relaxed) {
        let outcome = ways[way]()
        race.outcomes.withLock { $0.append(outcome) }
        guard outcome.isAnswer else { continue }
        race.isOver.store(true, ordering: .relaxed)
        interrupter.interrupt()
      }
    }
    let outcomes = race.outcomes.withLock { $0 }
    return outcomes.first(where: \.isAnswer)
      ?? outcomes.max { $0.depth < $1.depth } ?? .stopped(depth: 0)
  }
}

extension ProofOutcome {
  /// Whether there is no more to be found out.
  fileprivate var isAnswer: Bool {
    switch self {
    case .run, .proved, .noStartState: true
    case .none, .stopped, .outOfMemory, .unconfirmed: false
    }
  }

  /// Steps within which nothing goes wrong.
  fileprivate var depth: Int {
    switch self {
    case .none(let depth), .stopped(let depth), .outOfMemory(let depth): depth
    case .run, .proved, .noStartState, .unconfirmed: 0
    }
  }
}
