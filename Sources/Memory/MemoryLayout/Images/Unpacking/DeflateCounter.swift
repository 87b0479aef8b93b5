/// Counts what deflated data unpacks to, and finds out where it ends, by the lengths in it alone:
/// nothing is unpacked.
///
/// Source: RFC 1951.
struct DeflateCounter {
  private let reader: FieldReader
  private let limits: UnpackingLimits
  /// A piece of the file, where it begins there, and what of it is read next.
  private var window: [UInt8] = []
  private var windowStart: UInt64
  private var next = 0
  /// Bits that were read and not used yet, the next one lowest.
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var count: UInt64 = 0

  private static let windowByteCount = 256 << 10
  private static let what = "deflated data"

  /// - Parameter cursor: Where the data begins; afterwards where it ends.
  /// - Returns: The bytes that it unpacks to; `moreThan` where a limit ended it.
  static func count(
    _ cursor: inout ImageCursor, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    var counter = DeflateCounter(cursor.reader, from: cursor.offset, limits)
    let size = try counter.run()
    cursor.offset = counter.position
    return size
  }

  private init(_ reader: FieldReader, from start: UInt64, _ limits: UnpackingLimits) {
    (self.reader, self.limits, windowStart) = (reader, limits, start)
  }

  private mutating func run() throws(LayoutInputError) -> UnpackedSize {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try skipStored()
      case 1:
        if let end = try countBlock(Self.fixedLiterals, Self.fixedDistances) { return end }
      case 2:
        let (literals, distances) = try codes()
        if let end = try countBlock(literals, distances) { return end }
      default: throw broken("a block of no known kind")
      }
      if let end = limits.end(at: count) { return end }
    }
    return .exactly(count, from: "")
  }

  /// In the file, of the first byte of which no bit was used.
  private var position: UInt64 { windowStart + UInt64(next) - UInt64(bitCount / 8) }

  private func broken(_ what: String) -> LayoutInputError {
    reader.malformed("has deflated data with \(what)", at: position)
  }

  private var cutOff: LayoutInputError {
    LayoutInputError(
      .truncated(
        what: Self.what, neededByteCount: reader.byteCount + 1, byteCount: reader.byteCount),
      path: reader.path, at: .offset(position))
  }

  // MARK: Bits

  /// Sees to it that there are more than 48 bits, or all that are left.
  private mutating func fill() throws(LayoutInputError) {
    while bitCount <= 48 {
      if next == window.count {
        windowStart += UInt64(next)
        next = 0
        window = try reader.prefix(Self.windowByteCount, at: windowStart)
        if window.isEmpty { return }
      }
      bits |= UInt64(window[next]) << UInt64(bitCount)
      next += 1
      bitCount += 8
    }
  }

  private mutating func drop(_ count: Int) throws(LayoutInputError) {
    guard count <= bitCount else { throw cutOff }
    bits >>= UInt64(count)
    bitCount -= count
  }

  private mutating func take(_ count: Int) throws(LayoutInputError) -> Int {
    try fill()
    let value = Int(bits & ((1 << UInt64(count)) - 1))
    try drop(count)
    return value
  }

  private mutating func skipStored() throws(LayoutInputError) {
    try drop(bitCount % 8)
    let length = try take(16)
    guard try take(16) == length ^ 0xFFFF else { throw broken("a stored block of two lengths") }
    let end = position + UInt64(length)
    guard end <= reader.byteCount else { throw cutOff }
    (window, next, windowStart, bits, bitCount) = ([], 0, end, 0, 0)
    count += UInt64(length)
  }

  // MARK: Codes

  /// A prefix code: for each 15 bits, the next one lowest, the symbol they begin with and its
  /// length, as `symbol << 4 | length`; 0 for none.
  private struct Code {
    static let longest = 15
    let table: [UInt16]

    /// - Returns: nil if there are more codes of some length than there can be.
    init?(lengths: ArraySlice<UInt8>) {
      var counts = [Int](repeating: 0, count: Self.longest + 1)
      for length in lengths where length > 0 { counts[Int(length)] += 1 }
      var next = [Int](repeating: 0, count: Self.longest + 2)
      var code = 0
      for length in 1...Self.longest {
        code = (code + (length == 1 ? 0 : counts[length - 1])) << 1
        next[length] = code
        guard code + counts[length] <= 1 << length else { return nil }
      }
      var table = [UInt16](repeating: 0, count: 1 << Self.longest)
      for (symbol, length) in lengths.enumerated() where length > 0 {
        let length = Int(length)
        let code = next[length]
        next[length] += 1
        var reversed = 0
        for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
        let entry = UInt16(symbol << 4 | length)
        for index in stride(from: reversed, to: table.count, by: 1 << length) {
          table[index] = entry
        }
      }
      self.table = table
    }

    static let none = [UInt16](repeating: 0, count: 1 << longest)
  }

  private static func fixed(_ lengths: [UInt8]) -> [UInt16] {
    Code(lengths: lengths[...])?.table ?? Code.none
  }

  private static let fixedLiterals = fixed(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
      + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))
  private static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

  private mutating func symbol(_ table: [UInt16]) throws(LayoutInputError) -> Int {
    try fill()
    let entry = table[Int(bits & 0x7FFF)]
    guard entry != 0 else { throw broken("a code that is none") }
    try drop(Int(entry & 15))
    return Int(entry >> 4)
  }

  /// The codes of a block that has its own.
  private mutating func codes() throws(LayoutInputError) -> ([UInt16], [UInt16]) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw broken("too many codes") }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var ofLengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<lengthCount { ofLengths[order[index]] = UInt8(try take(3)) }
    guard let lengthCode = Code(lengths: ofLengths[...]) else { throw broken("too many codes") }
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      let symbol = try symbol(lengthCode.table)
      switch symbol {
      case 0...15: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else { throw broken("a length that repeats none") }
        lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
      case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
      default: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
      let literals = Code(lengths: lengths[..<literalCount]),
      let distances = Code(lengths: lengths[literalCount...])
    else { throw broken("codes that are none") }
    return (literals.table, distances.table)
  }

  // MARK: Blocks

  /// The least length of a match by its symbol, from 257 on, and how many bits say how much more it
  /// is: `base << 8 | bits`.
  private static let lengths: [Int] = extended(
    [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
      163, 195, 227, 258,
    ]
  ) { $0 < 4 || $0 == 28 ? 0 : $0 / 4 - 1 }
  /// The same for distances.
  private static let distances: [Int] = extended(
    [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
      2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
    ]
  ) { $0 < 2 ? 0 : $0 / 2 - 1 }

  private static func extended(_ bases: [Int], _ bitCount: (Int) -> Int) -> [Int] {
    bases.enumerated().map { $0.element << 8 | bitCount($0.offset) }
  }

  /// What is read of a block is held in variables of its own, which is several times faster.
  ///
  /// - Returns: Where a limit ended it; nil at the end of the block.
  private mutating func countBlock(
    _ literals: [UInt16], _ distances: [UInt16]
  ) throws(LayoutInputError) -> UnpackedSize? {
    let (lengthTable, distanceTable) = (Self.lengths, Self.distances)
    var (bits, bitCount, next, window) = (self.bits, self.bitCount, self.next, self.window)
    var count = self.count
    var steps = 0
    func take(_ wanted: Int) -> Int {
      let value = Int(truncatingIfNeeded: bits & (1 &<< UInt64(wanted) &- 1))
      bits &>>= UInt64(wanted)
      bitCount -= wanted
      return value
    }
    while true {
      // A symbol, a distance and what extends them have 48 bits at most.
      if bitCount <= 48 {
        if next + 8 <= window.count {
          while bitCount <= 48 {
            bits |= UInt64(window[next]) &<< UInt64(bitCount)
            next += 1
            bitCount += 8
          }
        } else {
          (self.bits, self.bitCount, self.next) = (bits, bitCount, next)
          try fill()
          (bits, bitCount, next, window) = (self.bits, self.bitCount, self.next, self.window)
        }
      }
      let entry = Int(literals[Int(truncatingIfNeeded: bits & 0x7FFF)])
      let symbol = entry >> 4
      _ = take(entry & 15)
      if symbol > 256, symbol - 257 < lengthTable.count {
        let length = lengthTable[symbol - 257]
        let matched = length >> 8 + take(length & 0xFF)
        let code = Int(distances[Int(truncatingIfNeeded: bits & 0x7FFF)])
        _ = take(code & 15)
        guard code != 0, code >> 4 < distanceTable.count else {
          throw bitCount < 0 ? cutOff : broken("a distance that is none")
        }
        let distance = distanceTable[code >> 4]
        guard UInt64(distance >> 8 + take(distance & 0xFF)) <= count else {
          throw bitCount < 0 ? cutOff : broken("a distance that leads before its start")
        }
        count += UInt64(matched)
      } else if symbol < 256, entry != 0 {
        count += 1
      }
      guard bitCount >= 0 else { throw cutOff }
      if symbol >= 256 || entry == 0 {
        guard entry != 0, symbol - 257 < lengthTable.count else {
          throw broken("a code that is none")
        }
        if symbol == 256 {
          (self.bits, self.bitCount, self.next, self.count) = (bits, bitCount, next, count)
          return nil
        }
      }
      steps += 1
      if steps & 0xFFFF == 0, let end = limits.end(at: count) { return end }
    }
  }
}
