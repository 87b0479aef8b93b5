import NativeCode
import TransitionSystem

/// Successors by compiled rules; what they give back, by the interpreter.
final class NativeGenerator: SuccessorGenerator {
  let layout: StateLayout
  private let fallback: InterpreterGenerator
  private let worker: NativeWorker
  /// Workers for further threads.
  let helpers: [NativeWorker]

  /// - Parameters:
  ///   - fallback: The generator so far; what it has counted still counts.
  ///   - threadCount: Threads that may expand at once, this one included.
  init(
    _ space: SearchSpace, _ library: NativeLibrary, fallback: InterpreterGenerator,
    threadCount: Int
  ) {
    layout = space.layout
    self.fallback = fallback
    let held = fallback.antecedentsHeld
    worker = NativeWorker(space, library, antecedentsHeld: held)
    // Other threads have small stacks.
    let count = library.needsDeepStack ? 1 : threadCount
    helpers = (1..<max(1, count)).map { _ in
      NativeWorker(space, library, antecedentsHeld: held)
    }
  }

  /// All workers, this thread's first.
  var workers: [NativeWorker] { [worker] + helpers }

  var coverHits: [Int] {
    workers.reduce(fallback.coverHits) { sum, worker in
      zip(sum, worker.coverHits).map { $0 + $1 }
    }
  }

  var antecedentsHeld: [Bool] {
    workers.reduce(fallback.antecedentsHeld) { held, worker in
      zip(held, worker.antecedentsHeld).map { $0 || $1 }
    }
  }

  func startStates(into batch: SuccessorBatch) { fallback.startStates(into: batch) }

  func expand(_ states: Range<Int>, of seen: SeenSet.View, into batch: SuccessorBatch) -> Int {
    let expanded = worker.expand(states, of: seen, into: batch)
    return expanded > 0 ? expanded : fallback.expand(states, of: seen, into: batch)
  }

  func inspect(_ state: UnsafePointer<UInt64>, into inspection: inout Inspection) {
    if !worker.inspect(state, into: &inspection) { fallback.inspect(state, into: &inspection) }
  }
}
