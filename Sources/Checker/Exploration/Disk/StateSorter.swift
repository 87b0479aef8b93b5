import Glibc

/// Sorts states by their words and leaves out those that come again.
///
/// It is a radix sort from the highest bit in which states differ on: states are dealt by some bits from there
/// on, and each pile is sorted by itself, so that bits which all states of a pile share cost nothing, and
/// equal states are found by having none in which they differ (McIlroy, Bostic and McIlroy, "Engineering
/// radix sort", 1993).
package final class StateSorter {
  private let wordCount: Int
  /// For each depth of piles, where each of them ends.
  private var ends: [UnsafeMutablePointer<Int>] = []
  /// Of a few states, their places in their order.
  private let order: UnsafeMutablePointer<Int>

  private static let mostBits = 11
  /// States that are sorted by comparing them.
  private static let fewStates = 20

  package init(wordCount: Int) {
    self.wordCount = wordCount
    order = .allocate(capacity: Self.fewStates)
  }

  deinit {
    for piles in ends { piles.deallocate() }
    order.deallocate()
  }

  /// Sorts states in place.
  ///
  /// - Parameter other: Room for as many.
  /// - Returns: How many are left.
  package func sort(
    _ states: UnsafeMutablePointer<UInt64>, count: Int, _ other: UnsafeMutablePointer<UInt64>
  ) -> Int {
    var out = states
    sort(states, states: count, other, word: 0, level: 0, isHome: true, into: &out)
    return (out - states) / wordCount
  }

  /// Sorts a pile and appends its states to those that are sorted.
  ///
  /// - Parameters:
  ///   - pile: States that are equal up to a word.
  ///   - other: As much room in the other half, at the same place.
  ///   - isHome: Whether the pile lies where sorted states go; these end before it.
  private func sort(
    _ pile: UnsafeMutablePointer<UInt64>, states count: Int, _ other: UnsafeMutablePointer<UInt64>,
    word: Int, level: Int, isHome: Bool, into out: inout UnsafeMutablePointer<UInt64>
  ) {
    if count <= Self.fewStates {
      if wordCount == 1 { return insertionSort(pile, count: count, into: &out) }
      if isHome { other.update(from: pile, count: count * wordCount) }
      return insertionSortWide(isHome ? other : pile, count: count, into: &out)
    }
    var word = word
    var differing = differingBits(pile, count: count, word)
    while differing == 0 {
      word += 1
      if word == wordCount { return append(pile, to: &out) }
      differing = differingBits(pile, count: count, word)
    }
    let highest = 63 - differing.leadingZeroBitCount
    let wished = Int.bitWidth - 2 - count.leadingZeroBitCount
    let bits = min(highest + 1, Self.mostBits, max(1, wished))
    let shift = UInt64(highest + 1 - bits)
    let pileCount = 1 << bits
    if level == ends.count { ends.append(.allocate(capacity: 1 << Self.mostBits)) }
    let ends = ends[level]
    deal(pile, count: count, other, word: word, shift, pileCount, ends)
    var first = 0
    for number in 0..<pileCount {
      let end = ends[number]
      if end == first { continue }
      let offset = first * wordCount
      if end - first == 1 {
        append(other + offset, to: &out)
      } else {
        sort(
          other + offset, states: end - first, pile + offset, word: word, level: level + 1,
          isHome: !isHome, into: &out)
      }
      first = end
    }
  }

  /// The bits of a word in which states differ.
  private func differingBits(
    _ states: UnsafeMutablePointer<UInt64>, count: Int, _ word: Int
  ) -> UInt64 {
    let first = states[word]
    var bits: UInt64 = 0
    if wordCount == 1 {
      for position in 0..<count { bits |= states[position] ^ first }
    } else {
      for position in 0..<count { bits |= states[position &* wordCount &+ word] ^ first }
    }
    return bits
  }

  /// Moves states to their piles, in the order in which they are.
  ///
  /// - Parameter ends: Where each pile ends is left here.
  private func deal(
    _ states: UnsafeMutablePointer<UInt64>, count: Int, _ other: UnsafeMutablePointer<UInt64>,
    word: Int, _ shift: UInt64, _ pileCount: Int, _ ends: UnsafeMutablePointer<Int>
  ) {
    let mask = UInt64(pileCount &- 1)
    let wordCount = wordCount
    ends.update(repeating: 0, count: pileCount)
    for position in 0..<count {
      ends[Int(truncatingIfNeeded: (states[position &* wordCount &+ word] &>> shift) & mask)] &+= 1
    }
    var sum = 0
    for number in 0..<pileCount {
      let size = ends[number]
      ends[number] = sum
      sum &+= size
    }
    if wordCount == 1 {
      for position in 0..<count {
        let state = states[position]
        let number = Int(truncatingIfNeeded: (state &>> shift) & mask)
        other[ends[number]] = state
        ends[number] &+= 1
      }
      return
    }
    for position in 0..<count {
      let state = states + position &* wordCount
      let number = Int(truncatingIfNeeded: (state[word] &>> shift) & mask)
      copy(state, to: other + ends[number] &* wordCount)
      ends[number] &+= 1
    }
  }

  /// Sorts a few states of one word and appends them to those that are sorted.
  private func insertionSort(
    _ states: UnsafeMutablePointer<UInt64>, count: Int,
    into out: inout UnsafeMutablePointer<UInt64>
  ) {
    for position in 1..<max(1, count) {
      let state = states[position]
      var hole = position
      while hole > 0, states[hole &- 1] > state {
        states[hole] = states[hole &- 1]
        hole &-= 1
      }
      states[hole] = state
    }
    // What is written over lies before what is compared.
    for position in 0..<count where position == 0 || states[position] != states[position &- 1] {
      out.pointee = states[position]
      out += 1
    }
  }

  /// The same for wider states, which do not lie where sorted ones go.
  private func insertionSortWide(
    _ states: UnsafeMutablePointer<UInt64>, count: Int,
    into out: inout UnsafeMutablePointer<UInt64>
  ) {
    for position in 0..<count {
      let state = states + position &* wordCount
      var hole = position
      while hole > 0,
        StateOrder.precedes(state, states + order[hole &- 1] &* wordCount, wordCount)
      {
        order[hole] = order[hole &- 1]
        hole &-= 1
      }
      order[hole] = position
    }
    for position in 0..<count {
      let state = states + order[position] &* wordCount
      if position > 0,
        StateOrder.equal(state, states + order[position &- 1] &* wordCount, wordCount)
      {
        continue
      }
      append(state, to: &out)
    }
  }

  private func append(
    _ state: UnsafeMutablePointer<UInt64>, to out: inout UnsafeMutablePointer<UInt64>
  ) {
    copy(state, to: out)
    out += wordCount
  }

  @inline(__always)
  private func copy(_ state: UnsafePointer<UInt64>, to place: UnsafeMutablePointer<UInt64>) {
    for word in 0..<wordCount { place[word] = state[word] }
  }
}
