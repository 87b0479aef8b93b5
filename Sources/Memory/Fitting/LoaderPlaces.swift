internal import MemoryLayout

/// What a loader does: it puts its segments one after the other where each fits first.
///
/// Prepared once for all sizes of a question, because sizes decide which place a loader comes upon.
struct LoaderSimulation {
  private struct Step {
    let step: LoaderOrder.Step
    let domain: FirstFit.Domain
    /// What is looked through, in this order.
    let pieces: [AddressRange]
  }

  private let steps: [Step]
  private let triesAgain: Bool
  private let fit: FirstFit

  init(_ search: PlacementSearch, _ order: LoaderOrder) {
    let fit = FirstFit(search)
    let domains = Dictionary(uniqueKeysWithValues: fit.domains.map { ($0.name, $0) })
    steps = order.steps.compactMap { step in
      domains[step.item].map { domain in
        Step(step: step, domain: domain, pieces: Self.pieces(domain.pieces, step))
      }
    }
    triesAgain = order.triesAgain
    self.fit = fit
  }

  /// The pieces of memory that a loader comes upon in its areas, in their order.
  private static func pieces(
    _ pieces: [AddressRange], _ step: LoaderOrder.Step
  ) -> [AddressRange] {
    step.areas.flatMap { area -> [AddressRange] in
      var (low, high) = (0, pieces.count)
      while low < high {
        let middle = (low + high) / 2
        if pieces[middle].last < area.start { low = middle + 1 } else { high = middle }
      }
      let found = pieces[low...].prefix { $0.start <= area.last }
        .compactMap { $0.intersection(area) }
      return step.isTopDown ? found.reversed() : found
    }
  }

  /// Where segments lie that take what the constraints ask for at least, or more.
  ///
  /// - Parameter byteCounts: What segments take more, by their names.
  /// - Complexity: O(n) in the number of pieces of memory, for each segment.
  func places(_ byteCounts: [String: UInt64] = [:]) -> LoaderPlaces {
    let steps = steps.map { step in
      guard let byteCount = byteCounts[step.step.item] else { return step }
      var domain = step.domain
      domain.least = max(domain.least, UInt128(byteCount))
      return Step(step: step.step, domain: domain, pieces: step.pieces)
    }
    let first = run(steps, from: 0)
    guard triesAgain else { return first }
    var next = first
    for _ in 0..<Self.mostTries {
      guard next.refused != nil, let start = nextStart(next, steps) else { break }
      next = run(steps, from: start)
    }
    return next.refused == nil ? next : first
  }

  /// Each takes the kernel, or what is next behind it, out of a piece of memory.
  private static let mostTries = 1_000

  /// Where the kernel is tried next so that something changes; nil if nothing will.
  ///
  /// The loader goes on by the kernel's size. What is put behind the kernel from below stays in its
  /// piece of memory until that has no room for it any more, and what has no place beside it has none
  /// until then.
  private func nextStart(_ places: LoaderPlaces, _ steps: [Step]) -> UInt128? {
    guard let kernel = places.places.first, let domain = steps.first?.domain else { return nil }
    let follower = places.places.dropFirst().first { place in
      steps.contains { $0.step.item == place.item && !$0.step.isTopDown }
    }
    // With less room above the kernel there is none either.
    guard let follower else { return nil }
    let start = UInt128(kernel.range.start)
    let stride = (domain.least + domain.unit - 1) / domain.unit * domain.unit
    let end =
      follower.hole.piece == kernel.hole.piece
      ? follower.hole.piece.end - follower.range.byteCount : UInt128(follower.range.start)
    let last = end > domain.least ? end - domain.least : 0
    let count = last > start ? (last - start) / stride + 1 : 1
    return min(start + count * stride, kernel.hole.piece.end)
  }

