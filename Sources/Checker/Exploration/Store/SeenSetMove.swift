import CIntrinsics

/// Moves keys of a table to where they belong when it has more lines, in place and from the last home to
/// the first: those from one home on, or all.
///
/// The homes are moved by sections: what a section's keys go to lies behind the section, where all
/// has been moved already. So the parts of a section can be moved at once, each to lines of its
/// own; the few keys that belong to another part's lines wait until all parts are done. At the
/// table's beginning, where sections would be short, a key never moves to a line before a run of
/// full lines that it is in, so what has not been moved yet is not overwritten.
///
/// Keys of homes before a section may lie in its first lines, because their own are full. They go back
/// there when the section has left: a key is looked for up to the first free slot from its home on.
///
/// Bound by mispredicted branches, so there are few: which slots of a line are taken is known from
/// a byte, and a key is had back without a division. Measured: 10 ns a key, page faults included.
struct SeenSetMove {
  private let table: Table

  /// Homes of a section below which it is not worth while to share it.
  static let leastSection = 1 << 12
  /// Lines that one thread moves at once, and then again.
  private static let partLineCount = 1 << 10

  /// - Parameters:
  ///   - slots: As many as the new shape wants, the old ones first.
  init(
    from old: SeenSet.Shape, to new: SeenSet.Shape, slots: UnsafeMutablePointer<UInt64>,
    upperDepths: UnsafeMutablePointer<UInt32>?, numbers: UnsafeMutablePointer<UInt32>?,
    tails: KeyTails.Handle?
  ) {
    table = Table(
      old: old, new: new, slots: slots, upperDepths: upperDepths, numbers: numbers, tails: tails,
      reciprocal: .max / old.lineCount)
  }

  /// A key that has no place: all lines where it would be looked for are full.
  struct Homeless {
    let key: StateKey
    let depth: UInt64
    let number: UInt32
  }

  /// Moves the keys of some homes; those of all homes behind them have been moved.
  ///
  /// - Parameter leastSection: As above, or less; more than a key may be behind its home.
  /// - Returns: Keys that have no place: where keys crowd in few lines, though there is room elsewhere.
  func move(
    _ homes: Range<Int>, leastSection: Int = leastSection, with work: any PartedWork
  ) -> [Homeless] {
    var homeless: [Homeless] = []
    var end = homes.upperBound
    while end > homes.lowerBound {
      let start = max(homes.lowerBound, Self.firstHome(before: end, table.old, table.new))
      if homes.lowerBound == 0, end - start < leastSection {
        return homeless + moveBeginning(end)
      }
      homeless += move(section: start..<end, with: work)
      end = start
    }
    return homeless
  }

  /// The first home whose keys all go behind the lines that keys of homes before `end` may be in.
  static func firstHome(before end: Int, _ old: SeenSet.Shape, _ new: SeenSet.Shape) -> Int {
    let behind = end + SeenSet.Shape.distanceLimit
    return min(end, SeenSet.Arrangement.firstHome(goingTo: behind, of: old, in: new))
  }

  private func move(section homes: Range<Int>, with work: any PartedWork) -> [Homeless] {
    let lines = homes.lowerBound..<homes.upperBound + SeenSet.Shape.distanceLimit
    let filled = table.filled(from: table.firstLine(of: homes.lowerBound), homes.upperBound)
    defer { filled.deallocate() }
    let partCount = (lines.count + Self.partLineCount - 1) / Self.partLineCount
    let left = UnsafeMutablePointer<[KeyMover.Left]>.allocate(capacity: partCount)
    work.doParts(partCount) { part in
      let start = lines.lowerBound + part * Self.partLineCount
      let end = min(lines.upperBound, start + Self.partLineCount)
      let mover = KeyMover(table, filled, firstHome: homes.lowerBound)
      // The section's last part takes what is behind its lines too.
      let last = part == partCount - 1 ? Int.max : table.firstLine(of: end)
      for first64 in stride(from: start, to: end, by: 64) {
        mover.move(first64..<min(end, first64 + 64), to: table.firstLine(of: start)..<last)
      }
      (left + part).initialize(to: mover.rest)
    }
    defer {
      left.deinitialize(count: partCount)
      left.deallocate()
    }
    return (0..<partCount).flatMap { part in
      left[part].compactMap { KeyMover.put($0, homes.lowerBound, table, filled) }
    }
  }

