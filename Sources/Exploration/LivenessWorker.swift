import TransitionSystem

/// Evaluates liveness properties and collects transitions, for one thread.
final class LivenessWorker {
  private let seen: SeenSet
  private let generator: any SuccessorGenerator
  private let inserter: StateInserter
  private let batch: SuccessorBatch
  private var inspection = Inspection()
  private let wordCount: Int

  private(set) var transitions = TransitionList()
  private(set) var isOutOfMemory = false

  // States that are looked at together.
  private let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: SuccessorBatch.stateCount)
  private let places = UnsafeMutablePointer<Int>.allocate(capacity: SuccessorBatch.stateCount)
  private var count = 0
  /// For each successor of the batch, its place in the table; -1 if it has been discarded.
  private let successorPlaces: UnsafeMutablePointer<Int>

  init(_ shared: SharedSearch, _ generator: any SuccessorGenerator, number: Int) {
    seen = shared.store.seen
    self.generator = generator
    inserter = StateInserter(shared.store, worker: number, isShared: true)
    wordCount = shared.space.layout.wordCount
    batch = SuccessorBatch(wordCount: wordCount, instanceCount: shared.space.instances.count)
    successorPlaces = .allocate(capacity: batch.capacity)
  }

  deinit {
    keys.deallocate()
    places.deallocate()
    successorPlaces.deallocate()
  }

  /// Marks the states of a part of the table in which properties hold.
  func evaluate(_ part: Range<Int>, _ marks: LivenessMarks) {
    forEachGroup(of: part, where: { _ in true }) {
      let states = inserter.unfold(UnsafePointer(keys), count: count)
      for position in 0..<count {
        generator.inspect(states + position * wordCount, into: &inspection)
        for (instance, holds) in inspection.livenessHolds.enumerated() where holds {
          marks.mark(instance, at: places[position])
        }
      }
    }
  }

  /// Marks the states of a part of the table that have a successor known to be good, and collects the
  /// transitions from the others.
  func collect(_ part: Range<Int>, _ marks: LivenessMarks, byteLimit: Int) {
    if isOutOfMemory { return }
    forEachGroup(of: part, where: { marks.firstMissing(at: $0) != nil }) {
      var next = 0
      while next < count {
        let states = inserter.unfold(UnsafePointer(keys + next), count: count - next)
        let expanded = generator.expand(states, count: count - next, into: batch)
        guard inserter.findPlaces(batch, stateCount: expanded, into: successorPlaces) else { return }
        for position in 0..<expanded { collect(position, of: places[next + position], marks) }
        next += expanded
      }
    }
    isOutOfMemory = transitions.numbers.count * 4 > byteLimit
  }

  private func collect(_ position: Int, of state: Int, _ marks: LivenessMarks) {
    let range = batch.successors(of: position)
    let successors = UnsafeBufferPointer(start: successorPlaces + range.lowerBound, count: range.count)
    var isGood = true
    for instance in 0..<marks.instanceCount where !marks.isMarked(instance, at: state) {
      if successors.contains(where: { $0 >= 0 && marks.isMarked(instance, at: $0) }) {
        marks.mark(instance, at: state)
      } else {
        isGood = false
      }
    }
    if isGood { return }
    if successors.contains(-1) {
      let found = successors.filter { $0 >= 0 }
      found.withUnsafeBufferPointer { transitions.append(from: state, to: $0) }
    } else {
      transitions.append(from: state, to: successors)
    }
  }

  /// Calls `body` with as many states as are expanded at once in `keys` and `places`, again and again.
  private func forEachGroup(
    of part: Range<Int>, where isWanted: (Int) -> Bool, _ body: () -> Void
  ) {
    count = 0
    for place in part {
      guard isWanted(place), let entry = seen.entry(place) else { continue }
      keys[count] = entry.key
      places[count] = place
      count += 1
      if count == SuccessorBatch.stateCount {
        body()
        count = 0
      }
    }
    if count > 0 { body() }
  }

  /// The words of one state.
  func state(_ key: UInt64) -> [UInt64] {
    keys[0] = key
    let words = inserter.unfold(UnsafePointer(keys), count: 1)
    return Array(UnsafeBufferPointer(start: words, count: wordCount))
  }
}
