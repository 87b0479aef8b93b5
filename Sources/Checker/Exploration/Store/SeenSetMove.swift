import CIntrinsics

/// Moves the keys of a table to where they belong when it has more lines, in place and from the
/// last to the first.
///
/// The lines are moved by sections: what a section's keys go to lies behind the section, where all
/// has been moved already. So the parts of a section can be moved at once, each to lines of its
/// own; the few keys that belong to another part's lines wait until all parts are done. At the
/// table's beginning, where sections would be short, a key never moves to a line before a run of
/// full lines that it is in, so what has not been moved yet is not overwritten.
///
/// Bound by mispredicted branches, so there are few: which slots of a line are taken is known from
/// a byte, and a key is had back without a division. Measured: 10 ns a key, page faults included.
struct SeenSetMove {
  private let table: Table
  /// Lines that keys may be in.
  private let oldLineCount: Int

  /// Lines of a section below which it is not worth while to share it.
  private static let leastSection = 1 << 12
  /// Lines that one thread moves at once, and then again.
  private static let partLineCount = 1 << 10

  /// - Parameters:
  ///   - slots: As many as the new shape wants, the old ones first.
  ///   - lineCount: Lines of `slots`, those behind the last home included.
  ///   - oldLineCount: Lines that keys may be in.
  init(
    from old: SeenSet.Shape, to new: SeenSet.Shape, slots: UnsafeMutablePointer<UInt64>,
    upperDepths: UnsafeMutablePointer<UInt32>?, numbers: UnsafeMutablePointer<UInt32>?,
    tails: KeyTails.Handle?, lineCount: Int, oldLineCount: Int
  ) {
    let filled = UnsafeMutablePointer<UInt8>.allocate(capacity: lineCount)
    filled.initialize(repeating: 0, count: lineCount)
    table = Table(
      old: old, new: new, slots: slots, upperDepths: upperDepths, numbers: numbers, tails: tails,
      filled: filled,
      reciprocal: .max / old.lineCount)
    self.oldLineCount = oldLineCount
  }

  func moveAll(with work: any PartedWork) {
    var end = oldLineCount
    while true {
      let start = firstLine(ofSectionBefore: end)
      if end - start < Self.leastSection { break }
      move(section: start..<end, with: work)
      end = start
    }
    moveBeginning(end)
    table.filled.deallocate()
  }

  /// The first line whose keys all go behind `end` or to it.
  private func firstLine(ofSectionBefore end: Int) -> Int {
    // A key's home lies up to `distanceLimit` lines before its line.
    let (old, new) = (table.old.lineCount, table.new.lineCount)
    let product = UInt64(end).multipliedFullWidth(by: old)
    let home = divide_rounding_up(product.high, product.low, new) + 1
    return min(end, Int(home) + SeenSet.Shape.distanceLimit)
  }

  private func move(section: Range<Int>, with work: any PartedWork) {
    let partCount = (section.count + Self.partLineCount - 1) / Self.partLineCount
    let left = UnsafeMutablePointer<[KeyMover.Left]>.allocate(capacity: partCount)
    work.doParts(partCount) { part in
      let start = section.lowerBound + part * Self.partLineCount
      let end = min(section.upperBound, start + Self.partLineCount)
      let mover = KeyMover(table)
      // The section's first part takes what belongs before its lines too, its last what is behind.
      let first = part == 0 ? 0 : table.firstLine(of: start)
      let last = part == partCount - 1 ? Int.max : table.firstLine(of: end)
      for first64 in stride(from: start, to: end, by: 64) {
        mover.move(first64..<min(end, first64 + 64), to: first..<last)
      }
      (left + part).initialize(to: mover.rest)
    }
    for part in 0..<partCount { KeyMover.put(left[part], table) }
    left.deinitialize(count: partCount)
    left.deallocate()
  }

  /// Moves the keys of the first lines.
  private func moveBeginning(_ lineCount: Int) {
    let mover = KeyMover(table)
    var end = lineCount
    while end > 0 {
      var start = max(0, end - 64)
      while start > 0, table.isFull(start - 1) { start -= 1 }
      mover.move(start..<end, to: 0..<Int.max)
      end = start
    }
  }

  /// The table and its two shapes.
  fileprivate struct Table {
    let old: SeenSet.Shape
    let new: SeenSet.Shape
    let slots: UnsafeMutablePointer<UInt64>
    let upperDepths: UnsafeMutablePointer<UInt32>?
    let numbers: UnsafeMutablePointer<UInt32>?
    let tails: KeyTails.Handle?
    /// For each line, a bit for each slot that has been filled.
    let filled: UnsafeMutablePointer<UInt8>
    /// 2^64 / `old.lineCount`, rounded down.
    let reciprocal: UInt64

    func isFull(_ line: Int) -> Bool { (0..<8).allSatisfy { slots[line * 8 + $0] != 0 } }

    /// The first line that keys of an old home line may go to.
    func firstLine(of home: Int) -> Int {
      let product = UInt64(home).multipliedFullWidth(by: new.lineCount)
      return Int(old.lineCount.dividingFullWidth(product).quotient)
    }

    /// The least number whose product with the old line count has this upper half, and the lower
    /// half of that product.
    @inline(__always)
    func start(ofHome home: UInt64) -> (spread: UInt64, rest: UInt64) {
      let spread = divide_rounding_up(home, 0, old.lineCount)
      return (spread, spread &* old.lineCount)
    }

    /// The mixed key of a slot, as `Shape.mixed` gives it.
    @inline(__always)
    func mixed(rest: UInt64, _ start: (spread: UInt64, rest: UInt64)) -> UInt64 {
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
  }
}

/// A key that has been taken out of a table.
private struct MovedKey {
  /// The line that it was in, its slot and the depth from there; then where it belongs.
  var line: UInt64
  var tag: UInt64
  var depth: UInt64
  var number: UInt32
}

/// Moves keys, for one thread.
private final class KeyMover {
  private let table: SeenSetMove.Table
  // What has been taken out and not been put back, in memory that is made larger where a run of
  // full lines is long.
  private var moved: UnsafeMutablePointer<MovedKey>
  /// Their tails, where they have some: beside them, because most tables have none.
  private var movedTails: UnsafeMutablePointer<UInt64>
  private var room = 64 * 8
  /// What belongs to lines that are not this mover's.
  private(set) var rest: [Left] = []

