import Analysis
import Diagnostics
import Evaluation
import NativeCode
import Packing
import Symmetry
import Synchronization
import Trace
import TransitionSystem

/// Breadth-first search over packed states, level by level.
///
/// A level is a set of states: its threads add what they find to the store and to the next level in
/// whatever order they come by, and nothing that is reported depends on it. A violation ends the
/// search when its level has been expanded to the end; of the shortest runs the one whose last
/// state is the first by its words is shown.
package struct Explorer: ~Copyable {
  private let shared: SharedSearch
  private let interpreter: InterpreterGenerator
  private var executor: ExecutorSwitch
  /// The workers' generators, where rules are compiled.
  private var native: [NativeGenerator]?
  private var workers: [SearchWorker]
  private let domain: any DomainSearch
  private var threads: WorkerThreads?
  private var reported = -0x1000
  private var finding: Finding?

  /// Searches a system.
  ///
  /// - Parameters:
  ///   - report: Called about every 4,096 states.
  package static func explore(
    _ space: SearchSpace, options: ExplorationOptions = .init(),
    report: (ExplorationProgress) -> Void = { _ in }
  ) -> ExplorationResult {
    // What came before may have taken all of the time.
    if space.stop.isDue() { return .unsearched(space, .ended(space.stop)) }
    let options = options.admitted(in: space.domain)
    let made: (any StateStore)?
    do throws(DiskFailure) {
      made = try options.store.makeStore(
        packing: space.packing, workerCount: options.usedThreadCount,
        livenessCount: PropertyInstances(space.system).liveness.count,
        byteLimit: options.memoryByteCount ?? .max, disk: options.disk, stop: space.stop)
    } catch {
      return .unsearched(space, .disk(error))
    }
    guard let store = made else {
      return .unsearched(space, space.stop.reason == nil ? .noMemory : .ended(space.stop))
    }
    var explorer = Explorer(SharedSearch(space, options, store))
    explorer.search(report: report)
    explorer.executor.cancel()
    return explorer.result()
  }

  private init(_ shared: SharedSearch) {
    self.shared = shared
    interpreter = InterpreterGenerator(shared.space)
    executor = ExecutorSwitch(shared.space, shared.options)
    workers = [SearchWorker(shared, interpreter, number: 0)]
    domain = shared.space.domain.search(shared, interpreter)
  }

  // MARK: - Search

  private mutating func search(report: (ExplorationProgress) -> Void) {
    waitForCode()
    workers[0].addStartStates()
    endLevel(nextDepth: 0, report: report)
    reduceLevel()
    while shared.frontier.count > 0, finding == nil, !shared.isOver {
      if let maximum = shared.options.maximumDepth, shared.depth >= maximum {
        return shared.stop(.depth(maximum))
      }
      guard shared.store.makeRoom(forDepth: shared.depth + 1) else {
        return shared.stop(.noMemory)
      }
      repeat {
        while shared.frontier.hasMore || workers.contains(where: \.hasPiece), !shared.isOver {
          expandFrontier(report: report)
        }
      } while takePart()
      if shared.isOver { return noteFindings() }
      endLevel(nextDepth: shared.depth + 1, report: report)
      if shared.frontier.count > 0 {
        shared.depth += 1
        reduceLevel()
      }
    }
  }

  /// Waits for compiled rules where the interpreter is not to expand states.
  private mutating func waitForCode() {
    let shared = shared
    executor.wait {
      shared.stopIfDue()
      return !shared.isOver
    }
  }

  /// Leaves out of the frontier what need not be expanded.
  private func reduceLevel() {
    guard finding == nil, !shared.isOver else { return }
    let count = shared.frontier.count
    let before = shared.frontier.byteCount
    shared.frontier = domain.reduce(shared.frontier, depth: shared.depth)
    shared.frontierByteCount.add(shared.frontier.byteCount - before, ordering: .relaxed)
    // Nothing is left to be done with them.
    shared.expandedCount.add(count - shared.frontier.count, ordering: .relaxed)
    if let limit = shared.options.memoryByteCount, shared.byteCount > limit {
      shared.stop(.bytes(limit))
    }
  }

  /// Makes what has been found the frontier.
  private mutating func endLevel(
    nextDepth: Int, report: (ExplorationProgress) -> Void
  ) {
    if let delayed = shared.store.delayed {
      findNew(delayed, depth: nextDepth, report: report)
      return noteFindings()
    }
    let before = shared.frontier.byteCount
    let blocks = workers.flatMap { $0.found.takeNext() }
    if !domain.remembersKeys {
      shared.store.refitKeys(
        blocks, byteLimit: shared.storeByteLimit, with: threads ?? SerialWork(),
        partCount: threads?.count ?? 1)
    }
    shared.frontier = Frontier(blocks)
    shared.frontierByteCount.subtract(before, ordering: .relaxed)
    noteFindings()
  }

  /// Has a store find out what is new, and observes that.
  private mutating func findNew(
    _ store: any DelayedStore, depth: Int, report: (ExplorationProgress) -> Void
  ) {
    let (shared, worker) = (shared, workers[0])
    guard !shared.isOver else { return }
    var reported = shared.condition.elapsed
    store.endLevel {
      shared.stopIfDue()
      if shared.condition.elapsed - reported > 0.1 {
        reported = shared.condition.elapsed
        report(Self.progress(shared))
      }
      return !shared.isOver
    } _: { states, count in
      worker.observeNew(states, count: count, depth: depth)
    }
    shared.stopIfStoreFailed()
    takePart()
  }

  /// Makes the next part of a level the frontier where a store has it.
  ///
  /// - Returns: False at the end of the level, and where the store has no levels.
  @discardableResult
  private func takePart() -> Bool {
    guard let delayed = shared.store.delayed, !shared.isOver else { return false }
    shared.frontierByteCount.subtract(shared.frontier.byteCount, ordering: .relaxed)
    shared.frontier = Frontier(delayed.nextPart())
    shared.frontierByteCount.add(shared.frontier.byteCount, ordering: .relaxed)
    shared.stopIfStoreFailed()
    return shared.frontier.count > 0
  }

  private mutating func noteFindings() {
    for case let found? in workers.map(\.found.finding) {
      if let finding, !found.precedes(finding) { continue }
      finding = found
    }
  }

  /// Expands the frontier, up to its end or to where compiled rules are ready.
  private mutating func expandFrontier(report: (ExplorationProgress) -> Void) {
    let stateCount = shared.store.count.value
    if let library = executor.poll(stateCount: stateCount) { useNativeCode(library) }
    let workers = workers
    var reported = reported
    var executor = executor
    let shared = shared
    var library: NativeLibrary?
    // All threads stop where compiled rules are taken over.
    let isPaused = Atomic<Bool>(false)
    // Worker 0 is this thread: it looks after everything that is asked from outside.
    func goesOn() -> Bool {
      let expanded = shared.expandedCount.load(ordering: .relaxed)
      if expanded - reported >= 0x1000 {
        reported = expanded
        report(Self.progress(shared))
      }
      shared.stopIfDue()
      library = executor.poll(stateCount: shared.store.count.value)
      if library != nil { isPaused.store(true, ordering: .relaxed) }
      return library == nil
    }
    if let threads, shared.frontier.count >= shared.options.leastLevelForThreads {
      threads.run { worker in
        workers[worker].expandFrontier(
          while: worker == 0 ? goesOn : { !isPaused.load(ordering: .relaxed) })
      }
    } else {
      workers[0].expandFrontier(while: goesOn)
    }
    self.reported = reported
    self.executor = executor
    if let library { useNativeCode(library) }
  }

  /// Lets all workers use compiled rules; the first time, or others than before.
  private mutating func useNativeCode(_ library: NativeLibrary) {
    if let native {
      for generator in native { generator.use(library) }
      return
    }
    let held = interpreter.antecedentsHeld
    var generators = [
      NativeGenerator(shared.space, library, antecedentsHeld: held, fallback: interpreter)
    ]
    workers[0].generator = generators[0]
    if shared.options.usedThreadCount > 1 {
      let threads = WorkerThreads(count: shared.options.usedThreadCount)
      for number in 1..<max(1, threads.count) {
        let generator = NativeGenerator(shared.space, library, antecedentsHeld: held)
        generators.append(generator)
        workers.append(SearchWorker(shared, generator, number: number))
      }
      self.threads = threads
    }
    native = generators
  }

  private static func progress(_ shared: SharedSearch) -> ExplorationProgress {
    let stateCount = shared.store.count.value
    return ExplorationProgress(
      stateCount: stateCount,
      ruleFiringCount: shared.ruleFiringCount.load(ordering: .relaxed), depth: shared.depth,
      queueCount: stateCount - shared.expandedCount.load(ordering: .relaxed),
      byteCount: shared.byteCount, seconds: shared.condition.elapsed)
  }

  // MARK: - Result

  private mutating func result() -> ExplorationResult {
    var coverHits = Array(repeating: 0, count: shared.space.system.covers.count)
    var ruleFirings = Array(repeating: 0, count: shared.space.system.rules.count)
    var measures = Array(
      repeating: MeasureExtremes(), count: shared.properties.measures.count)
    var antecedentsHeld = interpreter.antecedentsHeld
    var remarksMet = interpreter.remarksMet
    var (digest, stepDigest) = (StateSetDigest(), StateSetDigest())
    for worker in workers {
      coverHits.add(worker.found.propertyCoverHits)
      coverHits.add(worker.generator.coverHits)
      ruleFirings.add(worker.found.ruleFirings)
      for (position, extremes) in worker.found.measures.enumerated() {
        measures[position].add(extremes)
      }
      for (number, held) in worker.generator.antecedentsHeld.enumerated() where held {
        antecedentsHeld[number] = true
      }
      for (number, isMet) in worker.generator.remarksMet.enumerated() where isMet {
        remarksMet[number] = true
      }
      digest.add(worker.found.digest)
      stepDigest.add(worker.found.stepDigest)
    }
    let met = domain.effort
    var conclusion = SearchConclusion(
      shared, finding, workers, interpreter, domain
    ).conclusion(coverHits: coverHits, measures: measures)
    if let failure = executor.failure, failure.isMistake, ExecutorSwitch.demandsCompilation {
      conclusion.verdict = .inconclusive(.notCompiled(failure))
    }
    var symbolic: ExplorationResult.SymbolicEffort?
    if let met { symbolic = effort(met) }
    let statistics = ExplorationResult.Statistics(
      stateCount: shared.store.count.value,
      ruleFiringCount: shared.ruleFiringCount.load(ordering: .relaxed), depth: shared.depth,
      byteCount: shared.byteCount, seconds: shared.condition.elapsed,
      stateBitCount: shared.space.packing.bitCount)
    return ExplorationResult(
      verdict: conclusion.verdict, statistics: statistics,
      coverage: .init(
        ruleFirings: ruleFirings, coverHits: coverHits,
        vacuousInvariants: vacuousInvariants(held: antecedentsHeld)),
      measures: conclusion.measures, digest: digest,
      stepDigest: shared.options.digest == .steps && shared.limit == nil ? stepDigest : nil,
      symmetry: shared.space.symmetry,
      isReduced: shared.space.stubbornSets != nil,
      reductionRefusal: shared.space.reductionRefusal,
      symbolic: symbolic,
      remarks: zip(shared.space.system.remarks, remarksMet).filter(\.1).map(\.0),
      compilationFailure: executor.failure.map {
        ExplorationResult.CompilationFailure(error: $0, isInterpreted: !executor.isNative)
      })
  }

  /// What it took in all: the questions for showing what was found, too, and not the path conditions
  /// that came up for that.
  ///
  /// - Parameter met: What it took until the conclusion.
  private func effort(
    _ met: ExplorationResult.SymbolicEffort
  ) -> ExplorationResult.SymbolicEffort {
    .init(
      pathCount: met.pathCount, literalCount: met.literalCount,
      solverCallCount: domain.effort?.solverCallCount ?? met.solverCallCount,
      subsumedStateCount: met.subsumedStateCount)
  }

  /// Invariants, by number of property, whose left side was never true.
  private func vacuousInvariants(held: [Bool]) -> [Int] {
    // What is left out may be where a left side would have been true.
    guard shared.space.stubbornSets == nil else { return [] }
    return zip(Antecedents(shared.space.system).properties, held).filter { !$1 }
      .map { $0.0.invariant }
  }
}

extension [Int] {
  fileprivate mutating func add(_ other: [Int]) {
    for position in indices { self[position] += other[position] }
  }
}
