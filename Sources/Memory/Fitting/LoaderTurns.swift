internal import MemoryLayout
internal import SMT

/// Ranges whose values move segments to other places.
///
/// A place for so many bytes is one for fewer, but a loader may put fewer elsewhere, where they are in
/// the way of something else. So a range is cut into the values with which a loader makes the same
/// turns, and each part is asked for itself: within a part, what a greater value takes contains what
/// a smaller one does.
extension PlacementSearch {
  /// Parts of ranges that are asked for themselves, at most.
  private static let mostTurns = 64

  static let tooManyTurns = UnknownReason.other(
    "the loader puts its segments into too many different places for the values of the ranges: one"
      + " value in place of a range is decided")
  static let severalMove = UnknownReason.other(
    "several ranges are of segments, and where the loader puts one depends on the others: with one value"
      + " in place of each of them but one it is decided")

  /// The answer by parts of the one range that is of segments; nil if none is.
  func findByTurns(_ quantities: [RangedQuantity]) throws(FittingError) -> RangeAnswer? {
    guard let order else { return nil }
    let segments = Set(order.steps.map(\.item))
    let moving = quantities.filter { quantity in
      quantity.bounds.lowerBound < quantity.bounds.upperBound
        && quantity.needs.contains { segments.contains($0.item) }
    }
    guard let quantity = moving.first else { return nil }
    guard moving.count == 1 else { return try findWhereSeveralMove(quantities) }
    guard let parts = parts(of: quantity, beside: quantities.filter { $0 != quantity }, order)
    else { return inconclusive(quantities, Self.tooManyTurns) }
    if parts.count == 1 { return nil }
    let others = quantities.filter { $0 != quantity }
    func answer(_ part: ClosedRange<UInt64>) throws(FittingError) -> RangeAnswer {
      try find(quantity.within(part), beside: others)
    }
    switch quantity.quantifier {
    case .all: return try hardest(parts, quantities, answer)
    case .some: return try first(parts.reversed(), answer)
    case .largest: return try largest(parts, quantity, answer)
    }
  }

  /// The answer where several ranges are of segments. Parts of one are not the same beside all values of
  /// another, so that no few combinations decide for all. But what has no room in any order has none; one
  /// combination that does not fit is enough where all are to, and one that does where some are.
  private func findWhereSeveralMove(
    _ quantities: [RangedQuantity]
  ) throws(FittingError) -> RangeAnswer {
    let anywhere = try inAnyOrder(constraints).findInOnePart(quantities)
    if case .conflict = anywhere.answer { return anywhere }
    let quantifiers = Set(quantities.map(\.quantifier))
    if quantifiers == [.all] || quantifiers == [.some] {
      let found = try findInOnePart(quantities)
      switch found.answer {
      case .conflict where quantifiers == [.all]: return found
      case .fits where quantifiers == [.some]: return found
      default: break
      }
    }
    return inconclusive(quantities, Self.severalMove)
  }

  private func inconclusive(
    _ quantities: [RangedQuantity], _ reason: UnknownReason
  ) -> RangeAnswer {
    let values = quantities.map { ($0.name, $0.bounds.lowerBound) }
    return RangeAnswer(
      answer: .inconclusive(reason), values: Dictionary(uniqueKeysWithValues: values), beyond: nil)
  }

  /// The answer for one part of a range, of which the greatest value decides for all.
  private func find(
    _ quantity: RangedQuantity, beside others: [RangedQuantity]
  ) throws(FittingError) -> RangeAnswer {
    let value =
      quantity.quantifier == .some ? quantity.bounds.lowerBound : quantity.bounds.upperBound
    guard quantity.quantifier != .largest else { return try findInOnePart([quantity] + others) }
    let found = try with(constraints + quantity.constraints(value)).findInOnePart(others)
    let values = found.values.merging([quantity.name: value]) { $1 }
    return RangeAnswer(answer: found.answer, values: values, beyond: found.beyond)
  }

