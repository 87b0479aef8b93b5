/// What native code is called with: the `context` of the emitted C, field by field. All fields are
/// eight bytes wide, so the two agree without a shared header.
public struct NativeContext {
  public var states: UnsafePointer<UInt64>?
  public var count = 0
  public var room = 0
  public var successors: UnsafeMutablePointer<UInt64>?
  public var instances: UnsafeMutablePointer<Int32>?
  public var ends: UnsafeMutablePointer<Int>?
  public var hasProgress: UnsafeMutablePointer<UInt8>?
  public var coverHits: UnsafeMutablePointer<Int>?
  public var savedCoverHits: UnsafeMutablePointer<Int>?
  public var propertyCovers: UnsafeMutablePointer<Int>?
  public var live: UnsafeMutablePointer<UInt8>?
  public var measures: UnsafeMutablePointer<Int64>?
  public var antecedents: UnsafeMutablePointer<UInt8>?
  public var position = 0
  public var produced = 0
  var isGivenBack = 0
  var rounds = 0
  var depth = 0
  var nesting = 0
  var top = 0
  public var alike: UnsafePointer<UInt16>?
  public var multiplicities: UnsafeMutablePointer<Int>?
  var multiplicity = 0

  /// Bytes to allocate for a context: these fields, and the C's own jump buffer behind them.
  public static let byteCount = MemoryLayout<NativeContext>.stride + 64 * 8

  public init() {}
}
