import Diagnostics
import Evaluation
import Packing
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
/// While searching, states get numbers, and each is marked for the properties that hold there. Of each
/// state that is not known to be good two transitions are kept, its leads: one to a state that it has
/// found, which costs nothing, and one to any other. By two leads of a dozen nearly all states reach what is
/// good, where that is not one state alone: with two ways out of each place, chosen at random, four fifths
/// of a graph can be reached from nearly everywhere (Carayol and Nicaud, "Distribution of the number of
/// accessible states in a random deterministic automaton", 2012). So sweeps over the leads, up and down the
/// levels, mark them. What is left is expanded once more (`UnsettledStates`), and what is good is followed
/// backwards along all transitions between these.
///
/// The time is linear in the number of transitions. The memory is twelve bytes a state for its leads, and
/// as much for each two transitions of what is left.
struct LivenessSearch {
  private let shared: SharedSearch
  private let store: any SeenSetStore
  private let numbers: StateNumbers
  private let marks: StateNumbers.Marks

  /// - Parameters:
  ///   - store: That of the search, with all states.
  ///   - numbers: What marks are of.
  init(_ shared: SharedSearch, _ store: any SeenSetStore, _ numbers: StateNumbers) {
    self.shared = shared
    self.store = store
    self.numbers = numbers
    marks = numbers.marks
  }

  /// - Parameters:
  ///   - leads: What each thread has kept.
  ///   - generator: Expands states once more.
  /// - Throws: What was not decided; `Undecided.stopped`, where no more was wanted meanwhile.
  func firstStranded(
    leads: [TransitionList], _ generator: any SuccessorGenerator
  ) throws(Undecided) -> LivenessOutcome {
    // To expand a state takes as long as some hundred records of a sweep.
    let least = leads.reduce(0) { $0 + $1.recordCount } / 256
    _ = sweep(leads) { marked, _ in marked > least }
    if shared.condition.isDue() { throw .stopped }
    if numbers.goodCount == store.count.value { return .none }
    if let found = strandedEverywhere() { return found }
    let unsettled = UnsettledStates(shared, store, marks, generator)
    guard let rest = try unsettled.transitions() else { return .outOfMemory }
    let isSettled = settle([rest])
    if shared.condition.isDue() { throw .stopped }
    return isSettled ? .init(StrandedState.first(in: store, numbers, marks)) : .outOfMemory
  }

  /// Marks every state for all that the states it leads to are marked for.
  ///
  /// - Parameter lists: All transitions of states that are not good.
  /// - Returns: False if there is no memory.
  func settle(_ lists: [TransitionList]) -> Bool {
    // Also where nothing was marked: few may be left, or none of them good.
    if sweep(lists, while: { marked, left in marked > left / 4 }) == 0 { return true }
    let budget = (shared.options.memoryByteCount ?? .max / 2) - shared.byteCount
    guard
      let reversed = ReversedTransitions(
        lists, marks, stateCount: shared.numbers?.end ?? 0, byteLimit: budget)
    else { return false }
    follow(lists, reversed)
    return true
  }

  /// Marks states that have marked successors, up from the deepest level and down again. A sweep reads
  /// transitions in order and nothing else but marks, which is a tenth of what reversing them takes.
  ///
  /// - Parameter goesOn: Whether another sweep is worth while, by the records of the last one: of those
  ///   that have marked a state, and of states that are not marked for all.
  /// - Returns: The latter.
  private func sweep(
    _ lists: [TransitionList], while goesOn: (_ marked: Int, _ left: Int) -> Bool
  ) -> Int {
    let levelCount = lists.map(\.levelCount).max() ?? 0
    var isUpwards = true
    while true {
      var marked = 0
      var left = 0
      for number in 0..<levelCount {
        for list in lists {
          list.forEach(
            inLevel: isUpwards ? number : levelCount - 1 - number, isReversed: isUpwards
          ) { state, first, second in
            if isEnding(state) || marks.isGood(state) { return }
            var isMore = marks.inherit(state, from: first)
            if marks.inherit(state, from: second) { isMore = true }
            if isMore { marked += 1 }
            if !marks.isGood(state) { left += 1 }
          }
        }
      }
      if left == 0 || shared.condition.isDue() || !goesOn(marked, left) { return left }
      isUpwards.toggle()
    }
  }

  /// Marks every state that leads to a marked one.
  private func follow(_ lists: [TransitionList], _ reversed: ReversedTransitions) {
    var pending: [UInt32] = []
    for list in lists {
      list.forEach { state, successor in
        if isEnding(state) || marks.isGood(state) { return }
        if marks.inherit(state, from: successor) {
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

  /// The first state where an instance holds in no state at all: nothing has to be followed for that.
  /// No state is good then, so that what is found is the first of all.
  ///
  /// - Returns: Nil where the first state that is not known to be good may be.
  private func strandedEverywhere() -> LivenessOutcome? {
    guard let found = StrandedState.first(in: store, numbers, marks),
      !numbers.isMarkedAnywhere(found.instance)
    else { return nil }
    return .init(found)
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
      list.forEach { state, successor in
        if !marks.isGood(state) { body(state, successor) }
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
