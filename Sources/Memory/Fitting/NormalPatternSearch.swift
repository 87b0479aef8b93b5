internal import MemoryLayout

/// Whether there is a placement, and the one with the least or greatest sum of start addresses,
/// proved by plain arithmetic.
///
/// If there is a placement, there is one in which each item is moved to where it fits next behind
/// another one or behind the beginning of a range: a normal pattern (Herz, "Recursive computational
/// procedure for two-dimensional stock cutting", 1972; for sums of starts as in the scheduling of one
/// machine, Baker, "Introduction to Sequencing and Scheduling", 1974). So orders are searched, one
/// item more at a time, by dynamic programming over sets of items (Held and Karp, 1962): of two
/// beginnings with the same items one is dropped if the other ends no later and, where a sum is
/// wanted, costs no more. A beginning is dropped, too, if an item that is left would fit into the gap
/// before its last one, or if its cost with a bound for what is left is no better than a placement
/// that is known. The bound lets items be cut into pieces, and then the shortest first is best.
///
/// Without a sum there is one beginning for each set of items, so that 17 items are decided whatever
/// their sizes. 14 items of 23 MiB in 11 MiB (`LargeQuestionTests.farTooMuch`) took Z3 26 s, and
/// take a tenth of a second.
///
/// Demands about several items at once, but for `disjoint`, are not looked at: what is found need
/// not keep them, and then its cost is a bound for those that do.
struct NormalPatternSearch {
  /// Beginnings that are looked at before the search gives up: some tenths of a second.
  private static let beginningCount = 150_000
  /// Those of a first search, which looks at the best ones alone and proves nothing.
  private static let firstWidth = 200

  private let isUpward: Bool
  /// Of which no two overlap.
  private let domains: [FirstFit.Domain]
  private let jobs: [Job]
  /// For each job one before it that is the same, and comes first.
  private let twins: [Int?]
  /// Items that others may lie in.
  private let alone: Placement
  /// What the items may lie in, in the order in which it is filled.
  private let memory: [Job.Piece]
  /// Bytes of `memory` before each of its pieces.
  private let before: [Int]
  private let byLength: [Int]

  /// An item, with numbers that are quick to compute with.
  private struct Job: Hashable {
    struct Piece: Hashable {
      let low: Int
      let high: Int
    }

    let unit: Int
    let residue: Int
    let endUnit: Int
    let least: Int
    /// Bytes that it takes wherever it lies.
    let length: Int
    /// The lowest and highest start in each piece of memory that it fits into, in the order in
    /// which memory is filled.
    let starts: [Piece]

    func end(_ start: Int) -> Int { (start + least + endUnit - 1) & -endUnit }

    /// The first start at an address or behind it; nil if there is none.
    func start(from address: Int) -> Int? {
      let start = ((max(address, residue) - residue + unit - 1) & -unit) + residue
      guard let piece = first({ $0.high >= start }) else { return nil }
      return max(start, piece.low)
    }

    /// The last start with an end that is not behind an address; nil if there is none.
    func start(endingAt end: Int) -> Int? {
      let room = (end & -endUnit) - least - residue
      guard room >= 0 else { return nil }
      let start = (room & -unit) + residue
      guard let piece = first({ $0.low <= start }) else { return nil }
      return min(start, piece.high)
    }

