internal import MemoryLayout

/// Which pieces of memory items fill that are to be as large as can be, each one piece.
///
/// The assignment problem, solved by the Hungarian method (Kuhn, "The Hungarian method for the
/// assignment problem", 1955) with potentials, in O(n^2 m) for n items and m pieces. Without it 33 of
/// 120 small questions about processes (`ObjectiveTests`) lost their proof that nothing is better.
struct HoleAssignment {
  /// For each item the piece that it fills.
  let pieces: [Int]
  let sum: UInt128

  /// - Parameter gains: For each item, what each piece gives it; nil if it has no place there. All
  ///   rows have the same length.
  /// - Returns: nil if not all items can have a piece of their own.
  init?(_ gains: [[UInt128?]]) {
    // No sum of gains comes near it.
    let far: Int128 = 1 << 100
    let count = gains.first?.count ?? 0
    guard gains.count <= count else { return nil }
    func cost(_ item: Int, _ piece: Int) -> Int128 {
      gains[item - 1][piece - 1].map { -Int128($0) } ?? far
    }
    // Row and column 0 stand for none.
    var itemPotentials = [Int128](repeating: 0, count: gains.count + 1)
    var piecePotentials = [Int128](repeating: 0, count: count + 1)
    var owners = [Int](repeating: 0, count: count + 1)
    for item in gains.indices.map({ $0 + 1 }) {
      var least = [Int128](repeating: .max, count: count + 1)
      var previous = [Int](repeating: 0, count: count + 1)
      var isUsed = [Bool](repeating: false, count: count + 1)
      owners[0] = item
      var piece = 0
      repeat {
        isUsed[piece] = true
        let owner = owners[piece]
        var (step, next) = (Int128.max, 0)
        for other in 1...count where !isUsed[other] {
          let reduced = cost(owner, other) - itemPotentials[owner] - piecePotentials[other]
          if reduced < least[other] { (least[other], previous[other]) = (reduced, piece) }
          if least[other] < step { (step, next) = (least[other], other) }
        }
        for other in 0...count {
          if isUsed[other] {
            itemPotentials[owners[other]] += step
            piecePotentials[other] -= step
          } else if least[other] < .max {
            least[other] -= step
          }
        }
        piece = next
      } while owners[piece] != 0
      while piece != 0 {
        owners[piece] = owners[previous[piece]]
        piece = previous[piece]
      }
    }
    var pieces = [Int](repeating: 0, count: gains.count)
    for (piece, owner) in owners.enumerated().dropFirst() where owner > 0 {
      pieces[owner - 1] = piece - 1
    }
    var sum: UInt128 = 0
    for (item, piece) in pieces.enumerated() {
      guard let gain = gains[item][piece] else { return nil }
      sum += gain
    }
    self.pieces = pieces
    self.sum = sum
  }
}
