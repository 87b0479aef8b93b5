import SAT
import TransitionSystem

/// That a slot has a value, or has not.
package struct SlotCondition: Sendable, Hashable {
  package let slot: Int
  /// `Slot.undefined` is that it has none.
  package let value: Int64
  package let isEqual: Bool

  package init(slot: Int, value: Int64, isEqual: Bool = true) {
    (self.slot, self.value, self.isEqual) = (slot, value, isEqual)
  }
}

/// Questions about one step from a state in which invariants and lemmas hold, of which there are more and
/// more: a lemma says of some sets of conditions that they are never met together.
package struct InductionQuestions: ~Copyable {
  private let finite: FiniteSystem
  private let limits: ProofLimits
  private var circuit: Circuit
  private var solver = ClauseSolver()
  private var clauses = CircuitClauses()
  /// What switches on each lemma.
  private var switches: [Literal] = []
  /// Lemmas that are not made use of any more.
  private var dropped: Set<Int> = []
  private var known: [Known: Literal] = [:]

  private struct Known: Hashable {
    let slot: Int
    let value: Int64
    let side: Side
  }

  /// Which state is asked about.
  private enum Side {
    case start
    case before
    case after
  }

  package enum Answer: Sendable {
    /// A state in which all holds, and something does not behind a step from it, or in it.
    case state([Int64])
    /// There is none, already because of these lemmas.
    case none([Int])
    case stopped
  }

  package init(_ finite: FiniteSystem, _ limits: ProofLimits) {
    (self.finite, self.limits) = (finite, limits)
    circuit = finite.circuit
    for wire in [finite.isTyped, finite.properties.isKept, finite.properties.hold] {
      let holds = literal(wire)
      solver.add([holds])
    }
    // So that a state can be shown.
    for wire in finite.state { _ = literal(wire) }
  }

  /// Adds a lemma.
  ///
  /// - Parameter cubes: For each choice of elements, what is never met together.
  /// - Returns: Its number.
  @discardableResult
  package mutating func add(_ cubes: [[SlotCondition]]) -> Int {
    let isOn = solver.addVariable()
    for cube in cubes {
      var clause = [!isOn]
      for condition in cube { clause.append(!literal(condition, .before)) }
      solver.add(clause)
    }
    switches.append(isOn)
    return switches.count - 1
  }

  /// Makes no use of a lemma any more.
  package mutating func drop(_ lemma: Int) { dropped.insert(lemma) }

  /// Makes use of a lemma again.
  package mutating func restore(_ lemma: Int) { dropped.remove(lemma) }

  /// Whether some conditions are met together in a start state.
  package mutating func isStart(_ cube: [SlotCondition]) -> Bool {
    var assumptions = [literal(finite.start.ends)]
    for condition in cube { assumptions.append(literal(condition, .start)) }
    return solver.solve(assuming: assumptions, isStopped: limits.isStopped) == .satisfiable
  }

  /// A state from which a step leads to where some conditions are met together.
  package mutating func step(to cube: [SlotCondition]) -> Answer {
    var assumptions = [literal(finite.step.ends)]
    for condition in cube { assumptions.append(literal(condition, .after)) }
    return answer(assumptions)
  }

  /// A state from which a step leads to where a property does not hold.
  package mutating func step(breaking property: Int) -> Answer {
    var known = finite.knowing(finite.step.next)
    let broken = circuit.copy(
      [finite.properties.isKept, finite.properties.wrong[property]], of: finite.circuit, &known)
    var assumptions = [literal(finite.step.ends)]
    for wire in broken { assumptions.append(literal(wire)) }
    return answer(assumptions)
  }

  /// A state in which something goes wrong in a rule.
  package mutating func failingRule() -> Answer {
    let isWrong = circuit.any([finite.step.guardFails, finite.step.actionFails])
    return answer([literal(isWrong)])
  }

  /// Whether a property can be broken at all.
  package func canBreak(_ property: Int) -> Bool { finite.properties.wrong[property] != .falsehood }

  private mutating func answer(_ asked: [Literal]) -> Answer {
    let kept = switches.indices.filter { !dropped.contains($0) }
    switch solver.solve(assuming: kept.map { switches[$0] } + asked, isStopped: limits.isStopped) {
    case .stopped: return .stopped
    case .unsatisfiable:
      let failed = Set(solver.failedAssumptions)
      return .none(kept.filter { failed.contains(switches[$0]) })
    case .satisfiable:
      var bits: [Wire: Bool] = [:]
      for wire in finite.state {
        bits[wire] = clauses.known(wire).map { solver.isTrue($0) } ?? false
      }
      return .state(finite.values { bits[$0] ?? false })
    }
  }

  private mutating func literal(_ wire: Wire) -> Literal {
    clauses.literal(wire, circuit, &solver)
  }

  private mutating func literal(_ condition: SlotCondition, _ side: Side) -> Literal {
    let key = Known(slot: condition.slot, value: condition.value, side: side)
    let literal = known[key] ?? made(key)
    known[key] = literal
    return condition.isEqual ? literal : !literal
  }

  private mutating func made(_ key: Known) -> Literal {
    let slot = finite.slots[key.slot]
    let first = finite.firstBits[key.slot]
    let state =
      switch key.side {
      case .start: finite.start.state
      case .before: finite.state
      case .after: finite.step.next
      }
    let bits = state[first..<first + slot.all.count]
    var wires: [Wire] = []
    if key.value == Slot.undefined {
      wires = slot.isDefined == nil ? [.falsehood] : [!bits[bits.endIndex - 1]]
    } else {
      for (position, wire) in bits.prefix(slot.value.count).enumerated() {
        wires.append(key.value >> Int64(position) & 1 == 1 ? wire : !wire)
      }
      if slot.isDefined != nil, let isDefined = bits.last { wires.append(isDefined) }
    }
    return literal(circuit.all(wires))
  }
}
