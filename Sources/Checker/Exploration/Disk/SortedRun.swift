import CIntrinsics
import Glibc

/// States in the order of their words, each once.
enum SortedRun {
  /// Blocks of a file.
  case stored(StateFile, blocks: Range<Int>, count: Int)
  case kept(KeptStates)

  var count: Int {
    switch self {
    case .stored(_, _, let count): count
    case .kept(let states): states.count
    }
  }
}

/// Sorted states in memory.
final class KeptStates {
  let states: UnsafeMutablePointer<UInt64>
  let count: Int
  let byteCount: Int
  private let isOwned: Bool

  /// Memory of somebody else, who keeps it until this is gone.
  init(borrowing states: UnsafeMutablePointer<UInt64>, count: Int) {
    self.states = states
    self.count = count
    byteCount = 0
    isOwned = false
  }

  /// Takes memory of `malloc`.
  init(taking states: UnsafeMutablePointer<UInt64>, count: Int, wordCount: Int) {
    self.states = states
    self.count = count
    byteCount = 8 * wordCount * count
    isOwned = true
  }

  deinit { if isOwned { free(states) } }
}

/// Goes through the states of a run, a block at a time.
final class RunCursor {
  private let run: SortedRun
  private let wordCount: Int
  private let stateCount: Int
  /// Room for a block as it is written.
  private let bytes: UnsafeMutableRawPointer
  private let decoded: UnsafeMutablePointer<UInt64>
  /// The next block of a file, or the next state in memory.
  private var next: Int

  /// The states of a block, one after another.
  private(set) var states: UnsafePointer<UInt64>
  /// How many there are, and which of them comes next.
  private(set) var count = 0
  var position = 0

  init(_ run: SortedRun, _ block: StateBlock) {
    self.run = run
    wordCount = block.wordCount
    stateCount = block.stateCount
    switch run {
    case .stored(_, let blocks, _):
      next = blocks.lowerBound
      bytes = .allocate(byteCount: block.mostBytes, alignment: 8)
      decoded = .allocate(capacity: block.capacity)
    case .kept:
      next = 0
      bytes = .allocate(byteCount: 8, alignment: 8)
      decoded = .allocate(capacity: 1)
    }
    states = UnsafePointer(decoded)
  }

  deinit {
    bytes.deallocate()
    decoded.deallocate()
  }

  /// The states that are left. Those of a block have been taken all, or none of them.
  var rest: SortedRun {
    switch run {
    case .stored(let file, let blocks, _):
      let left = (position < count ? next - 1 : next)..<blocks.upperBound
      let count = file.entries[left].reduce(0) { $0 + Int($1.stateCount) }
      return .stored(file, blocks: left, count: count)
    case .kept(let kept):
      let first = next - count + position
      return .kept(
        KeptStates(borrowing: kept.states + first * wordCount, count: kept.count - first))
    }
  }

  /// Goes to the next block if there is no state left of this one.
  ///
  /// - Returns: False behind the last one.
  func fill() throws(DiskFailure) -> Bool {
    if position < count { return true }
    position = 0
    count = 0
    switch run {
    case .stored(let file, let blocks, _):
      guard next < blocks.upperBound else { return false }
      count = try file.read(next, bytes, into: decoded)
      next += 1
    case .kept(let kept):
      guard next < kept.count else { return false }
      states = UnsafePointer(kept.states + next * wordCount)
      count = min(stateCount, kept.count - next)
      next += count
    }
    return true
  }

  /// Takes the run's states out of others, which come in their order.
  ///
  /// - Parameters:
  ///   - others: Sorted, and behind those of all calls before; those that are left move to the front.
  /// - Returns: How many are left.
  func subtract(
    from others: UnsafeMutablePointer<UInt64>, count otherCount: Int
  ) throws(DiskFailure) -> Int {
    var (left, next) = (0, 0)
    while next < otherCount {
      guard try seek(others + next * wordCount) else {
        // Nothing of the run is behind here.
        let rest = otherCount - next
        (others + left * wordCount).update(from: others + next * wordCount, count: rest * wordCount)
        return left + rest
      }
      if wordCount == 1 {
        subtractBlock(from: others, otherCount, &next, &left)
      } else {
        subtractWideBlock(from: others, otherCount, &next, &left)
      }
    }
    return left
  }

