import TransitionSystem

/// The truth of conditions in one state after another, each looked at once a state at most.
final class PredicateEvaluation {
  enum Truth: UInt8 {
    case fails
    case holds
    /// Undefined, wrong, or not understood.
    case unknown
  }

  private let nodes: UnsafePointer<PredicateTable.Node>
  private let operands: UnsafePointer<Int>
  private let count: Int
  /// Conditions that are evaluated as they stand.
  private let general: [StatePredicate]
  private var slots: UnsafePointer<Int64>?
  private let truths: UnsafeMutablePointer<Truth>
  /// For each condition, the state that its truth is of.
  private let states: UnsafeMutablePointer<UInt32>
  private var state: UInt32 = 0

  /// - Parameter tables: Have to live as long as this.
  init(_ tables: DependenceTables) {
    nodes = tables.nodes.start
    operands = tables.operands.start
    general = tables.conditions.general
    count = max(1, tables.nodes.count)
    truths = .allocate(capacity: count)
    truths.initialize(repeating: .unknown, count: count)
    states = .allocate(capacity: count)
    states.initialize(repeating: 0, count: count)
  }

  deinit {
    truths.deallocate()
    states.deallocate()
  }

  /// Turns to another state, which has to stay where it is until the next.
  func begin(_ slots: UnsafePointer<Int64>) {
    self.slots = slots
    state &+= 1
    if state == 0 {
      states.update(repeating: 0, count: count)
      state = 1
    }
  }

  @inline(__always)
  func truth(of number: Int) -> Truth {
    if states[number] == state { return truths[number] }
    let truth = evaluate(number)
    states[number] = state
    truths[number] = truth
    return truth
  }

  private func evaluate(_ number: Int) -> Truth {
    guard let slots else { return .unknown }
    let node = nodes[number]
    switch node.kind {
    case .constant:
      return node.constant == 0 ? .fails : .holds
    case .slot, .member:
      let value = slots[node.slot]
      if value == Slot.undefined { return .unknown }
      return node.holds(value) ? .holds : .fails
    case .undefined:
      return (slots[node.slot] == Slot.undefined) == (node.constant == 1)
        ? .holds : .fails
    case .general:
      return general[node.slot].holds(in: slots).map { $0 ? .holds : .fails } ?? .unknown
    case .unknown:
      return .unknown
    case .and, .or:
      // The operand that decides; before it none may be unknown.
      let decisive: Truth = node.kind == .and ? .fails : .holds
      for operand in node.operands {
        let truth = truth(of: operands[operand])
        if truth == decisive || truth == .unknown { return truth }
      }
      return node.kind == .and ? .holds : .fails
    }
  }
}
