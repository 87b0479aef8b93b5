internal import MemoryLayout

/// Puts blocks of memory beside one another, each at one of its own starts.
///
/// Of blocks that are alike nobody can tell one from another, so they are one kind with a number.
/// If there is a placement, there is one in which each block starts where it may next behind the
/// block before it; so orders of kinds are searched, by dynamic programming over how many of each
/// kind are placed (as in `NormalPatternSearch`, whose items are sets and not numbers). Of two
/// beginnings with the same numbers the one that ends first serves for both. Kinds that share no
/// memory are searched apart.
struct BlockPacking {
  /// Blocks that are alike.
  struct Kind: Hashable {
    let byteCount: UInt64
    let starts: BlockStarts
    var count: Int
  }

  enum Outcome: Hashable {
    /// For each kind the starts of its blocks, lowest first.
    case placed([[UInt64]])
    case impossible
    /// A limit was reached.
    case unknown
  }

  /// Beginnings that are looked at, all of them: some tenths of a second. Behind that the best are.
  static let beginningCount = 200_000

  let kinds: [Kind]
  let limit: Int

  init(_ kinds: [Kind], limit: Int = beginningCount) {
    (self.kinds, self.limit) = (kinds, limit)
  }

  /// - Complexity: The product of the numbers of the kinds that share memory, up to the limit.
  func outcome() -> Outcome {
    var starts = kinds.map { _ in [UInt64]() }
    var isUnknown = false
    for members in components {
      let part = BlockPacking(members.map { kinds[$0] }, limit: limit)
      switch part.connectedOutcome() {
      case .placed(let found):
        for (member, found) in zip(members, found) { starts[member] = found }
      case .impossible: return .impossible
      case .unknown: isUnknown = true
      }
    }
    return isUnknown ? .unknown : .placed(starts)
  }

  /// Kinds that may get in one another's way, directly or by others; in the order of the first.
  private var components: [[Int]] {
    var leaders = Array(kinds.indices)
    func leader(_ index: Int) -> Int {
      var index = index
      while leaders[index] != index { index = leaders[index] }
      return index
    }
    let extents = kinds.indices.filter { kinds[$0].count > 0 }.flatMap { index in
      kinds[index].starts.extent(kinds[index].byteCount).ranges.map { (range: $0, kind: index) }
    }.sorted { ($0.range, $0.kind) < ($1.range, $1.kind) }
    var last: (end: UInt128, kind: Int)?
    for (range, kind) in extents {
      if let before = last, UInt128(range.start) < before.end {
        let (one, other) = (leader(before.kind), leader(kind))
        leaders[max(one, other)] = min(one, other)
        last = (max(before.end, range.end), kind)
      } else {
        last = (range.end, kind)
      }
    }
    var members: [Int: [Int]] = [:]
    for index in kinds.indices where kinds[index].count > 0 {
      members[leader(index), default: []].append(index)
    }
    return members.keys.sorted().compactMap { members[$0] }
  }

  private func connectedOutcome() -> Outcome {
    if kinds.count > 1, let starts = quickly { return .placed(starts) }
    let isComplete = kinds.allSatisfy(\.starts.isComplete)
    if isTooMuch { return isComplete ? .impossible : .unknown }
    let found = search()
    return found == .impossible && !isComplete ? .unknown : found
  }

  // MARK: Quick answers

  /// The largest first, or those with the least choice, each where it fits first.
  private var quickly: [[UInt64]]? {
    let room = kinds.map { $0.starts.extent($0.byteCount).byteCount }
    let bySize = kinds.indices.sorted { (kinds[$1].byteCount, $0) < (kinds[$0].byteCount, $1) }
    let byRoom = bySize.enumerated().sorted { one, other in
      (room[one.element], one.offset) < (room[other.element], other.offset)
    }.map(\.element)
    return oneAfterTheOther(bySize) ?? oneAfterTheOther(byRoom)
  }

  private func oneAfterTheOther(_ order: [Int]) -> [[UInt64]]? {
    var placed: [AddressRange] = []
    var starts = kinds.map { _ in [UInt64]() }
    for index in order {
      var address: UInt128 = 0
      for _ in 0..<kinds[index].count {
        guard let range = range(of: kinds[index], from: address, beside: placed) else { return nil }
        starts[index].append(range.start)
        address = range.end
        placed.insert(range, at: placed.firstIndex { $0.start > range.start } ?? placed.count)
      }
    }
    return starts
  }

  private func range(
    of kind: Kind, from address: UInt128, beside placed: [AddressRange]
  ) -> AddressRange? {
    var address = address
    while let start = kind.starts.next(from: address),
      let range = AddressRange(start: start, byteCount: kind.byteCount)
    {
      guard let other = placed.first(where: { $0.overlaps(range) }) else { return range }
      address = other.end
    }
    return nil
  }

  /// Whether the blocks are too many or too large by counting.
  private var isTooMuch: Bool {
    let sizes = Set(kinds.map(\.byteCount)).sorted(by: >)
    return sizes.contains { size in
      let large = kinds.filter { $0.byteCount >= size && $0.count > 0 }
      let pieces = AddressSet(large.flatMap { $0.starts.extent($0.byteCount).ranges }).ranges
      let room = pieces.reduce(UInt128(0)) { $0 + $1.byteCount / UInt128(size) }
      let bytes = large.reduce(UInt128(0)) { $0 + UInt128($1.byteCount) * UInt128($1.count) }
      let filling = PieceFilling(
        sizes: Set(large.map(\.byteCount)), longest: pieces.map(\.byteCount).max() ?? 0)
      return large.reduce(0) { $0 + UInt128($1.count) } > room
        || bytes > pieces.reduce(0) { $0 + filling.byteCount($1.byteCount) }
    }
  }

