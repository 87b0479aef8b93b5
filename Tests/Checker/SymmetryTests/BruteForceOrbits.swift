import Evaluation
import PathConditions
import TransitionSystem

/// The reachable states of a small system, and their orbits counted by trying all permutations:
/// another way than the canonicaliser's, and slow.
struct BruteForceOrbits {
  let system: TransitionSystem
  private let types: [ScalarType]
  private var renamings: [[[Int64]]] = [[]]

  /// - Parameter types: The scalarsets that are reduced.
  init(_ system: TransitionSystem, types: [ScalarType]) {
    self.system = system
    self.types = types
    for type in types {
      let permutations = Self.permutations(of: Array(type.lower...type.upper))
      renamings = renamings.flatMap { partial in permutations.map { partial + [$0] } }
    }
  }

  /// The number of ways to rename.
  var renamingCount: Int { renamings.count }

  private static func permutations(of values: [Int64]) -> [[Int64]] {
    if values.isEmpty { return [[]] }
    return values.indices.flatMap { position in
      var rest = values
      let first = rest.remove(at: position)
      return permutations(of: rest).map { [first] + $0 }
    }
  }

  /// The least of all renamed states.
  func representative(of state: [Int64]) -> [Int64] {
    renamings.map { rename(state, $0) }.min { $0.lexicographicallyPrecedes($1) } ?? state
  }

  func rename(_ state: [Int64], _ images: [[Int64]]) -> [Int64] {
    var renamed = state
    for variable in system.variables {
      move(variable.type, from: variable.slot, to: variable.slot, state, images, &renamed)
    }
    renamed.withUnsafeMutableBufferPointer { buffer in
      for multiset in MultisetSlots.all(in: system) {
        if let base = buffer.baseAddress { multiset.normalize(in: base) }
      }
    }
    return renamed
  }

  private func move(
    _ type: ValueType, from source: Int, to target: Int, _ state: [Int64],
    _ images: [[Int64]], _ renamed: inout [Int64]
  ) {
    switch type {
    case .scalar(let scalar):
      renamed[target] = image(of: state[source], as: scalar, images)
    case .array(let index, let element):
      for position in 0..<(index.valueCount ?? 0) {
        let value = index.lower + Int64(position)
        let other = Int(image(of: value, as: index, images) - index.lower)
        let size = element.slotCount
        move(
          element, from: source + position * size, to: target + other * size, state, images,
          &renamed)
      }
    case .record(let fields):
      var offset = 0
      for field in fields {
        move(field.type, from: source + offset, to: target + offset, state, images, &renamed)
        offset += field.type.slotCount
      }
    case .multiset(let capacity, let element):
      for place in 0..<capacity {
        let offset = place * (element.slotCount + 1)
        renamed[target + offset] = state[source + offset]
        move(
          element, from: source + offset + 1, to: target + offset + 1, state, images, &renamed)
      }
    }
  }

  private func image(of value: Int64, as type: ScalarType, _ images: [[Int64]]) -> Int64 {
    if value == Slot.undefined { return value }
    switch type.kind {
    case .scalarset:
      guard let set = types.firstIndex(where: { $0.identity == type.identity }) else {
        return value
      }
      return images[set][Int(value - type.lower)]
    case .union(let members):
      for member in members where value >= member.offset {
        let position = value - member.offset
        guard position < Int64(member.type.valueCount ?? 0) else { continue }
        return image(of: position + member.type.lower, as: member.type, images)
          - member.type.lower + member.offset
      }
      return value
    default:
      return value
    }
  }

  // MARK: - Search

  /// What a search without any reduction finds.
  struct Reachable {
    var orbits: Set<[Int64]> = []
    /// For one state of each orbit, the instances that can be fired.
    var ruleFiringCount = 0
    var stateCount = 0
  }

  /// All reachable states; nil where something goes wrong, or where there are too many.
  func reachable(limit: Int) -> Reachable? {
    let paths = system.pathSlot.map { _ in PathConditions(system) }
    let interpreter =
      paths.map { Interpreter(system: system, terms: $0.terms) } ?? Interpreter(system: system)
    let runs = paths.map(ConditionRuns.init)
    interpreter.decider = runs
    if paths != nil, (try? paths?.assume()) == nil { return nil }
    let instances = TransitionSystem.instances(of: system.rules)
    var seen: Set<[Int64]> = []
    var pending: [[Int64]] = []
    var reachable = Reachable()
    func current() -> [Int64] {
      Array(UnsafeBufferPointer(start: interpreter.slots, count: system.slotCount))
    }
    /// Runs something for all that the symbolic constants can be; false where something goes wrong.
    func forEachOutcome(from path: Int, _ run: () throws -> Void) -> Bool {
      runs?.begin(path)
      repeat {
        do { try run() } catch { return false }
      } while (try? runs?.next()) ?? false
      return true
    }
    for instance in TransitionSystem.instances(of: system.startStates) {
      let rule = system.startStates[instance.rule]
      let isFine = forEachOutcome(from: 0) {
        interpreter.reset()
        guard try interpreter.guardHolds(rule, instance.bindings) else { return }
        try interpreter.fire(rule)
        if let slot = system.pathSlot { interpreter.slots[slot] = Int64(runs?.current ?? 0) }
        if seen.insert(current()).inserted { pending.append(current()) }
      }
      guard isFine else { return nil }
    }
    while let state = pending.popLast() {
      if seen.count > limit { return nil }
      let isNew = reachable.orbits.insert(representative(of: state)).inserted
      for instance in instances {
        let rule = system.rules[instance.rule]
        let isFine = forEachOutcome(from: system.pathSlot.map { Int(state[$0]) } ?? 0) {
          for slot in state.indices { interpreter.slots[slot] = state[slot] }
          guard try interpreter.guardHolds(rule, instance.bindings) else { return }
          try interpreter.fire(rule)
          // What leaves the state as it is teaches nothing.
          if let slot = system.pathSlot, current() != state {
            interpreter.slots[slot] = Int64(runs?.current ?? 0)
          }
          if isNew { reachable.ruleFiringCount += 1 }
          if seen.insert(current()).inserted { pending.append(current()) }
        }
        guard isFine else { return nil }
      }
    }
    reachable.stateCount = seen.count
    return reachable
  }
}
