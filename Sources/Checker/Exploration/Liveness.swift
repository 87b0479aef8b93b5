import Diagnostics
import Evaluation
import Packing
import Synchronization
import Trace
import TransitionSystem

/// What is found of liveness properties.
enum LivenessOutcome {
  /// Each of them can be reached from everywhere.
  case none
  /// The shallowest state from which the property instance of that number cannot be reached, and of
  /// those the first by its words; with symbolic constants, under which path condition.
  case stranded(instance: Int, state: PackedState, depth: Int, path: Int?)
  case outOfMemory
}

/// Decides AG EF when all states have been found: from every one, a state can be reached in which
/// the property holds.
///
/// While searching, states get numbers, each is marked for the properties that hold there, and the
/// transitions of those from which no good state is known to be reached are kept. What is good is
/// then followed backwards. The time is linear in the number of transitions, the memory four bytes
/// for each that is kept.
struct LivenessSearch {
  private let shared: SharedSearch
  private let store: any SeenSetStore
  private let numbers: StateNumbers
  private let marks: StateNumbers.Marks
  private let lists: [TransitionList]

  /// - Parameters:
  ///   - store: That of the search, with all states.
  ///   - numbers: What marks are of.
  init(
    _ shared: SharedSearch, _ store: any SeenSetStore, _ numbers: StateNumbers,
    _ lists: [TransitionList]
  ) {
    self.shared = shared
    self.store = store
    self.numbers = numbers
    marks = numbers.marks
    self.lists = lists
  }

  /// - Throws: `Undecided.stopped`, where no more was wanted meanwhile.
  func firstStranded() throws(Undecided) -> LivenessOutcome {
    let isSettled = settle()
    if shared.condition.isDue() { throw .stopped }
    return isSettled ? .init(StrandedState.first(in: store, numbers, marks)) : .outOfMemory
  }

  /// Marks every state for all that the states it leads to are marked for.
  ///
  /// - Returns: False if there is no memory.
  func settle() -> Bool {
    if sweep() == 0 { return true }
    let budget = (shared.options.memoryByteCount ?? .max / 2) - shared.byteCount
    guard
      let reversed = ReversedTransitions(
        lists, marks, stateCount: shared.numbers?.end ?? 0, byteLimit: budget)
    else { return false }
    follow(reversed)
    return true
  }

  /// Marks states that have marked successors, as long as that marks many. A sweep reads
  /// transitions in order and nothing else but marks, which is a tenth of what reversing them
  /// takes.
  ///
  /// - Returns: How many states are not marked for all.
  private func sweep() -> Int {
    while true {
      var marked = 0
      var left = 0
      for list in lists {
        list.forEachState { state, successors in
          if isEnding(state) || marks.isGood(state) { return }
          if inherit(state, successors, list) { marked += 1 }
          if !marks.isGood(state) { left += 1 }
        }
      }
      // Also where nothing was marked: few may be left, or none of them good.
      if marked <= left / 4 || shared.condition.isDue() { return left }
    }
  }

  /// Marks a state for all that its successors are marked for.
  ///
  /// - Returns: Whether that was more than it was marked for.
  @inline(__always)
  private func inherit(_ state: Int, _ successors: Range<Int>, _ list: TransitionList) -> Bool {
    var isMore = false
    for position in successors where marks.inherit(state, from: Int(list.numbers[position])) {
      isMore = true
      if marks.isGood(state) { break }
    }
    return isMore
  }

  /// Marks every state that leads to a marked one.
  private func follow(_ reversed: ReversedTransitions) {
    var pending: [UInt32] = []
    for list in lists {
      list.forEachState { state, successors in
        if isEnding(state) || marks.isGood(state) { return }
        if inherit(state, successors, list) {
          pending.append(UInt32(truncatingIfNeeded: state))
        }
      }
    }
    while let state = pending.popLast(), !isEnding(Int(state)) {
      for predecessor in reversed.predecessors(of: Int(state))
      where marks.inherit(Int(predecessor), from: Int(state)) {
        pending.append(predecessor)
      }
    }
  }

  /// Whether no more is wanted: found out at some of the states, and known at all of them after that.
  @inline(__always)
  private func isEnding(_ state: Int) -> Bool {
    state & 0xFFFF == 0 ? shared.condition.isDue() : shared.condition.reason != nil
  }
}

/// The states that lead to each state, among those that are not known to be good.
private struct ReversedTransitions {
  /// For each state, the end of its predecessors; and they, state by state.
  private let ends: PagedMemory<UInt32>
  private let sources: PagedMemory<UInt32>

  /// By counting sort.
  ///
  /// - Returns: Nil if there is no memory.
  init?(
    _ lists: [TransitionList], _ marks: StateNumbers.Marks, stateCount: Int, byteLimit: Int
  ) {
    guard stateCount * 4 <= byteLimit, let ends = PagedMemory<UInt32>(count: stateCount + 1) else {
      return nil
    }
    let starts = ends.base
    Self.forEach(lists, marks) { _, to in starts[to] += 1 }
    var sum = 0
    for state in 0..<stateCount {
      sum += Int(starts[state])
      guard sum <= UInt32.max else { return nil }
      starts[state] = UInt32(sum)
    }
    starts[stateCount] = UInt32(sum)
    guard (stateCount + sum) * 4 <= byteLimit, let sources = PagedMemory<UInt32>(count: sum) else {
      return nil
    }
    // From the end of each state's predecessors downwards: an end becomes a start.
    Self.forEach(lists, marks) { from, to in
      starts[to] -= 1
      sources.base[Int(starts[to])] = UInt32(truncatingIfNeeded: from)
    }
    self.ends = ends
    self.sources = sources
  }

  @inline(__always)
  private static func forEach(
    _ lists: [TransitionList], _ marks: StateNumbers.Marks, _ body: (_ from: Int, _ to: Int) -> Void
  ) {
    for list in lists {
      list.forEachState { state, successors in
        if marks.isGood(state) { return }
        for position in successors { body(state, Int(list.numbers[position])) }
      }
    }
  }

  @inline(__always)
  func predecessors(of state: Int) -> UnsafeBufferPointer<UInt32> {
    let first = Int(ends.base[state])
    return UnsafeBufferPointer(
      start: sources.base + first, count: Int(ends.base[state + 1]) - first)
  }
}
