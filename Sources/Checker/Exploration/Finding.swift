import Packing
import Trace

/// A violation and the state that it was found in.
struct Finding {
  let violation: Violation
  /// The last state of the run; nil where a start state itself could not be made.
  let state: PackedState?
  /// Steps from a start state to `state`.
  let depth: Int
  /// The state's number in its level; means something only where a `ParentLog` is kept.
  var number = 0
  /// Steps of the run, a failed one included.
  let length: Int
  /// Among those of one state, which is shown.
  let rank: Int

  /// Whether this one is shown and not the other: the shorter one, and of equally long ones the
  /// first by the words of the state, whatever the order in which threads came by.
  func precedes(_ other: Finding) -> Bool {
    if length != other.length { return length < other.length }
    switch (state, other.state) {
    case (nil, nil): return rank < other.rank
    case (nil, _): return true
    case (_, nil): return false
    case (let mine?, let its?):
      return mine == its ? rank < other.rank : mine < its
    }
  }
}

/// The least and greatest value of a measure so far, with the states that have them: of several the
/// shallowest, and of those the first by its words.
struct MeasureExtremes {
  private(set) var least: Extreme?
  private(set) var greatest: Extreme?

  struct Extreme {
    let value: Int64
    let depth: Int
    /// As in `Finding`.
    let number: Int
    let state: PackedState

    fileprivate func precedes(_ other: Extreme) -> Bool {
      depth == other.depth ? state < other.state : depth < other.depth
    }
  }

  /// Takes the value in a new state.
  @inline(__always)
  mutating func add(
    _ value: Int64, depth: Int, number: Int, _ state: @autoclosure () -> PackedState
  ) {
    if least.map({ value < $0.value || value == $0.value && depth <= $0.depth }) ?? true {
      add(least: Extreme(value: value, depth: depth, number: number, state: state()))
    }
    if greatest.map({ value > $0.value || value == $0.value && depth <= $0.depth }) ?? true {
      add(greatest: Extreme(value: value, depth: depth, number: number, state: state()))
    }
  }

  /// Takes what another thread has found.
  mutating func add(_ other: MeasureExtremes) {
    if let extreme = other.least { add(least: extreme) }
    if let extreme = other.greatest { add(greatest: extreme) }
  }

  private mutating func add(least extreme: Extreme) {
    if let least, least.value < extreme.value { return }
    if let least, least.value == extreme.value, !extreme.precedes(least) { return }
    least = extreme
  }

  private mutating func add(greatest extreme: Extreme) {
    if let greatest, greatest.value > extreme.value { return }
    if let greatest, greatest.value == extreme.value, !extreme.precedes(greatest) { return }
    greatest = extreme
  }
}
