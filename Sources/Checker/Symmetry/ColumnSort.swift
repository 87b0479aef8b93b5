import Packing
import TransitionSystem

/// The canonical state for a scalarset that only indexes arrays, and whose elements are named only
/// from outside of these: its elements are sorted by all that the state says of each.
///
/// What the state says of an element is a column: its fields in all arrays, which the layout keeps
/// side by side, and one bit for each place that may name it. Two elements with the same column
/// can be exchanged without changing the state, so the sorted state is the same for a whole orbit.
struct ColumnSort: Sendable {
  let set: Int
  let count: Int
  /// For each element, where its fields begin.
  private let positions: [(word: Int, shift: UInt64)]
  private let mask: UInt64
  private let names: [NameField]

  /// A field that may name an element.
  private struct NameField: Sendable {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    /// The code that names element 0.
    let first: UInt64
  }

  /// The bits that are left beside the element's number in a key of 64 bits.
  static let mostColumnBits = 56
  static let mostElements = 256

  /// - Parameters:
  ///   - columns: For each element, its slots in order; the layout has them side by side.
  ///   - names: Slots that may name an element, with the value that names the first.
  init(
    set: Int, columns: [[Int]], names: [(slot: Int, first: Int64)], packing: StatePacking
  ) {
    self.set = set
    count = columns.count
    let fields = columns.map { $0.map { packing.fields[$0] } }
    positions = fields.map { fields in
      let placed = fields.filter { $0.mask != 0 }
      return (placed.first?.word ?? 0, placed.map(\.shift).min() ?? 0)
    }
    let width = fields.first?.reduce(0) { $0 + $1.mask.nonzeroBitCount } ?? 0
    mask = (1 << UInt64(width)) - 1
    self.names = names.map { slot, first in
      let field = packing.fields[slot]
      let code = UInt64(bitPattern: first &- field.lower) &+ (field.mayBeUndefined ? 1 : 0)
      return NameField(word: field.word, shift: field.shift, mask: field.mask, first: code)
    }
  }

  /// Whether the columns of a set fit a key.
  static func fits(elements: Int, columnBits: Int, names: Int) -> Bool {
    elements <= mostElements && columnBits + names <= mostColumnBits
  }

  /// Fills in the elements' columns, each followed by 8 bits for the element's number.
  @inline(__always)
  private func readKeys(
    _ words: UnsafePointer<UInt64>, into keys: UnsafeMutablePointer<UInt64>
  ) {
    let nameBits = UInt64(names.count)
    positions.withUnsafeBufferPointer { positions in
      for element in 0..<count {
        let position = positions[element]
        let column = (words[position.word] >> position.shift) & mask
        keys[element] = column << (nameBits + 8) | UInt64(element)
      }
    }
    names.withUnsafeBufferPointer { names in
      for number in names.indices {
        let name = names[number]
        let code = (words[name.word] >> name.shift) & name.mask
        let element = code &- name.first
        if element < UInt64(count) { keys[Int(element)] |= 1 << (UInt64(number) + 8) }
      }
    }
  }

  /// Sorts the elements of a packed state.
  ///
  /// - Parameters:
  ///   - keys: Room for `mostElements`; afterwards element `keys[new] & 255` has the name `new`.
  /// - Returns: False if they were in order already.
  @inline(__always)
  func sort(
    _ words: UnsafeMutablePointer<UInt64>, keys: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    readKeys(words, into: keys)
    guard sortKeys(keys) else { return false }
    let nameBits = UInt64(names.count)
    positions.withUnsafeBufferPointer { positions in
      for element in 0..<count {
        let position = positions[element]
        let column = keys[element] >> (nameBits + 8)
        words[position.word] =
          words[position.word] & ~(mask << position.shift) | column << position.shift
      }
    }
    writeNames(words, keys)
    return true
  }

  /// Insertion sort: a successor of a sorted state is sorted but for the few elements that its step
  /// was about.
  @inline(__always)
  private func sortKeys(_ keys: UnsafeMutablePointer<UInt64>) -> Bool {
    var hasMoved = false
    var element = 1
    while element < count {
      let key = keys[element]
      var place = element
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        place -= 1
      }
      if place != element {
        keys[place] = key
        hasMoved = true
      }
      element += 1
    }
    return hasMoved
  }

  @inline(__always)
  private func writeNames(
    _ words: UnsafeMutablePointer<UInt64>, _ keys: UnsafePointer<UInt64>
  ) {
    names.withUnsafeBufferPointer { names in
      guard !names.isEmpty else { return }
      for element in 0..<count {
        var bits = (keys[element] >> 8) & ((1 << UInt64(names.count)) - 1)
        while bits != 0 {
          let name = names[bits.trailingZeroBitCount]
          bits &= bits - 1
          words[name.word] =
            words[name.word] & ~(name.mask << name.shift)
            | (name.first + UInt64(element)) << name.shift
        }
      }
    }
  }

  /// For each element of a sorted state, how many have its column, itself and those behind it.
  ///
  /// - Parameters:
  ///   - keys: Room for `mostElements`.
  ///   - counts: One for each element, overwritten.
  @inline(__always)
  func countAlike(
    _ words: UnsafePointer<UInt64>, keys: UnsafeMutablePointer<UInt64>,
    into counts: UnsafeMutablePointer<UInt16>
  ) {
    readKeys(words, into: keys)
    var element = count - 1
    counts[element] = 1
    while element > 0 {
      element -= 1
      counts[element] = keys[element] >> 8 == keys[element + 1] >> 8 ? counts[element + 1] + 1 : 1
    }
  }
}
