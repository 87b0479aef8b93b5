/// What native code is called with: the `context` of the emitted C, field by field. All fields are
/// eight bytes wide, so the two agree without a shared header.
package struct NativeContext {
  package var states: UnsafePointer<UInt64>?
  package var count = 0
  package var room = 0
  package var successors: UnsafeMutablePointer<UInt64>?
  package var instances: UnsafeMutablePointer<Int>?
  package var ends: UnsafeMutablePointer<Int>?
  package var hasProgress: UnsafeMutablePointer<UInt8>?
  package var coverHits: UnsafeMutablePointer<Int>?
  package var savedCoverHits: UnsafeMutablePointer<Int>?
  package var propertyCovers: UnsafeMutablePointer<Int>?
  package var live: UnsafeMutablePointer<UInt8>?
  package var measures: UnsafeMutablePointer<Int64>?
  package var antecedents: UnsafeMutablePointer<UInt8>?
  package var position = 0
  package var produced = 0
  var isGivenBack = 0
  var rounds = 0
  var depth = 0
  var nesting = 0
  var top = 0
  package var alike: UnsafePointer<UInt16>?
  package var multiplicities: UnsafeMutablePointer<Int>?
  var multiplicity = 0
  package var remarks: UnsafeMutablePointer<UInt8>?
  var isAnyEnabled = 0
  var onlyTries = 0
  /// Not 0 where a state was given back because there is no room for its successors.
  package var isFull = 0
  var ticks = NativeContext.ticksBetweenLooks
  /// Asks `dueOwner` whether whoever waits wants no more: not 0 if so. A null pointer asks nobody.
  package var isDue: (@convention(c) (UnsafeMutableRawPointer) -> Int)?
  package var dueOwner: UnsafeMutableRawPointer?
  /// The lowest address of the stack of the thread that the code runs on.
  package var stackFloor: UInt = 0

  // What follows is there for models with symbolic constants; for others the jump buffer lies here.

  /// What has been found out, each in a place of its own; `factCount` of them, zeros at first.
  package var facts: UnsafeMutableRawPointer?
  /// Results of functions, as `facts`; `recalledCount` of them.
  package var recalled: UnsafeMutableRawPointer?
  /// For each element of the symbolic constants, its term.
  package var elements: UnsafePointer<Int64>?
  /// Finds out the result of an operation on two operands: `cannotTell` gives the state back.
  package var findOut: (@convention(c) (UnsafeMutableRawPointer, Int64, Int64, Int64) -> Int64)?
  /// Whether some outcomes cover the state's path condition: 0, 1, or `cannotTell`.
  package var isCovered:
    (@convention(c) (UnsafeMutableRawPointer, UnsafePointer<Int64>, Int) -> Int64)?
  /// Whose the two functions are.
  package var owner: UnsafeMutableRawPointer?
  /// Path conditions that runs are left for; room for `outcomeCount`.
  package var pending: UnsafeMutablePointer<Int64>?
  var pendingCount = 0
  /// The path condition of the run so far.
  var path: Int64 = 0
  /// The path condition of the state.
  package var statePath: Int64 = 0
  /// Path conditions under which a step leads on, and to another state, where they are not the
  /// state's; room for `outcomeCount` each.
  package var enabled: UnsafeMutablePointer<Int64>?
  package var progress: UnsafeMutablePointer<Int64>?
  var enabledCount = 0
  var progressCount = 0
  var isEnabled = 0
  var hasChanged = 0
  /// For each expanded state, whether it has symbolic constants for which no rule is enabled.
  package var isStuck: UnsafeMutablePointer<UInt8>?
  /// The greatest value of each measure; `measures` are the least.
  package var greatest: UnsafeMutablePointer<Int64>?
  /// Path conditions that a state can have.
  package var pathLimit = 0

  /// What a function that is asked about symbolic constants answers where it cannot tell.
  package static let cannotTell = Int64.min
  /// Rounds and instances after which it is asked whether this is to end: some tenths of a
  /// millisecond.
  static let ticksBetweenLooks = 1 << 16
  package static let factCount = 1 << CSymbolicRuntime.factBits
  /// Bytes of a fact: the kind of operation, two operands, and the result.
  package static let factByteCount = 32
  package static let recalledCount = 1 << RecalledFunctions.tableBits
  /// Bytes of a result: the function, what the result depends on, and itself.
  package static let recalledByteCount = 8 * (RecalledFunctions.keyCount + 2)
  package static let outcomeCount = 1 << 12

  /// Bytes to allocate for a context: these fields, and the C's own jump buffer behind them.
  package static let byteCount = MemoryLayout<NativeContext>.stride + 64 * 8

  package init() {}
}
