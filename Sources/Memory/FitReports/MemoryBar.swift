package import MemoryLayout

/// A machine's RAM as one line of characters, and where items lie in it.
///
/// Every character stands for the same number of bytes of RAM, lowest first; what is no RAM is left
/// out. A pure function of its inputs.
package struct MemoryBar: Hashable, Sendable {
  /// The letter of each item, in the order given; after 52 of them `+` for all others.
  package let letters: [(name: String, letter: Character)]
  /// As many characters as asked for, or fewer if there are not so many bytes.
  package let text: String
  /// Bytes of RAM that a character stands for, rounded up.
  package let byteCountOfCharacter: UInt128

  /// The RAM that the first character with more than two items stands for, which is no border
  /// between neighbours; nil if there is no such one.
  package let crowd: AddressSet?

  private let memory: AddressSet

  package static let free: Character = "."
  /// Several items in one character.
  package static let several: Character = "*"
  /// An item without a letter of its own.
  package static let others: Character = "+"

  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// - Parameters:
  ///   - memory: The RAM that is shown.
  ///   - uses: What of it is in use.
  ///   - names: Items in the order in which they get letters; what else is placed has `+`.
  ///   - width: Characters; at least 1.
  package init(
    _ memory: AddressSet, uses: [MemoryUse], _ placement: Placement, names: [String], width: Int
  ) {
    letters = names.enumerated().map { index, name in
      (name, index < Self.alphabet.count ? Self.alphabet[index] : Self.others)
    }
    self.memory = memory
    let total = memory.byteCount
    let slice = max((total + UInt128(max(width, 1)) - 1) / UInt128(max(width, 1)), 1)
    byteCountOfCharacter = slice
    let known = Set(names)
    let places =
      letters.compactMap { name, letter in placement[name].map { ($0, letter) } }
      + placement.filter { !known.contains($0.key) }.map { ($0.value, Self.others) }
    var text = ""
    var crowd: AddressSet?
    var offset: UInt128 = 0
    while offset < total {
      let part = Self.part(of: memory, from: offset, byteCount: min(slice, total - offset))
      let there = Self.items(of: part, places)
      if crowd == nil, there.count > 2 { crowd = part }
      text.append(Self.character(part, uses, there))
      offset += slice
    }
    self.text = text
    self.crowd = crowd
  }

  /// Items that have a character of their own.
  var shownCount: Int {
    let letters = Set(letters.map(\.letter))
    return Set(text).count { letters.contains($0) }
  }

  /// Addresses below the characters where they lie, such as `^1 MiB`; empty if none of them is in
  /// the line.
  package var marks: String {
    guard let first = memory.ranges.first, let last = memory.ranges.last else { return "" }
    var line = ""
    for (address, name) in Self.landmarks where first.start < address && address <= last.last {
      let below = memory.intersection(AddressRange.below(address)).byteCount
      let column = Int(below / byteCountOfCharacter)
      guard column > line.count || line.isEmpty, column + name.count < text.count else { continue }
      line += String(repeating: " ", count: column - line.count) + "^" + name
    }
    return line
  }

  /// Where firmware's memory, kexec's image and what devices of 32 bits reach end or begin.
  static let landmarks: [(address: UInt64, name: String)] = [
    (1 << 20, "1 MiB"), (16 << 20, "16 MiB"), (4 << 30, "4 GiB"),
  ]

  /// Some bytes of a set, counted from its first.
  private static func part(
    of memory: AddressSet, from offset: UInt128, byteCount: UInt128
  ) -> AddressSet {
    var ranges: [AddressRange] = []
    var before: UInt128 = 0
    for range in memory.ranges {
      let low = max(offset, before)
      let high = min(offset + byteCount, before + range.byteCount)
      if low < high {
        let start = range.start + UInt64(low - before)
        ranges += [AddressRange(start: start, byteCount: UInt64(clamping: high - low))]
          .compactMap { $0 }
      }
      before += range.byteCount
    }
    return AddressSet(ranges)
  }

  private static func character(
    _ part: AddressSet, _ uses: [MemoryUse], _ there: [Character]
  ) -> Character {
    if there.count > 1 { return several }
    if let letter = there.first { return letter }
    let used = uses.map { ($0.kind.symbol, part.intersection($0.addresses).byteCount) }
    let most = used.max { $0.1 < $1.1 }
    let sum = used.reduce(0) { $0 + $1.1 }
    return sum * 2 > part.byteCount ? most?.0 ?? free : free
  }

  /// The letters of what lies in a part; of what lies within another one only the inner.
  private static func items(
    of part: AddressSet, _ places: [(AddressRange, Character)]
  ) -> [Character] {
    let there = places.filter { !part.intersection($0.0).isEmpty }
    guard there.count > 1 else { return there.map(\.1) }
    return there.filter { one in
      !there.contains { $0.0 != one.0 && one.0.contains($0.0) }
    }.map(\.1)
  }

  package static func == (one: MemoryBar, other: MemoryBar) -> Bool {
    one.text == other.text && one.byteCountOfCharacter == other.byteCountOfCharacter
      && one.letters.elementsEqual(other.letters, by: ==)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