  /// Moves the keys of the first homes.
  private func moveBeginning(_ homeCount: Int) -> [Homeless] {
    let filled = table.filled(from: 0, homeCount)
    defer { filled.deallocate() }
    let mover = KeyMover(table, filled, firstHome: 0)
    var end = homeCount + SeenSet.Shape.distanceLimit
    while end > 0 {
      var start = max(0, end - 64)
      while start > 0, table.isFull(start - 1) { start -= 1 }
      mover.move(start..<end, to: 0..<Int.max)
      end = start
    }
    return mover.rest.compactMap { KeyMover.put($0, 0, table, filled) }
  }

  /// The table and its two shapes.
  fileprivate struct Table {
    let old: SeenSet.Shape
    let new: SeenSet.Shape
    let slots: UnsafeMutablePointer<UInt64>
    let upperDepths: UnsafeMutablePointer<UInt32>?
    let numbers: UnsafeMutablePointer<UInt32>?
    let tails: KeyTails.Handle?
    /// 2^64 / `old.lineCount`, rounded down.
    let reciprocal: UInt64

    func isFull(_ line: Int) -> Bool { (0..<8).allSatisfy { slots[line * 8 + $0] != 0 } }

    /// The first line that keys of an old home may go to.
    func firstLine(of home: Int) -> Int {
      SeenSet.Arrangement.firstLine(ofHome: home, of: old, in: new)
    }

    /// Which slots are filled of the lines that keys of homes before `end` go to: of these lines those
    /// alone that keys of later homes go to have been filled.
    func filled(from first: Int, _ end: Int) -> FilledSlots {
      let others = firstLine(of: end)
      let filled = FilledSlots(first..<others + SeenSet.Shape.distanceLimit)
      for line in others..<others + SeenSet.Shape.distanceLimit {
        for slot in 0..<8 where slots[line * 8 + slot] != 0 { filled[line] |= 1 << UInt8(slot) }
      }
      return filled
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

/// For some lines of a table, a bit for each slot that has been filled.
private struct FilledSlots {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let first: Int

  init(_ lines: Range<Int>) {
    bytes = .allocate(capacity: lines.count)
    bytes.initialize(repeating: 0, count: lines.count)
    first = lines.lowerBound
  }

  @inline(__always)
  subscript(line: Int) -> UInt8 {
    get { bytes[line &- first] }
    nonmutating set { bytes[line &- first] = newValue }
  }

  func deallocate() { bytes.deallocate() }
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
  private let filled: FilledSlots
  /// The first home whose keys are moved.
  private let firstHome: UInt64
  // What has been taken out and not been put back, in memory that is made larger where a run of
  // full lines is long.
  private var moved: UnsafeMutablePointer<MovedKey>
  /// Their tails, where they have some: beside them, because most tables have none.
  private var movedTails: UnsafeMutablePointer<UInt64>
  private var room = 64 * 8
  /// What belongs to lines that are not this mover's, stays, or has no place.
  private(set) var rest: [Left] = []

  /// A key that has not been put back.
  struct Left {
    fileprivate let key: MovedKey
    fileprivate let tail: UInt64
  }

  init(_ table: SeenSetMove.Table, _ filled: FilledSlots, firstHome: Int) {
    (self.table, self.filled, self.firstHome) = (table, filled, UInt64(firstHome))
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

  /// Puts a key that a mover has left where it belongs. When all of them have done their part.
  ///
  /// - Parameter firstHome: The first home whose keys are moved. Lines that they go to are behind it.
  /// - Returns: The key, if there is no place for it.
  static func put(
    _ left: Left, _ firstHome: Int, _ table: SeenSetMove.Table, _ filled: FilledSlots
  ) -> SeenSetMove.Homeless? {
    let (key, shape) = (left.key, table.new)
    if key.line < firstHome {
      putBack(left, firstHome, table)
      return nil
    }
    if put(key, left.tail, before: .max, table, filled) { return nil }
    let head = shape.key(line: key.line, slot: key.tag << shape.depthBitCount)
    return SeenSetMove.Homeless(
      key: StateKey(head: head, tail: left.tail), depth: key.depth, number: key.number)
  }

  /// Puts a key that stays into the first slot that is free from a line on: all lines from its home to that
  /// one are full, because it was in a later one.
  private static func putBack(_ left: Left, _ line: Int, _ table: SeenSetMove.Table) {
    let (key, shape) = (left.key, table.old)
    let first = SeenSet.Shape.firstSlot(key.tag)
    for distance in line - Int(key.line)..<SeenSet.Shape.distanceLimit {
      for step in 0..<8 {
        let position = (Int(key.line) + distance) * 8 + (first + step) & 7
        if table.slots[position] != 0 { continue }
        let tag = key.tag + UInt64(distance)
        table.slots[position] = (tag << shape.depthBitCount) | (key.depth & shape.depthMask)
        if let numbers = table.numbers { numbers[position] = key.number }
        table.tails?.store(left.tail, position)
        if let upperDepths = table.upperDepths, key.depth > shape.depthMask {
          upperDepths[position] = UInt32(truncatingIfNeeded: key.depth >> shape.depthBitCount)
        }
        return
      }
    }
    preconditionFailure("what was between a key and its home was not there for it alone")
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

  /// Replaces the lines and tags of all keys that have been taken by the new ones. Of a key that stays its
  /// home, which is before all lines that keys move to, and the tag that it would have there.
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
      if home < firstHome {
        moved[number].line = home
        moved[number].tag = entry.tag &- (entry.line &- home)
        continue
      }
      let place = table.new.home(
        ofMixed: table.mixed(rest: entry.tag &>> SeenSet.Shape.distanceBitCount, start))
      moved[number].line = place.line
      moved[number].tag = place.tag
    }
  }

  private func put(_ count: Int, _ own: Range<Int>) {
    let (table, moved, movedTails, filled) = (table, moved, movedTails, filled)
    for number in 0..<count {
      let entry = moved[number]
      let tail = table.tails == nil ? 0 : movedTails[number]
      if Int(entry.line) < own.lowerBound
        || !Self.put(entry, tail, before: own.upperBound, table, filled)
      {
        rest.append(Left(key: entry, tail: tail))
      }
    }
  }

  /// Puts a key where it belongs now: into the first slot that is free, from its own on, of its
  /// home line or of the next that is not full.
  ///
  /// - Returns: False if that is at `end` or behind it, or farther from its home than a key is looked for.
  @inline(__always)
  private static func put(
    _ entry: MovedKey, _ tail: UInt64, before end: Int, _ table: SeenSetMove.Table,
    _ filled: FilledSlots
  ) -> Bool {
    var line = Int(entry.line)
    var tag = entry.tag
    let first = UInt8(truncatingIfNeeded: SeenSet.Shape.firstSlot(tag))
    if line >= end { return false }
    while filled[line] == .max {
      line += 1
      tag &+= 1
      if line >= end || tag & SeenSet.Shape.distanceMask > SeenSet.Shape.distanceLimit {
        return false
      }
    }
    let free = ~filled[line]
    let turned = (free &>> first) | (free &<< ((8 &- first) & 7))
    let slot = (first &+ UInt8(truncatingIfNeeded: turned.trailingZeroBitCount)) & 7
    filled[line] |= 1 &<< slot
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
