import Symmetry
public import Trace

/// What expanding some states gave, one after another, in memory that is used again and again.
public final class SuccessorBatch {
  /// The most states that are expanded at once.
  public static let stateCount = 64

  /// Successors that fit.
  public let capacity: Int
  private let wordCount: Int

  /// Successors one after another, each of the layout's words.
  public let words: UnsafeMutablePointer<UInt64>
  /// For each successor, the instance that led to it, by its position among all instances.
  public let instances: UnsafeMutablePointer<Int32>
  /// For each successor, the instances that it stands for: itself, and those of elements that are
  /// alike in the expanded state.
  public let multiplicities: UnsafeMutablePointer<Int>
  /// Successors in the batch.
  public internal(set) var count = 0

  /// For each successor, its key in the store.
  let keys: UnsafeMutablePointer<UInt64>
  /// For each successor, whether the batch has added it to the store.
  let isNew: UnsafeMutablePointer<Bool>

  /// For each successor, its number and its place in the table, where states are numbered.
  let numbers: UnsafeMutablePointer<UInt32>
  let places: UnsafeMutablePointer<Int>
  /// The same of the expanded states.
  let stateNumbers: UnsafeMutablePointer<UInt32>
  let statePlaces: UnsafeMutablePointer<Int>

  /// For each expanded state, the end of its successors.
  public let ends: UnsafeMutablePointer<Int>
  /// For each expanded state, whether a successor differs from it.
  public let hasProgress: UnsafeMutablePointer<UInt8>

  /// For each expanded state, whether it has symbolic constants for which no rule is enabled; where
  /// there are none, it is not said.
  let isStuck: UnsafeMutablePointer<UInt8>

  /// What went wrong within guards and actions, with the instance's position. Where something did,
  /// the batch is of one state.
  public internal(set) var failures: [(instance: Int32, failure: Violation.Failure)] = []

  /// - Parameters:
  ///   - wordCount: Words of a state.
  ///   - instanceCount: The most successors of one state.
  ///   - isOwnKey: Whether a state of one word is its own key.
  public init(wordCount: Int, instanceCount: Int, isOwnKey: Bool = true) {
    self.wordCount = wordCount
    capacity = max(instanceCount, 1 << 12)
    words = .allocate(capacity: capacity * wordCount)
    instances = .allocate(capacity: capacity)
    multiplicities = .allocate(capacity: capacity)
    // Compiled rules write them only where elements can be alike.
    multiplicities.initialize(repeating: 1, count: capacity)
    keys = wordCount == 1 && isOwnKey ? words : .allocate(capacity: capacity)
    isNew = .allocate(capacity: capacity)
    numbers = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
    stateNumbers = .allocate(capacity: Self.stateCount)
    statePlaces = .allocate(capacity: Self.stateCount)
    ends = .allocate(capacity: Self.stateCount)
    hasProgress = .allocate(capacity: Self.stateCount)
    isStuck = .allocate(capacity: Self.stateCount)
    isStuck.initialize(repeating: 0, count: Self.stateCount)
  }

  deinit {
    words.deallocate()
    instances.deallocate()
    multiplicities.deallocate()
    if keys != words { keys.deallocate() }
    isNew.deallocate()
    numbers.deallocate()
    places.deallocate()
    stateNumbers.deallocate()
    statePlaces.deallocate()
    ends.deallocate()
    hasProgress.deallocate()
    isStuck.deallocate()
  }

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
    var kept = 0
    var position = 0
    for state in 0..<stateCount {
      while position < ends[state] {
        if isKept[position] != 0 {
          (words + kept * wordCount).update(from: words + position * wordCount, count: wordCount)
          keys[kept] = keys[position]
          instances[kept] = instances[position]
          multiplicities[kept] = multiplicities[position]
          kept += 1
        }
        position += 1
      }
      ends[state] = kept
    }
    count = kept
  }

  /// Empties the batch and keeps its memory.
  func removeAll() {
    count = 0
    failures.removeAll(keepingCapacity: true)
  }

  /// Replaces each successor by the state that stands for its orbit.
  @inline(__always)
  func canonicalize(by canonicalizer: Canonicalizer) {
    if canonicalizer.isEmpty { return }
    for position in 0..<count { canonicalizer.canonicalize(words + position * wordCount) }
  }
}
