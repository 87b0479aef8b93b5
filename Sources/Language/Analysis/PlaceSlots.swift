package import TransitionSystem

extension Place {
  /// The slots of the state that this place of it may be, with what is known of its indices.
  ///
  /// - Parameters:
  ///   - slotCount: Slots of the state.
  ///   - value: The value of an index; nil where it is not known. One that is out of range is an
  ///     error at run time, and is taken as not known.
  package func slots(
    inStateOf slotCount: Int, knowing value: (Expression) -> Int64?
  ) -> SlotSet {
    let positions = indices.map { index in
      (positions: index.positions(of: value(index.value)), stride: index.stride)
    }
    var slots = SlotSet(slotCount: slotCount)
    for start in Self.starts(from: offset, positions) {
      slots.insert(start..<start + self.slotCount)
    }
    return slots
  }

  /// The slots at which an element may begin.
  ///
  /// - Parameters:
  ///   - first: Where the element begins of which all indices are 0.
  ///   - indices: Outermost first: what each may be, counted from 0, and the slots from one element
  ///     to the next.
  package static func starts(
    from first: Int, _ indices: [(positions: Range<Int>, stride: Int)]
  ) -> [Int] {
    indices.reduce([first]) { starts, index in
      starts.flatMap { start in index.positions.map { start + $0 * index.stride } }
    }
  }
}

extension Place.Index {
  /// What the index may be, counted from 0.
  fileprivate func positions(of value: Int64?) -> Range<Int> {
    guard let value, case (let distance, let overflow) = value.subtractingReportingOverflow(lower),
      !overflow, distance >= 0, distance < Int64(count)
    else { return 0..<count }
    return Int(distance)..<Int(distance) + 1
  }
}
