import MemoryLayout
import Randomness
import TestSupport

/// A made-up question about a few items in a few bytes, and its answer by trying all placements.
struct SmallQuestion {
  /// Every item lies in the first bytes; most numbers of the constraints are below this.
  static let byteCount: UInt64 = 16
  /// No number of a constraint makes it necessary to look further.
  static let farByteCount: UInt64 = 40

  let items: [PlacementItem]
  let constraints: [PlacementConstraint]

  init(seed: UInt64, itemCount: Int = 2) {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    let names = (0..<itemCount).map { "item \($0)" }
    items = names.enumerated().map { index, name in
      PlacementItem(name, index == 0 ? .processes : .kernel)
    }
    var constraints: [PlacementConstraint] = []
    func add(_ rule: PlacementRule, _ demand: PlacementConstraint.Demand) {
      constraints.append(PlacementConstraint(rule, demand, "\(rule): \(constraints.count)"))
    }
    let whole = [AddressRange(start: 0, byteCount: Self.byteCount)].compactMap { $0 }
    for name in names {
      add(.inUsableRAM, .within(name, whole))
      if below(10) > 0 { add(.placed, .placed(name)) }
    }
    if below(4) > 0 { add(.disjoint, .disjoint(names)) }
    func name() -> String { names[Int(below(UInt64(itemCount)))] }
    func ranges(_ count: UInt64) -> [AddressRange] {
      (0..<count).compactMap { _ in
        AddressRange(start: below(Self.byteCount), byteCount: 1 + below(8))
      }
    }
    func unit() -> UInt64 { 1 << below(4) }
    for _ in 0..<(3 + below(5)) {
      switch below(11) {
      case 0: add(.inUsableRAM, .within(name(), ranges(1 + below(3))))
      case 1: add(.parkedProcessors, .apart(name(), ranges(1 + below(3))))
      case 2: add(.imageAlignment, .startAligned(name(), unit: unit(), offset: below(4)))
      case 3: add(.memoryBlocks, .endAligned(name(), unit: unit()))
      case 4: add(.imagePreferredAddress, .startsAt(name(), below(Self.byteCount)))
      case 5, 6: add(.wanted, .atLeast(name(), byteCount: below(12)))
      case 7: add(.kexecHalf, .atMost(name(), byteCount: 1 + below(12)))
      case 8: add(.kexecHalf, .totalAtMost(names, byteCount: 1 + below(20)))
      case 9: add(.kexecCount, .countAtMost(names, Int(below(UInt64(itemCount) + 1))))
      default:
        add(
          .handoverScratch,
          .sharedWindow(names, byteCount: 4 + below(10), alignment: unit()))
      }
    }
    self.constraints = constraints
  }

  /// Hands over placements that keep constraints, until told to stop.
  ///
  /// - Parameter found: Whether to go on.
  func forEachPlacement(
    keeping constraints: [PlacementConstraint], below end: UInt64, _ found: (Placement) -> Bool
  ) {
    _ = extend([:], items[...], constraints, end, found)
  }

  private func extend(
    _ placement: Placement, _ rest: ArraySlice<PlacementItem>,
    _ constraints: [PlacementConstraint], _ end: UInt64, _ found: (Placement) -> Bool
  ) -> Bool {
    guard let item = rest.first else {
      return placement.broken(of: constraints).isEmpty ? found(placement) : true
    }
    // No demand but `placed` is broken by some items alone and kept by more.
    let others = constraints.filter { if case .placed = $0.demand { false } else { true } }
    var placement = placement
    guard extend(placement, rest.dropFirst(), constraints, end, found) else { return false }
    for start in 0..<end {
      for last in start..<end {
        placement[item.name] = AddressRange(start: start, last: last)
        guard placement.broken(of: others).isEmpty else { continue }
        guard extend(placement, rest.dropFirst(), constraints, end, found) else { return false }
      }
    }
    return true
  }

  func hasPlacement(keeping constraints: [PlacementConstraint], below end: UInt64) -> Bool {
    var isFound = false
    forEachPlacement(keeping: constraints, below: end) { _ in
      isFound = true
      return false
    }
    return isFound
  }
}
