import CIntrinsics
import Checkpoints
import Glibc

/// Some states on their way to a file or from one: a column for each word of a state, one for depths,
/// and one for numbers.
///
/// What is written are the words themselves, and nothing of how a store finds them, so that any store
/// can take them. A column whose words are all the same is written once; of others what they exceed the
/// least by, in as few bytes as the largest takes, or, where there are at most 256 different ones, these
/// and a byte for each state. So of states of thousands of words little is written.
final class StateColumns {
  let wordCount: Int
  /// States that there is room for.
  let capacity: Int
  private let words: UnsafeMutablePointer<UInt64>
  private(set) var count = 0

  /// Bytes of states that are taken at once.
  private static let leastByteCount = 1 << 20
  private static let mostStates = 1 << 14

  private static func capacity(_ wordCount: Int) -> Int {
    max(1, min(mostStates, leastByteCount / (8 * wordCount)))
  }

  /// Bytes of memory that columns take.
  static func byteCount(wordCount: Int) -> Int { capacity(wordCount) * (wordCount + 2) * 8 }

  /// - Returns: Nil if there is no memory.
  init?(wordCount: Int) {
    self.wordCount = wordCount
    capacity = Self.capacity(wordCount)
    guard let memory = malloc_or_null(capacity * (wordCount + 2) * 8) else { return nil }
    words = memory.bindMemory(to: UInt64.self, capacity: capacity * (wordCount + 2))
  }

  deinit { free(words) }

  var byteCount: Int { Self.byteCount(wordCount: wordCount) }

  /// The most bytes of a block that has them.
  var blockByteCount: Int { byteCount + (wordCount + 2) * 16 + 16 }

  var isFull: Bool { count == capacity }

  func removeAll() { count = 0 }

  /// - Precondition: Not full.
  func append(_ state: UnsafePointer<UInt64>, depth: Int, number: Int) {
    var place = words + count
    for word in 0..<wordCount {
      place.pointee = state[word]
      place += capacity
    }
    place.pointee = UInt64(depth)
    place[capacity] = UInt64(number)
    count += 1
  }

  func state(_ position: Int, into state: UnsafeMutablePointer<UInt64>) {
    var place = words + position
    for word in 0..<wordCount {
      state[word] = place.pointee
      place += capacity
    }
  }

  func depth(_ position: Int) -> UInt64 { words[wordCount * capacity + position] }

  func number(_ position: Int) -> UInt64 { words[(wordCount + 1) * capacity + position] }

  // MARK: - Bytes

  private static let isSame: UInt8 = 0
  // 1 to 8: bytes of a number.
  private static let isListed: UInt8 = 9
  private static let mostListed = 256

  func write(to buffer: BlockBuffer) {
    buffer.append(count)
    for column in 0..<wordCount + 2 {
      writeColumn(UnsafeBufferPointer(start: words + column * capacity, count: count), to: buffer)
    }
  }

  private func writeColumn(_ column: UnsafeBufferPointer<UInt64>, to buffer: BlockBuffer) {
    var (least, greatest) = (UInt64.max, UInt64.min)
    for word in column {
      least = min(least, word)
      greatest = max(greatest, word)
    }
    if least >= greatest {
      buffer.append(Self.isSame)
      buffer.append(least)
      return
    }
    let size = 8 - (greatest - least).leadingZeroBitCount / 8
    if size > 1, let list = WordList(column, most: Self.mostListed),
      list.words.count * 8 + count < size * count
    {
      buffer.append(Self.isListed)
      buffer.append(list.words) { buffer.append($0) }
      guard let place = buffer.extend(by: count) else { return }
      for (position, word) in column.enumerated() {
        place.storeBytes(of: list.number(of: word), toByteOffset: position, as: UInt8.self)
      }
      return
    }
    buffer.append(UInt8(size))
    buffer.append(least)
    // The last number is written with more bytes than it has.
    guard let place = buffer.extend(by: size * count + 8 - size) else { return }
    for (position, word) in column.enumerated() {
      (place + position * size).storeBytes(of: (word - least).littleEndian, as: UInt64.self)
    }
  }

  /// Takes the states of a block in place of those that there are.
  func read(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) {
    count = try bytes.count(capacity)
    for column in 0..<wordCount + 2 { try readColumn(words + column * capacity, &bytes) }
  }

  private func readColumn(
    _ column: UnsafeMutablePointer<UInt64>, _ bytes: inout BlockBytes
  ) throws(BlockBytes.Unexpected) {
    switch try bytes.number(UInt8.self) {
    case Self.isSame:
      let word = try bytes.number(UInt64.self)
      for position in 0..<count { column[position] = word }
    case Self.isListed:
      let list = try bytes.list { bytes throws(BlockBytes.Unexpected) in
        try bytes.number(UInt64.self)
      }
      let numbers = try bytes.take(count)
      for position in 0..<count {
        guard Int(numbers[position]) < list.count else { throw BlockBytes.Unexpected() }
        column[position] = list[Int(numbers[position])]
      }
    case let size where size <= 8:
      let least = try bytes.number(UInt64.self)
      let size = Int(size)
      let numbers = try bytes.take(size * count + 8 - size)
      let mask = UInt64.max >> UInt64(64 - 8 * size)
      for position in 0..<count {
        let word = numbers.loadUnaligned(fromByteOffset: position * size, as: UInt64.self)
        column[position] = (UInt64(littleEndian: word) & mask) &+ least
      }
    default: throw BlockBytes.Unexpected()
    }
  }
}

/// The different words of a column, where they are few.
private struct WordList {
  private(set) var words: [UInt64] = []
  /// For each place, one more than the number of the word in it.
  private var places: [UInt16]
  private let mask: Int

  /// - Returns: Nil if there are more than `most`.
  init?(_ column: UnsafeBufferPointer<UInt64>, most: Int) {
    mask = 4 * most - 1
    places = Array(repeating: 0, count: mask + 1)
    var last: UInt64?
    for word in column where word != last {
      last = word
      let place = place(of: word)
      if places[place] != 0 { continue }
      if words.count == most { return nil }
      words.append(word)
      places[place] = UInt16(words.count)
    }
  }

  /// Where a word is, or would be.
  private func place(of word: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 48) & mask
    while places[place] != 0, words[Int(places[place]) - 1] != word { place = (place + 1) & mask }
    return place
  }

  func number(of word: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: Int(places[place(of: word)]) - 1)
  }
}
