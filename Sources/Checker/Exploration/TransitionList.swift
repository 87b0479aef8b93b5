/// Transitions that one thread has found, by the numbers of their states, in the order in which they were
/// found.
struct TransitionList {
  /// A state and two of its successors, one after another; 0 where there is one successor alone.
  private(set) var numbers = NumberList()
  /// Words that levels end at, but for the last one.
  private var levelEnds: [Int] = []

  /// Words of a record.
  static let recordCount = 3

  var recordCount: Int { numbers.count / Self.recordCount }

  /// Adds the next word of a list that was kept.
  mutating func append(word: UInt32) { numbers.append(word) }

  @inline(__always)
  mutating func append(from state: UInt32, to first: UInt32, _ second: UInt32) {
    numbers.append(state)
    numbers.append(first)
    numbers.append(second)
  }

  /// Adds the transitions of a state to all of some successors but itself.
  ///
  /// - Parameter successors: Their numbers; 0 for one that was discarded.
  mutating func append(from state: UInt32, to successors: UnsafeBufferPointer<UInt32>) {
    var waiting: UInt32 = 0
    for successor in successors where successor != 0 && successor != state {
      if waiting == 0 {
        waiting = successor
      } else {
        append(from: state, to: waiting, successor)
        waiting = 0
      }
    }
    if waiting != 0 { append(from: state, to: waiting, 0) }
  }

  /// Notes that what comes behind is of a deeper level.
  mutating func endLevel() { levelEnds.append(numbers.count) }

  var levelCount: Int { levelEnds.count + 1 }

  /// Calls `body` with the records of a level, in order or from the last to the first.
  ///
  /// - Parameter level: Counted from the last one, which is 0; those that there are not are empty.
  @inline(__always)
  func forEach(
    inLevel level: Int, isReversed: Bool,
    _ body: (_ state: Int, _ first: Int, _ second: Int) -> Void
  ) {
    let number = levelEnds.count - level
    guard number >= 0 else { return }
    let start = number == 0 ? 0 : levelEnds[number - 1]
    let end = number == levelEnds.count ? numbers.count : levelEnds[number]
    let step = isReversed ? -Self.recordCount : Self.recordCount
    var position = isReversed ? end - Self.recordCount : start
    while position >= start, position < end {
      body(
        Int(numbers[position]), Int(numbers[position + 1]), Int(numbers[position + 2]))
      position += step
    }
  }

  /// Calls `body` with each transition, in order.
  @inline(__always)
  func forEach(_ body: (_ state: Int, _ successor: Int) -> Void) {
    for position in stride(from: 0, to: numbers.count, by: Self.recordCount) {
      body(Int(numbers[position]), Int(numbers[position + 1]))
      if numbers[position + 2] != 0 { body(Int(numbers[position]), Int(numbers[position + 2])) }
    }
  }
}
