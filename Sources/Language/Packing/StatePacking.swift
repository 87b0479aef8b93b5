package import TransitionSystem

/// Where each slot of a state lies in its packed form: as few bits as its range needs, plus one
/// code for *undefined* where that can occur.
///
/// No field straddles two words. A state that fits into one word has its fields in slot order; a
/// larger one has slots that change together in one word (`SlotAffinity`), and words that are about
/// equally full.
package struct StatePacking: Sendable, Hashable {
  /// One for each slot, in slot order.
  package let fields: [FieldSlot]

  /// The number of 64-bit words of a packed state; at least 1.
  package let wordCount: Int

  /// The number of bits in use.
  package let bitCount: Int

  /// Where one slot lies.
  package struct FieldSlot: Sendable, Hashable {
    package let word: Int
    /// Bits from the word's least significant one.
    package let shift: UInt64
    /// All ones in the lowest bits of the field's width; 0 if it has one code only.
    package let mask: UInt64
    /// The value of code 0, or of code 1 if code 0 stands for undefined.
    package let lower: Int64
    package let mayBeUndefined: Bool
  }

  /// Lays out a system's state.
  ///
  /// - Parameters:
  ///   - mayBeUndefined: For each slot, whether it can be undefined in a reachable state.
  ///   - adjacentSlots: Groups of slots, of 64 bits at most each, that are to lie side by side in
  ///     this order, the first lowest. No slot is in two.
  package init(system: TransitionSystem, mayBeUndefined: [Bool], adjacentSlots: [[Int]] = []) {
    let types = Self.slotTypes(of: system)
    let widths = Self.widths(of: types, mayBeUndefined: mayBeUndefined)
    let total = widths.reduce(0, +)
    let order = total <= 64 ? Array(types.indices) : SlotAffinity(system, widths: widths).order
    let groups = SlotGroups(order, adjacent: adjacentSlots, widths: widths)
    var space = WordSpace(groups.widths)
    let nowhere = FieldSlot(word: 0, shift: 0, mask: 0, lower: 0, mayBeUndefined: false)
    var fields = Array(repeating: nowhere, count: types.count)
    var position = 0
    for number in groups.widths.indices {
      let word: Int
      var shift: Int
      (word, shift) = space.place(width: groups.widths[number])
      for slot in groups.slots[position..<groups.ends[number]] {
        let width = widths[slot]
        fields[slot] = FieldSlot(
          word: word, shift: width == 0 ? 0 : UInt64(shift),
          mask: width == 64 ? .max : (1 << UInt64(width)) - 1, lower: types[slot].lower,
          mayBeUndefined: mayBeUndefined[slot])
        shift += width
      }
      position = groups.ends[number]
    }
    self.fields = fields
    wordCount = space.used.count
    bitCount = space.used.reduce(0, +)
  }

  /// The bits that each slot takes.
  ///
  /// - Parameter mayBeUndefined: For each slot, whether it can be undefined in a reachable state.
  package static func widths(of system: TransitionSystem, mayBeUndefined: [Bool]) -> [Int] {
    widths(of: slotTypes(of: system), mayBeUndefined: mayBeUndefined)
  }

  private static func widths(of types: [ScalarType], mayBeUndefined: [Bool]) -> [Int] {
    precondition(mayBeUndefined.count == types.count, "one answer for each slot")
    return zip(types, mayBeUndefined).map { $0.codeWidth(withUndefined: $1) }
  }

  private static func slotTypes(of system: TransitionSystem) -> [ScalarType] {
    var types: [ScalarType] = []
    types.reserveCapacity(system.slotCount)
    for variable in system.variables { variable.type.forEachSlot { types.append($0) } }
    return types
  }

  // These two are most of what the interpreter's states cost beside the rules: inlinable, since who
  // calls them is in other modules. Else 1.7 % of the instructions of a search are the calls.

  /// Packs a state.
  ///
  /// - Parameters:
  ///   - slots: One value for each slot, in range or undefined where the packing allows it.
  ///   - words: `wordCount` words, overwritten.
  package func encode(
    _ slots: UnsafePointer<Int64>, into words: UnsafeMutablePointer<UInt64>
  ) {
    for word in 0..<wordCount { words[word] = 0 }
    fields.withUnsafeBufferPointer { fields in
      for slot in fields.indices {
        let field = fields[slot]
        let value = slots[slot]
        var code = UInt64(bitPattern: value &- field.lower)
        if field.mayBeUndefined { code = value == Slot.undefined ? 0 : code &+ 1 }
        words[field.word] |= (code & field.mask) << field.shift
      }
    }
  }

  /// Unpacks a state.
  ///
  /// - Parameters:
  ///   - words: `wordCount` words that `encode` has made.
  ///   - slots: One value for each slot, overwritten.
  package func decode(
    _ words: UnsafePointer<UInt64>, into slots: UnsafeMutablePointer<Int64>
  ) {
    fields.withUnsafeBufferPointer { fields in
      for slot in fields.indices {
        let field = fields[slot]
        let code = (words[field.word] >> field.shift) & field.mask
        if field.mayBeUndefined {
          slots[slot] =
            code == 0
            ? Slot.undefined : Int64(bitPattern: code &- 1) &+ field.lower
        } else {
          slots[slot] = Int64(bitPattern: code) &+ field.lower
        }
      }
    }
  }
}

