import Packing

/// A state from which what a liveness property asks for cannot be reached.
struct StrandedState {
  /// The number of the property's instance.
  let instance: Int
  let state: PackedState
  let depth: Int

  /// Whether it is shown in place of another one: the shallowest, and of those the first by its words.
  func precedes(_ other: StrandedState) -> Bool {
    depth == other.depth ? state < other.state : depth < other.depth
  }

  /// The first one of a store, where all marks are final.
  static func first(
    in store: any SeenSetStore, _ numbers: StateNumbers, _ marks: StateNumbers.Marks
  ) -> StrandedState? {
    let seen = store.seen
    let reader = SeenSetInserter(store)
    var first: StrandedState?
    for position in 0..<seen.slotCount {
      guard let depth = seen.depth(position), depth <= first?.depth ?? .max,
        let number = seen.number(position), !marks.isGood(number),
        let instance = (0..<numbers.instanceCount).first(where: { !marks.isMarked(number, $0) }),
        let entry = seen.entry(position)
      else { continue }
      let found = StrandedState(
        instance: instance, state: reader.state(entry.key), depth: depth)
      if first.map(found.precedes) ?? true { first = found }
    }
    return first
  }
}

extension LivenessOutcome {
  /// What the first stranded state amounts to; nil is that there is none.
  init(_ first: StrandedState?) {
    guard let first else {
      self = .none
      return
    }
    self = .stranded(
      instance: first.instance, state: first.state, depth: first.depth, path: nil)
  }
}
