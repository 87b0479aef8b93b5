package import CNativeContext

/// What native code is called with. Its fields stand in `Runtime/native-context.h`, with which the
/// emitted C begins.
package typealias NativeContext = native_context

extension NativeContext {
  /// What a function that is asked about symbolic constants answers where it cannot tell.
  package static let cannotTell = Int64.min
  /// Rounds and instances until it is asked for the first time whether this is to end.
  package static let firstTicks = Int64(TICKS_BETWEEN_LOOKS)
  /// Places for what operations on addresses give.
  package static let factCount = 1 << Int(FACT_BITS)
  /// Places for what functions give.
  package static let recalledCount = 1 << Int(RECALLED_BITS)
  /// Path conditions that there is to be room for in `pending`, `enabled` and `progress`.
  package static let outcomeCount = Int(MAX_OUTCOMES)
}
