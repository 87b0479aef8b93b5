import Diagnostics
package import Evaluation
package import Exploration
import Trace
package import TransitionSystem

/// The sets of states that observations lead to: the system made deterministic as far as it is asked for (the
/// subset construction of Rabin and Scott 1959). A set is known by its number, and where an event leads from
/// it is found once, so that what comes again in a long log costs a look into a table.
///
/// A set holds the states right behind an event. What unseen rules lead to from there is found when the next
/// event is asked about.
package final class StateSets {
  package typealias Node = Int32
  package typealias Label = Int32

  package let states: MetStates
  package let system: TransitionSystem
  private let interpreter: Interpreter
  private let conditions: [Property]
  /// For each rule, how often it fires unseen; nil for not at all, `Int.max` for as often as it likes.
  private let unseen: [Int?]
  /// For each rule, the condition under which it does; nil for always.
  private let unseenCondition: [Int?]
  private let limitedRules: [Int]
  /// Events that happen unseen, by the labels of their rules.
  private var hidden: [Label] = []
  /// Where sets take more bytes than that, finding what unseen rules lead to ends as by time.
  package var byteLimit = Int.max
  /// For each rule instance, its rule.
  private let ruleOfInstance: ContiguousArray<Int32>

  private var events: [ObservedEvent] = []
  private var labels: [ObservedEvent: Label] = [:]
  /// For each label, the instances that match it, a bit each; empty where no rule fires.
  private var matches: [ContiguousArray<UInt64>] = []

  private var members: ContiguousArray<MetStates.Number> = []
  private var ends: ContiguousArray<Int> = []
  private var nodes: [Int: [Node]] = [:]
  private var next: [UInt64: Node] = [:]
  private var closures: [Node: [MetStates.Number]] = [:]
  private var closureStateCount = 0
  /// For each state, the closure that it was met in last.
  private var marks: ContiguousArray<Int32> = []
  private var closureCount: Int32 = 0

  /// No state: what `next` holds where an event leads nowhere.
  private static let none: Node = -1

  /// Rule instances of a system whose logs can be followed: each takes a bit in each label.
  package static let maximumInstanceCount = 1 << 24

  /// - Parameters:
  ///   - judge: The system with the conditions as properties.
  ///   - conditions: What may be asked about states: of each, the expression and the parameters.
  ///   - unseen: Rules that leave nothing to be seen.
  package init(
    _ source: StepSource, judge: TransitionSystem, conditions: [Property], unseen: [UnseenRule]
  ) {
    states = MetStates(source)
    system = source.space.system
    self.conditions = conditions
    interpreter = Interpreter(system: judge)
    interpreter.stop = source.space.stop
    var most: [Int?] = Array(repeating: nil, count: system.rules.count)
    var conditionOfRule = most
    for rule in unseen {
      most[rule.rule] = rule.most ?? .max
      conditionOfRule[rule.rule] = rule.condition
    }
    self.unseen = most
    unseenCondition = conditionOfRule
    limitedRules = most.indices.filter { most[$0].map { $0 != .max } ?? false }
    let instances = source.space.instances
    var ruleOfInstance = ContiguousArray(repeating: Int32(0), count: instances.count)
    for rule in system.rules.indices {
      for instance in instances.range(ofRule: rule) { ruleOfInstance[instance] = Int32(rule) }
    }
    self.ruleOfInstance = ruleOfInstance
  }

  /// Sets that are known.
  package var count: Int { ends.count }

  /// Bytes that all of it takes, about.
  package var byteCount: Int {
    states.byteCount + 4 * members.capacity + 8 * ends.capacity + 32 * next.capacity
      + 64 * nodes.count + 4 * closureStateCount + 48 * closures.count + 4 * marks.capacity
  }

  // MARK: - Events

  /// The number of an event, the same for the same event.
  package func label(of event: ObservedEvent) -> Label {
    if let known = labels[event] { return known }
    let label = Label(events.count)
    labels[event] = label
    events.append(event)
    var bits: ContiguousArray<UInt64> = []
    if let rules = event.rules {
      let instances = states.source.space.instances
      bits = ContiguousArray(repeating: 0, count: (instances.count + 63) / 64)
      for pattern in rules {
        for instance in instances.range(ofRule: pattern.rule)
        where pattern.bindings.isEmpty || pattern.matches(instances[instance]) {
          bits[instance >> 6] |= 1 << UInt64(instance & 63)
        }
      }
    }
    matches.append(bits)
    return label
  }

  package func event(_ label: Label) -> ObservedEvent { events[Int(label)] }

  /// Lets an event happen unseen, as often as it likes. One in which nothing fires changes nothing, and is
  /// passed over. Precondition: no set has been asked for yet what it leads to.
  package func hide(_ event: ObservedEvent) {
    if event.rules != nil { hidden.append(label(of: event)) }
  }

  // MARK: - Sets

  /// The states of a set, in order.
  package func states(of node: Node) -> ArraySlice<MetStates.Number> {
    ArraySlice(members[(node == 0 ? 0 : ends[Int(node) - 1])..<ends[Int(node)]])
  }

  /// A set of states; nil for none.
  package func node(of states: some Sequence<MetStates.Number>) -> Node? {
    var sorted = states.sorted()
    guard !sorted.isEmpty else { return nil }
    var kept = 1
    for position in 1..<max(1, sorted.count) where sorted[position] != sorted[kept - 1] {
      sorted[kept] = sorted[position]
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    let hash = sorted.hashValue
    for known in nodes[hash] ?? [] where self.states(of: known).elementsEqual(sorted) {
      return known
    }
    let node = Node(ends.count)
    members.append(contentsOf: sorted)
    ends.append(members.count)
    nodes[hash, default: []].append(node)
    return node
  }

  // MARK: - What leads on

  /// Where an event leads from the states of a set; nil for nowhere.
  package func step(_ node: Node, _ label: Label) throws(Undecided) -> Node? {
    let key = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: label))
    if let known = next[key] { return known == Self.none ? nil : known }
    let event = events[Int(label)]
    let possible = try holding(event.before, in: try closure(node))
    var reached =
      try event.nothingWhere.map { conditions throws(Undecided) in
        try holding(conditions, in: possible)
      } ?? []
    if event.rules != nil {
      let bits = matches[Int(label)]
      for state in possible {
        try states.forEachStep(from: state) { step in
          let instance = Int(step.instance)
          if bits[instance >> 6] >> UInt64(instance & 63) & 1 != 0 { reached.append(step.state) }
        }
      }
    } else {
      reached = possible
    }
    let found = self.node(of: try holding(event.after, in: reached))
    next[key] = found ?? Self.none
    return found
  }

  /// Whether an instance matches what a label says of rules.
  package func matches(_ instance: Int32, _ label: Label) -> Bool {
    let bits = matches[Int(label)]
    return !bits.isEmpty && bits[Int(instance) >> 6] >> UInt64(instance & 63) & 1 != 0
  }

  /// The states of a set, and those that unseen rules lead to, those with the fewest such steps first.
  package func closure(_ node: Node) throws(Undecided) -> [MetStates.Number] {
    if let known = closures[node] { return known }
    let found =
      limitedRules.isEmpty ? try freeClosure(node) : try limitedClosure(node)
    closures[node] = found
    closureStateCount += found.count
    return found
  }

  private func freeClosure(_ node: Node) throws(Undecided) -> [MetStates.Number] {
    var all = Array(states(of: node))
    guard !hidden.isEmpty || unseen.contains(where: { $0 != nil }) else { return all }
    closureCount += 1
    func note(_ state: MetStates.Number) -> Bool {
      while marks.count <= Int(state) { marks.append(0) }
      if marks[Int(state)] == closureCount { return false }
      marks[Int(state)] = closureCount
      return true
    }
    for state in all { _ = note(state) }
    var position = 0
    while position < all.count {
      let end = min(all.count, position + StepSource.mostStates)
      guard !states.source.space.stop.isDue(), byteCount <= byteLimit else { throw .stopped }
      try states.prepare(all[position..<end])
      while position < end {
        let state = all[position]
        let steps = try states.steps(from: state)
        for step in steps where try isPassedOver(step, from: state) && note(step.state) {
          all.append(step.state)
        }
        position += 1
      }
    }
    return all
  }

  /// A state, and how often each of the limited rules has fired.
  private struct Counted: Hashable {
    let state: MetStates.Number
    var counts: [UInt16]
  }

  private func limitedClosure(_ node: Node) throws(Undecided) -> [MetStates.Number] {
    var all = states(of: node).map {
      Counted(state: $0, counts: Array(repeating: 0, count: limitedRules.count))
    }
    var known = Set(all)
    var order: [MetStates.Number] = []
    var ordered: Set<MetStates.Number> = []
    var position = 0
    while position < all.count {
      let counted = all[position]
      position += 1
      if position & 1_023 == 0 {
        guard !states.source.space.stop.isDue(), byteCount <= byteLimit else { throw .stopped }
      }
      if ordered.insert(counted.state).inserted { order.append(counted.state) }
      for step in try states.steps(from: counted.state) {
        guard let reached = try reached(by: step, from: counted) else { continue }
        if known.insert(reached).inserted { all.append(reached) }
      }
    }
    return order
  }

  /// A shortest way by unseen rules from one of the states of a set.
  package func unseenWay(
    from node: Node, to end: MetStates.Number
  ) throws(Undecided) -> (origin: MetStates.Number, steps: [MetStates.Step])? {
    var all = states(of: node).map {
      Counted(state: $0, counts: Array(repeating: 0, count: limitedRules.count))
    }
    var known: Set<Counted> = Set(all)
    var parents: [(parent: Int, step: MetStates.Step)?] = Array(repeating: nil, count: all.count)
    var position = 0
    while position < all.count {
      let counted = all[position]
      if counted.state == end {
        var steps: [MetStates.Step] = []
        var current = position
        while let (parent, step) = parents[current] {
          steps.append(step)
          current = parent
        }
        return (all[current].state, steps.reversed())
      }
      for step in try states.steps(from: counted.state) {
        guard let reached = try self.reached(by: step, from: counted),
          known.insert(reached).inserted
        else { continue }
        all.append(reached)
        parents.append((position, step))
      }
      position += 1
    }
    return nil
  }

  /// Where an unseen step leads; nil for what is seen, and for what has fired as often as it may.
  private func reached(
    by step: MetStates.Step, from counted: Counted
  ) throws(Undecided) -> Counted? {
    // An event, though nobody sees it: what fires between two begins anew.
    if try isHidden(step, from: counted.state) {
      return Counted(
        state: step.state, counts: Array(repeating: 0, count: limitedRules.count))
    }
    let rule = Int(ruleOfInstance[Int(step.instance)])
    guard let most = unseen[rule], try isUnseen(step, from: counted.state) else { return nil }
    var reached = Counted(state: step.state, counts: counted.counts)
    if let limited = limitedRules.firstIndex(of: rule) {
      guard Int(reached.counts[limited]) < most else { return nil }
      reached.counts[limited] += 1
    }
    return reached
  }

  /// Whether a step may be taken unseen, however often others have been.
  private func isUnseen(
    _ step: MetStates.Step, from state: MetStates.Number
  ) throws(Undecided) -> Bool {
    let rule = Int(ruleOfInstance[Int(step.instance)])
    guard unseen[rule] != nil else { return false }
    guard let condition = unseenCondition[rule] else { return true }
    let bindings = states.source.space.instances[Int(step.instance)].bindings
    return try holds(
      BoundCondition(condition: condition, bindings: bindings), in: states.slots(of: state))
  }

  /// Whether a step may be taken without anything that is seen.
  private func isPassedOver(
    _ step: MetStates.Step, from state: MetStates.Number
  ) throws(Undecided) -> Bool {
    if try isUnseen(step, from: state) { return true }
    return try isHidden(step, from: state)
  }

  /// Whether a step may be an event that nobody sees.
  private func isHidden(
    _ step: MetStates.Step, from state: MetStates.Number
  ) throws(Undecided) -> Bool {
    for label in hidden where matches(step.instance, label) {
      if try happens(events[Int(label)], from: state, to: step.state) { return true }
    }
    return false
  }

  // MARK: - Conditions

  /// Whether a step is as an event says that it was before and behind it.
  package func happens(
    _ event: ObservedEvent, from state: MetStates.Number, to reached: MetStates.Number
  ) throws(Undecided) -> Bool {
    if !event.before.isEmpty, try holding(event.before, in: [state]).isEmpty { return false }
    return event.after.isEmpty ? true : try !holding(event.after, in: [reached]).isEmpty
  }

  /// Those of some states in which all conditions hold. What has no value does not hold.
  package func holding(
    _ conditions: [BoundCondition], in states: [MetStates.Number]
  ) throws(Undecided) -> [MetStates.Number] {
    if conditions.isEmpty { return states }
    var kept: [MetStates.Number] = []
    for state in states {
      let slots = self.states.slots(of: state)
      var holds = true
      for condition in conditions where holds { holds = try self.holds(condition, in: slots) }
      if holds { kept.append(state) }
    }
    return kept
  }

  private func holds(_ condition: BoundCondition, in slots: [Int64]) throws(Undecided) -> Bool {
    for slot in slots.indices { interpreter.slots[slot] = slots[slot] }
    do throws(Interruption) {
      return try interpreter.evaluate(conditions[condition.condition], condition.bindings) != 0
    } catch {
      if case .undecided(let undecided) = error.cause { throw undecided }
      return false
    }
  }

  // MARK: - Memory

  /// Forgets what unseen rules lead to from a set, which is found again where it is asked for.
  package func forgetClosure(of node: Node) {
    closureStateCount -= closures.removeValue(forKey: node)?.count ?? 0
  }

  /// Forgets all but some sets; their numbers are given anew.
  ///
  /// - Returns: For each of them, its new number.
  package func forget(allBut kept: [Node]) throws(Undecided) -> [Node: Node] {
    let old = kept.map { ($0, Array(states(of: $0))) }
    let numbers = try states.forget(allBut: Set(old.flatMap(\.1)))
    members.removeAll(keepingCapacity: false)
    ends.removeAll(keepingCapacity: false)
    nodes.removeAll()
    next.removeAll()
    closures.removeAll()
    closureStateCount = 0
    marks.removeAll()
    var renamed: [Node: Node] = [:]
    for (node, states) in old {
      renamed[node] = self.node(of: states.compactMap { numbers[$0] })
    }
    return renamed
  }
}
