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

  package static let free: Character = "."
  package static let occupied: Character = "#"
  /// Several items in one character.
  package static let several: Character = "*"

  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// - Parameters:
  ///   - names: Items in the order in which they get letters.
  ///   - width: Characters; at least 1.
  ///   - kept: What is in use beside what the map says.
  ///   - beside: Memory that items may lie in though the map does not show it as free RAM.
  ///   - part: The RAM that is shown; all if nil.
  package init(
    _ map: MemoryMap, _ placement: Placement, names: [String], width: Int,
    kept: AddressSet = .empty, beside: AddressSet = .empty, part: AddressSet? = nil
  ) {
    letters = names.enumerated().map { index, name in
      (name, index < Self.alphabet.count ? Self.alphabet[index] : "+")
    }
    let memory = part ?? map.systemRAM.union(beside)
    let usable = map.usableRAM.union(beside).subtracting(kept)
    let total = memory.byteCount
    let slice = max((total + UInt128(max(width, 1)) - 1) / UInt128(max(width, 1)), 1)
    byteCountOfCharacter = slice
    let places = letters.compactMap { name, letter in placement[name].map { ($0, letter) } }
    var text = ""
    var crowd: AddressSet?
    var offset: UInt128 = 0
    while offset < total {
      let part = Self.part(of: memory, from: offset, byteCount: min(slice, total - offset))
      let character = Self.character(part, usable, places)
      if crowd == nil, Self.items(of: part, places).count > 2 { crowd = part }
      text.append(character)
      offset += slice
    }
    self.text = text
    self.crowd = crowd
  }

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
    _ part: AddressSet, _ usable: AddressSet, _ places: [(AddressRange, Character)]
  ) -> Character {
    let there = items(of: part, places)
    if there.count > 1 { return several }
    if let letter = there.first { return letter }
    let free = part.intersection(usable).byteCount
    return free * 2 >= part.byteCount ? Self.free : occupied
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
