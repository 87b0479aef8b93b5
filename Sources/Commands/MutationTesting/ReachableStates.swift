import Diagnostics
import Evaluation
import Exploration
import Packing
import Symmetry
import Synchronization
import TransitionSystem

/// The reachable states of a model, one of each orbit, found by the reference interpreter when they are
/// first asked for.
final class ReachableStates: Sendable {
  private let system: TransitionSystem
  /// What is treated alike: the names and sizes of scalarsets.
  let symmetry: [String]
  private let found = Mutex<Found?>(nil)

  /// All of them, or that they are too many.
  private struct Found {
    let states: [[Int64]]?
  }

  private let mostStates: Int
  /// Instances of all rules beyond which nobody does.
  static let mostInstances = 100_000

  /// - Parameter mostStates: Where there are more, they are too many.
  init(_ system: TransitionSystem, mostStates: Int) {
    self.system = system
    self.mostStates = mostStates
    symmetry = Self.symmetry(of: system, .init())
  }

  static func symmetry(of system: TransitionSystem, _ stop: StopCondition) -> [String] {
    if system.pathSlot != nil { return [] }
    return SearchSpace(system, symmetry: .exact, stop: stop).symmetry.sets
      .map { "\($0.type.name ?? "") \($0.count)" }
  }

  /// Nil where they are too many, or not numbers alone.
  ///
  /// - Parameter stop: Where it is met, nil as well, and they can be asked for again.
  func all(_ stop: StopCondition) -> [[Int64]]? {
    found.withLock { found in
      if let found { return found.states }
      let states = explored(stop)
      if stop.reason == nil { found = Found(states: states) }
      return states
    }
  }

  private func explored(_ stop: StopCondition) -> [[Int64]]? {
    guard system.pathSlot == nil,
      TransitionSystem.instances(of: system.rules).count <= Self.mostInstances
    else { return nil }
    let space = SearchSpace(system, symmetry: .exact, stop: stop)
    let orbits = Orbits(space)
    let stepper = Stepper(system)
    var seen: Set<PackedState> = []
    var states: [[Int64]] = []
    func note(_ result: Stepper.Result) {
      guard case .state(let slots) = result, seen.insert(orbits.packed(slots)).inserted else {
        return
      }
      states.append(orbits.representative(slots))
    }
    for rule in system.startStates.indices {
      for bindings in TransitionSystem.bindings(of: system.startStates[rule].parameters) {
        note(stepper.start(rule, bindings))
      }
    }
    let instances = system.rules.map { TransitionSystem.bindings(of: $0.parameters) }
    var next = 0
    while next < states.count {
      guard states.count <= mostStates, !stop.isDue() else { return nil }
      let state = states[next]
      for rule in instances.indices {
        for bindings in instances[rule] { note(stepper.step(from: state, rule, bindings)) }
      }
      next += 1
    }
    return states
  }
}

/// The state that stands for an orbit.
private final class Orbits {
  private let packing: StatePacking
  private let canonicalizer: Canonicalizer
  private let words: UnsafeMutablePointer<UInt64>
  private let slots: UnsafeMutablePointer<Int64>
  private let slotCount: Int

  init(_ space: SearchSpace) {
    packing = space.packing
    canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
    slotCount = space.system.slotCount
    words = .allocate(capacity: max(1, packing.wordCount))
    slots = .allocate(capacity: max(1, slotCount))
    slots.initialize(repeating: 0, count: max(1, slotCount))
  }

  deinit {
    words.deallocate()
    slots.deallocate()
  }

  func packed(_ state: [Int64]) -> PackedState {
    fill(state)
    return PackedState(words, wordCount: packing.wordCount)
  }

  func representative(_ state: [Int64]) -> [Int64] {
    fill(state)
    packing.decode(words, into: slots)
    return Array(UnsafeBufferPointer(start: slots, count: slotCount))
  }

  private func fill(_ state: [Int64]) {
    for slot in state.indices { slots[slot] = state[slot] }
    words.update(repeating: 0, count: packing.wordCount)
    packing.encode(slots, into: words)
    canonicalizer.canonicalize(words)
  }
}

/// Takes single steps with the reference interpreter.
final class Stepper {
  private let system: TransitionSystem
  private let interpreter: Interpreter
  private let assumptions: [(property: Property, bindings: [[Int64]])]

  enum Result: Equatable {
    case disabled
    /// An assumption is not kept to.
    case discarded
    /// Something goes wrong.
    case failed
    case state([Int64])
  }

  init(_ system: TransitionSystem) {
    self.system = system
    interpreter = Interpreter(system: system)
    assumptions = system.properties.filter { $0.kind == .assumption }.map {
      ($0, TransitionSystem.bindings(of: $0.parameters))
    }
  }

  func start(_ rule: Int, _ bindings: [Int64]) -> Result {
    interpreter.reset()
    return fire(system.startStates[rule], bindings)
  }

  func step(from state: [Int64], _ rule: Int, _ bindings: [Int64]) -> Result {
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
    return fire(system.rules[rule], bindings)
  }

  private func fire(_ rule: Rule, _ bindings: [Int64]) -> Result {
    do throws(Interruption) {
      guard try interpreter.guardHolds(rule, bindings) else { return .disabled }
      try interpreter.fire(rule)
      for (property, all) in assumptions {
        for bindings in all where try interpreter.evaluate(property, bindings) == 0 {
          return .discarded
        }
      }
    } catch {
      return error.cause == .assumptionFailed ? .discarded : .failed
    }
    return .state(
      Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount)))
  }
}