  /// The same for those that are not behind the block, of states of one word.
  private func subtractBlock(
    from others: UnsafeMutablePointer<UInt64>, _ otherCount: Int, _ next: inout Int,
    _ left: inout Int
  ) {
    // An access to a property of a class is checked; to these it is not.
    let states = states
    let last = states[count - 1]
    var position = position
    var (from, to) = (next, left)
    while from < otherCount {
      let other = others[from]
      if other > last { break }
      while states[position] < other { position &+= 1 }
      others[to] = other
      to &+= states[position] == other ? 0 : 1
      from &+= 1
    }
    (next, left) = (from, to)
    self.position = position
  }

  private func subtractWideBlock(
    from others: UnsafeMutablePointer<UInt64>, _ otherCount: Int, _ next: inout Int,
    _ left: inout Int
  ) {
    let (states, wordCount) = (states, wordCount)
    let last = states + (count - 1) * wordCount
    var state = states + position * wordCount
    while next < otherCount {
      let other = others + next * wordCount
      if StateOrder.precedes(last, other, wordCount) { break }
      while StateOrder.precedes(state, other, wordCount) { state += wordCount }
      if !StateOrder.equal(state, other, wordCount) {
        if left < next {
          for word in 0..<wordCount { others[left &* wordCount &+ word] = other[word] }
        }
        left += 1
      }
      next += 1
    }
    position = (state - states) / wordCount
  }

  /// Goes to the first state that is not before another one. Blocks without one are not read.
  ///
  /// - Parameter state: Behind those of all calls before.
  /// - Returns: False if there is none.
  func seek(_ state: UnsafePointer<UInt64>) throws(DiskFailure) -> Bool {
    while true {
      if position < count {
        if !StateOrder.precedes(states + (count - 1) * wordCount, state, wordCount) {
          position = StateOrder.lowerBound(
            of: state, in: states, from: position, count: count, wordCount)
          return true
        }
        position = count
      }
      skip(to: state)
      guard try fill() else { return false }
    }
  }

  /// Passes over the blocks that end before a state.
  private func skip(to state: UnsafePointer<UInt64>) {
    switch run {
    case .stored(let file, let blocks, _):
      // A block ends before it if the next one begins before it, too.
      func endsBefore(_ block: Int) -> Bool {
        block + 1 < blocks.upperBound && file.entries[block + 1].firstWord < state[0]
      }
      guard next < blocks.upperBound, endsBefore(next) else { return }
      var step = 1
      while endsBefore(next + step) {
        next += step
        step *= 2
      }
      while step > 0 {
        if endsBefore(next + step) { next += step }
        step /= 2
      }
      next += 1
    case .kept(let kept):
      next = StateOrder.lowerBound(
        of: state, in: UnsafePointer(kept.states), from: next, count: kept.count, wordCount)
    }
  }
}

/// The order of states: by their words, the first one first.
enum StateOrder {
  @inline(__always)
  static func precedes(
    _ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ wordCount: Int
  ) -> Bool {
    if wordCount == 1 { return left[0] < right[0] }
    for word in 0..<wordCount where left[word] != right[word] { return left[word] < right[word] }
    return false
  }

  @inline(__always)
  static func equal(
    _ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ wordCount: Int
  ) -> Bool {
    for word in 0..<wordCount where left[word] != right[word] { return false }
    return true
  }

  /// The first of sorted states, from a position on, that is not before another one; near the position it is
  /// found sooner.
  @inline(__always)
  static func lowerBound(
    of state: UnsafePointer<UInt64>, in states: UnsafePointer<UInt64>, from position: Int,
    count: Int, _ wordCount: Int
  ) -> Int {
    var low = position
    var step = 1
    // What is at `low` and before is known to come before the state, but for the first look.
    guard low < count, precedes(states + low * wordCount, state, wordCount) else { return low }
    while low + step < count, precedes(states + (low + step) * wordCount, state, wordCount) {
      low += step
      step *= 2
    }
    var high = min(count, low + step)
    low += 1
    while low < high {
      let middle = (low + high) / 2
      if precedes(states + middle * wordCount, state, wordCount) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
