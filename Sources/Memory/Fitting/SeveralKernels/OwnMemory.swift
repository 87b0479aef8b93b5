internal import MemoryLayout
internal import SMT

/// What a kernel needs in its own memory, wherever that lies.
///
/// Where the memory lies matters for what lies in it in two ways only: by the rest of the address
/// to what something is aligned to, and by where borders such as 4 GiB lie within it. Two places
/// that are alike in these have the same answer, which is asked for once.
final class OwnMemory {
  /// With the whole of addresses as its region.
  let question: LayoutQuestion
  /// Bytes of the kernel's memory.
  let byteCount: UInt64
  private let search: PlacementSearch
  private let domains: [FirstFit.Domain]
  /// Where something begins or ends that an item may lie in.
  private let borders: [UInt128]
  /// What windows that items share are multiples of; 1 if there is none.
  private let windowUnit: UInt128
  private var known: [Shape: Answer] = [:]

  private enum Answer {
    case fits(Placement, at: UInt64)
    case doesNotFit
    case unknown
  }

  /// How a place looks from its start.
  private struct Shape: Hashable {
    struct Item: Hashable {
      let pieces: [AddressRange]
      let residue: UInt128
      let lowest: UInt128
    }

    let items: [Item]
    let window: UInt128
  }

  /// - Parameter limits: Of each question to Z3.
  init(_ question: LayoutQuestion, byteCount: UInt64, limits: Limits) {
    (self.question, self.byteCount) = (question, byteCount)
    search = PlacementSearch(
      items: question.question.items.map(\.name), constraints: question.constraints,
      limits: limits, granules: question.question.granules)
    domains = FirstFit(search).domains
    borders = Set(
      domains.flatMap { domain in
        // What has to start at an address does so in memory that starts there, and in none behind.
        domain.pieces.flatMap {
          [UInt128($0.start), $0.end] + (domain.isFixed ? [UInt128($0.start) + 1] : [])
        }
      }
    ).sorted()
    windowUnit = question.constraints.reduce(1) { unit, constraint in
      if case .sharedWindow(_, _, let alignment) = constraint.demand {
        return max(unit, UInt128(alignment))
      }
      return unit
    }
  }

  /// The question about a kernel whose memory starts at an address.
  func search(at start: UInt64) -> PlacementSearch? {
    AddressRange(start: start, byteCount: byteCount).map(search)
  }

  /// The question about a kernel with other memory.
  func search(in region: AddressRange) -> PlacementSearch {
    search.with(
      search.items,
      search.constraints.map { constraint in
        guard constraint.rule == .inRegion, case .within(let item, _) = constraint.demand else {
          return constraint
        }
        return PlacementConstraint(
          .inRegion, .within(item, [region]),
          "`\(item)` lies in the kernel's own \(ByteCountText.format(region.byteCount)),"
            + " \(region)")
      }, granules: search.granules)
  }

  /// Where everything lies if the memory starts at an address; nil if it does not fit, or if that
  /// is not known.
  func placement(at start: UInt64) throws(FittingError) -> Placement? {
    guard case .fits(let placement, let other) = try answer(at: start) else { return nil }
    var moved: Placement = [:]
    for (name, range) in placement {
      moved[name] = AddressRange(
        start: range.start - other + start, last: range.last - other + start)
    }
    return moved
  }

  private func answer(at start: UInt64) throws(FittingError) -> Answer {
    guard let shape = shape(at: start), let search = search(at: start) else { return .doesNotFit }
    if let answer = known[shape] { return answer }
    let answer: Answer
    if case .fits(let placement) = search.arithmeticAnswer(isQuick: true) {
      answer = .fits(placement, at: start)
    } else {
      switch try IncrementalQuery(search).find([]) {
      case .fits(let placement): answer = .fits(placement, at: start)
      case .impossible: answer = .doesNotFit
      case .inconclusive: answer = .unknown
      }
    }
    known[shape] = answer
    return answer
  }

  private func shape(at start: UInt64) -> Shape? {
    guard let memory = AddressRange(start: start, byteCount: byteCount) else { return nil }
    let items = domains.map { domain in
      // Of what has to start where a piece does, nothing is left if that is elsewhere.
      let pieces = domain.pieces.filter { !domain.isFixed || memory.contains($0.start) }
        .compactMap { $0.intersection(memory) }
        .compactMap { AddressRange(start: $0.start - start, last: $0.last - start) }
      let unit = domain.unit
      return Shape.Item(
        pieces: pieces, residue: (domain.residue + unit - UInt128(start) % unit) % unit,
        lowest: domain.lowest > UInt128(start) ? domain.lowest - UInt128(start) : 0)
    }
    return Shape(items: items, window: UInt128(start) % windowUnit)
  }

  // MARK: Where it may start

  /// Shapes that are asked about.
  private static let shapeCount = 2_000

  /// The multiples of a unit in pieces of memory where everything fits.
  func starts(
    in pieces: AddressSet, unit: UInt64
  ) throws(FittingError) -> BlockStarts {
    var runs: [BlockStarts.Run] = []
    var isComplete = true
    // What is aligned to no more than the unit looks the same everywhere.
    let period = domains.reduce(max(UInt128(unit), windowUnit)) { max($0, $1.unit) }
    let phases = period / UInt128(unit)
    for piece in pieces.ranges {
      guard let all = BlockStarts.run(piece, byteCount: byteCount, unit: unit) else { continue }
      var start = UInt128(all.first)
      while start <= UInt128(all.last) {
        guard known.count < Self.shapeCount else {
          isComplete = false
          break
        }
        let end = start + UInt128(byteCount)
        let border = next(after: start)
        // Across a border each place is one of its own.
        let isAcross = border.map { $0 < end } ?? false
        let last =
          isAcross
          ? start
          : min(
            UInt128(all.last),
            border.map { start + ($0 - end) / UInt128(unit) * UInt128(unit) } ?? .max)
        for phase in 0..<min(phases, (last - start) / UInt128(unit) + 1) {
          let first = start + phase * UInt128(unit)
          switch try answer(at: UInt64(first)) {
          case .fits:
            let count = (last - first) / period
            runs.append(
              BlockStarts.Run(
                first: UInt64(first), last: UInt64(first + count * period), step: UInt64(period)))
          case .doesNotFit: break
          case .unknown: isComplete = false
          }
        }
        start = last + UInt128(unit)
      }
    }
    return BlockStarts(Self.joined(runs, unit: unit), isComplete: isComplete)
  }

  private func next(after address: UInt128) -> UInt128? {
    var (low, high) = (0, borders.count)
    while low < high {
      let middle = (low + high) / 2
      if borders[middle] > address { high = middle } else { low = middle + 1 }
    }
    return low < borders.count ? borders[low] : nil
  }

  /// Neighbouring single starts as one run.
  private static func joined(
    _ runs: [BlockStarts.Run], unit: UInt64
  ) -> [BlockStarts.Run] {
    var joined: [BlockStarts.Run] = []
    for run in runs {
      if let last = joined.last, last.step == unit || last.first == last.last,
        run.step == unit || run.first == run.last, last.last < .max - unit,
        last.last + unit == run.first
      {
        joined[joined.count - 1] = BlockStarts.Run(first: last.first, last: run.last, step: unit)
      } else {
        joined.append(run)
      }
    }
    return joined
  }
}
