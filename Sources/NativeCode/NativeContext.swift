/// What native code is called with: the `context` of the emitted C, field by field. All fields are
/// eight bytes wide, so the two agree without a shared header.
public struct NativeContext {
  public var states: UnsafePointer<UInt64>?
  public var count = 0
  public var room = 0
  public var successors: UnsafeMutablePointer<UInt64>?
  public var instances: UnsafeMutablePointer<Int>?
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
  public var remarks: UnsafeMutablePointer<UInt8>?
  var isAnyEnabled = 0
  var onlyTries = 0
  /// Not 0 where a state was given back because there is no room for its successors.
  public var isFull = 0
  var ticks = NativeContext.ticksBetweenLooks
  /// Asks `dueOwner` whether whoever waits wants no more: not 0 if so. A null pointer asks nobody.
  public var isDue: (@convention(c) (UnsafeMutableRawPointer) -> Int)?
  public var dueOwner: UnsafeMutableRawPointer?
  /// The lowest address of the stack of the thread that the code runs on.
  public var stackFloor: UInt = 0

  // What follows is there for models with symbolic constants; for others the jump buffer lies here.

  /// What has been found out, each in a place of its own; `factCount` of them, zeros at first.
  public var facts: UnsafeMutableRawPointer?
  /// Results of functions, as `facts`; `recalledCount` of them.
  public var recalled: UnsafeMutableRawPointer?
  /// For each element of the symbolic constants, its term.
  public var elements: UnsafePointer<Int64>?
  /// Finds out the result of an operation on two operands: `cannotTell` gives the state back.
  public var findOut: (@convention(c) (UnsafeMutableRawPointer, Int64, Int64, Int64) -> Int64)?
  /// Whether some outcomes cover the state's path condition: 0, 1, or `cannotTell`.
  public var isCovered:
    (@convention(c) (UnsafeMutableRawPointer, UnsafePointer<Int64>, Int) -> Int64)?
  /// Whose the two functions are.
  public var owner: UnsafeMutableRawPointer?
  /// Path conditions that runs are left for; room for `outcomeCount`.
  public var pending: UnsafeMutablePointer<Int64>?
  var pendingCount = 0
  /// The path condition of the run so far.
  var path: Int64 = 0
  /// The path condition of the state.
  public var statePath: Int64 = 0
  /// Path conditions under which a step leads on, and to another state, where they are not the
  /// state's; room for `outcomeCount` each.
  public var enabled: UnsafeMutablePointer<Int64>?
  public var progress: UnsafeMutablePointer<Int64>?
  var enabledCount = 0
  var progressCount = 0
  var isEnabled = 0
  var hasChanged = 0
  /// For each expanded state, whether it has symbolic constants for which no rule is enabled.
  public var isStuck: UnsafeMutablePointer<UInt8>?
  /// The greatest value of each measure; `measures` are the least.
  public var greatest: UnsafeMutablePointer<Int64>?
  /// Path conditions that a state can have.
  public var pathLimit = 0

  /// What a function that is asked about symbolic constants answers where it cannot tell.
  public static let cannotTell = Int64.min
  /// Rounds and instances after which it is asked whether this is to end: some tenths of a
  /// millisecond.
  static let ticksBetweenLooks = 1 << 16
  public static let factCount = 1 << CSymbolicRuntime.factBits
  /// Bytes of a fact: the kind of operation, two operands, and the result.
  public static let factByteCount = 32
  public static let recalledCount = 1 << RecalledFunctions.tableBits
  /// Bytes of a result: the function, what the result depends on, and itself.
  public static let recalledByteCount = 8 * (RecalledFunctions.keyCount + 2)
  public static let outcomeCount = 1 << 12

  /// Bytes to allocate for a context: these fields, and the C's own jump buffer behind them.
  public static let byteCount = MemoryLayout<NativeContext>.stride + 64 * 8

  public init() {}
}
