/// What one guard, action or property may take; more is a run-time error in every engine.
package enum ExecutionLimits {
  /// Nested calls.
  package static let callDepth = 1_000

  /// Levels of the trees of all functions that are being executed: each costs native stack.
  package static let nesting = 200_000

  /// Rounds of all loops, calls, and members of multisets that `multisetcount` and its like look
  /// at, together.
  package static let rounds = 10_000_000

  /// Slots for the frames of calls: enough for the deepest recursion of usual functions; large
  /// frames reach the end earlier.
  package static func stackSlotCount(of system: TransitionSystem) -> Int {
    let frames =
      system.functions.map(\.frameSlotCount)
      + (system.rules + system.startStates).map(\.frameSlotCount)
      + system.properties.map(\.frameSlotCount)
    let largest = (frames.max() ?? 0) + system.slotCount + 1
    return min(max(largest * 4, 1 << 18), 1 << 24)
  }
}
