import Analysis
import TransitionSystem

/// Whether the rounds of a loop over a scalarset may give another result in another order.
///
/// Decided from above: what is not seen to be harmless counts as harmful. Rounds do not interfere
/// where each touches its own elements alone (places indexed by the loop's variable), or where what
/// they share is only added up, filled into a multiset, or set to one constant (Ip and Dill, Better
/// verification through symmetry, 1996, ask for the first).
enum IterationOrder {
  static func matters(
    _ loop: Loop, _ rounds: [Statement], in body: [Statement], of system: TransitionSystem
  ) -> Bool {
    var accesses = RoundAccesses(system: system, loopSlot: loop.frameSlot)
    accesses.visit(rounds)
    if accesses.isUnclear { return true }
    let shared = accesses.list.filter { !isPrivate($0, accesses, rounds, body) }
    if Set(accesses.returned).count > 1 { return true }
    if !accesses.returned.isEmpty, shared.contains(where: { $0.use != .read }) { return true }
    return shared.contains { access in
      access.use != .read
        && shared.contains { other in
          other.region.overlaps(access.region) && !commute(access, other)
        }
    }
  }

  /// Whether two accesses to the same place by different rounds may change places.
  private static func commute(_ left: RoundAccess, _ right: RoundAccess) -> Bool {
    if let stride = left.ownedStride, stride == right.ownedStride { return true }
    switch (left.use, right.use) {
    case (.accumulate(let first), .accumulate(let second)): return first == second
    case (.constant(let first), .constant(let second)): return first == second
    case (.fillMultiset, .fillMultiset): return true
    default: return false
    }
  }

  /// Whether a local variable is written anew in each round before it is read, and not read
  /// elsewhere.
  private static func isPrivate(
    _ access: RoundAccess, _ accesses: RoundAccesses, _ rounds: [Statement], _ body: [Statement]
  ) -> Bool {
    guard case .frame(let slots) = access.region else { return false }
    if slots.count == 1, accesses.innerLoopSlots.contains(slots.lowerBound) { return true }
    let isWrittenFirst = rounds.contains { statement in
      if case .assign(let place, _) = statement.kind, place.base == .frame, place.indices.isEmpty,
        slots == place.offset..<place.offset + 1
      {
        return true
      }
      return false
    }
    let first = accesses.list.first { $0.region.overlaps(access.region) }
    return isWrittenFirst && first?.use != .read && first?.region == access.region
      && reads(of: slots, in: body) == reads(of: slots, in: rounds)
  }

  private static func reads(of slots: Range<Int>, in statements: [Statement]) -> Int {
    var count = 0
    statements.forEachPart { part in
      if case .place(let place, let use) = part, place.base == .frame, use != .write {
        if slots.overlaps(place.offset..<place.offset + max(1, place.slotCount))
          || !place.indices.isEmpty && place.offset <= slots.upperBound
        {
          count += 1
        }
      }
    }
    return count
  }
}

/// What one round of a loop does to a place.
struct RoundAccess {
  let region: Region
  let use: Use
  /// Where the place is indexed by the loop's variable, the stride of that index: rounds then touch
  /// different slots.
  let ownedStride: Int?

  enum Region: Equatable {
    case state(SlotSet)
    /// Of the frame that the loop is in.
    case frame(Range<Int>)
    /// Through a reference from further out.
    case anywhere

    func overlaps(_ other: Region) -> Bool {
      switch (self, other) {
      case (.state(let left), .state(let right)): !left.isDisjoint(with: right)
      case (.frame(let left), .frame(let right)): left.overlaps(right)
      case (.state, .frame), (.frame, .state): false
      case (.anywhere, _), (_, .anywhere): true
      }
    }
  }

  enum Use: Equatable {
    case read
    case write
    case constant(Int64)
    /// Adds a value to what was there, by an operation whose order does not matter.
    case accumulate(String)
    case fillMultiset
  }
}