/// Slots that are placed together, in the order in which they are placed: most of them alone.
private struct SlotGroups {
  private(set) var slots: [Int] = []
  /// For each group, behind which of the slots it ends.
  private(set) var ends: [Int] = []
  /// For each group, its bits.
  private(set) var widths: [Int] = []

  init(_ order: [Int], adjacent: [[Int]], widths slotWidths: [Int]) {
    slots.reserveCapacity(order.count)
    ends.reserveCapacity(order.count)
    widths.reserveCapacity(order.count)
    var groupOfSlot = Array(repeating: -1, count: order.count)
    for (number, group) in adjacent.enumerated() {
      for slot in group { groupOfSlot[slot] = number }
    }
    var isPlaced = Array(repeating: false, count: adjacent.count)
    for slot in order {
      let group = groupOfSlot[slot]
      if group < 0 {
        slots.append(slot)
        widths.append(slotWidths[slot])
      } else if !isPlaced[group] {
        isPlaced[group] = true
        slots += adjacent[group]
        widths.append(adjacent[group].reduce(0) { $0 + slotWidths[$1] })
      } else {
        continue
      }
      ends.append(slots.count)
    }
  }
}

/// Words that fields are put into, each into the first that has room.
private struct WordSpace {
  /// Bits in use of each word.
  private(set) var used = [0]
  private var firstOpen = 0
  private let capacity: Int

  /// As few words as the widths fit into, and these filled to about the same height.
  init(_ widths: [Int]) {
    let leastCount = WordSpace(capacity: 64).filled(by: widths).used.count
    let total = widths.reduce(0, +)
    var capacity = max(1, (total + leastCount - 1) / leastCount, widths.max() ?? 0)
    while capacity < 64,
      WordSpace(capacity: capacity).filled(by: widths).used.count > leastCount
    {
      capacity += 1
    }
    self.init(capacity: capacity)
  }

  private init(capacity: Int) { self.capacity = capacity }

  private func filled(by widths: [Int]) -> WordSpace {
    var space = self
    for width in widths { _ = space.place(width: width) }
    return space
  }

  /// Takes some bits of one word.
  mutating func place(width: Int) -> (word: Int, shift: Int) {
    // Words before `firstOpen` are full; looking further back gains little and costs much.
    while firstOpen < used.count - 1, used[firstOpen] == capacity || used.count - firstOpen > 8 {
      firstOpen += 1
    }
    var word = firstOpen
    while word < used.count, used[word] + width > capacity { word += 1 }
    if word == used.count { used.append(0) }
    defer { used[word] += width }
    return (word, used[word])
  }
}

extension ScalarType {
  /// Bits for all values, and for *undefined* if that can occur.
  ///
  /// A range of 2^64 - 1 values and *undefined* fits exactly, because one 64-bit value stands for
  /// undefined anyway.
  fileprivate func codeWidth(withUndefined: Bool) -> Int {
    // A type without values is always undefined: one code.
    guard lower <= upper else { return 0 }
    let last = UInt64(bitPattern: upper &- lower)
    let (greatest, overflow) = last.addingReportingOverflow(withUndefined ? 1 : 0)
    return overflow ? 64 : 64 - greatest.leadingZeroBitCount
  }
}
