import Diagnostics
package import TransitionSystem

/// How many elements of each scalarset stand for any larger number of them.
///
/// Of a state, a step and a lemma that the step breaks, or of a step that goes wrong, where other lemmas
/// hold: what is left of all three among some of the elements is the same again, if these are closed:
/// those that the step and the broken lemma name, those that the state's variables name, and those at
/// which quantifiers end. So where a set of lemmas is inductive at the sizes up to these numbers, it is
/// at all sizes. (A small model property, as of the ∃∀ formulas of Bernays and Schönfinkel; used for
/// parameterized systems in Pnueli, Ruah, Zuck, "Automatic deductive verification with invisible
/// invariants", TACAS 2001.)
package struct Cutoffs: Sendable {
  /// For each scalarset, by its identity, the number of elements.
  package let sizes: [Int: Int]

  /// Beyond that nobody asks a solver.
  private static let mostElements = 64
  /// Combinations of values of a rule's other parameters that are looked at one by one.
  private static let mostCombinations = 64

  /// - Parameter system: With the lemmas among its invariants. Nothing but invariants and assumptions,
  ///   rules and start states is looked at, and no deadlocks.
  package init(_ system: TransitionSystem) throws(CutoffRefusal) {
    guard system.pathSlot == nil else {
      throw CutoffRefusal(.symbolicConstants, at: system.symbolicConstants.first?.span ?? .none)
    }
    if system.hasPriorities {
      throw CutoffRefusal(.priorities, at: system.rules.first?.span ?? .none)
    }
    // Also of those that no variable of the state has to do with.
    if let mix = system.scalarsetMixes.first {
      let type = system.scalarsets.first { $0.identity == mix.first }
      throw CutoffRefusal(.notInterchangeable(type?.name ?? "a scalarset"), at: mix.span)
    }
    var obligations: [[ElementNeed: Int]] = []
    var state = NeedsWalk(system)
    for variable in system.variables { try state.needElements(of: variable) }
    var before = state
    for property in system.properties
    where property.kind == .invariant || property.kind == .assumption {
      try before.walk(property, keeping: .truth)
    }
    for rule in system.rules {
      try Self.walk(rule, before, keeping: .truth, &obligations)
    }
    let firstOfStarts = obligations.count
    for rule in system.startStates {
      // Nothing is defined before it.
      try Self.walk(rule, state, keeping: .value, &obligations)
    }
    // What is undefined at the start may be so in some states at all: each slot is seen at these sizes.
    for needs in obligations[firstOfStarts...] {
      obligations += system.variables.flatMap { $0.type.indexNeeds }.map {
        needs.merging($0) { $0 + $1 }
      }
    }
    sizes = try Self.sizes(obligations, system)
  }

  private static func walk(
    _ rule: Rule, _ before: NeedsWalk, keeping preserved: Preserved,
    _ obligations: inout [[ElementNeed: Int]]
  ) throws(CutoffRefusal) {
    for bindings in combinations(of: rule) {
      var walk = before
      walk.frames = [AbstractFrame(scope: 0)]
      for (slot, parameter) in rule.parameters.enumerated() {
        if case .scalarset = parameter.type.kind {
          walk.bind(slot, walk.choose(parameter.type.identity))
        } else if !parameter.type.scalarsets.isEmpty {
          throw CutoffRefusal(.mixedIndex, at: rule.span)
        } else {
          walk.bind(slot, bindings[slot] ?? .unknown)
        }
      }
      if let guardExpression = rule.guardExpression {
        var failing = walk
        try failing.walk(guardExpression)
        obligations.append(failing.needs)
        try walk.walk(guardExpression, keeping: preserved)
      }
      try walk.walk(rule.body)
      let properties = walk.system.properties
      for property in properties where property.kind == .assumption {
        try walk.walk(property, keeping: .truth)
      }
      obligations.append(walk.needs)
      for property in properties
      where property.kind == .invariant || property.kind == .assumption {
        var broken = walk
        // That an assumption is false is nothing wrong; that something goes wrong in it is.
        try broken.walk(
          property, keeping: property.kind == .invariant ? .wrong : .value, isBroken: true)
        obligations.append(broken.needs)
      }
    }
  }

  /// The values of the parameters that are no elements; of too many, none is looked at by itself.
  private static func combinations(of rule: Rule) -> [[Int: AbstractValue]] {
    var found: [[Int: AbstractValue]] = [[:]]
    for (slot, parameter) in rule.parameters.enumerated() where parameter.type.scalarsets.isEmpty {
      guard parameter.count * found.count <= mostCombinations else { return [[:]] }
      found = found.flatMap { binding in
        (0..<parameter.count).map { position in
          binding.merging([slot: .number(parameter.value(at: position))]) { $1 }
        }
      }
    }
    return found
  }

  // MARK: - Sums

  private static func sizes(
    _ obligations: [[ElementNeed: Int]], _ system: TransitionSystem
  ) throws(CutoffRefusal) -> [Int: Int] {
    let types = system.scalarsets
    var found: [Int: Int] = [:]
    for type in try ordered(types, obligations) {
      var most = 1
      for needs in obligations {
        var count = 0
        for (need, times) in needs where need.set == type.identity {
          let each = need.along.reduce(times) { count, set in
            min(count * (found[set] ?? 1), mostElements * mostElements)
          }
          count = min(count + each, mostElements * mostElements)
        }
        most = max(most, count)
      }
      guard most <= mostElements else {
        throw CutoffRefusal(.tooManyElements(type.name ?? "scalarset", most), at: .none)
      }
      found[type.identity] = most
    }
    return found
  }

  /// The scalarsets, those first of whose elements others are needed for each.
  private static func ordered(
    _ types: [ScalarType], _ obligations: [[ElementNeed: Int]]
  ) throws(CutoffRefusal) -> [ScalarType] {
    var before: [Int: Set<Int>] = [:]
    for need in obligations.joined().map(\.key) {
      before[need.set, default: []].formUnion(need.along)
    }
    var (left, found): ([ScalarType], [ScalarType]) = (types, [])
    while !left.isEmpty {
      let known = Set(found.map(\.identity))
      guard
        let next = left.firstIndex(where: { (before[$0.identity] ?? []).isSubset(of: known) })
      else { throw CutoffRefusal(.chain(left[0].name ?? "scalarset"), at: .none) }
      found.append(left.remove(at: next))
    }
    return found
  }
}

