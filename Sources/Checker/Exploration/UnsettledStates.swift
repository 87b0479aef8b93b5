import Diagnostics
import Evaluation
import Packing

/// The states that are not known to be good for all liveness properties when the leads of all states
/// have been followed: they are expanded once more, for all transitions between them.
struct UnsettledStates {
  private let shared: SharedSearch
  private let store: any SeenSetStore
  private let marks: StateNumbers.Marks
  private let generator: any SuccessorGenerator
  private let inserter: SeenSetInserter
  private let batch: SuccessorBatch
  private let wordCount: Int

  /// - Parameters:
  ///   - store: That of the search, with all states.
  ///   - generator: Nobody else uses it.
  init(
    _ shared: SharedSearch, _ store: any SeenSetStore, _ marks: StateNumbers.Marks,
    _ generator: any SuccessorGenerator
  ) {
    self.shared = shared
    self.store = store
    self.marks = marks
    self.generator = generator
    wordCount = store.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
    inserter = SeenSetInserter(store, capacity: batch.capacity)
  }

  /// Marks them for what their successors are marked for.
  ///
  /// - Returns: Transitions between those that are left; nil if there is no memory.
  /// - Throws: What was not decided; `Undecided.stopped`, where no more was wanted meanwhile.
  func transitions() throws(Undecided) -> TransitionList? {
    let seen = store.seen
    var list = TransitionList()
    var entries: [UInt64] = []
    var numbers: [Int] = []
    var position = 0
    while position < seen.slotCount {
      entries.removeAll(keepingCapacity: true)
      numbers.removeAll(keepingCapacity: true)
      while position < seen.slotCount, numbers.count < SuccessorBatch.stateCount {
        defer { position += 1 }
        guard let number = seen.number(position), !marks.isGood(number),
          let entry = seen.entry(position)
        else { continue }
        store.keys.append(entry.key, to: &entries)
        numbers.append(number)
      }
      if shared.condition.isDue() { throw .stopped }
      guard try expand(entries, numbers, into: &list) else { return nil }
    }
    return list
  }

  /// - Returns: False if there is no memory.
  private func expand(
    _ entries: [UInt64], _ numbers: [Int], into list: inout TransitionList
  ) throws(Undecided) -> Bool {
    let states = inserter.unfold(entries, count: numbers.count)
    let byteCount = list.numbers.byteCount
    var first = 0
    while first < numbers.count {
      let count = try generator.expand(
        states + first * wordCount, count: numbers.count - first, into: batch)
      guard !batch.isShort, inserter.makeRoom(batch.capacity, shared.take),
        inserter.fold(batch, grow: shared.grow)
      else { return false }
      inserter.number(batch)
      for state in 0..<count { note(state, UInt32(numbers[first + state]), in: &list) }
      first += count
    }
    let added = list.numbers.byteCount - byteCount
    return added == 0 || shared.take(byteCount: added)
  }

  /// Marks an expanded state for what its successors are marked for, and notes where it may be marked for
  /// more.
  private func note(_ state: Int, _ number: UInt32, in list: inout TransitionList) {
    let range = batch.successors(of: state)
    let successors = UnsafeBufferPointer(
      start: batch.numbers + range.lowerBound, count: range.count)
    for successor in successors where successor != 0 {
      _ = marks.inherit(Int(number), from: Int(successor))
    }
    if !marks.isGood(Int(number)) { list.append(from: number, to: successors) }
  }
}
