package import Evaluation
import Packing
package import Trace
import TransitionSystem

/// The states that were met on the way through a system, each once, and the steps between them, which are
/// taken when they are asked for.
package final class MetStates {
  package typealias Number = Int32

  /// A rule instance by its number, and where it leads.
  package struct Step: Sendable {
    package let instance: Int32
    package let state: Number
  }

  package let source: StepSource
  private let wordCount: Int
  private var words: ContiguousArray<UInt64> = []
  /// Open addressing; -1 is free.
  private var table: ContiguousArray<Number>
  private var status: ContiguousArray<Status> = []
  private var violations: [Number: Violation.Kind] = [:]
  /// For each state, where its steps begin; -1 where they have not been asked for.
  private var firsts: ContiguousArray<Int> = []
  private var counts: ContiguousArray<Int32> = []
  private var steps: ContiguousArray<Step> = []
  private var inspection = Inspection()
  /// What was not decided of a state that was met within a call that cannot throw.
  private var undecided: Undecided?

  private enum Status: UInt8 {
    case kept
    /// An assumption discards it.
    case discarded
    case violates
  }

  package init(_ source: StepSource) {
    self.source = source
    wordCount = source.wordCount
    table = ContiguousArray(repeating: -1, count: 1 << 10)
  }

  package var count: Int { status.count }

  /// Bytes that all of it takes.
  package var byteCount: Int {
    8 * words.capacity + 4 * table.count + status.capacity + 12 * firsts.capacity
      + 8 * steps.capacity
  }

  // MARK: - States

  /// The start states that the assumptions allow, each once.
  package func starts() throws(Undecided) -> [Number] {
    var found: [Number] = []
    var seen: Set<Number> = []
    try source.forEachStart { words in
      if let number = number(of: words), seen.insert(number).inserted { found.append(number) }
    }
    try throwUndecided()
    return found
  }

  /// The property that does not hold in a state, or what goes wrong in one.
  package func violation(in state: Number) -> Violation.Kind? {
    status[Int(state)] == .violates ? violations[state] : nil
  }

  /// The values of a state, by slots.
  package func slots(of state: Number) -> [Int64] {
    let packing = source.space.packing
    var slots = Array(repeating: Int64(0), count: source.space.system.slotCount)
    words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      packing.decode(base + Int(state) * wordCount, into: &slots)
    }
    return slots
  }

  /// Nil for what is discarded.
  private func number(of state: UnsafePointer<UInt64>) -> Number? {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: Self.hash(state, wordCount)) & mask
    while table[place] >= 0 {
      let known = table[place]
      if isSame(known, state) { return status[Int(known)] == .discarded ? nil : known }
      place = (place + 1) & mask
    }
    return add(state, at: place)
  }

  private func add(_ state: UnsafePointer<UInt64>, at place: Int) -> Number? {
    let number = Number(status.count)
    var found = Status.kept
    do throws(Undecided) {
      try source.inspect(state, into: &inspection)
      if inspection.isDiscarded {
        found = .discarded
      } else if let violation = inspection.violation {
        found = .violates
        violations[number] = violation
      }
    } catch {
      undecided = undecided ?? error
    }
    words.append(contentsOf: UnsafeBufferPointer(start: state, count: wordCount))
    status.append(found)
    firsts.append(-1)
    counts.append(0)
    table[place] = number
    if 2 * status.count > table.count { grow() }
    return found == .discarded ? nil : number
  }

  private func isSame(_ number: Number, _ state: UnsafePointer<UInt64>) -> Bool {
    let first = Int(number) * wordCount
    for word in 0..<wordCount where words[first + word] != state[word] { return false }
    return true
  }

  private func grow() {
    let mask = 2 * table.count - 1
    table = ContiguousArray(repeating: -1, count: mask + 1)
    words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      for number in status.indices {
        var place =
          Int(truncatingIfNeeded: Self.hash(base + number * wordCount, wordCount)) & mask
        while table[place] >= 0 { place = (place + 1) & mask }
        table[place] = Number(number)
      }
    }
  }

  /// A multiplication and a shift for each word: states differ in few bits.
  private static func hash(_ state: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    var hash: UInt64 = 0
    for word in 0..<count {
      hash = (hash ^ state[word]) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash ^ hash >> 32
  }

  // MARK: - Steps

  /// The steps from a state to those that are kept. Those of several states are asked for at once by
  /// `prepare`.
  package func steps(from state: Number) throws(Undecided) -> ArraySlice<Step> {
    if firsts[Int(state)] < 0 { try prepare([state]) }
    let first = firsts[Int(state)]
    return ArraySlice(steps[first..<first + Int(counts[Int(state)])])
  }

  /// Calls `body` with each step of `steps(from:)`.
  @inline(__always)
  package func forEachStep(from state: Number, _ body: (Step) -> Void) throws(Undecided) {
    if firsts[Int(state)] < 0 { try prepare([state]) }
    let first = firsts[Int(state)]
    for position in first..<first + Int(counts[Int(state)]) { body(steps[position]) }
  }

  /// Takes the steps from all of some states, each given once, that have not been asked for.
  package func prepare(_ states: some Collection<Number>) throws(Undecided) {
    var wanted: [Number] = []
    for state in states where firsts[Int(state)] < 0 {
      wanted.append(state)
      if wanted.count == StepSource.mostStates { try take(&wanted) }
    }
    while !wanted.isEmpty { try take(&wanted) }
  }

  /// Takes those of as many states as there is room for, and leaves the others.
  private func take(_ states: inout [Number]) throws(Undecided) {
    var packed: [UInt64] = []
    packed.reserveCapacity(states.count * wordCount)
    for state in states {
      let first = Int(state) * wordCount
      packed.append(contentsOf: words[first..<first + wordCount])
    }
    let wanted = states
    var current = -1
    func begin(_ state: Int) {
      while current < state {
        current += 1
        firsts[Int(wanted[current])] = steps.count
      }
    }
    let count = try source.expand(packed, count: states.count) { state, instance, successor in
      begin(state)
      guard let number = number(of: successor) else { return }
      steps.append(Step(instance: Int32(instance), state: number))
      counts[Int(wanted[state])] += 1
    }
    begin(count - 1)
    states.removeFirst(count)
    try throwUndecided()
  }

  // MARK: - Memory

  /// Forgets all but some states, and all steps; their numbers are given anew.
  ///
  /// - Returns: For each of them, its new number.
  package func forget(allBut kept: Set<Number>) throws(Undecided) -> [Number: Number] {
    let order = kept.sorted()
    let packed = order.map { Array(words[Int($0) * wordCount..<(Int($0) + 1) * wordCount]) }
    words = []
    table = ContiguousArray(repeating: -1, count: 1 << 10)
    (status, violations, firsts, counts) = ([], [:], [], [])
    steps = []
    var numbers: [Number: Number] = [:]
    for (old, state) in zip(order, packed) { numbers[old] = number(of: state) }
    try throwUndecided()
    return numbers
  }

  private func throwUndecided() throws(Undecided) {
    defer { undecided = nil }
    if let undecided { throw undecided }
  }
}
