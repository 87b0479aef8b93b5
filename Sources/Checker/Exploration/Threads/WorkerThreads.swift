import CIntrinsics
import Glibc

/// Threads that do the same work side by side, again and again.
package final class WorkerThreads: PartedWork {
  private let rounds = Rounds()
  private var threads: [pthread_t] = []

  /// Starts threads beside the calling one; fewer if the system has no more.
  ///
  /// - Parameter count: Workers, the calling thread included.
  package init(count: Int) {
    for worker in 1..<max(2, count) where worker < count {
      guard let thread = start(worker) else { break }
      threads.append(thread)
    }
  }

  deinit {
    rounds.end()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Workers, the calling thread included.
  package var count: Int { threads.count + 1 }

  /// Calls `body` once for each worker, with its number, at the same time; the calling thread is
  /// worker 0. Returns when all have.
  package func run(_ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      rounds.begin(body, helpers: threads.count)
      body(0)
      rounds.wait()
    }
  }

  package func doParts(_ count: Int, _ part: (Int) -> Void) {
    let workerCount = self.count
    run { worker in
      for number in stride(from: worker, to: count, by: workerCount) { part(number) }
    }
  }

  private func start(_ worker: Int) -> pthread_t? {
    let place = Unmanaged.passRetained(Place(rounds: rounds, worker: worker))
    let started = LargeStack.start(place.toOpaque()) { argument in
      guard let argument else { return nil }
      let place = Unmanaged<Place>.fromOpaque(argument).takeRetainedValue()
      place.rounds.serve(place.worker)
      return nil
    }
    guard let thread = started else {
      place.release()
      return nil
    }
    name_thread(thread, "explorer \(worker)")
    return thread
  }
}

/// What a thread is started with.
private final class Place {
  let rounds: Rounds
  let worker: Int

  init(rounds: Rounds, worker: Int) {
    self.rounds = rounds
    self.worker = worker
  }
}

/// The rounds of work that threads wait for.
private final class Rounds {
  private let monitor = Monitor()
  // Held by the monitor.
  private var work: ((Int) -> Void)?
  private var number = 0
  private var running = 0
  private var isOver = false

  func begin(_ work: @escaping (Int) -> Void, helpers: Int) {
    monitor.locked {
      self.work = work
      number += 1
      running = helpers
      monitor.wakeAll()
    }
  }

  func wait() {
    monitor.locked {
      while running > 0 { monitor.wait() }
      work = nil
    }
  }

  func end() {
    monitor.locked {
      isOver = true
      monitor.wakeAll()
    }
  }

  func serve(_ worker: Int) {
    var served = 0
    // `work` is let go of before its end is said: `run` does not let it escape.
    while workOnce(worker, &served) {
      monitor.locked {
        running -= 1
        if running == 0 { monitor.wakeAll() }
      }
    }
  }

  private func workOnce(_ worker: Int, _ served: inout Int) -> Bool {
    guard let work = next(&served) else { return false }
    work(worker)
    return true
  }

  /// The work of the next round; nil when there are no more.
  private func next(_ served: inout Int) -> ((Int) -> Void)? {
    var next: ((Int) -> Void)?
    monitor.locked {
      while number == served, !isOver { monitor.wait() }
      served = number
      next = isOver ? nil : work
    }
    return next
  }
}