  // MARK: All orders

  /// Some blocks that have a place.
  private struct Beginning {
    let front: UInt128
    /// Bytes of the blocks that are left.
    let rest: UInt128
    let start: UInt64
    let kind: Int
    /// In the level before.
    let parent: Int
  }

  private func search() -> Outcome {
    // A number with a digit for each kind says how many are placed.
    var weights: [Int] = []
    var product = 1
    for kind in kinds {
      weights.append(product)
      let (next, overflows) = product.multipliedReportingOverflow(by: kind.count + 1)
      guard !overflows else { return .unknown }
      product = next
    }
    let total = kinds.reduce(0) { $0 + $1.count }
    let room = Room(kinds)
    let bytes = kinds.reduce(UInt128(0)) { $0 + UInt128($1.byteCount) * UInt128($1.count) }
    var levels: [[Int: Beginning]] = [
      [0: Beginning(front: 0, rest: bytes, start: 0, kind: 0, parent: 0)]
    ]
    var count = 1
    var isComplete = true
    for _ in 0..<total {
      var next: [Int: Beginning] = [:]
      for (placed, beginning) in levels[levels.count - 1] {
        for (index, kind) in kinds.enumerated()
        where placed / weights[index] % (kind.count + 1) < kind.count {
          guard let start = kind.starts.next(from: beginning.front) else { continue }
          let front = UInt128(start) + UInt128(kind.byteCount)
          let rest = beginning.rest - UInt128(kind.byteCount)
          guard rest <= room.byteCount(from: front) else { continue }
          let numbers = placed + weights[index]
          // A dictionary has no order: of equal ends the same one is kept always.
          if let other = next[numbers],
            (other.front, other.kind, other.parent) <= (front, index, placed)
          {
            continue
          }
          next[numbers] = Beginning(
            front: front, rest: rest, start: start, kind: index, parent: placed)
        }
      }
      guard !next.isEmpty else { return isComplete ? .impossible : .unknown }
      count += next.count
      if count > limit {
        // Of many questions about fewer blocks none is worth more.
        guard limit >= Self.beginningCount else { return .unknown }
        isComplete = false
        next = Self.best(Self.width, of: next, room)
      }
      levels.append(next)
    }
    var starts = kinds.map { _ in [UInt64]() }
    var numbers = product - 1
    for level in levels.dropFirst().reversed() {
      guard let beginning = level[numbers] else { return .unknown }
      starts[beginning.kind].append(beginning.start)
      numbers = beginning.parent
    }
    return .placed(starts.map { $0.reversed() })
  }
}

extension BlockPacking {
  /// Beginnings of a level that are kept where there are too many.
  private static let width = 1_000

  /// Those that have the most room left beside what is left.
  private static func best(
    _ count: Int, of level: [Int: Beginning], _ room: Room
  ) -> [Int: Beginning] {
    guard level.count > count else { return level }
    let sorted = level.map { numbers, beginning in
      (numbers: numbers, slack: room.byteCount(from: beginning.front) - beginning.rest)
    }.sorted { ($1.slack, $0.numbers) < ($0.slack, $1.numbers) }
    var kept: [Int: Beginning] = [:]
    for (numbers, _) in sorted.prefix(count) { kept[numbers] = level[numbers] }
    return kept
  }
}

/// How many bytes blocks fill at most from an address on.
private struct Room {
  private let pieces: [AddressRange]
  /// Of all pieces behind one.
  private let behind: [UInt128]
  private let filling: PieceFilling

  init(_ kinds: [BlockPacking.Kind]) {
    let kinds = kinds.filter { $0.count > 0 }
    pieces = AddressSet(kinds.flatMap { $0.starts.extent($0.byteCount).ranges }).ranges
    let filling = PieceFilling(
      sizes: Set(kinds.map(\.byteCount)), longest: pieces.map(\.byteCount).max() ?? 0)
    var sum: UInt128 = 0
    var behind: [UInt128] = []
    for piece in pieces.reversed() {
      behind.append(sum)
      sum += filling.byteCount(piece.byteCount)
    }
    self.behind = behind.reversed()
    self.filling = filling
  }

  func byteCount(from front: UInt128) -> UInt128 {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end > front { high = middle } else { low = middle + 1 }
    }
    guard low < pieces.count else { return 0 }
    let start = max(front, UInt128(pieces[low].start))
    return filling.byteCount(pieces[low].end - start) + behind[low]
  }
}

extension BlockPacking {
  /// The same with a limit of its own.
  func with(limit: Int) -> BlockPacking { BlockPacking(kinds, limit: limit) }

  /// The same with other numbers of blocks.
  func with(_ counts: [Int]) -> BlockPacking {
    BlockPacking(
      zip(kinds, counts).map { kind, count in
        Kind(byteCount: kind.byteCount, starts: kind.starts, count: count)
      }, limit: limit)
  }

  /// Numbers of blocks that cannot be placed, and with one block fewer of any kind can.
  ///
  /// - Precondition: `outcome()` is impossible.
  /// - Returns: Also whether it is known that they can.
  func leastImpossible() -> (counts: [Int], isMinimal: Bool) {
    var counts = kinds.map(\.count)
    var isMinimal = true
    for index in kinds.indices where counts[index] > 0 {
      // Of fewer blocks, more can be placed: halve.
      var (possible, impossible) = (-1, counts[index])
      while impossible - possible > 1 {
        let middle = possible + (impossible - possible) / 2
        counts[index] = middle
        switch with(counts).outcome() {
        case .impossible: impossible = middle
        case .placed: possible = middle
        case .unknown:
          possible = middle
          isMinimal = false
        }
      }
      counts[index] = impossible
    }
    return (counts, isMinimal)
  }
}