    private func first(_ isReached: (Piece) -> Bool) -> Piece? {
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if isReached(starts[middle]) { high = middle } else { low = middle + 1 }
      }
      return low < starts.count ? starts[low] : nil
    }
  }

  /// Some items that have a place.
  private struct Beginning {
    /// A bit for each job.
    let placed: UInt64
    /// Where the next one may begin, or end if memory is filled from above.
    let front: Int
    /// Sum of the starts, negative if memory is filled from above.
    let cost: Int
    /// Of `cost` with what is left; no placement that begins like this has less.
    let bound: Int
    /// In the level before.
    let parent: Int
    let job: Int
    let start: Int
  }

  struct Answer {
    let placement: Placement
    /// Whether no placement has a better sum, by the demands that are looked at.
    let isBest: Bool
  }

  /// - Returns: nil if some items may overlap and others may not, if they are more than 32, if one
  ///   has no place, or if they may lie beyond 2^56.
  init?(_ fit: FirstFit, isUpward: Bool) {
    var alone: Placement = [:]
    for domain in fit.domains where domain.others.subtracting([domain.name]).isEmpty {
      guard let range = fit.place(domain, isUpward, [:]) else { return nil }
      alone[domain.name] = range
    }
    let domains = fit.domains.filter { alone[$0.name] == nil }
    let names = Set(domains.map(\.name))
    let end: UInt128 = 1 << 56
    guard domains.count <= 32,
      domains.allSatisfy({ domain in
        domain.others.isSuperset(of: names)
          && [domain.unit, domain.endUnit, domain.least, domain.lowest].allSatisfy { $0 <= end }
          && domain.pieces.allSatisfy { $0.end <= end }
      })
    else { return nil }
    let jobs = domains.map { Self.job($0, isUpward) }
    let all = AddressSet(domains.flatMap(\.pieces)).ranges
    let memory = all.map { Job.Piece(low: Int($0.start), high: Int($0.end)) }
    self.isUpward = isUpward
    self.domains = domains
    self.jobs = jobs
    self.alone = alone
    twins = jobs.enumerated().map { index, job in jobs[..<index].lastIndex(of: job) }
    self.memory = isUpward ? memory : memory.reversed()
    var sum = 0
    before = self.memory.map { piece in
      defer { sum += piece.high - piece.low }
      return sum
    }
    byLength = jobs.indices.sorted { jobs[$0].length < jobs[$1].length }
  }

  private static func job(_ domain: FirstFit.Domain, _ isUpward: Bool) -> Job {
    let starts = domain.pieces.compactMap { piece -> Job.Piece? in
      let low = domain.start(from: UInt128(piece.start))
      guard let high = domain.start(endingAt: piece.end), low <= high else { return nil }
      guard !domain.isFixed else {
        return low == UInt128(piece.start) ? Job.Piece(low: Int(low), high: Int(low)) : nil
      }
      return Job.Piece(low: Int(low), high: Int(high))
    }
    return Job(
      unit: Int(domain.unit), residue: Int(domain.residue), endUnit: Int(domain.endUnit),
      least: Int(domain.least), length: Int(domain.byteCount),
      starts: isUpward ? starts : starts.reversed())
  }

  /// What a search of orders says.
  enum Outcome {
    /// The best placement, or one that is good.
    case found(Answer)
    /// There is no placement, by the demands that are looked at.
    case impossible
    case unknown
  }

  /// The best placement, or one that is good; nil if none was found.
  func best() -> Answer? {
    if case .found(let answer) = outcome() { answer } else { nil }
  }

  /// Some placement; nil if none was found.
  var existing: Placement? {
    if case .found(let answer) = existence() { answer.placement } else { nil }
  }

  /// Whether there is a placement, whatever its sum.
  func existence() -> Outcome {
    let start = isUpward ? 0 : memory.first?.high ?? 0
    for width in [Self.firstWidth, Self.beginningCount] {
      let (found, isComplete) = search(from: start, below: .max, width, isSumWanted: false)
      if let found, let placement = placement(found.starts) {
        return .found(Answer(placement: placement, isBest: false))
      }
      if isComplete { return .impossible }
    }
    return .unknown
  }

  private func placement(_ order: [(job: Int, start: Int)]) -> Placement? {
    var placement = alone
    for (job, start) in order {
      let end = jobs[job].end(start)
      guard let range = AddressRange(start: UInt64(start), last: UInt64(end - 1)) else {
        return nil
      }
      placement[domains[job].name] = range
    }
    return placement
  }

  func outcome() -> Outcome {
    let start = isUpward ? 0 : memory.first?.high ?? 0
    var known = Int.max
    var order: [(job: Int, start: Int)] = []
    var isBest = false
    for width in [Self.firstWidth, Self.beginningCount] {
      let (found, isComplete) = search(from: start, below: known, width)
      if let found { (order, known) = (found.starts, found.cost) }
      isBest = isComplete
      if isBest { break }
    }
    guard order.count == jobs.count else { return isBest ? .impossible : .unknown }
    guard let placement = placement(order) else { return .unknown }
    return .found(Answer(placement: placement, isBest: isBest))
  }

  /// Adds one item after the other to all beginnings that may be better than `known`.
  ///
  /// - Parameters:
  ///   - width: Beginnings that are kept at most; of a level or, if it is complete, of all.
  ///   - isSumWanted: Whether a beginning that ends later is kept where it costs less.
  private func search(
    from front: Int, below known: Int, _ width: Int, isSumWanted: Bool = true
  ) -> (found: (starts: [(job: Int, start: Int)], cost: Int)?, isComplete: Bool) {
    var levels = [
      [Beginning(placed: 0, front: front, cost: 0, bound: 0, parent: 0, job: 0, start: 0)]
    ]
    var isComplete = true
    var count = 0
    for _ in jobs {
      var level = undominated(expanded(levels[levels.count - 1], below: known), isSumWanted)
      if level.count > width {
        level.sort { ($0.bound, $0.placed) < ($1.bound, $1.placed) }
        level.removeSubrange(width...)
        isComplete = false
      }
      count += level.count
      if width == Self.beginningCount, count > width { return (nil, false) }
      guard !level.isEmpty else { return (nil, isComplete) }
      levels.append(level)
    }
    guard
      var index = levels[levels.count - 1].indices.min(by: {
        levels[levels.count - 1][$0].cost < levels[levels.count - 1][$1].cost
      })
    else { return (nil, isComplete) }
    let cost = levels[levels.count - 1][index].cost
    var starts: [(job: Int, start: Int)] = []
    for level in levels.dropFirst().reversed() {
      starts.append((level[index].job, level[index].start))
      index = level[index].parent
    }
    return ((starts, cost), isComplete)
  }

  private func expanded(_ level: [Beginning], below known: Int) -> [Beginning] {
    var next: [Beginning] = []
    var starts = [Int?](repeating: nil, count: jobs.count)
    for (index, beginning) in level.enumerated() {
      // Where the first of those that are left could end, and the sum of all if each were alone.
      var nearest = Int.max
      var sum = beginning.cost
      var hasPlaces = true
      for job in jobs.indices {
        starts[job] = nil
        guard beginning.placed & (1 << job) == 0 else { continue }
        guard let start = start(of: jobs[job], beginning.front) else {
          hasPlaces = false
          break
        }
        starts[job] = start
        nearest = min(nearest, isUpward ? jobs[job].end(start) : -start)
        sum += isUpward ? start : -start
      }
      guard hasPlaces, sum < known else { continue }
      for job in jobs.indices {
        guard let start = starts[job] else { continue }
        if let twin = twins[job], beginning.placed & (1 << twin) == 0 { continue }
        let end = jobs[job].end(start)
        // Another one fits before it.
        guard nearest > (isUpward ? start : -end) else { continue }
        let front = isUpward ? end : start
        let cost = beginning.cost + (isUpward ? start : -start)
        let placed = beginning.placed | 1 << job
        guard let rest = leastCost(beside: placed, front), cost + rest < known else { continue }
        next.append(
          Beginning(
            placed: placed, front: front, cost: cost, bound: cost + rest, parent: index, job: job,
            start: start))
      }
    }
    return next
  }

  private func start(of job: Job, _ front: Int) -> Int? {
    isUpward ? job.start(from: front) : job.start(endingAt: front)
  }

  /// Of several beginnings with the same items those that end sooner or, if that is wanted, cost
  /// less.
  private func undominated(_ beginnings: [Beginning], _ isSumWanted: Bool) -> [Beginning] {
    let sign = isUpward ? 1 : -1
    let sorted = beginnings.sorted {
      ($0.placed, sign * $0.front, $0.cost) < ($1.placed, sign * $1.front, $1.cost)
    }
    var kept: [Beginning] = []
    for beginning in sorted {
      if let last = kept.last, last.placed == beginning.placed,
        !isSumWanted || last.cost <= beginning.cost
      {
        continue
      }
      kept.append(beginning)
    }
    return kept
  }

  /// What the items that are left cost at least: as if they could be cut, shortest first. Nil if
  /// memory does not have so many bytes.
  private func leastCost(beside placed: UInt64, _ front: Int) -> Int? {
    // The first piece that is not wholly behind the front.
    var (low, high) = (0, memory.count)
    while low < high {
      let middle = (low + high) / 2
      let isAhead = isUpward ? memory[middle].high > front : memory[middle].low < front
      if isAhead { high = middle } else { low = middle + 1 }
    }
    var index = low
    guard index < memory.count else { return placed == (1 << jobs.count) - 1 ? 0 : nil }
    var filled =
      before[index]
      + (isUpward ? max(front - memory[index].low, 0) : max(memory[index].high - front, 0))
    var sum = 0
    for job in byLength where placed & (1 << job) == 0 {
      let length = jobs[job].length
      filled += length
      while filled > before[index] + memory[index].high - memory[index].low {
        index += 1
        guard index < memory.count else { return nil }
      }
      let inPiece = filled - before[index]
      sum += isUpward ? memory[index].low + inPiece - length : inPiece - memory[index].high
    }
    return sum
  }
}
