import Synchronization
import Trace
import TransitionSystem

/// Decides AG EF when all states have been found: from every one, a state can be reached in which the
/// property holds.
///
/// Nothing is kept for that while exploring. Afterwards all threads evaluate the properties, expand
/// the states in which one does not hold, and collect the transitions from those that have no
/// successor known to be good; what is good is then followed backwards. The time is about linear in
/// the number of transitions.
struct LivenessSearch {
  private let shared: SharedSearch
  private let threads: WorkerThreads?
  private let workers: [LivenessWorker]
  private let instanceCount: Int

  enum Outcome {
    case none
    /// The shallowest state from which the property instance of that number cannot be reached, and
    /// of those the first by its words.
    case stranded(instance: Int, state: [UInt64], depth: Int)
    case outOfMemory
  }

  init(_ shared: SharedSearch, _ workers: [SearchWorker], _ threads: WorkerThreads?) {
    self.shared = shared
    self.threads = threads
    instanceCount = shared.properties.liveness.count
    self.workers = workers.enumerated().map { number, worker in
      LivenessWorker(shared, worker.generator, number: number)
    }
  }

  func firstStranded() -> Outcome {
    let slotCount = shared.store.seen.slotCount
    let budget = (shared.options.memoryByteCount ?? .max / 2) - shared.byteCount
    // Marks, and for the way back a number for each place.
    let fixed = slotCount / 8 * instanceCount + slotCount * 4
    guard fixed <= budget, slotCount < UInt32.max,
      let marks = LivenessMarks(instanceCount: instanceCount, slotCount: slotCount)
    else { return .outOfMemory }
    forEachPart { self.workers[$0].evaluate($1, marks) }
    let bytesForEach = (budget - fixed) / 2 / workers.count
    forEachPart { self.workers[$0].collect($1, marks, byteLimit: bytesForEach) }
    guard workers.allSatisfy({ !$0.isOutOfMemory }),
      ReversedTransitions.follow(workers.map(\.transitions), marks, slotCount: slotCount)
    else { return .outOfMemory }
    return stranded(marks)
  }

  /// Hands out all parts of the table.
  ///
  /// - Parameter work: What a worker, by its number, does with one.
  private func forEachPart(_ work: (Int, Range<Int>) -> Void) {
    let slotCount = shared.store.seen.slotCount
    let size = 1 << 12
    let next = Atomic<Int>(0)
    func run(_ worker: Int) {
      while true {
        let first = next.add(size, ordering: .relaxed).oldValue
        if first >= slotCount { return }
        work(worker, first..<min(slotCount, first + size))
      }
    }
    if let threads, slotCount >= 1 << 16 { threads.run(run) } else { run(0) }
  }

  private func stranded(_ marks: LivenessMarks) -> Outcome {
    var first: (instance: Int, state: [UInt64], depth: Int)?
    for position in 0..<shared.store.seen.slotCount {
      guard let depth = shared.store.seen.depth(position), depth <= first?.depth ?? .max,
        let instance = marks.firstMissing(at: position),
        let entry = shared.store.seen.entry(position)
      else { continue }
      let state = workers[0].state(entry.key)
      if let first, first.depth == depth, !state.lexicographicallyPrecedes(first.state) { continue }
      first = (instance, state, depth)
    }
    return first.map { .stranded(instance: $0.instance, state: $0.state, depth: $0.depth) } ?? .none
  }
}

/// For each state, by its place in the table, the instances of liveness properties that it is good
/// for. Any number of threads may mark at once.
final class LivenessMarks: @unchecked Sendable {
  private let memory: PagedMemory<UInt64>
  private let bits: UnsafeMutablePointer<Atomic<UInt64>>
  let instanceCount: Int
  private let wordCount: Int

  init?(instanceCount: Int, slotCount: Int) {
    self.instanceCount = instanceCount
    wordCount = slotCount / 64 + 1
    guard let memory = PagedMemory<UInt64>(count: wordCount * instanceCount) else { return nil }
    self.memory = memory
    bits = UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  @inline(__always)
  func isMarked(_ instance: Int, at position: Int) -> Bool {
    let word = bits[instance &* wordCount &+ position &>> 6].load(ordering: .relaxed)
    return word &>> UInt64(position & 63) & 1 != 0
  }

  @inline(__always)
  func mark(_ instance: Int, at position: Int) {
    bits[instance &* wordCount &+ position &>> 6].bitwiseOr(
      1 &<< UInt64(position & 63), ordering: .relaxed)
  }

  /// The first instance that a state is not marked as good for.
  @inline(__always)
  func firstMissing(at position: Int) -> Int? {
    for instance in 0..<instanceCount where !isMarked(instance, at: position) { return instance }
    return nil
  }
}

/// Transitions that one thread has collected, by the places of their states in the table.
struct TransitionList {
  /// A state, the number of its successors, and they, one after another.
  private(set) var numbers = NumberList()

