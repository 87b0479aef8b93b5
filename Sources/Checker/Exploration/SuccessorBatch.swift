import Glibc
import Symmetry
package import Trace

/// What expanding some states gave, one after another, in memory that is used again and again and
/// grows with the most successors that there were.
package final class SuccessorBatch {
  /// The most states that are expanded at once.
  package static let stateCount = 64

  /// Successors that there is room for at first: a few megabytes at most.
  package static func firstCapacity(wordCount: Int) -> Int {
    max(stateCount, min(1 << 12, (4 << 20) / (8 * wordCount)))
  }

  /// What a successor has room for. In memory of its own: an access to a property of a class that
  /// may change is checked.
  private struct Room {
    var capacity = 0
    var words: UnsafeMutablePointer<UInt64>
    var instances: UnsafeMutablePointer<Int>
    var multiplicities: UnsafeMutablePointer<Int>
    /// Nil where a state is its own key.
    var keys: UnsafeMutablePointer<UInt64>?
    var isNew: UnsafeMutablePointer<Bool>
    var numbers: UnsafeMutablePointer<UInt32>
    var places: UnsafeMutablePointer<Int>
  }

  private let room: UnsafeMutablePointer<Room>
  private let wordCount: Int

  /// Asked before more memory is taken; nil is always.
  var mayTake: ((_ byteCount: Int) -> Bool)?
  /// Whether successors were left out because there was no room for them: what was expanded is not
  /// to be trusted then.
  package private(set) var isShort = false

  /// Successors that fit.
  package var capacity: Int { room.pointee.capacity }
  /// Successors one after another, each of the layout's words.
  package var words: UnsafeMutablePointer<UInt64> { room.pointee.words }
  /// For each successor, the instance that led to it, by its position among all instances.
  package var instances: UnsafeMutablePointer<Int> { room.pointee.instances }
  /// For each successor, the instances that it stands for: itself, and those of elements that are
  /// alike in the expanded state.
  package var multiplicities: UnsafeMutablePointer<Int> { room.pointee.multiplicities }
  /// Successors in the batch.
  package internal(set) var count = 0

  /// For each successor, its key in the store.
  var keys: UnsafeMutablePointer<UInt64> { room.pointee.keys ?? room.pointee.words }
  /// For each successor, whether the batch has added it to the store.
  var isNew: UnsafeMutablePointer<Bool> { room.pointee.isNew }

  /// For each successor, its number and its place in the table, where states are numbered.
  var numbers: UnsafeMutablePointer<UInt32> { room.pointee.numbers }
  var places: UnsafeMutablePointer<Int> { room.pointee.places }
  /// For each expanded state, the numbers of its two leads (`LivenessSearch`); 0 where it has none.
  let leads: UnsafeMutablePointer<UInt32>
  let leadPlaces: UnsafeMutablePointer<Int>

  /// For each expanded state, the end of its successors.
  package let ends: UnsafeMutablePointer<Int>
  /// For each expanded state, whether a successor differs from it.
  package let hasProgress: UnsafeMutablePointer<UInt8>

  /// For each expanded state, whether it has symbolic constants for which no rule is enabled; where
  /// there are none, it is not said.
  let isStuck: UnsafeMutablePointer<UInt8>

  /// What went wrong within guards and actions, with the instance's position. Where something did,
  /// the batch is of one state.
  package internal(set) var failures: [(instance: Int, failure: Violation.Failure)] = []

  /// - Parameters:
  ///   - wordCount: Words of a state.
  ///   - isOwnKey: Whether a state of one word is its own key.
  package init(wordCount: Int, isOwnKey: Bool = true) {
    self.wordCount = wordCount
    let capacity = Self.firstCapacity(wordCount: wordCount)
    room = .allocate(capacity: 1)
    room.initialize(
      to: Room(
        capacity: capacity, words: .fromMalloc(count: capacity * wordCount),
        instances: .fromMalloc(count: capacity), multiplicities: .fromMalloc(count: capacity),
        keys: wordCount == 1 && isOwnKey ? nil : .fromMalloc(count: capacity),
        isNew: .fromMalloc(count: capacity), numbers: .fromMalloc(count: capacity),
        places: .fromMalloc(count: capacity)))
    // Compiled rules write them only where elements can be alike.
    room.pointee.multiplicities.initialize(repeating: 1, count: capacity)
    leads = .allocate(capacity: 2 * Self.stateCount)
    leadPlaces = .allocate(capacity: 2 * Self.stateCount)
    ends = .allocate(capacity: Self.stateCount)
    hasProgress = .allocate(capacity: Self.stateCount)
    isStuck = .allocate(capacity: Self.stateCount)
    isStuck.initialize(repeating: 0, count: Self.stateCount)
  }

  deinit {
    free(room.pointee.words)
    free(room.pointee.instances)
    free(room.pointee.multiplicities)
    free(room.pointee.keys)
    free(room.pointee.isNew)
    free(room.pointee.numbers)
    free(room.pointee.places)
    room.deallocate()
    leads.deallocate()
    leadPlaces.deallocate()
    ends.deallocate()
    hasProgress.deallocate()
    isStuck.deallocate()
  }

  // MARK: - Memory

  /// Makes room for twice as many successors; those in the batch stay.
  ///
  /// - Returns: False, and `isShort` is set, if there is no memory for that.
  package func grow() -> Bool {
    let old = capacity
    let added = old * (8 * wordCount + 8 + 8 + (room.pointee.keys == nil ? 0 : 8) + 1 + 4 + 8)
    let isGrown =
      mayTake?(added) ?? true && room.pointee.words.resize(to: 2 * old * wordCount)
      && room.pointee.instances.resize(to: 2 * old)
      && room.pointee.multiplicities.resize(to: 2 * old)
      && room.pointee.keys?.resize(to: 2 * old) ?? true
      && room.pointee.isNew.resize(to: 2 * old) && room.pointee.numbers.resize(to: 2 * old)
      && room.pointee.places.resize(to: 2 * old)
    guard isGrown else {
      isShort = true
      return false
    }
    (room.pointee.multiplicities + old).initialize(repeating: 1, count: old)
    room.pointee.capacity = 2 * old
    return true
  }

  // MARK: - Successors

  /// The words of a successor.
  @inline(__always)
  func state(_ position: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(words + position * wordCount)
  }

  /// The successors of the state at a position.
  @inline(__always)
  func successors(of position: Int) -> Range<Int> {
    (position == 0 ? 0 : ends[position - 1])..<ends[position]
  }

  /// Leaves successors out.
  ///
  /// - Parameters:
  ///   - isKept: For each successor, not 0 if it stays.
  ///   - stateCount: Expanded states.
  func keep(_ isKept: UnsafePointer<UInt8>, stateCount: Int) {
    let (words, keys, instances, multiplicities) = (words, keys, instances, multiplicities)
    var kept = 0
    var position = 0
    for state in 0..<stateCount {
      while position < ends[state] {
        // Without a branch, as none would be foretold.
        for word in 0..<wordCount {
          words[kept &* wordCount &+ word] = words[position &* wordCount &+ word]
        }
        keys[kept] = keys[position]
        instances[kept] = instances[position]
        multiplicities[kept] = multiplicities[position]
        kept &+= isKept[position] != 0 ? 1 : 0
        position &+= 1
      }
      ends[state] = kept
    }
    count = kept
  }

  /// Takes states, whatever led to them, in place of what there is.
  ///
  /// - Parameter count: At most `stateCount`.
  func take(_ states: UnsafePointer<UInt64>, count: Int) {
    removeAll()
    words.update(from: states, count: count * wordCount)
    self.count = count
  }

  /// Empties the batch and keeps its memory.
  func removeAll() {
    count = 0
    isShort = false
    failures.removeAll(keepingCapacity: true)
  }

  /// Replaces each successor by the state that stands for its orbit.
  @inline(__always)
  func canonicalize(by canonicalizer: Canonicalizer) {
    if canonicalizer.isEmpty { return }
    let words = words
    for position in 0..<count { canonicalizer.canonicalize(words + position * wordCount) }
  }
}
