import Evaluation
import Exploration
import Packing
import PartialOrder
import Symmetry
import TransitionSystem

/// A slow breadth-first search that goes on behind violations, and notes everything that a verdict
/// could be made of.
final class ReferenceSearch {
  /// What the reachable states have to say. A sound reduction changes none of it.
  struct Findings: Equatable {
    /// Invariants that somewhere do not hold.
    var violated: Set<Int> = []
    /// Properties that somewhere go wrong while they are evaluated.
    var failingProperties: Set<Int> = []
    /// Rules that somewhere go wrong, assertions included.
    var failing: Set<Int> = []
    var isStuck = false
    var isStuttering = false
    var covered: Set<Int> = []
    /// Liveness properties that some state is cut off from.
    var stranded: Set<Int> = []
    /// Rules that can be fired.
    var fired: Set<Int> = []
    /// For each measure, its range.
    var measures: [Int: ClosedRange<Int64>] = [:]
  }

  struct Result {
    var findings = Findings()
    var stateCount = 0
    /// Of all firings, those that were followed.
    var transitionCount = 0
    var depth = 0
    /// States in which not all was followed.
    var reducedCount = 0
    /// Time for choosing alone.
    var selectionSeconds = 0.0
  }

  /// What firing an instance leads to.
  enum Outcome: Equatable {
    case disabled
    case state([Int64])
    /// An assumption within the body or the guard.
    case discarded
    case failed
  }

  let system: TransitionSystem
  let instances: [RuleInstance]
  let interpreter: Interpreter
  private let space: SearchSpace?
  private let canonicalizer: Canonicalizer?

  /// - Parameter hasSymmetry: Whether one state stands for each orbit.
  init(_ system: TransitionSystem, hasSymmetry: Bool = false) {
    self.system = system
    instances = Array(TransitionSystem.instances(of: system.rules))
    interpreter = Interpreter(system: system)
    space = hasSymmetry ? SearchSpace(system) : nil
    canonicalizer = space.map { Canonicalizer($0.symmetry, packing: $0.packing) }
  }

  /// Whether there is anything to reduce by symmetry.
  var hasSymmetry: Bool { space.map { !$0.symmetry.isEmpty } ?? false }

  // MARK: - Steps

  var current: [Int64] {
    Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
  }

  private func restore(_ state: [Int64]) {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
  }

  func startStates() -> (states: [[Int64]], fail: Bool) {
    var states: [[Int64]] = []
    var fail = false
    for instance in TransitionSystem.instances(of: system.startStates) {
      let rule = system.startStates[instance.rule]
      interpreter.reset()
      do throws(Interruption) {
        guard try interpreter.guardHolds(rule, instance.bindings) else { continue }
        try interpreter.fire(rule)
        states.append(current)
      } catch {
        if error.cause != .assumptionFailed { fail = true }
      }
    }
    return (states, fail)
  }

