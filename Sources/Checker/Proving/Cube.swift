/// States that have some bits in common: the positions of the bits, ascending, each with its value.
struct Cube: Hashable {
  /// Twice a position, and one more where the bit is false.
  let codes: [Int32]

  init(_ codes: [Int32]) { self.codes = codes }

  var count: Int { codes.count }

  static func position(_ code: Int32) -> Int { Int(code >> 1) }

  static func isTrue(_ code: Int32) -> Bool { code & 1 == 0 }

  static func code(_ position: Int, isTrue: Bool) -> Int32 {
    Int32(position) << 1 | (isTrue ? 0 : 1)
  }

  /// Whether all states of another one are among its own.
  func covers(_ other: Cube) -> Bool {
    guard codes.count <= other.codes.count else { return false }
    var position = 0
    for code in codes {
      while position < other.codes.count, other.codes[position] < code { position += 1 }
      guard position < other.codes.count, other.codes[position] == code else { return false }
      position += 1
    }
    return true
  }

  func without(_ code: Int32) -> Cube { Cube(codes.filter { $0 != code }) }
}
