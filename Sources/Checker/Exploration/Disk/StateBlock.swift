import Glibc

/// The form that sorted states have on disk, some at a time.
///
/// Neighbours are alike. Of a state's first word the difference to the one before is kept, of the others
/// the bits that differ, and of each number the bytes up to its highest that is not 0. How many these are
/// stands in front, four bits for each word of all states, as in the byte codes that are decoded without a
/// branch (Lemire, Kurz and Rupp, "Stream VByte", 2018).
package struct StateBlock {
  let wordCount: Int
  /// The most states of a block.
  package let stateCount: Int

  /// Words of a block of some thousand states of one word.
  package static let usualWordCount = 1 << 11

  /// - Parameter words: How many words a block is to have, about.
  package init(wordCount: Int, words: Int = usualWordCount) {
    self.wordCount = wordCount
    stateCount = max(4, words / wordCount)
  }

  /// Words of the states of a block.
  var capacity: Int { stateCount * wordCount }

  /// Bytes that a block may take, and those behind it that are written and read for nothing.
  package var mostBytes: Int { (capacity + 1) / 2 + 8 * capacity + 8 }

  /// Writes states, in their order.
  ///
  /// - Parameters:
  ///   - count: At most `stateCount`.
  ///   - bytes: Room for `mostBytes`.
  /// - Returns: How many bytes they take.
  package func encode(
    _ states: UnsafePointer<UInt64>, count: Int, into bytes: UnsafeMutableRawPointer
  ) -> Int {
    let valueCount = count * wordCount
    let lengths = bytes.assumingMemoryBound(to: UInt8.self)
    lengths[valueCount / 2] = 0
    var end = bytes + (valueCount + 1) / 2
    if wordCount == 1 {
      var before: UInt64 = 0
      for value in 0..<valueCount {
        let state = states[value]
        Self.append(state &- before, value, lengths, &end)
        before = state
      }
      return end - bytes
    }
    var value = 0
    for position in 0..<count {
      for word in 0..<wordCount {
        let before = position == 0 ? 0 : states[value &- wordCount]
        let number = word == 0 ? states[value] &- before : states[value] ^ before
        Self.append(number, value, lengths, &end)
        value &+= 1
      }
    }
    return end - bytes
  }

  /// Writes a number, and its length as that of the value of a block. Values come one after another.
  @inline(__always)
  private static func append(
    _ number: UInt64, _ value: Int, _ lengths: UnsafeMutablePointer<UInt8>,
    _ end: inout UnsafeMutableRawPointer
  ) {
    let length = (71 &- number.leadingZeroBitCount) &>> 3
    end.storeBytes(of: number.littleEndian, as: UInt64.self)
    end += length
    let bits = UInt8(truncatingIfNeeded: length)
    if value & 1 == 0 {
      lengths[value &>> 1] = bits
    } else {
      lengths[value &>> 1] |= bits &<< 4
    }
  }

  /// Reads states.
  ///
  /// - Parameters:
  ///   - bytes: What `encode` has written, and nothing else: its lengths are believed. Eight bytes behind
  ///     them are read.
  ///   - count: How many states were written.
  package func decode(
    _ bytes: UnsafeRawPointer, count: Int, into states: UnsafeMutablePointer<UInt64>
  ) {
    let valueCount = count * wordCount
    let lengths = bytes.assumingMemoryBound(to: UInt8.self)
    var next = bytes + (valueCount + 1) / 2
    if wordCount == 1 {
      var state: UInt64 = 0
      var value = 0
      while value &+ 1 < valueCount {
        let both = lengths[value &>> 1]
        state &+= Self.number(&next, both & 15)
        states[value] = state
        state &+= Self.number(&next, both &>> 4)
        states[value &+ 1] = state
        value &+= 2
      }
      if value < valueCount {
        states[value] = state &+ Self.number(&next, lengths[value &>> 1] & 15)
      }
      return
    }
    var value = 0
    for position in 0..<count {
      for word in 0..<wordCount {
        let both = lengths[value &>> 1]
        let number = Self.number(&next, value & 1 == 0 ? both & 15 : both &>> 4)
        let before = position == 0 ? 0 : states[value &- wordCount]
        states[value] = word == 0 ? before &+ number : before ^ number
        value &+= 1
      }
    }
  }

  @inline(__always)
  private static func number(_ next: inout UnsafeRawPointer, _ length: UInt8) -> UInt64 {
    let bits = UInt64(length) &* 8
    let word = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
    next += Int(length)
    // Shifts by 64 and more give 0.
    return word & ~(~0 << bits)
  }

  /// A fingerprint of some bytes, to know them again.
  package static func checksum(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    var sum: (UInt64, UInt64) = (UInt64(count), 0x9E37_79B9_7F4A_7C15)
    var position = 0
    while position &+ 16 <= count {
      sum.0 = fold(sum.0 ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      sum.1 = fold(sum.1 ^ bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self))
      position &+= 16
    }
    while position < count {
      sum.0 = fold(sum.0 ^ UInt64(bytes.load(fromByteOffset: position, as: UInt8.self)))
      position &+= 1
    }
    return fold(sum.0 ^ fold(sum.1))
  }

  @inline(__always)
  private static func fold(_ number: UInt64) -> UInt64 {
    let product = number.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
