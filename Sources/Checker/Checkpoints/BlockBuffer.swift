import CIntrinsics
import Glibc

/// The bytes of a block on their way to a file, in memory that is taken once and counted by its owner.
///
/// Room for what stands around them is a part of it, so that a block is written in one go. Where there
/// is no more memory, bytes are left out and `isShort` says so.
package final class BlockBuffer {
  /// What stands in front of a block's bytes, and what behind.
  static let headByteCount = 16
  static let tailByteCount = 8

  private(set) var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// Bytes of the block.
  package private(set) var count = 0
  /// Whether bytes were left out for want of memory.
  package private(set) var isShort = false

  /// - Parameter capacity: Bytes of a block for which there is room without taking more.
  /// - Returns: Nil if there is no memory.
  package init?(capacity: Int) {
    self.capacity = capacity
    guard let memory = malloc_or_null(Self.headByteCount + capacity + Self.tailByteCount) else {
      return nil
    }
    base = memory
  }

  deinit { free(base) }

  /// Bytes of memory.
  package var byteCount: Int { Self.headByteCount + capacity + Self.tailByteCount }

  /// What has been appended.
  package var bytes: [UInt8] {
    Array(UnsafeRawBufferPointer(start: base + Self.headByteCount, count: count))
  }

  package func removeAll() {
    count = 0
    isShort = false
  }

  /// Room for some bytes behind the others, which count from now on; nil without memory.
  package func extend(by added: Int) -> UnsafeMutableRawPointer? {
    if count + added > capacity {
      let grown = max(2 * capacity, count + added)
      guard
        let memory = realloc_or_null(base, Self.headByteCount + grown + Self.tailByteCount)
      else {
        isShort = true
        return nil
      }
      (base, capacity) = (memory, grown)
    }
    defer { count += added }
    return base + Self.headByteCount + count
  }

  /// Numbers are written with their lowest byte first.
  package func append<Number: FixedWidthInteger>(_ number: Number) {
    let size = MemoryLayout<Number>.size
    extend(by: size)?.storeBytes(of: number.littleEndian, as: Number.self)
  }

  package func append(_ number: Int) { append(Int64(number)) }

  package func append(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.baseAddress else { return }
    extend(by: bytes.count)?.copyMemory(from: first, byteCount: bytes.count)
  }

  package func append(_ bytes: [UInt8]) {
    append(bytes.count)
    bytes.withUnsafeBytes { append($0) }
  }

  package func append(_ text: String) { append(Array(text.utf8)) }

  package func append<Element>(_ list: [Element], _ body: (Element) -> Void) {
    append(list.count)
    for element in list { body(element) }
  }
}

/// Reads what a `BlockBuffer` was given, in the same order. What is not there, or cannot be, is an
/// error: whoever reads trusts no number of it.
package struct BlockBytes {
  package struct Unexpected: Error {
    package init() {}
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// - Parameter bytes: Which stay as they are while this is used.
  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Bytes that have not been read.
  package var left: Int { bytes.count - position }

  /// The next bytes as they are.
  package mutating func take(_ count: Int) throws(Unexpected) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= left else { throw Unexpected() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  package mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type = Number.self
  ) throws(Unexpected) -> Number {
    let bytes = try take(MemoryLayout<Number>.size)
    return Number(littleEndian: bytes.loadUnaligned(as: Number.self))
  }

  package mutating func count(_ most: Int = .max) throws(Unexpected) -> Int {
    let count = Int(try number(Int64.self))
    guard count >= 0, count <= most else { throw Unexpected() }
    return count
  }

  package mutating func list() throws(Unexpected) -> [UInt8] {
    Array(try take(try count()))
  }

  package mutating func text() throws(Unexpected) -> String {
    guard let text = String(validating: try list(), as: UTF8.self) else { throw Unexpected() }
    return text
  }

  /// - Parameter body: Reads one element, of one byte at least.
  package mutating func list<Element>(
    _ body: (inout BlockBytes) throws(Unexpected) -> Element
  ) throws(Unexpected) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<(try count(left)) { elements.append(try body(&self)) }
    return elements
  }

  /// - Throws: Where something is left.
  package func end() throws(Unexpected) {
    if left > 0 { throw Unexpected() }
  }
}
