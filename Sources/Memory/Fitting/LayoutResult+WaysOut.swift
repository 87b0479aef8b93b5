internal import MemoryLayout
internal import SMT

extension LayoutResult {
  /// What would decide a question that was not decided, a sentence each; empty of others.
  package var waysOut: [String] {
    guard case .inconclusive(let reason) = answer else { return [] }
    var ways: [String] = []
    switch reason {
    case PlacementSearch.notInPieces:
      ways.append(
        "less memory for what may be divided, so that it fits in one piece, or so much that it does"
          + " not fit in pieces")
    case PlacementSearch.tooManyPieces:
      ways.append("a map without the pieces of memory that are too small for anything")
    case PlacementSearch.tooManyTurns, PlacementSearch.severalMove: break
    case .noMemory: ways.append("more memory for this program")
    case .timeout, .resourceLimit, .interrupted, .other:
      ways.append("more time (`timeout`, now \(description.timeoutSeconds ?? Self.usualSeconds) s)")
    }
    for quantity in layout.quantities where quantity.bounds.lowerBound < quantity.bounds.upperBound
    {
      let bounds = quantity.bounds
      ways.append(
        "one value for `\(quantity.name)`, or a smaller range than"
          + " \(quantity.text(bounds.lowerBound)) to \(quantity.text(bounds.upperBound))")
    }
    return ways
  }

  /// Of each question to the solver, where nothing is said.
  static let usualSeconds: UInt64 = 60
}
