import Glibc

/// The states that have been seen, numbered from 0 in the order in which they were found.
///
/// Packed states stand one after another; a table of 32-bit slots finds them. A slot holds a state's
/// number plus 1 and, in the bits that numbers do not need yet, a part of its hash, so that few
/// states are read in vain. Linear probing from `hash * slotCount / 2^64`: slots are nearly in order
/// of hashes, so the table grows in place, by a quarter, and is never copied. At a load of 68 to 85
/// in a hundred a slot takes 4.7 to 5.9 bytes for each state, beside the state's words. Below 7 million
/// states it doubles instead, and takes up to 9.4.
///
/// Bound by the memory latency of the slot and of the state; `CRuntime.lookUp` hides them by asking
/// for both ahead. Exact: states are compared whole. Not safe for use by several threads.
public final class SeenSet {
  /// The states as they are now, to be read while nothing is added. The emitted C reads it field by
  /// field.
  public struct View: @unchecked Sendable {
    fileprivate(set) var words: UnsafeMutablePointer<UInt64>
    /// 0 is an empty slot. The last one is always empty.
    fileprivate(set) var slots: UnsafeMutablePointer<UInt32>
    /// Slots that hashes are spread over; some more behind them take what overflows.
    fileprivate(set) var slotCount: Int
    /// Bits of a slot that hold a number plus 1.
    fileprivate(set) var numberBits: UInt64
    fileprivate let wordCount: Int

    /// The words of a state.
    @inline(__always)
    func state(_ number: Int) -> UnsafePointer<UInt64> {
      UnsafePointer(words + number * wordCount)
    }

    /// The number of a state; nil if it has not been seen.
    ///
    /// - Parameter hash: `StateHash.hash` of the state.
    @inline(__always)
    func find(_ state: UnsafePointer<UInt64>, hash: UInt64) -> Int? {
      var position = home(hash)
      let mask: UInt64 = (1 << numberBits) - 1
      let tag = tag(hash)
      while true {
        let slot = UInt64(slots[position])
        if slot == 0 { return nil }
        if slot >> numberBits == tag {
          let number = Int(slot & mask) - 1
          if equals(state, self.state(number)) { return number }
        }
        position += 1
      }
    }

    @inline(__always)
    private func equals(
      _ state: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>
    ) -> Bool {
      for word in 0..<wordCount where state[word] != other[word] { return false }
      return true
    }

    @inline(__always)
    fileprivate func home(_ hash: UInt64) -> Int {
      Int(hash.multipliedFullWidth(by: UInt64(slotCount)).high)
    }

    /// The lowest bits of a hash, as many as a slot has room for.
    @inline(__always)
    fileprivate func tag(_ hash: UInt64) -> UInt64 { hash & ((1 << (32 - numberBits)) - 1) }
  }

  /// The states as they are now.
  private(set) var view: View
  /// The number of states.
  public private(set) var count = 0
  private let wordCount: Int
  /// States that the words have room for.
  private var capacity = 1 << 8
  /// Slots, those for what overflows included.
  private var totalSlotCount: Int

  /// States that 32-bit slots can number.
  public static let maximumCount = Int(UInt32.max) - 2

