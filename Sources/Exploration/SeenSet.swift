/// The states that have been seen, numbered in the order in which they were found, and for each the
/// number of the state that it was found from.
///
/// Packed states stand one after another in one array; a hash table of 32-bit numbers with linear
/// probing finds them. Exact: states are compared whole. Not safe for use by several threads.
public struct SeenSet: ~Copyable {
  private let wordCount: Int
  private var words: UnsafeMutablePointer<UInt64>
  private var parents: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  /// State numbers plus 1; 0 is an empty slot.
  private var table: UnsafeMutablePointer<UInt32>
  private var tableMask: Int

  /// The number of states.
  public private(set) var count = 0

  /// States that the 32-bit numbers allow.
  public static let maximumCount = Int(UInt32.max) - 2

  /// The parent of start states.
  public static let noParent = UInt32.max

  /// Makes an empty set of states of `wordCount` words each.
  public init(wordCount: Int) {
    self.wordCount = wordCount
    capacity = 1 << 10
    words = .allocate(capacity: capacity * wordCount)
    parents = .allocate(capacity: capacity)
    tableMask = (1 << 12) - 1
    table = .allocate(capacity: tableMask + 1)
    table.initialize(repeating: 0, count: tableMask + 1)
  }

  deinit {
    words.deallocate()
    parents.deallocate()
    table.deallocate()
  }

  /// Bytes of memory in use.
  public var byteCount: Int { capacity * (wordCount * 8 + 4) + (tableMask + 1) * 4 }

  /// Bytes that will be in use while the set grows to hold one state more.
  public var byteCountAfterGrowth: Int {
    var bytes = byteCount
    if count == capacity { bytes += 2 * capacity * (wordCount * 8 + 4) }
    if (count + 1) * 2 > tableMask + 1 { bytes += 2 * (tableMask + 1) * 4 }
    return bytes
  }

  /// The states as they are now, to be read while nothing is added.
  public struct View: @unchecked Sendable {
    let words: UnsafePointer<UInt64>
    /// State numbers plus 1, or 0 in an empty slot.
    let table: UnsafePointer<UInt32>
    /// What a hash is masked with to find its first slot.
    let tableMask: Int
    fileprivate let wordCount: Int

    /// The words of a state.
    @inline(__always)
    func state(_ number: Int) -> UnsafePointer<UInt64> { words + number * wordCount }

    /// The number of a state; nil if it has not been seen.
    @inline(__always)
    func find(_ state: UnsafePointer<UInt64>, hash: UInt64) -> Int? {
      var slot = Int(truncatingIfNeeded: hash) & tableMask
      while true {
        let entry = table[slot]
        if entry == 0 { return nil }
        let number = Int(entry) - 1
        if equals(state, self.state(number)) { return number }
        slot = (slot + 1) & tableMask
      }
    }

    @inline(__always)
    private func equals(
      _ state: UnsafePointer<UInt64>, _ other: UnsafePointer<UInt64>
    ) -> Bool {
      for word in 0..<wordCount where state[word] != other[word] { return false }
      return true
    }
  }

  /// The states as they are now.
  var view: View {
    View(words: words, table: table, tableMask: tableMask, wordCount: wordCount)
  }

  /// The words of a state.
  @inline(__always)
  public func state(_ number: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(words + number * wordCount)
  }

  /// The number of the state that a state was found from, or nil for a start state.
  public func parent(of number: Int) -> Int? {
    parents[number] == Self.noParent ? nil : Int(parents[number])
  }

  /// The number of a state; nil if it has not been seen.
  ///
  /// - Parameter hash: `StateHash.hash` of the state.
  @inline(__always)
  public func find(_ state: UnsafePointer<UInt64>, hash: UInt64) -> Int? {
    view.find(state, hash: hash)
  }

  /// Adds a state that `find` has not found.
  ///
  /// - Precondition: `count < SeenSet.maximumCount`.
  /// - Returns: Its number.
  public mutating func insert(
    _ state: UnsafePointer<UInt64>, hash: UInt64, parent: UInt32
  ) -> Int {
    precondition(count < Self.maximumCount, "state numbers are 32 bits")
    if count == capacity { growStates() }
    if (count + 1) * 2 > tableMask + 1 { growTable() }
    let number = count
    (words + number * wordCount).update(from: state, count: wordCount)
    parents[number] = parent
    count += 1
    enter(number, hash: hash)
    return number
  }

  private func enter(_ number: Int, hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & tableMask
    while table[slot] != 0 { slot = (slot + 1) & tableMask }
    table[slot] = UInt32(number + 1)
  }

  private mutating func growStates() {
    let larger = capacity * 2
    let newWords = UnsafeMutablePointer<UInt64>.allocate(capacity: larger * wordCount)
    newWords.update(from: words, count: count * wordCount)
    words.deallocate()
    words = newWords
    let newParents = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
    newParents.update(from: parents, count: count)
    parents.deallocate()
    parents = newParents
    capacity = larger
  }

  private mutating func growTable() {
    table.deallocate()
    tableMask = (tableMask + 1) * 2 - 1
    table = .allocate(capacity: tableMask + 1)
    table.initialize(repeating: 0, count: tableMask + 1)
    for number in 0..<count {
      enter(number, hash: StateHash.hash(state(number), wordCount: wordCount))
    }
  }
}

/// Hashes packed states, by folded 64 by 64 bit products as in wyhash (Wang Yi, 2019).
public enum StateHash {
  /// A hash of a state's words.
  @inline(__always)
  public static func hash(_ state: UnsafePointer<UInt64>, wordCount: Int) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in 0..<wordCount {
      hash = fold(hash ^ state[word], 0xA076_1D64_78BD_642F &+ UInt64(word) &* 2)
    }
    return fold(hash ^ 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    // A zero factor would lose the other one.
    return product.high ^ product.low ^ left
  }
}

/// A fingerprint of a set of states that does not depend on their order, to compare runs, engines
/// and machines. Equal sets give equal digests; different ones do so with probability 2^-128.
public struct StateSetDigest: Sendable, Hashable, CustomStringConvertible {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  public init() {}

  /// Adds a state.
  @inline(__always)
  mutating func add(hash: UInt64) {
    low &+= hash
    let rotated = hash ^ 0xD6E8_FEB8_6659_FD93
    let product = rotated.multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
    high &+= product.high ^ product.low
  }

  public var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
