/// Numbers one after another, in pieces: to grow copies nothing and leaves little unused.
struct NumberList {
  private static let pieceBits = 14
  private var pieces: [Piece] = []
  private(set) var count = 0

  /// Bytes of all pieces.
  var byteCount: Int { pieces.count << (Self.pieceBits + 2) }

  private final class Piece {
    let numbers: UnsafeMutablePointer<UInt32>
    init(_ count: Int) { numbers = .allocate(capacity: count) }
    deinit { numbers.deallocate() }
  }

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count & (1 << Self.pieceBits - 1) == 0 { pieces.append(Piece(1 << Self.pieceBits)) }
    pieces[pieces.count - 1].numbers[count & (1 << Self.pieceBits - 1)] = number
    count += 1
  }

  @inline(__always)
  subscript(position: Int) -> UInt32 {
    pieces[position >> Self.pieceBits].numbers[position & (1 << Self.pieceBits - 1)]
  }
}