  /// Makes an empty set of states of `wordCount` words each.
  public init(wordCount: Int) {
    self.wordCount = wordCount
    let slotCount = 1 << 11
    totalSlotCount = Self.total(slotCount)
    let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: totalSlotCount)
    slots.initialize(repeating: 0, count: totalSlotCount)
    view = View(
      words: .allocate(capacity: capacity * wordCount), slots: slots, slotCount: slotCount,
      numberBits: Self.numberBits(slotCount), wordCount: wordCount)
  }

  deinit {
    free(view.words)
    free(view.slots)
  }

  /// Bytes in use. Behind the states there is room that no page of memory stands for yet.
  public var byteCount: Int { count * wordCount * 8 + totalSlotCount * 4 }

  /// Bytes in use when there is one state more.
  public var byteCountAfterInsertion: Int {
    count < Self.most(view.slotCount)
      ? byteCount + wordCount * 8
      : (count + 1) * wordCount * 8 + Self.total(Self.grown(view.slotCount)) * 4
  }

  /// The words of a state.
  @inline(__always)
  public func state(_ number: Int) -> UnsafePointer<UInt64> { view.state(number) }

  /// The number of a state; nil if it has not been seen.
  @inline(__always)
  public func find(_ state: UnsafePointer<UInt64>, hash: UInt64) -> Int? { view.find(state, hash: hash) }

  /// Adds a state that `find` has not found.
  ///
  /// - Precondition: `count < SeenSet.maximumCount`.
  /// - Returns: Its number; nil if there is no memory for it.
  public func insert(_ state: UnsafePointer<UInt64>, hash: UInt64) -> Int? {
    if count == capacity, !growWords() { return nil }
    if count >= Self.most(view.slotCount), !growSlots() { return nil }
    while !place(count, hash: hash) { if !growSlots() { return nil } }
    (view.words + count * wordCount).update(from: state, count: wordCount)
    count += 1
    return count - 1
  }

  /// Fills a slot in.
  ///
  /// - Returns: False if what is there for overflow is full.
  @inline(__always)
  private func place(_ number: Int, hash: UInt64) -> Bool {
    var position = view.home(hash)
    while view.slots[position] != 0 { position += 1 }
    if position == totalSlotCount - 1 { return false }
    view.slots[position] = UInt32(
      truncatingIfNeeded: view.tag(hash) << view.numberBits | UInt64(number + 1))
    return true
  }

  // MARK: - Growth

  /// The most states at a number of slots.
  private static func most(_ slotCount: Int) -> Int { slotCount / 20 * 17 }

  private static func numberBits(_ slotCount: Int) -> UInt64 {
    UInt64(Int.bitWidth - (most(slotCount) + 1).leadingZeroBitCount)
  }

  /// A quarter more: the average load is then above 3/4, and a state is moved five times on average.
  /// Below 32 MB of slots twice as many, which takes less time.
  private static func grown(_ slotCount: Int) -> Int {
    slotCount < 1 << 23 ? slotCount * 2 : slotCount + slotCount / 4
  }

  private static func total(_ slotCount: Int) -> Int { slotCount + min(1 << 10, slotCount / 8) }

  private func growWords() -> Bool {
    // Moves pages, not bytes, and none is there before it is written to.
    guard let words = realloc(view.words, capacity * 2 * wordCount * 8) else { return false }
    view.words = words.assumingMemoryBound(to: UInt64.self)
    capacity *= 2
    return true
  }

  /// Spreads the slots over more, from the last to the first: a state never moves to a slot before
  /// the run of full slots that it is in, so what has not been moved yet is not overwritten.
  private func growSlots() -> Bool {
    let oldTotal = totalSlotCount
    let numberMask: UInt64 = (1 << view.numberBits) - 1
    guard extendSlots() else { return false }
    (view.slots + oldTotal).update(repeating: 0, count: totalSlotCount - oldTotal)
    var moved: [(number: Int, hash: UInt64)] = []
    var end = oldTotal
    while end > 0 {
      // Some hundred slots at once, so that the states are read beside one another; and whole runs
      // of full slots, so that a state and its place are on the same side.
      var start = max(0, end - 512)
      while start > 0, view.slots[start - 1] != 0 { start -= 1 }
      moved.removeAll(keepingCapacity: true)
      for position in start..<end where view.slots[position] != 0 {
        let number = Int(UInt64(view.slots[position]) & numberMask) - 1
        moved.append((number, StateHash.hash(view.state(number), wordCount: wordCount)))
        view.slots[position] = 0
      }
      for entry in moved where !place(entry.number, hash: entry.hash) { return rebuild() }
      end = start
    }
    return true
  }

  /// Makes room for more slots, whose contents are then not what they should be.
  private func extendSlots() -> Bool {
    let slotCount = Self.grown(view.slotCount)
    let total = Self.total(slotCount)
    guard Self.numberBits(slotCount) <= 32, let slots = realloc(view.slots, total * 4) else {
      return false
    }
    view.slots = slots.assumingMemoryBound(to: UInt32.self)
    view.slotCount = slotCount
    view.numberBits = Self.numberBits(slotCount)
    totalSlotCount = total
    return true
  }

  /// Fills all slots in anew, over more of them: where the last ones have run over while growing.
  private func rebuild() -> Bool {
    guard extendSlots() else { return false }
    view.slots.update(repeating: 0, count: totalSlotCount)
    for number in 0..<count {
      let hash = StateHash.hash(view.state(number), wordCount: wordCount)
      if !place(number, hash: hash) { return rebuild() }
    }
    return true
  }
}
