internal import MemoryLayout
internal import SMT

/// Looks for the least size of a parameter with which a machine fits.
struct SizeSearch {
  let axis: SizeAxis

  /// What was found of a size.
  struct Found {
    let size: UInt64
    let layout: LayoutQuestion
    let placement: Placement
    /// Whether every smaller size was refuted: below by counting bytes, and the rest by asking.
    let isLeast: Bool
  }

  /// The least size, in units; nil if none was found.
  ///
  /// Sizes are doubled until one fits, and then halved. That finds the least where no smaller size
  /// fits than one that does not, which is so of most machines: so the sizes below that are not too
  /// small by counting are asked one by one, where there are not too many.
  func least(_ description: LayoutDescription) throws(LayoutError) -> Found? {
    guard let bounds = axis.bounds else { return nil }
    var failing = bounds.lowerBound - 1
    var fitting: UInt64?
    var next = bounds.lowerBound
    while fitting == nil {
      if try fits(next, description) {
        fitting = next
      } else {
        failing = next
        guard next < bounds.upperBound else { return nil }
        next = next > bounds.upperBound / 2 ? bounds.upperBound : next * 2
      }
    }
    guard var size = fitting else { return nil }
    while size - failing > 1 {
      let middle = failing + (size - failing) / 2
      if try fits(middle, description) { size = middle } else { failing = middle }
    }
    // Of several kernels bytes do not tell: each one's memory is in whole blocks.
    var isLeast = description.kernels == nil || size == bounds.lowerBound
    if description.kernels == nil, let first = try leastByCounting(description, below: size) {
      isLeast = size - first <= Self.mostAsked
      for smaller in max(first, size - min(size, Self.mostAsked))..<size
      where try fits(smaller, description) {
        size = smaller
        break
      }
    }
    guard case .fits(let layout, let placement) = try answer(size, description) else { return nil }
    return Found(size: size, layout: layout, placement: placement, isLeast: isLeast)
  }

  /// Sizes that are asked one by one.
  private static let mostAsked: UInt64 = 64

  func answer(
    _ size: UInt64, _ description: LayoutDescription
  ) throws(LayoutError) -> LayoutTrial.Answer {
    let (changed, inputs) = try axis.machine(size, description)
    return try LayoutTrial(inputs).answer(changed)
  }

  func fits(_ size: UInt64, _ description: LayoutDescription) throws(LayoutError) -> Bool {
    if case .fits = try answer(size, description) { true } else { false }
  }

  /// The least size that has as many bytes as the items that lie in it; nil if that is `below`, or if
  /// bytes do not tell.
  private func leastByCounting(
    _ description: LayoutDescription, below: UInt64
  ) throws(LayoutError) -> UInt64? {
    var failing: UInt64 = 0
    var enough = below
    while enough - failing > 1 {
      let middle = failing + (enough - failing) / 2
      if try isEnough(middle, description) { enough = middle } else { failing = middle }
    }
    return enough == below ? nil : enough
  }

  private func isEnough(
    _ size: UInt64, _ description: LayoutDescription
  ) throws(LayoutError) -> Bool {
    let (changed, inputs) = try axis.machine(size, description)
    let layout: LayoutQuestion
    do {
      layout = try changed.question(inputs)
    } catch {
      guard case .invalid = error else { throw error }
      return false
    }
    guard let memory = axis.memory(layout) else { return true }
    let search = PlacementSearch(
      items: layout.question.items.map(\.name),
      constraints: layout.constraints + layout.decidingDemands)
    let inside = FirstFit(search).domains.filter { domain in
      AddressSet(domain.pieces).subtracting(memory).isEmpty
    }
    return inside.reduce(0) { $0 + $1.byteCount } <= memory.byteCount
  }
}