  @inline(__always)
  mutating func append(from state: Int, to successors: UnsafeBufferPointer<Int>) {
    numbers.append(UInt32(truncatingIfNeeded: state))
    numbers.append(UInt32(truncatingIfNeeded: successors.count))
    for successor in successors { numbers.append(UInt32(truncatingIfNeeded: successor)) }
  }

  /// Calls `body` with each state and the positions of its successors in `numbers`, in order.
  @inline(__always)
  func forEachState(_ body: (_ state: Int, _ successors: Range<Int>) -> Void) {
    var position = 0
    while position < numbers.count {
      let first = position + 2
      let end = first + Int(numbers[position + 1])
      body(Int(numbers[position]), first..<end)
      position = end
    }
  }

  /// Marks the states that have a marked successor.
  ///
  /// - Returns: How many were marked, and how many are left.
  func sweep(_ instance: Int, _ marks: LivenessMarks) -> (marked: Int, left: Int) {
    var marked = 0
    var left = 0
    forEachState { state, successors in
      if marks.isMarked(instance, at: state) { return }
      for position in successors where marks.isMarked(instance, at: Int(numbers[position])) {
        marks.mark(instance, at: state)
        marked += 1
        return
      }
      left += 1
    }
    return (marked, left)
  }

  /// Calls `body` with each transition from a state that is not marked.
  @inline(__always)
  func forEachUnmarked(
    _ instance: Int, _ marks: LivenessMarks, _ body: (_ from: Int, _ to: Int) -> Void
  ) {
    forEachState { state, successors in
      if marks.isMarked(instance, at: state) { return }
      for position in successors { body(state, Int(numbers[position])) }
    }
  }
}

/// The states that lead to each state, among those that are not marked.
struct ReversedTransitions {
  /// For each place, the end of its predecessors; and they, place by place.
  private let ends: PagedMemory<UInt32>
  private let sources: PagedMemory<UInt32>

  /// Marks every state that leads to a marked one.
  ///
  /// A sweep over the transitions reads them in order and nothing else but marks, so a few of them
  /// come first; they end when they mark little, and what is left is followed backwards.
  ///
  /// - Returns: False if there is no memory.
  static func follow(
    _ lists: [TransitionList], _ marks: LivenessMarks, slotCount: Int
  ) -> Bool {
    for instance in 0..<marks.instanceCount {
      var left = Int.max
      while left > 0 {
        var marked = 0
        left = 0
        for list in lists {
          let swept = list.sweep(instance, marks)
          marked += swept.marked
          left += swept.left
        }
        // Also where nothing was marked: few may be left, or none of them good.
        if marked <= left / 8 { break }
      }
      if left > 0 {
        guard let reversed = ReversedTransitions(lists, instance, marks, slotCount: slotCount) else {
          return false
        }
        reversed.follow(lists, instance, marks)
      }
    }
    return true
  }

  private func follow(_ lists: [TransitionList], _ instance: Int, _ marks: LivenessMarks) {
    var pending: [UInt32] = []
    for list in lists {
      list.forEachUnmarked(instance, marks) { from, to in
        if marks.isMarked(instance, at: to), !marks.isMarked(instance, at: from) {
          marks.mark(instance, at: from)
          pending.append(UInt32(truncatingIfNeeded: from))
        }
      }
    }
    while let state = pending.popLast() {
      for position in ends.base[Int(state)]..<ends.base[Int(state) + 1] {
        let predecessor = sources.base[Int(position)]
        if marks.isMarked(instance, at: Int(predecessor)) { continue }
        marks.mark(instance, at: Int(predecessor))
        pending.append(predecessor)
      }
    }
  }

  /// By counting sort.
  private init?(
    _ lists: [TransitionList], _ instance: Int, _ marks: LivenessMarks, slotCount: Int
  ) {
    guard let ends = PagedMemory<UInt32>(count: slotCount + 1) else { return nil }
    let starts = ends.base
    for list in lists { list.forEachUnmarked(instance, marks) { _, to in starts[to] += 1 } }
    var sum = 0
    for place in 0..<slotCount {
      sum += Int(starts[place])
      guard sum <= UInt32.max else { return nil }
      starts[place] = UInt32(sum)
    }
    starts[slotCount] = UInt32(sum)
    guard let sources = PagedMemory<UInt32>(count: sum) else { return nil }
    // From the end of each place's predecessors downwards: an end becomes a start.
    for list in lists {
      list.forEachUnmarked(instance, marks) { from, to in
        starts[to] -= 1
        sources.base[Int(starts[to])] = UInt32(truncatingIfNeeded: from)
      }
    }
    self.ends = ends
    self.sources = sources
  }
}
