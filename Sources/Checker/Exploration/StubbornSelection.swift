import Packing
import PartialOrder
import TransitionSystem

/// Leaves successors out of a batch that stubborn sets can do without, for one thread.
///
/// A set is made do with only where one of its successors lies in the next level: no state is then
/// left out for ever (`docs/internals/partial-order.md`). Which level a state lies in does not
/// depend on the order in which threads come by, so neither does what is left out.
final class StubbornSelection {
  private let selector: StubbornSetSelector
  private let packing: StatePacking
  private let slots: UnsafeMutablePointer<Int64>
  private var isNew: UnsafeMutablePointer<UInt8>
  private var isSelected: UnsafeMutablePointer<UInt8>
  private var capacity: Int

  /// - Parameter capacity: The most successors of a batch.
  init?(_ space: SearchSpace, capacity: Int) {
    guard let selector = space.stubbornSets?.makeSelector() else { return nil }
    self.selector = selector
    packing = space.packing
    slots = .allocate(capacity: max(1, space.system.slotCount))
    slots.initialize(repeating: 0, count: max(1, space.system.slotCount))
    self.capacity = capacity
    isNew = .allocate(capacity: capacity)
    isSelected = .allocate(capacity: capacity)
  }

  deinit {
    slots.deallocate()
    isNew.deallocate()
    isSelected.deallocate()
  }

  /// Makes room for a batch of so many successors.
  ///
  /// - Parameter mayTake: Asked before so many bytes are taken.
  /// - Returns: False if there is no memory for that.
  func makeRoom(_ count: Int, _ mayTake: (Int) -> Bool) -> Bool {
    guard count > capacity else { return true }
    guard mayTake(2 * (count - capacity)) else { return false }
    isNew.deallocate()
    isSelected.deallocate()
    isNew = .allocate(capacity: count)
    isSelected = .allocate(capacity: count)
    capacity = count
    return true
  }

  /// Leaves out what is not needed.
  ///
  /// - Parameters:
  ///   - batch: Of `stateCount` states, which are packed in `states`, with its keys.
  ///   - depth: The depth of the expanded states.
  func reduce(
    _ batch: SuccessorBatch, of states: UnsafePointer<UInt64>, stateCount: Int, depth: Int,
    _ inserter: any StateInserter
  ) {
    // Something is wrong with a state; it is shown as it is.
    guard batch.failures.isEmpty else { return }
    let (isNew, isSelected) = (isNew, isSelected)
    for successor in 0..<batch.count {
      let found = inserter.depth(inserter.key(batch, successor))
      isNew[successor] = found.map { $0 > depth } ?? true ? 1 : 0
    }
    for state in 0..<stateCount {
      packing.decode(states + state * packing.wordCount, into: slots)
      let successors = batch.successors(of: state)
      _ = selector.select(
        enabled: UnsafeBufferPointer(
          start: batch.instances + successors.lowerBound, count: successors.count),
        isNew: isNew + successors.lowerBound, slots: slots,
        into: isSelected + successors.lowerBound)
    }
    batch.keep(isSelected, stateCount: stateCount)
  }
}
