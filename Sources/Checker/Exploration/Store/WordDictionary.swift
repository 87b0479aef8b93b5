import CIntrinsics
import Synchronization

/// Numbers words from 0 on, and gives the word of a number.
///
/// Words stand one after another; a table of 32-bit slots finds them. A slot holds a number plus 1
/// and, in the bits that numbers do not need yet, a part of the word's hash. Any number of threads
/// may number words at once; which number a word gets depends on them. Growing is for one thread
/// alone.
package final class WordDictionary {
  /// What threads work through; anew after each growth.
  package struct Handle: @unchecked Sendable {
    fileprivate let words: UnsafeMutablePointer<UInt64>
    fileprivate let slots: UnsafeMutablePointer<Atomic<UInt32>>
    fileprivate let slotCount: UInt64
    fileprivate let numberBits: UInt32
    /// Words at which the dictionary has to grow.
    fileprivate let most: Int
    fileprivate let next: UnsafeMutablePointer<Atomic<Int>>
    fileprivate let spares: UnsafeMutablePointer<Int>

    @inline(__always)
    func word(_ number: UInt32) -> UInt64 { words[Int(number)] }

    /// Asks for the memory that numbering a word will begin at.
    @inline(__always)
    func prefetch(_ word: UInt64) {
      prefetch_for_write(UnsafeRawPointer(slots + home(Self.hash(word))))
    }

    /// Asks for the word that a word will be compared with first. Its slot has been asked for.
    @inline(__always)
    func prefetchWord(_ word: UInt64) {
      let hash = Self.hash(word)
      let mask: UInt32 = (1 &<< numberBits) &- 1
      let tag = tag(hash)
      var slot = slots + home(hash)
      while true {
        let found = slot.pointee.load(ordering: .relaxed)
        if found == 0 { return }
        if found & ~mask == tag {
          prefetch_for_write(UnsafeRawPointer(words + Int((found & mask) &- 1)))
          return
        }
        slot = following(slot)
      }
    }

    /// The number of a word, given now if it has none.
    ///
    /// - Parameter worker: The calling thread's number.
    /// - Returns: Nil if the dictionary has to grow first.
    @inline(__always)
    func number(_ word: UInt64, worker: Int) -> UInt32? {
      let hash = Self.hash(word)
      let mask: UInt32 = (1 &<< numberBits) &- 1
      let tag = tag(hash)
      var slot = slots + home(hash)
      while true {
        var found = slot.pointee.load(ordering: .acquiring)
        if found == 0 {
          guard let number = take(worker) else { return nil }
          words[number] = word
          let (exchanged, original) = slot.pointee.compareExchange(
            expected: 0, desired: tag | UInt32(truncatingIfNeeded: number &+ 1),
            successOrdering: .releasing, failureOrdering: .acquiring)
          if exchanged {
            spares[worker] = WordDictionary.none
            return UInt32(truncatingIfNeeded: number)
          }
          found = original
        }
        if found & ~mask == tag {
          let number = (found & mask) &- 1
          if words[Int(number)] == word { return number }
        }
        slot = following(slot)
      }
    }

    /// A number that nobody uses; it stays the worker's until it is in a slot.
    private func take(_ worker: Int) -> Int? {
      if spares[worker] != WordDictionary.none { return spares[worker] }
      if next.pointee.load(ordering: .relaxed) >= most { return nil }
      spares[worker] = next.pointee.add(1, ordering: .relaxed).oldValue
      return spares[worker]
    }

    @inline(__always)
    fileprivate static func hash(_ word: UInt64) -> UInt64 {
      let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      return (product.high ^ product.low) &* 0xE703_7ED1_A0B4_28DB
    }

    @inline(__always)
    fileprivate func home(_ hash: UInt64) -> Int {
      Int(hash.multipliedFullWidth(by: slotCount).high)
    }

    /// Behind the last slot comes the first. Some are always empty.
    @inline(__always)
    private func following(
      _ slot: UnsafeMutablePointer<Atomic<UInt32>>
    ) -> UnsafeMutablePointer<Atomic<UInt32>> {
      slot + 1 == slots + Int(slotCount) ? slots : slot + 1
    }

    @inline(__always)
    fileprivate func tag(_ hash: UInt64) -> UInt32 {
      UInt32(truncatingIfNeeded: hash & ((1 << UInt64(32 - numberBits)) - 1)) << numberBits
    }
  }

  private let words: PagedMemory<UInt64>
  private var slots: PagedMemory<UInt32>
  private var slotCount: Int
  /// Numbers that have been given out.
  private let next: UnsafeMutablePointer<Atomic<Int>>
  /// For each worker, a number that it was given and has not used.
  private let spares: UnsafeMutablePointer<Int>
  private let workerCount: Int

  fileprivate static let none = -1
  /// No word has it.
  static let noNumber = UInt32.max
  /// Numbers that 32-bit slots have room for.
  static let mostWords = Int(UInt32.max) - 1024
  /// Numbers that there may be.
  private let mostWords: Int

  /// Slots to begin with, of one of so many dictionaries. Of thousands most get few words, and
  /// pages for more would be most of a search's memory.
  private static func firstSlotCount(nodeCount: Int) -> Int { nodeCount <= 256 ? 1 << 9 : 1 << 5 }

  /// - Parameters:
  ///   - nodeCount: Dictionaries that there are of the kind.
  ///   - mostWords: Words that there may be, up to `mostWords` of all dictionaries.
  /// - Returns: Nil if there is no memory.
  init?(workerCount: Int, nodeCount: Int = 1, mostWords: Int = WordDictionary.mostWords) {
    self.mostWords = mostWords
    slotCount = Self.firstSlotCount(nodeCount: nodeCount)
    guard
      let words = PagedMemory<UInt64>(
        count: Self.capacity(slotCount, mostWords, workerCount), grows: true, isOneOfMany: true),
      let slots = PagedMemory<UInt32>(count: slotCount, isOneOfMany: true)
    else { return nil }
    self.words = words
    self.slots = slots
    self.workerCount = workerCount
    next = .allocate(capacity: 1)
    next.initialize(to: Atomic(0))
    spares = .allocate(capacity: workerCount)
    spares.initialize(repeating: Self.none, count: workerCount)
  }

  deinit {
    next.deallocate()
    spares.deallocate()
  }

  var handle: Handle {
    Handle(
      words: words.base,
      slots: UnsafeMutableRawPointer(slots.base).assumingMemoryBound(to: Atomic<UInt32>.self),
      slotCount: UInt64(slotCount), numberBits: numberBits(slotCount), most: most(slotCount),
      next: next, spares: spares)
  }

  /// Words numbered so far.
  var count: Int { next.pointee.load(ordering: .relaxed) }

  /// With what its numbers take beside its words: `next` and the spares, and the heap's own.
  var byteCount: Int { byteCount(slotCount) }

  var byteCountWhenGrown: Int { byteCount(Self.grown(slotCount)) }

  private func byteCount(_ slotCount: Int) -> Int {
    let capacity = Self.capacity(slotCount, mostWords, workerCount)
    return Self.residentByteCount(count * 8, of: capacity * 8)
      + Self.residentByteCount(slotCount * 4, of: slotCount * 4) + 96 + workerCount * 8
  }

  /// Bytes that are really taken: whole pages, or a part of the heap.
  private static func residentByteCount(_ used: Int, of byteCount: Int) -> Int {
    byteCount < 4096 ? byteCount : (used + 4095) & ~4095
  }

  var isFull: Bool { count >= most(slotCount) }

  // MARK: - Growth

  /// The most words at a number of slots; each worker may go one beyond.
  private func most(_ slotCount: Int) -> Int { min(mostWords, slotCount / 20 * 16) }

  private static func capacity(_ slotCount: Int, _ mostWords: Int, _ workerCount: Int) -> Int {
    min(mostWords, slotCount / 20 * 16) + workerCount
  }

  private func numberBits(_ slotCount: Int) -> UInt32 {
    UInt32(
      Int.bitWidth - Self.capacity(slotCount, mostWords, workerCount).leadingZeroBitCount)
  }

  private static func grown(_ slotCount: Int) -> Int {
    if slotCount < 1 << 9 { return slotCount * 4 }
    return slotCount < 1 << 20 ? slotCount * 2 : slotCount + slotCount / 2
  }

  /// Makes the table larger.
  ///
  /// - Returns: False if there is no memory or there are no more numbers; nothing has changed then.
  func grow() -> Bool {
    let grown = Self.grown(slotCount)
    guard most(grown) > most(slotCount),
      words.grow(to: Self.capacity(grown, mostWords, workerCount)),
      let table = PagedMemory<UInt32>(count: grown, isOneOfMany: true)
    else { return false }
    slots = table
    slotCount = grown
    let handle = self.handle
    let unused = Set((0..<workerCount).map { spares[$0] })
    for number in 0..<count where !unused.contains(number) {
      let hash = Handle.hash(words.base[number])
      var slot = handle.home(hash)
      while table.base[slot] != 0 { slot = slot + 1 == grown ? 0 : slot + 1 }
      table.base[slot] = handle.tag(hash) | UInt32(number + 1)
    }
    return true
  }
}
