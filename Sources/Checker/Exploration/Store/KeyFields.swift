/// How the numbers of a state's words share a key: a field of bits for each word.
///
/// A key of fields needs no numbers of pairs, so it takes one lookup for each word that a rule has
/// changed. It has room for little: where a word has more values than its field has room for, the
/// key of a state is the tree's (`StateTree`). The highest bit of a key tells the two apart.
package struct KeyFields: Equatable {
  /// For each word, the lowest bit and the number of bits of its field.
  package let shifts: [UInt64]
  package let widths: [UInt64]

  /// Bits of all fields.
  static let bitCount = 63
  /// Set in keys that are the tree's.
  package static let treeBit: UInt64 = 1 << 63
  /// Words of a state that has fields; more would have fields of a few bits. The fields of two
  /// words have room for all numbers that there can be.
  static let wordCounts = 2...16

  private init(widths: [Int]) {
    self.widths = widths.map { UInt64($0) }
    var shift = 0
    shifts = widths.map { width in
      defer { shift += width }
      return UInt64(shift)
    }
  }

  /// Fields for words of which nothing is known.
  ///
  /// - Returns: Nil for fewer or more than `wordCounts`.
  package init?(wordCount: Int) {
    self.init(counts: Array(repeating: 1, count: wordCount))
  }

  /// Fields for words with so many values each; what is left over is shared out.
  ///
  /// - Returns: Nil if the values alone need too many bits.
  package init?(counts: [Int]) {
    guard Self.wordCounts.contains(counts.count) else { return nil }
    // Numbers below a count; the number of bits of the greatest.
    var widths = counts.map { max(1, Int.bitWidth - max(0, $0 - 1).leadingZeroBitCount) }
    var left = Self.bitCount - widths.reduce(0, +)
    guard left >= 0 else { return nil }
    var word = 0
    while left > 0, widths.contains(where: { $0 < 32 }) {
      if widths[word] < 32 {
        widths[word] += 1
        left -= 1
      }
      word = (word + 1) % widths.count
    }
    self.init(widths: widths)
  }

  /// Whether words with so many values each have numbers without room in their fields.
  package func overflow(counts: [Int]) -> Bool {
    zip(counts, widths).contains { $0 > 1 << $1 }
  }
}
