/// The tails of a table's keys, beside its slots: one, two, four or eight bytes for each, as many as
/// the longest tail takes.
final class KeyTails {
  private let memory: PagedMemory<UInt8>
  let byteCount: Int

  /// - Parameters:
  ///   - bitCount: Of a tail: 1 to 64.
  ///   - slotCount: Slots that there are.
  /// - Returns: Nil if there is no memory.
  convenience init?(bitCount: Int, slotCount: Int) {
    var byteCount = 1
    while byteCount * 8 < bitCount { byteCount *= 2 }
    self.init(byteCount: byteCount, slotCount: slotCount)
  }

  /// - Parameter byteCount: Of a tail: 1, 2, 4 or 8.
  init?(byteCount: Int, slotCount: Int) {
    guard let memory = PagedMemory<UInt8>(count: slotCount * byteCount, grows: true) else {
      return nil
    }
    self.memory = memory
    self.byteCount = byteCount
  }

  /// Makes room for more slots; false if there is no memory.
  func grow(to slotCount: Int) -> Bool { memory.grow(to: slotCount * byteCount) }

  var handle: Handle { Handle(base: UnsafeMutableRawPointer(memory.base), byteCount: byteCount) }

  /// What threads read and write through; anew after each growth.
  struct Handle: @unchecked Sendable {
    fileprivate let base: UnsafeMutableRawPointer
    fileprivate let byteCount: Int

    /// Where the tail of a slot lies.
    @inline(__always)
    func address(_ slot: Int) -> UnsafeMutableRawPointer { base + slot &* byteCount }

    @inline(__always)
    func load(_ slot: Int) -> UInt64 {
      let address = address(slot)
      return switch byteCount {
      case 1: UInt64(address.load(as: UInt8.self))
      case 2: UInt64(address.load(as: UInt16.self))
      case 4: UInt64(address.load(as: UInt32.self))
      default: address.load(as: UInt64.self)
      }
    }

    @inline(__always)
    func store(_ tail: UInt64, _ slot: Int) {
      let address = address(slot)
      switch byteCount {
      case 1: address.storeBytes(of: UInt8(truncatingIfNeeded: tail), as: UInt8.self)
      case 2: address.storeBytes(of: UInt16(truncatingIfNeeded: tail), as: UInt16.self)
      case 4: address.storeBytes(of: UInt32(truncatingIfNeeded: tail), as: UInt32.self)
      default: address.storeBytes(of: tail, as: UInt64.self)
      }
    }
  }
}
