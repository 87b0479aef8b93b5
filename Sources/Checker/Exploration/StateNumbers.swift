import Synchronization

/// Numbers of states, as they are found, and for each the instances of liveness properties that it
/// is known to be good for: by itself, or because a state is that it leads to.
///
/// Numbers depend on the order in which threads come by; nothing that is reported does. Any number
/// of threads may take numbers and mark at once. Room is made by one thread alone.
final class StateNumbers: @unchecked Sendable {
  /// Instances of liveness properties.
  let instanceCount: Int
  /// Bytes of marks for each state: a bit an instance.
  let stride: Int
  private let memory: PagedMemory<UInt8>
  private(set) var capacity: Int
  /// The first number that nobody has. 0 is no number.
  private let next = Atomic<Int>(1)

  /// Numbers that a thread takes at once.
  static let blockCount = 1 << 10

  /// - Parameters:
  ///   - capacity: Numbers that are needed.
  /// - Returns: Nil if there is no memory.
  init?(instanceCount: Int, capacity: Int) {
    self.instanceCount = instanceCount
    self.capacity = capacity
    stride = (instanceCount + 7) / 8
    guard let memory = PagedMemory<UInt8>(count: capacity * stride, grows: true) else { return nil }
    self.memory = memory
  }

  /// Numbers below this one may be in use.
  var end: Int { next.load(ordering: .relaxed) }

  var byteCount: Int { capacity * stride }

  func byteCount(capacity: Int) -> Int { capacity * stride }

  /// Makes room for more numbers; false if there is no memory.
  func grow(to capacity: Int) -> Bool {
    guard capacity <= UInt32.max, memory.grow(to: capacity * stride) else { return false }
    self.capacity = capacity
    return true
  }

  func takeBlock() -> Range<Int> {
    let first = next.add(Self.blockCount, ordering: .relaxed).oldValue
    return first..<first + Self.blockCount
  }

  // MARK: - Marks

  /// The marks of all numbers that may be in use, while no thread marks.
  var markBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: memory.base, count: min(end, capacity) * stride)
  }

  /// States that are good for all instances, while no thread marks. Numbers that no state has are not.
  var goodCount: Int {
    let (marks, end) = (marks, min(end, capacity))
    var count = 0
    for number in 0..<end where marks.isGood(number) { count += 1 }
    return count
  }

  /// Whether any state is marked for an instance, while no thread marks.
  func isMarkedAnywhere(_ instance: Int) -> Bool {
    let (marks, end) = (marks, min(end, capacity))
    return (0..<end).contains { marks.isMarked($0, instance) }
  }

  /// Takes a byte of the marks that a state had in a checkpoint.
  func restore(_ number: Int, byte: Int, _ marks: UInt8) {
    memory.base[number * stride + byte] = marks
  }

  /// What threads mark through; anew after each growth.
  struct Marks: @unchecked Sendable {
    fileprivate let bytes: UnsafeMutablePointer<Atomic<UInt8>>
    fileprivate let stride: Int
    fileprivate let lastByte: UInt8

    /// Marks a state for an instance.
    @inline(__always)
    func mark(_ number: Int, _ instance: Int) {
      bytes[number &* stride &+ instance &>> 3].bitwiseOr(
        1 &<< UInt8(instance & 7), ordering: .relaxed)
    }

    @inline(__always)
    func isMarked(_ number: Int, _ instance: Int) -> Bool {
      let byte = bytes[number &* stride &+ instance &>> 3].load(ordering: .relaxed)
      return byte &>> UInt8(instance & 7) & 1 != 0
    }

    /// Which of sixteen instances a state is marked for, from one on whose number is a multiple of that.
    func bits(_ number: Int, from instance: Int) -> UInt16 {
      let byte = instance &>> 3
      let first = number &* stride &+ byte
      let low = UInt16(bytes[first].load(ordering: .relaxed))
      if byte &+ 1 == stride { return low }
      return low | UInt16(bytes[first &+ 1].load(ordering: .relaxed)) &<< 8
    }

    /// Whether a state is good for all instances.
    @inline(__always)
    func isGood(_ number: Int) -> Bool {
      let first = number &* stride
      for byte in 0..<stride &- 1 where bytes[first &+ byte].load(ordering: .relaxed) != .max {
        return false
      }
      return bytes[first &+ stride &- 1].load(ordering: .relaxed) == lastByte
    }

    /// Marks a state for all that a state is marked for that it leads to.
    ///
    /// - Returns: Whether that was more than it was marked for.
    @inline(__always)
    func inherit(_ number: Int, from successor: Int) -> Bool {
      var isMore = false
      for byte in 0..<stride {
        let new = bytes[successor &* stride &+ byte].load(ordering: .relaxed)
        let old = bytes[number &* stride &+ byte].load(ordering: .relaxed)
        if new & ~old == 0 { continue }
        bytes[number &* stride &+ byte].bitwiseOr(new, ordering: .relaxed)
        isMore = true
      }
      return isMore
    }
  }

  var marks: Marks {
    Marks(
      bytes: UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: Atomic<UInt8>.self),
      stride: stride, lastByte: .max &>> UInt8((8 - instanceCount % 8) % 8))
  }
}