extension NeedsWalk {
  /// A property, for all values of its parameters, or for those with which it is broken.
  fileprivate mutating func walk(
    _ property: Property, keeping preserved: Preserved, isBroken: Bool = false
  ) throws(CutoffRefusal) {
    frames = [AbstractFrame(scope: 0)]
    try walk(property, from: 0, preserved, isBroken)
    frames = []
  }

  private mutating func walk(
    _ property: Property, from slot: Int, _ preserved: Preserved, _ isBroken: Bool
  ) throws(CutoffRefusal) {
    guard property.parameters.indices.contains(slot) else {
      try walk(property.expression, keeping: preserved)
      return
    }
    let parameter = property.parameters[slot]
    if case .scalarset = parameter.type.kind {
      if isBroken {
        bind(slot, choose(parameter.type.identity))
        return try walk(property, from: slot + 1, preserved, isBroken)
      }
      return try ranging(
        over: parameter.type.identity, slot: slot, of: property.expression, needsOne: false
      ) { walk throws(CutoffRefusal) in
        try walk.walk(property, from: slot + 1, preserved, isBroken)
      }
    }
    guard parameter.type.scalarsets.isEmpty, parameter.count <= Self.mostValues else {
      throw CutoffRefusal(.mixedIndex, at: property.span)
    }
    if isBroken {
      return try oneOf(parameter.count) { walk, position throws(CutoffRefusal) in
        walk.bind(slot, .number(parameter.value(at: position)))
        try walk.walk(property, from: slot + 1, preserved, isBroken)
      }
    }
    for position in 0..<parameter.count {
      bind(slot, .number(parameter.value(at: position)))
      try walk(property, from: slot + 1, preserved, isBroken)
    }
  }

  /// The elements that a variable has.
  fileprivate mutating func needElements(of variable: StateVariable) throws(CutoffRefusal) {
    try needElements(of: variable.type, along: [], variable.span)
  }

  private mutating func needElements(
    of type: ValueType, along: [Int], times: Int = 1, isInMultiset: Bool = false, _ span: SourceSpan
  ) throws(CutoffRefusal) {
    switch type {
    case .scalar(let type):
      for set in type.scalarsets {
        add(ElementNeed(set.identity, along: along), times: times)
      }
    case .array(let index, let element):
      if case .scalarset = index.kind {
        if isInMultiset { throw CutoffRefusal(.mixedIndex, at: span) }
        try needElements(of: element, along: along + [index.identity], times: times, span)
      } else {
        guard index.scalarsets.isEmpty else { throw CutoffRefusal(.mixedIndex, at: span) }
        try needElements(
          of: element, along: along, times: times * (index.valueCount ?? 0),
          isInMultiset: isInMultiset, span)
      }
    case .record(let fields):
      for field in fields {
        try needElements(
          of: field.type, along: along, times: times, isInMultiset: isInMultiset, span)
      }
    case .multiset(let capacity, let element):
      try needElements(
        of: element, along: along, times: times * capacity, isInMultiset: true, span)
    }
  }
}

extension ValueType {
  /// For each place in it, one element for each scalarset that indexes it.
  fileprivate var indexNeeds: [[ElementNeed: Int]] {
    switch self {
    case .scalar: [[:]]
    case .array(let index, let element):
      element.indexNeeds.map { needs in
        index.scalarsets.reduce(into: needs) { $0[ElementNeed($1.identity), default: 0] += 1 }
      }
    case .record(let fields): fields.flatMap(\.type.indexNeeds)
    case .multiset(_, let element): element.indexNeeds
    }
  }
}