  /// A key that has not been put back.
  struct Left {
    fileprivate let key: MovedKey
    fileprivate let tail: UInt64
  }

  init(_ table: SeenSetMove.Table) {
    self.table = table
    moved = .allocate(capacity: room)
    movedTails = .allocate(capacity: table.tails == nil ? 1 : room)
  }

  deinit {
    moved.deallocate()
    movedTails.deallocate()
  }

  /// Moves the keys of some lines, those that belong to other lines than `own` excepted.
  func move(_ lines: Range<Int>, to own: Range<Int>) {
    makeRoom(lines.count * 8)
    let count = take(lines)
    findPlaces(count)
    put(count, own)
  }

  /// Puts what movers have left where it belongs. When all of them have done their part.
  static func put(_ rest: [Left], _ table: SeenSetMove.Table) {
    for left in rest { _ = put(left.key, left.tail, before: .max, table) }
  }

  private func makeRoom(_ count: Int) {
    if count <= room { return }
    moved.deallocate()
    moved = .allocate(capacity: count)
    if table.tails != nil {
      movedTails.deallocate()
      movedTails = .allocate(capacity: count)
    }
    room = count
  }

  /// Takes all keys out of some lines. Which slots are empty cannot be foretold, so each is taken
  /// and an empty one is overwritten by the next.
  private func take(_ lines: Range<Int>) -> Int {
    let (table, moved, movedTails) = (table, moved, movedTails)
    var count = 0
    for position in lines.lowerBound * 8..<lines.upperBound * 8 {
      let slot = table.slots[position]
      table.slots[position] = 0
      var depth = slot & table.old.depthMask
      if let upperDepths = table.upperDepths {
        depth |= UInt64(upperDepths[position]) << table.old.depthBitCount
        upperDepths[position] = 0
      }
      var number: UInt32 = 0
      if let numbers = table.numbers {
        number = numbers[position]
        numbers[position] = 0
      }
      // What is not a key's is left where it is: a slot says that there is one.
      if let tails = table.tails { movedTails[count] = tails.load(position) }
      moved[count] = MovedKey(
        line: UInt64(position &>> 3), tag: slot &>> table.old.depthBitCount, depth: depth,
        number: number)
      count &+= slot == 0 ? 0 : 1
    }
    return count
  }

  /// Replaces the lines and tags of all keys that have been taken by the new ones.
  private func findPlaces(_ count: Int) {
    let (table, moved) = (table, moved)
    var home: UInt64 = .max
    var start: (spread: UInt64, rest: UInt64) = (0, 0)
    for number in 0..<count {
      let entry = moved[number]
      let itsHome = entry.line &- ((entry.tag & SeenSet.Shape.distanceMask) &- 1)
      if itsHome != home {
        home = itsHome
        start = table.start(ofHome: home)
      }
      let place = table.new.home(
        ofMixed: table.mixed(rest: entry.tag &>> SeenSet.Shape.distanceBitCount, start))
      moved[number].line = place.line
      moved[number].tag = place.tag
    }
  }

  private func put(_ count: Int, _ own: Range<Int>) {
    let (table, moved, movedTails) = (table, moved, movedTails)
    for number in 0..<count {
      let entry = moved[number]
      let tail = table.tails == nil ? 0 : movedTails[number]
      if Int(entry.line) < own.lowerBound
        || !Self.put(entry, tail, before: own.upperBound, table)
      {
        rest.append(Left(key: entry, tail: tail))
      }
    }
  }

  /// Puts a key where it belongs now: into the first slot that is free, from its own on, of its
  /// home line or of the next that is not full.
  ///
  /// - Returns: False if that is at `end` or behind it.
  @inline(__always)
  private static func put(
    _ entry: MovedKey, _ tail: UInt64, before end: Int, _ table: SeenSetMove.Table
  ) -> Bool {
    var line = Int(entry.line)
    var tag = entry.tag
    let first = UInt8(truncatingIfNeeded: SeenSet.Shape.firstSlot(tag))
    if line >= end { return false }
    while table.filled[line] == .max {
      line += 1
      tag &+= 1
      if line >= end { return false }
      precondition(
        tag & SeenSet.Shape.distanceMask <= SeenSet.Shape.distanceLimit,
        "a table that is three quarters full has room near each line")
    }
    let free = ~table.filled[line]
    let turned = (free &>> first) | (free &<< ((8 &- first) & 7))
    let slot = (first &+ UInt8(truncatingIfNeeded: turned.trailingZeroBitCount)) & 7
    table.filled[line] |= 1 &<< slot
    let position = line * 8 + Int(slot)
    table.slots[position] = (tag &<< table.new.depthBitCount) | (entry.depth & table.new.depthMask)
    if let numbers = table.numbers { numbers[position] = entry.number }
    table.tails?.store(tail, position)
    if let upperDepths = table.upperDepths, entry.depth > table.new.depthMask {
      upperDepths[position] = UInt32(truncatingIfNeeded: entry.depth &>> table.new.depthBitCount)
    }
    return true
  }
}