  /// That of each part fits; of several the one in which what is to be the largest is least.
  private func hardest(
    _ parts: [ClosedRange<UInt64>], _ quantities: [RangedQuantity],
    _ answer: (ClosedRange<UInt64>) throws(FittingError) -> RangeAnswer
  ) throws(FittingError) -> RangeAnswer {
    let wanted = quantities.first { $0.quantifier == .largest }?.name
    var hardest = try answer(parts[0])
    for part in parts.dropFirst() {
      guard case .fits = hardest.answer else { return hardest }
      let next = try answer(part)
      guard case .fits = next.answer else { return next }
      if let wanted, next.values[wanted] ?? 0 < hardest.values[wanted] ?? 0 { hardest = next }
    }
    return hardest
  }

  private func first(
    _ parts: [ClosedRange<UInt64>],
    _ answer: (ClosedRange<UInt64>) throws(FittingError) -> RangeAnswer
  ) throws(FittingError) -> RangeAnswer {
    let least = try answer(parts[0])
    if case .fits = least.answer { return least }
    var open = least
    for part in parts.dropFirst() {
      let next = try answer(part)
      switch next.answer {
      case .fits: return next
      case .inconclusive: open = next
      case .conflict: break
      }
    }
    return open
  }

  private func largest(
    _ parts: [ClosedRange<UInt64>], _ quantity: RangedQuantity,
    _ answer: (ClosedRange<UInt64>) throws(FittingError) -> RangeAnswer
  ) throws(FittingError) -> RangeAnswer {
    var open: UnknownReason?
    var above: FitAnswer?
    var last: RangeAnswer?
    for part in parts {
      let found = try answer(part)
      switch found.answer {
      case .fits:
        let beyond = found.beyond ?? above
        return RangeAnswer(
          answer: found.answer, values: found.values,
          beyond: open.map { .inconclusive($0) } ?? beyond)
      case .inconclusive(let reason): open = reason
      case .conflict: break
      }
      above = found.answer
      last = found
    }
    return last ?? inconclusive([quantity], Self.tooManyTurns)
  }

  // MARK: Parts

  /// Values with which the loader makes the same turns, the greatest first; nil if there are too many
  /// such parts.
  private func parts(
    of quantity: RangedQuantity, beside others: [RangedQuantity], _ order: LoaderOrder
  ) -> [ClosedRange<UInt64>]? {
    let fixed =
      constraints
      + others.flatMap { other in
        other.constraints(
          other.quantifier == .all ? other.bounds.upperBound : other.bounds.lowerBound)
      }
    let own = Set(quantity.needs.map(\.item))
    let simulation = LoaderSimulation(with(fixed), order)
    func turns(_ value: UInt64) -> Turns {
      var byteCounts: [String: UInt64] = [:]
      for need in quantity.needs {
        byteCounts[need.item] = max(byteCounts[need.item] ?? 0, need.byteCount(for: value))
      }
      return Turns(simulation.places(byteCounts), own)
    }
    var parts: [ClosedRange<UInt64>] = []
    var high = quantity.bounds.upperBound
    while true {
      let here = turns(high)
      var low = quantity.bounds.lowerBound
      if turns(low) != here {
        var same = high
        while same - low > 1 {
          let middle = low + (same - low) / 2
          if turns(middle) == here { same = middle } else { low = middle }
        }
        low = same
      }
      parts.append(low...high)
      guard low > quantity.bounds.lowerBound else { return parts }
      guard parts.count < Self.mostTurns else { return nil }
      high = low - 1
    }
  }
}

/// What the loader does with a value: in which holes its segments lie, and where those lie that do not
/// touch what grows.
private struct Turns: Hashable {
  let holes: [LoaderPlaces.Hole]
  let places: [LoaderPlaces.Place]
  let refused: String?

  /// - Parameter own: What grows with the value.
  init(_ places: LoaderPlaces, _ own: Set<String>) {
    refused = places.refused?.item
    holes = places.places.map(\.hole)
    // What is put behind it from below moves with it, without a gap.
    var moved = own
    for place in places.places {
      if let below = place.hole.below, moved.contains(below), place.hole.above == nil {
        moved.insert(place.item)
      }
    }
    self.places = places.places.filter { !moved.contains($0.item) }
  }
}

extension RangedQuantity {
  fileprivate func within(_ part: ClosedRange<UInt64>) -> RangedQuantity {
    RangedQuantity(name, part, quantifier, unit: unit, needs: needs)
  }
}
