import CIntrinsics
import Glibc
import Synchronization

/// The states that have been seen, each as one key, with the depth at which it was found.
///
/// A table of 64-bit slots, eight to a cache line. A key is mixed by a bijection, and the first
/// `lineCount`-th part of the result is its home line; a slot holds the rest of it, how many lines
/// behind its home it lies, and its depth. So the key can be had back from the slot and its place
/// (Cleary 1984, with the distance written out in place of the order that keeps it there). Exact.
/// Lines are in the order of mixed keys, so the table grows in place, and a large one step by step
/// (`Arrangement`). Of a key of more than 64 bits that
/// is its head; its tail stands beside the slots (`KeyTails`).
///
/// Any number of threads may insert at once: a slot is taken by one compare-and-swap and never
/// changes afterwards. Where there are tails, a slot is taken as one that is being written, for as long
/// as it takes to write the tail. Growing and reading back are for one thread alone.
///
/// Bound by the latency of one cache line for each key, which `prefetch` hides: 11 ns a key on a
/// table of 80 MB, of which comparing takes a third. Ten million states of 61 bits take 10.4 to 11.1
/// bytes each.
package final class SeenSet {
  /// What threads insert through; anew after each growth.
  package struct Handle: @unchecked Sendable {
    fileprivate let lines: UnsafeMutablePointer<Atomic<UInt64>>
    fileprivate let upperDepths: UnsafeMutablePointer<UInt32>?
    fileprivate let numbers: UnsafeMutablePointer<Atomic<UInt32>>?
    fileprivate let tails: KeyTails.Handle?
    fileprivate let arrangement: Arrangement
    /// By which slots are divided.
    @inline(__always)
    fileprivate var shape: Shape { arrangement.lower }
    /// Whether other threads insert at the same time.
    fileprivate let isShared: Bool

    /// Where a key begins to be looked for, and what its slot would hold above the depth there.
    package struct Home {
      package let line: UInt64
      let tag: UInt64

      /// The slot of a line that is looked at first.
      @inline(__always)
      fileprivate var first: Int { Shape.firstSlot(tag) }
    }

    package enum Outcome {
      case new
      case seen
      /// There is no slot where it was looked for; if that was all around its home, the table has
      /// to grow.
      case full
    }

    /// Where a key belongs.
    @inline(__always)
    package func home(_ key: UInt64) -> Home { arrangement.home(of: key) }

    /// Where a key belongs; asks for the line.
    @inline(__always)
    package func prefetch(_ key: UInt64) -> Home {
      let home = arrangement.home(of: key)
      prefetch(home, distance: 0)
      return home
    }

    /// Adds a key unless it is there.
    @inline(__always)
    package func insert(_ home: Home, tail: UInt64 = 0, depth: UInt64) -> Outcome {
      let outcome = insertAtHome(home, tail: tail, depth: depth)
      return outcome == .full ? insertBehindHome(home, tail: tail, depth: depth) : outcome
    }

    /// Adds a key unless it is in its home line, which has been asked for. Where the line is full
    /// of others the key may be behind it.
    @inline(__always)
    package func insertAtHome(_ home: Home, tail: UInt64 = 0, depth: UInt64) -> Outcome {
      insert(
        home.tag, tail, into: lines + Int(home.line &* 8), from: home.first, depth: depth)
    }

    /// Whether a key is in its home line. All slots are compared, without a branch: which of them
    /// it is in cannot be foretold.
    @inline(__always)
    package func isAtHome(_ home: Home) -> Bool {
      let (tag, line) = (home.tag, lines + Int(home.line &* 8))
      let depthBits = shape.depthBitCount
      func isTag(_ slot: Int) -> Bool {
        line[slot].load(ordering: .relaxed) &>> depthBits == tag
      }
      let a = (isTag(0) ? 1 : 0) | (isTag(1) ? 1 : 0) | (isTag(2) ? 1 : 0) | (isTag(3) ? 1 : 0)
      let b = (isTag(4) ? 1 : 0) | (isTag(5) ? 1 : 0) | (isTag(6) ? 1 : 0) | (isTag(7) ? 1 : 0)
      return a | b != 0
    }

    /// The same with a tail, which is compared with that of the first slot alone that has the rest.
    /// Two keys with the same head are rare, and the second of them is looked for once more.
    @inline(__always)
    func isAtHome(_ home: Home, tail: UInt64) -> Bool {
      guard let tails else { return false }
      let (tag, line) = (home.tag, lines + Int(home.line &* 8))
      let depthBits = shape.depthBitCount
      func bit(_ slot: Int) -> UInt64 {
        line[slot].load(ordering: .acquiring) &>> depthBits == tag ? 1 &<< UInt64(slot) : 0
      }
      let a = bit(0) | bit(1) | bit(2) | bit(3)
      let found = a | bit(4) | bit(5) | bit(6) | bit(7)
      let slot = (found | 0x80).trailingZeroBitCount
      return (tails.load(Int(home.line &* 8) &+ slot) ^ tail) == 0 && found != 0
    }

    /// Asks for a line behind a home.
    @inline(__always)
    package func prefetch(_ home: Home, distance: Int) {
      let slot = (Int(home.line) &+ distance) &* 8
      prefetch_for_write(UnsafeRawPointer(lines + slot))
      if let tails { prefetch_for_write(UnsafeRawPointer(tails.address(slot))) }
    }

    /// Adds a key unless it is in one line behind its home. It is in none of those before, and has
    /// no room there.
    @inline(__always)
    package func insert(
      _ home: Home, tail: UInt64 = 0, distance: Int, depth: UInt64
    ) -> Outcome {
      insert(
        home.tag &+ UInt64(distance), tail, into: lines + (Int(home.line) &+ distance) &* 8,
        from: home.first, depth: depth)
    }

    /// Adds a key that is not in its home line, and has no room there.
    private func insertBehindHome(_ home: Home, tail: UInt64, depth: UInt64) -> Outcome {
      for distance in 1..<Shape.distanceLimit {
        let outcome = insert(home, tail: tail, distance: distance, depth: depth)
        if outcome != .full { return outcome }
      }
      return .full
    }

    /// Adds a key to a line.
    @inline(__always)
    private func insert(
      _ tag: UInt64, _ tail: UInt64, into line: UnsafeMutablePointer<Atomic<UInt64>>,
      from first: Int, depth: UInt64
    ) -> Outcome {
      if let tails {
        return insert(tag, tail, tails, into: line, from: first, depth: depth)
      }
      let depthBits = shape.depthBitCount
      for step in 0..<8 {
        let slot = line + ((first &+ step) & 7)
        var found = slot.pointee.load(ordering: .relaxed)
        if found == 0 {
          note(depth, at: slot)
          let taken = (tag &<< depthBits) | (depth & shape.depthMask)
          if !isShared {
            slot.pointee.store(taken, ordering: .relaxed)
            return .new
          }
          let (exchanged, original) = slot.pointee.compareExchange(
            expected: 0, desired: taken, ordering: .acquiringAndReleasing)
          if exchanged { return .new }
          found = original
        }
        if found &>> depthBits == tag { return .seen }
      }
      return .full
    }

    /// Adds a key with a tail to a line.
    private func insert(
      _ tag: UInt64, _ tail: UInt64, _ tails: KeyTails.Handle,
      into line: UnsafeMutablePointer<Atomic<UInt64>>, from first: Int, depth: UInt64
    ) -> Outcome {
      let depthBits = shape.depthBitCount
      for step in 0..<8 {
        let slot = line + ((first &+ step) & 7)
        var found = slot.pointee.load(ordering: .acquiring)
        if found == 0 {
          let (isTaken, original) =
            isShared
            ? slot.pointee.compareExchange(
              expected: 0, desired: shape.unfinished, ordering: .acquiringAndReleasing)
            : (exchanged: true, original: 0)
          if isTaken {
            note(depth, at: slot)
            tails.store(tail, slot - lines)
            slot.pointee.store(
              (tag &<< depthBits) | (depth & shape.depthMask), ordering: .releasing)
            return .new
          }
          found = original
        }
        found = finished(found, slot)
        if found &>> depthBits == tag, tails.load(slot - lines) == tail { return .seen }
      }
      return .full
    }

    /// What a slot holds, after waiting for a thread that is writing it.
    @inline(__always)
    private func finished(_ found: UInt64, _ slot: UnsafeMutablePointer<Atomic<UInt64>>) -> UInt64 {
      var found = found
      while found == shape.unfinished {
        sched_yield()
        found = slot.pointee.load(ordering: .acquiring)
      }
      return found
    }

    /// The depth of a key; nil if it is not there.
    @inline(__always)
    package func depth(_ home: Home, tail: UInt64 = 0) -> UInt64? {
      guard let place = find(home, tail: tail) else { return nil }
      let low = lines[place].load(ordering: .relaxed) & shape.depthMask
      guard let upperDepths else { return low }
      return UInt64(upperDepths[place]) &<< shape.depthBitCount | low
    }

    /// The place of a key in the table; nil if it is not there.
    @inline(__always)
    package func find(_ home: Home, tail: UInt64 = 0) -> Int? {
      let depthBits = shape.depthBitCount
      var tag = home.tag
      var line = lines + Int(home.line &* 8)
      let first = home.first
      for _ in 0..<Shape.distanceLimit {
        for step in 0..<8 {
          let slot = line + ((first &+ step) & 7)
          var found = slot.pointee.load(ordering: .acquiring)
          if found == 0 { return nil }
          if let tails {
            found = finished(found, slot)
            if found &>> depthBits == tag, tails.load(slot - lines) == tail { return slot - lines }
          } else if found &>> depthBits == tag {
            return slot - lines
          }
        }
        line += 8
        tag &+= 1
      }
      return nil
    }

    /// Asks for the number of the key in a place.
    @inline(__always)
    package func prefetchNumber(_ place: Int) {
      if let numbers { prefetch_for_write(UnsafeRawPointer(numbers + place)) }
    }

    /// Gives the key in a place its number. For the thread that has added it.
    @inline(__always)
    package func setNumber(_ place: Int, _ number: Int) {
      numbers?[place].store(UInt32(truncatingIfNeeded: number), ordering: .releasing)
    }

    /// The number of the key in a place; 0 if that is -1. Waits for a thread that has just added
    /// it; a thread that waits has given its own keys their numbers before, or two could wait for
    /// each other.
    @inline(__always)
    package func number(_ place: Int) -> UInt32 {
      guard let numbers, place >= 0 else { return 0 }
      while true {
        let number = numbers[place].load(ordering: .acquiring)
        if number != 0 { return number }
        if !isShared { return 0 }
        sched_yield()
      }
    }

    /// The number of the key in a place; 0 where the thread that has added it has not given it one yet.
    @inline(__always)
    func numberIfGiven(_ place: Int) -> UInt32 {
      numbers?[place].load(ordering: .acquiring) ?? 0
    }

    /// The bits of a depth that the slot has no room for. Written before the slot is taken: another
    /// thread that takes it in the same level writes the same.
    @inline(__always)
    private func note(_ depth: UInt64, at slot: UnsafeMutablePointer<Atomic<UInt64>>) {
      guard let upperDepths, depth > shape.depthMask else { return }
      upperDepths[slot - lines] = UInt32(truncatingIfNeeded: depth &>> shape.depthBitCount)
    }
  }

  private let memory: PagedMemory<UInt64>
  private var upperDepths: PagedMemory<UInt32>?
  /// A number beside each key, where states are numbered.
  private let numbers: PagedMemory<UInt32>?
  /// Where keys have more than 64 bits.
  private let tails: KeyTails?
  private var arrangement: Arrangement
  /// Keys that found no place when the table grew, and for which it could not grow more.
  private var homeless: [SeenSetMove.Homeless] = []
  private let growth: Growth

  /// When a table grows, and how much of it at once.
  package struct Growth: Sendable {
    /// Lines up to which a table grows all at once, to twice as many: there is memory enough, and it is
    /// fast. By half as many more it is a sixth slower. With more it grows step by step.
    package var roomyLineCount = 1 << 20
    /// Homes that one step moves: some two million keys, which take one thread 20 to 30 ms.
    package var stepHomeCount = 1 << 18
    /// Homes of a step below which all that is left is moved.
    package var leastHomeCount = SeenSetMove.leastSection

    package init() {}

    /// Twice as many lines while that is little, then 15 in 100 more.
    fileprivate func grown(_ lineCount: Int) -> Int {
      if lineCount < roomyLineCount { return lineCount * 2 }
      return lineCount + (lineCount == roomyLineCount ? lineCount / 2 : lineCount / 20 * 3)
    }
  }

  /// Makes an empty set of keys with heads below 2^`bitCount`.
  ///
  /// - Parameters:
  ///   - tailBitCount: Bits of a key behind its head, at most 64.
  ///   - hasNumbers: Whether keys are to get numbers.
  /// - Returns: Nil if there is no memory.
  package init?(
    bitCount: Int, tailBitCount: Int = 0, hasNumbers: Bool = false, growth: Growth = Growth()
  ) {
    let mixer = KeyMixer(bitCount: max(16, bitCount))
    arrangement = Arrangement(
      Shape(mixer: mixer, lineCount: Shape.leastLineCount(bitCount: bitCount)))
    self.growth = growth
    let count = arrangement.lineCount * 8
    numbers = hasNumbers ? PagedMemory<UInt32>(count: count, grows: true) : nil
    tails = tailBitCount > 0 ? KeyTails(bitCount: tailBitCount, slotCount: count) : nil
    guard numbers != nil || !hasNumbers, tails != nil || tailBitCount == 0,
      let memory = PagedMemory<UInt64>(count: count, grows: true)
    else { return nil }
    self.memory = memory
  }

  /// An empty set of the same size.
  ///
  /// - Returns: Nil if there is no memory.
  func makeEmptyCopy() -> SeenSet? { SeenSet(like: self) }

  private init?(like other: SeenSet) {
    (arrangement, growth) = (other.arrangement, other.growth)
    let count = other.slotCount
    numbers = other.numbers == nil ? nil : PagedMemory<UInt32>(count: count, grows: true)
    upperDepths = other.upperDepths == nil ? nil : PagedMemory<UInt32>(count: count, grows: true)
    tails = other.tails.flatMap { KeyTails(byteCount: $0.byteCount, slotCount: count) }
    guard let memory = PagedMemory<UInt64>(count: count, grows: true),
      (numbers == nil) == (other.numbers == nil),
      (upperDepths == nil) == (other.upperDepths == nil), (tails == nil) == (other.tails == nil)
    else { return nil }
    self.memory = memory
  }

  /// - Parameter isShared: Whether several threads insert at once; a slot can be taken in a fifth
  ///   of the time otherwise.
  package func handle(isShared: Bool) -> Handle {
    Handle(
      lines: UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Atomic<UInt64>.self),
      upperDepths: upperDepths?.base,
      numbers: numbers.map {
        UnsafeMutableRawPointer($0.base).assumingMemoryBound(to: Atomic<UInt32>.self)
      },
      tails: tails?.handle, arrangement: arrangement, isShared: isShared)
  }

  /// Slots, those behind the last line included.
  package var slotCount: Int { arrangement.lineCount * 8 }

  /// Bytes of what has been written to: of a table that grows the system has no pages yet for lines that
  /// nothing has moved to.
  package var byteCount: Int { byteCount(arrangement) }

  /// Bytes behind the next step of growth.
  var byteCountWhenGrown: Int { byteCount(grownArrangement) }

  var slotCountWhenGrown: Int { grownArrangement.lineCount * 8 }

  private func byteCount(_ arrangement: Arrangement) -> Int {
    arrangement.usedLineCount * 8
      * (8 + (upperDepths == nil ? 0 : 4) + (numbers == nil ? 0 : 4) + (tails?.byteCount ?? 0))
  }

  /// States at which it is time to grow, if no key has found its lines full before. What grows step by step
  /// begins at a load of 77 in 100 and has done it at 83, and from a gigabyte on at 73 and 78: above, a
  /// run of full lines may be as long as keys are looked for, and then steps follow one another until they
  /// have come to it.
  package var mostStates: Int {
    let lineCount = Int(arrangement.lower.lineCount)
    if lineCount <= growth.roomyLineCount { return lineCount / 3 * 16 }
    let (first, last) = lineCount < growth.roomyLineCount * 16 ? (77, 83) : (73, 78)
    return (lineCount * first + (lineCount - arrangement.split) * (last - first)) / 100 * 8
  }

  /// The deepest level that the slots have bits for. Before a deeper one `makeRoomForDepth`.
  package var deepestLevel: UInt64 {
    upperDepths == nil ? arrangement.lower.depthMask : .max
  }

  /// Makes room for levels deeper than `deepestLevel`, four bytes a slot where they are used.
  package func makeRoomForDepth() -> Bool {
    upperDepths = PagedMemory<UInt32>(count: slotCount, grows: true)
    return upperDepths != nil
  }

  // MARK: - Reading back

  /// The key and the depth in a slot; nil if it is empty.
  package func entry(_ position: Int) -> (key: StateKey, depth: Int)? {
    let slot = memory.base[position]
    if slot == 0 { return nil }
    return (
      StateKey(
        head: arrangement.key(line: position / 8, slot: slot),
        tail: tails?.handle.load(position) ?? 0),
      depth(ofSlot: slot, at: position)
    )
  }

  /// The number of the key in a slot; nil if it has none.
  func number(_ position: Int) -> Int? {
    guard let number = numbers?.base[position], number != 0 else { return nil }
    return Int(number)
  }

  /// The depth in a slot, without the key; nil if it is empty.
  func depth(_ position: Int) -> Int? {
    let slot = memory.base[position]
    return slot == 0 ? nil : depth(ofSlot: slot, at: position)
  }

  private func depth(ofSlot slot: UInt64, at position: Int) -> Int {
    let shape = arrangement.lower
    let low = slot & shape.depthMask
    guard let upperDepths else { return Int(low) }
    return Int(UInt64(upperDepths.base[position]) << shape.depthBitCount | low)
  }

  // MARK: - Growth

  /// Where keys lie behind the next step of growth: all at once, or a part of them.
  private var grownArrangement: Arrangement {
    let lower = arrangement.lower
    let lineCount = growth.grown(Int(lower.lineCount))
    if lower.lineCount <= growth.roomyLineCount {
      return Arrangement(Shape(mixer: lower.mixer, lineCount: lineCount))
    }
    let upper = arrangement.isGrowing ? arrangement.upper : Shape(lower, lineCount: lineCount)
    let least = SeenSetMove.firstHome(before: arrangement.split, lower, upper)
    if arrangement.split - least < growth.leastHomeCount { return Arrangement(upper) }
    return Arrangement(
      lower: lower, upper: upper, split: max(least, arrangement.split - growth.stepHomeCount))
  }

  /// Whether all keys that were added are in their places. Where there is no memory, and keys crowd in few
  /// lines, some may not be.
  var isWhole: Bool { homeless.isEmpty }

  /// Spreads the keys over more lines, or does a step of that; more of them, where a key has no place.
  ///
  /// - Parameter work: Does the parts of it.
  /// - Returns: False if there is no memory.
  package func grow(with work: any PartedWork = SerialWork()) -> Bool {
    guard takeStep(with: work) else { return false }
    while let next = homeless.last {
      let handle = handle(isShared: false)
      let home = handle.home(next.key.head)
      if handle.insert(home, tail: next.key.tail, depth: next.depth) == .full {
        guard takeStep(with: work) else { return false }
        continue
      }
      if let place = handle.find(home, tail: next.key.tail) {
        handle.setNumber(place, Int(next.number))
      }
      homeless.removeLast()
    }
    return true
  }

  private func takeStep(with work: any PartedWork) -> Bool {
    let grown = grownArrangement
    let slotCount = grown.lineCount * 8
    guard memory.grow(to: slotCount) else { return false }
    if let upperDepths, !upperDepths.grow(to: slotCount) { return false }
    if let numbers, !numbers.grow(to: slotCount) { return false }
    if let tails, !tails.grow(to: slotCount) { return false }
    let move = SeenSetMove(
      from: arrangement.lower, to: grown.upper, slots: memory.base, upperDepths: upperDepths?.base,
      numbers: numbers?.base, tails: tails?.handle)
    homeless += move.move(
      (grown.isGrowing ? grown.split : 0)..<arrangement.split,
      leastSection: growth.leastHomeCount, with: work)
    arrangement = grown
    return true
  }
}
