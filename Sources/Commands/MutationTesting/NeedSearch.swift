import Diagnostics
import Synchronization
import Trace
import TransitionSystem

/// Whether something is needed to notice mutants.
package enum Need: Sendable {
  /// There is a mutant that nothing else notices.
  case needed
  /// Whatever it notices, something else does.
  case notNeeded
  /// A limit was reached.
  case unknown
}

/// Finds out of each property and measure that was the first to notice something whether the same
/// mutants are noticed without it, until one is not: at most one more trial for each of them.
///
/// What was never the first is not needed, either. Each is looked at by itself: of two that say the
/// same, neither is needed, and without both something may go unnoticed.
struct NeedSearch {
  let run: MutationRun
  let results: [MutationReport.Result]
  let table: OutcomeTable

  /// A mutant that is tried without what noticed it.
  private struct Task {
    let witness: Witness
    let mutant: Int
    /// The size at which it was noticed.
    let size: Int
  }

  private final class Findings: Sendable {
    let needs = Mutex<[Witness: Need]>([:])
    let count = Mutex(0)
  }

  /// - Parameter progress: Told how far it is; by any thread.
  func needs(_ progress: @escaping @Sendable (DisplayText) -> Void) -> [Witness: Need] {
    let tasks = self.tasks
    let findings = Findings()
    findings.needs.withLock { needs in
      for task in tasks { needs[task.witness] = .notNeeded }
    }
    let (run, table) = (run, table)
    Workers.run(tasks.count, threadCount: run.plan.threadCount) { number in
      let task = tasks[number]
      let count = findings.count.withLock { count in
        count += 1
        return count
      }
      guard findings.needs.withLock({ $0[task.witness] != .needed }) else { return }
      progress("\(count) of \(tasks.count) changes without what noticed them")
      let trial = run.trial(task.mutant, without: task.witness, from: task.size)
      let need: Need =
        switch table.outcome(trial.key, trial.outcome).outcome {
        case .killed: .notNeeded
        case .survived, .equivalent: .needed
        case .invalid, .undecided, nil: .unknown
        }
      findings.needs.withLock { needs in
        if needs[task.witness] != .needed, need != .notNeeded { needs[task.witness] = need }
      }
    }
    return findings.needs.withLock { $0 }
  }

  /// What was noticed at the smallest size first: it takes least.
  private var tasks: [Task] {
    var tasks: [Witness: [Task]] = [:]
    var order: [Witness] = []
    for (number, result) in results.enumerated() {
      guard case .killed(let notice) = result.outcome, notice.witness.canBeMissing,
        let size = run.sizes.firstIndex(where: { $0.size.name == notice.size })
      else { continue }
      if tasks[notice.witness] == nil { order.append(notice.witness) }
      tasks[notice.witness, default: []].append(
        Task(witness: notice.witness, mutant: number, size: size))
    }
    return order.flatMap { witness in
      (tasks[witness] ?? []).sorted { ($0.size, $0.mutant) < ($1.size, $1.mutant) }
    }
  }
}

extension Witness {
  /// Whether a model can be checked without it. What stands in bodies, but for covers, cannot be taken
  /// out; that there is no deadlock and no error nobody would leave out.
  var canBeMissing: Bool { kind == .measure || propertyKind != nil }

  /// Of a property.
  private var propertyKind: Property.Kind? {
    switch kind {
    case .violation(.invariant): .invariant
    case .violation(.liveness): .liveness
    case .violation(.cover): .cover
    default: nil
    }
  }

  /// The system where this is not said; the same steps.
  func missing(from system: TransitionSystem) -> TransitionSystem {
    guard let propertyKind, let name else { return system }
    return system.without(propertyKind, named: name)
  }
}