  func fire(_ instance: Int, on state: [Int64]) -> Outcome {
    restore(state)
    let rule = system.rules[instances[instance].rule]
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, instances[instance].bindings) else {
        return .disabled
      }
      try interpreter.fire(rule)
      return .state(current)
    } catch {
      return error.cause == .assumptionFailed ? .discarded : .failed
    }
  }

  /// The value of a property for some bindings; nil where evaluating it goes wrong or is discarded.
  func value(of property: Int, _ bindings: [Int64], in state: [Int64]) -> (Int64?, discards: Bool) {
    restore(state)
    do throws(Interruption) {
      return (try interpreter.evaluate(system.properties[property], bindings), false)
    } catch {
      return (nil, error.cause == .assumptionFailed)
    }
  }

  lazy var properties: [(number: Int, bindings: [Int64])] =
    system.properties.indices.flatMap { number in
      TransitionSystem.bindings(of: system.properties[number].parameters).map { (number, $0) }
    }

  /// Whether an assumption keeps a state from being looked at.
  func isDiscarded(_ state: [Int64]) -> Bool {
    for (number, bindings) in properties {
      let (value, discards) = value(of: number, bindings, in: state)
      if discards { return true }
      if system.properties[number].kind == .assumption, value == 0 { return true }
    }
    return false
  }

  // MARK: - Search

  private func representative(of state: [Int64]) -> [Int64] {
    guard let space, let canonicalizer else { return state }
    var words = Array(repeating: UInt64(0), count: space.packing.wordCount)
    var slots = state
    space.packing.encode(&slots, into: &words)
    canonicalizer.canonicalize(&words)
    space.packing.decode(words, into: &slots)
    return slots
  }

  /// Searches with or without reduction; nil past `limit` states.
  ///
  /// - Parameter keepsProviso: Whether a chosen set has to lead to something new.
  func search(_ sets: StubbornSets?, limit: Int, keepsProviso: Bool = true) -> Result? {
    var result = Result()
    interpreter.coverHits = Array(repeating: 0, count: system.covers.count)
    let selector = sets?.makeSelector()
    var numbers: [[Int64]: Int] = [:]
    var depths: [Int] = []
    var states: [[Int64]] = []
    var edges: [[Int]] = []
    var discarded: Set<[Int64]> = []
    func number(_ state: [Int64], depth: Int) -> Int? {
      if let known = numbers[state] { return known }
      if discarded.contains(state) { return nil }
      if isDiscarded(state) {
        discarded.insert(state)
        return nil
      }
      numbers[state] = states.count
      states.append(state)
      depths.append(depth)
      return states.count - 1
    }
    let (starts, fail) = startStates()
    if fail { result.findings.failing.insert(-1) }
    for state in starts { _ = number(representative(of: state), depth: 0) }
    var next = 0
    var selected = Array(repeating: UInt8(0), count: max(1, instances.count))
    while next < states.count {
      if states.count > limit { return nil }
      let state = states[next]
      let depth = depths[next]
      result.depth = depth
      var enabled: [Int] = []
      var successors: [[Int64]] = []
      var hasFired = false
      var hasFailed = false
      var changes = false
      for instance in instances.indices {
        switch fire(instance, on: state) {
        case .disabled, .discarded: break
        case .failed:
          hasFailed = true
          result.findings.failing.insert(instances[instance].rule)
        case .state(let successor):
          hasFired = true
          if successor != state { changes = true }
          result.findings.fired.insert(instances[instance].rule)
          enabled.append(Int(instance))
          successors.append(representative(of: successor))
        }
      }
      if !hasFailed {
        if !hasFired { result.findings.isStuck = true }
        if !changes { result.findings.isStuttering = true }
      }
      for position in enabled.indices { selected[position] = 1 }
      if let selector {
        let isNew = successors.map { successor -> UInt8 in
          keepsProviso && (numbers[successor].map { depths[$0] <= depth } ?? false) ? 0 : 1
        }
        let started = ContinuousClock.now
        let count = enabled.withUnsafeBufferPointer {
          selector.select(enabled: $0, isNew: isNew, slots: state, into: &selected)
        }
        result.selectionSeconds += (ContinuousClock.now - started) / .seconds(1)
        if count < enabled.count { result.reducedCount += 1 }
      }
      var followed: [Int] = []
      for position in enabled.indices where selected[position] == 1 {
        result.transitionCount += 1
        if let target = number(successors[position], depth: depth + 1) { followed.append(target) }
      }
      edges.append(followed)
      next += 1
    }
    result.stateCount = states.count
    inspect(states, edges, into: &result.findings)
    return result
  }

  /// Looks at what the properties say of the states.
  private func inspect(_ states: [[Int64]], _ edges: [[Int]], into findings: inout Findings) {
    for (cover, hits) in interpreter.coverHits.enumerated() where hits > 0 {
      findings.covered.insert(cover)
    }
    for (number, bindings) in properties {
      let property = system.properties[number]
      var holding: [Int] = []
      for (position, state) in states.enumerated() {
        let (value, discards) = value(of: number, bindings, in: state)
        guard !discards else { continue }
        guard let value else {
          findings.failingProperties.insert(number)
          continue
        }
        switch property.kind {
        case .invariant: if value == 0 { findings.violated.insert(number) }
        case .cover: if value != 0, let cover = property.cover { findings.covered.insert(cover) }
        case .liveness: if value != 0 { holding.append(position) }
        case .measure:
          let range = findings.measures[number] ?? value...value
          findings.measures[number] = min(range.lowerBound, value)...max(range.upperBound, value)
        case .assumption: break
        }
      }
      if property.kind == .liveness, isAnyStranded(from: holding, edges) {
        findings.stranded.insert(number)
      }
    }
  }

  private func isAnyStranded(from holding: [Int], _ edges: [[Int]]) -> Bool {
    var predecessors: [[Int]] = Array(repeating: [], count: edges.count)
    for (state, targets) in edges.enumerated() {
      for target in targets { predecessors[target].append(state) }
    }
    var isSaved = Array(repeating: false, count: edges.count)
    var pending = holding
    for state in holding { isSaved[state] = true }
    while let state = pending.popLast() {
      for predecessor in predecessors[state] where !isSaved[predecessor] {
        isSaved[predecessor] = true
        pending.append(predecessor)
      }
    }
    return isSaved.contains(false)
  }
}