  /// - Parameter from: Where the first segment lies at least.
  private func run(_ steps: [Step], from start: UInt128) -> LoaderPlaces {
    var places: [LoaderPlaces.Place] = []
    var placement: Placement = [:]
    for (index, step) in steps.enumerated() {
      var domain = step.domain
      if index == 0 { domain.lowest = max(domain.lowest, start) }
      for floor in domain.floors { domain.lowest = max(domain.lowest, placement[floor]?.end ?? 0) }
      guard let (range, piece) = find(step, domain, placement) else {
        let refused = refusal(step, domain, places)
        return LoaderPlaces(places: places, refused: refused)
      }
      let others = placement.filter { piece.overlaps($0.value) }
      let below = others.filter { $0.value < range }.max { $0.value < $1.value }?.key
      let above = others.filter { range < $0.value }.min { $0.value < $1.value }?.key
      let hole = LoaderPlaces.Hole(piece: piece, below: below, above: above)
      places.append(.init(item: step.step.item, range: range, hole: hole))
      placement[step.step.item] = range
    }
    return LoaderPlaces(places: places, refused: nil)
  }

  private func find(
    _ step: Step, _ domain: FirstFit.Domain, _ placement: Placement
  ) -> (range: AddressRange, piece: AddressRange)? {
    let blocked = fit.blocked(for: domain, placement)
    // Nobody looks for a place for what has only one.
    if domain.isFixed {
      guard let piece = domain.pieces.first, let range = fit.lowest(domain, piece, blocked) else {
        return nil
      }
      return range.start == piece.start ? (range, piece) : nil
    }
    for piece in step.pieces {
      let range =
        step.step.isTopDown
        ? fit.highest(domain, piece, blocked) : fit.lowest(domain, piece, blocked)
      if let range { return (range, piece) }
    }
    return nil
  }

  private func refusal(
    _ step: Step, _ domain: FirstFit.Domain, _ places: [LoaderPlaces.Place]
  ) -> LoaderPlaces.Refusal {
    let memory = AddressSet(step.pieces).subtracting(AddressSet(places.map(\.range)))
    let free =
      memory.ranges.map { hole -> UInt128 in
        let start = domain.start(from: UInt128(hole.start))
        let end = hole.end / domain.endUnit * domain.endUnit
        return start < end ? end - start : 0
      }.max() ?? 0
    let text = ByteCountText.figures(needed: domain.byteCount, free: free)
    let before = places.map { "`\($0.item)`" }.joined(separator: ", ")
    let item = step.step.item
    return LoaderPlaces.Refusal(
      item: item,
      reason: "`\(item)` takes \(text.needed), and "
        + (before.isEmpty ? "" : "behind \(before) ")
        + "the loader comes upon no more than \(text.free) in one piece; another order may have"
        + " room")
  }
}

/// Where a loader puts its segments.
struct LoaderPlaces {
  /// A place, and the hole that it was found in.
  struct Place: Hashable {
    let item: String
    let range: AddressRange
    let hole: Hole
  }

  /// A piece of memory, and what segments are next in it.
  struct Hole: Hashable {
    let piece: AddressRange
    let below: String?
    let above: String?
  }

  struct Refusal: Hashable {
    let item: String
    let reason: String
  }

  /// In the order of the loader, up to the first that has none.
  let places: [Place]
  /// What has no place; nil if everything has.
  let refused: Refusal?

  /// That each segment lies where it is put, and that one that has no place has none.
  var constraints: [PlacementConstraint] {
    let placed = places.map { place in
      PlacementConstraint(
        .loaderOrder, .within(place.item, [place.range]),
        "`\(place.item)` is put at \(place.range)")
    }
    guard let refused else { return placed }
    return placed + [.init(.loaderOrder, .within(refused.item, []), refused.reason)]
  }
}

extension PlacementSearch {
  /// The question with each segment where the loader puts it, for the sizes that the constraints ask
  /// for at least; the question itself if there is no order.
  var loaded: PlacementSearch {
    guard let order else { return self }
    return inAnyOrder(constraints + LoaderSimulation(self, order).places().constraints)
  }
}
