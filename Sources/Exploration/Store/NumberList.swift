/// Numbers one after another, in pieces: to grow copies nothing and leaves little unused.
struct NumberList {
  private static let pieceCount = 1 << 20
  private var pieces: [[UInt32]] = []
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count & (Self.pieceCount - 1) == 0 {
      pieces.append([])
      // A short list is one piece that grows as it needs.
      if pieces.count > 1 { pieces[pieces.count - 1].reserveCapacity(Self.pieceCount) }
    }
    pieces[pieces.count - 1].append(number)
    count += 1
  }

  /// Calls `body` with each number, in order.
  @inline(__always)
  func forEach(_ body: (UInt32) -> Void) {
    for piece in pieces {
      for number in piece { body(number) }
    }
  }
}
