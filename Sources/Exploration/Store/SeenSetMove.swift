import CIntrinsics

/// Moves the keys of a table to where they belong when it has more lines, in place and from the last
/// to the first. A key never moves to a line before a run of full lines that it is in, so what has
/// not been moved yet is not overwritten.
///
/// Bound by mispredicted branches, so there are few: which slots of a line are taken is known from a
/// byte, and a key is had back without a division. Measured: 10 ns a key, page faults included.
struct SeenSetMove {
  private let old: SeenSet.Shape
  private let new: SeenSet.Shape
  private let slots: UnsafeMutablePointer<UInt64>
  private let upperDepths: UnsafeMutablePointer<UInt32>?
  private let numbers: UnsafeMutablePointer<UInt32>?
  /// For each line, a bit for each slot that has been filled.
  private let filled: UnsafeMutablePointer<UInt8>
  private let lineCount: Int
  /// 2^64 / `old.lineCount`, rounded down.
  private let reciprocal: UInt64
  // What has been taken out and not been put back, in memory that is made larger where a run of full
  // lines is long.
  private var moved: UnsafeMutablePointer<Entry>
  private var room = 64 * 8
  private var count = 0

  private struct Entry {
    /// The line that it was in, its slot and the depth from there; then where it belongs.
    var line: UInt64
    var tag: UInt64
    var depth: UInt64
    var number: UInt32
  }

  /// - Parameters:
  ///   - slots: As many as the new shape wants, the old ones first.
  ///   - lineCount: Lines of `slots`, those behind the last home included.
  init(
    from old: SeenSet.Shape, to new: SeenSet.Shape, slots: UnsafeMutablePointer<UInt64>,
    upperDepths: UnsafeMutablePointer<UInt32>?, numbers: UnsafeMutablePointer<UInt32>?,
    lineCount: Int
  ) {
    self.old = old
    self.new = new
    self.slots = slots
    self.upperDepths = upperDepths
    self.numbers = numbers
    self.lineCount = lineCount
    filled = .allocate(capacity: lineCount)
    moved = .allocate(capacity: room)
    reciprocal = .max / old.lineCount
  }

  /// - Parameter oldLineCount: Lines that keys may be in.
  mutating func moveAll(oldLineCount: Int) {
    filled.initialize(repeating: 0, count: lineCount)
    var end = oldLineCount
    while end > 0 {
      var start = max(0, end - 64)
      while start > 0, isFull(start - 1) { start -= 1 }
      makeRoom((end - start) * 8)
      take(start..<end)
      findPlaces()
      put()
      end = start
    }
    filled.deallocate()
    moved.deallocate()
  }

  private func isFull(_ line: Int) -> Bool { (0..<8).allSatisfy { slots[line * 8 + $0] != 0 } }

  private mutating func makeRoom(_ count: Int) {
    if count <= room { return }
    moved.deallocate()
    moved = .allocate(capacity: count)
    room = count
  }

  /// Takes all keys out of some lines. Which slots are empty cannot be foretold, so each is taken and
  /// an empty one is overwritten by the next.
  private mutating func take(_ lines: Range<Int>) {
    let (slots, moved) = (slots, moved)
    var count = 0
    for position in lines.lowerBound * 8..<lines.upperBound * 8 {
      let slot = slots[position]
      slots[position] = 0
      var depth = slot & old.depthMask
      if let upperDepths {
        depth |= UInt64(upperDepths[position]) << old.depthBitCount
        upperDepths[position] = 0
      }
      var number: UInt32 = 0
      if let numbers {
        number = numbers[position]
        numbers[position] = 0
      }
      moved[count] = Entry(
        line: UInt64(position &>> 3), tag: slot &>> old.depthBitCount, depth: depth,
        number: number)
      count &+= slot == 0 ? 0 : 1
    }
    self.count = count
  }

  /// Replaces the lines and tags of all keys that have been taken by the new ones.
  private func findPlaces() {
    var home: UInt64 = .max
    var start: (spread: UInt64, rest: UInt64) = (0, 0)
    for number in 0..<count {
      let entry = moved[number]
      let itsHome = entry.line &- ((entry.tag & SeenSet.Shape.distanceMask) &- 1)
      if itsHome != home {
        home = itsHome
        start = self.start(ofHome: home)
      }
      let place = new.home(
        ofMixed: mixed(rest: entry.tag &>> SeenSet.Shape.distanceBitCount, start))
      moved[number].line = place.line
      moved[number].tag = place.tag
    }
  }

  /// The least number whose product with the old line count has this upper half, and the lower half
  /// of that product.
  private func start(ofHome home: UInt64) -> (spread: UInt64, rest: UInt64) {
    let spread = divide_rounding_up(home, 0, old.lineCount)
    return (spread, spread &* old.lineCount)
  }

  /// The mixed key of a slot, as `Shape.mixed` gives it.
  @inline(__always)
  private func mixed(rest: UInt64, _ start: (spread: UInt64, rest: UInt64)) -> UInt64 {
    var spread = start.spread
    let wanted = rest &<< old.restShift
    if wanted > start.rest {
      let distance = wanted &- start.rest
      var quotient = distance.multipliedFullWidth(by: reciprocal).high
      var remainder = distance &- quotient &* old.lineCount
      while remainder >= old.lineCount {
        quotient &+= 1
        remainder &-= old.lineCount
      }
      spread &+= quotient &+ (remainder > 0 ? 1 : 0)
    }
    let unused = 64 &- old.mixer.bitCount
    let unusedMask: UInt64 = (1 &<< unused) &- 1
    return (spread &+ unusedMask) &>> unused
  }

  /// Puts the keys that have been taken where they belong now: into the first slot that is free, from
  /// each one's own on, of its home line or of the next that is not full.
  private func put() {
    for number in 0..<count {
      let entry = moved[number]
      var line = Int(entry.line)
      var tag = entry.tag
      let first = UInt8(truncatingIfNeeded: SeenSet.Shape.firstSlot(tag))
      while filled[line] == .max {
        line += 1
        tag &+= 1
        precondition(
          tag & SeenSet.Shape.distanceMask <= SeenSet.Shape.distanceLimit,
          "a table that is three quarters full has room near each line")
      }
      let free = ~filled[line]
      let turned = (free &>> first) | (free &<< ((8 &- first) & 7))
      let slot = (first &+ UInt8(truncatingIfNeeded: turned.trailingZeroBitCount)) & 7
      filled[line] |= 1 &<< slot
      let position = line * 8 + Int(slot)
      slots[position] = (tag &<< new.depthBitCount) | (entry.depth & new.depthMask)
      if let numbers { numbers[position] = entry.number }
      if let upperDepths, entry.depth > new.depthMask {
        upperDepths[position] = UInt32(truncatingIfNeeded: entry.depth &>> new.depthBitCount)
      }
    }
  }
}
