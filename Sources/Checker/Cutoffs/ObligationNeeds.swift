import Diagnostics
import TransitionSystem

/// The elements that are needed for what is asked about rules and start states.
struct ObligationNeeds {
  private let system: TransitionSystem
  /// Invariants that need elements where they are assumed.
  let optional: Set<Int>
  /// A state: the elements that its variables name.
  private let state: NeedsWalk
  /// A state before a step, in which what is not optional is assumed.
  private let before: NeedsWalk
  /// For each place of the state, the elements that index it.
  private let places: [[ElementNeed: Int]]
  private var known: [Key: Walks] = [:]

  private struct Key: Hashable {
    let rule: Int
    let isStart: Bool
    let assumed: Set<Int>
  }

  /// What is enough for a run.
  struct Needs {
    var counts: [ElementNeed: Int]
    /// Where each is needed.
    let places: [ElementNeed: SourceSpan]

    fileprivate init(_ walk: NeedsWalk) { (counts, places) = (walk.needs, walk.places) }
  }

  /// Ways through a rule, for values of its parameters that are no elements.
  private struct Walks {
    /// Ways on which its guard goes wrong.
    var failing: [NeedsWalk] = []
    /// Ways to its end.
    var whole: [NeedsWalk] = []
  }

  /// Combinations of values of a rule's other parameters that are looked at one by one.
  private static let mostCombinations = 64

  init(
    _ system: TransitionSystem, _ sizes: ElementCounts, _ loose: LooseNames
  ) throws(CutoffRefusal) {
    self.system = system
    var walk = NeedsWalk(system, sizes, loose)
    for number in system.variables.indices { try walk.needElements(ofVariable: number) }
    state = walk
    var optional: Set<Int> = []
    for (number, property) in system.properties.enumerated() {
      switch property.kind {
      case .assumption: try walk.walk(property, keeping: .truth)
      case .invariant:
        var assumed = state
        let isRefused: Bool
        do throws(CutoffRefusal) {
          try assumed.walk(property, keeping: .truth)
          isRefused = false
        } catch {
          isRefused = true
        }
        if isRefused || assumed.needs != state.needs { optional.insert(number) }
      case .cover, .liveness, .measure: break
      }
    }
    before = walk
    self.optional = optional
    places = system.variables.flatMap { $0.type.indexNeeds }
  }

  /// What is enough for one of several runs each.
  mutating func needs(
    of obligation: Cutoffs.Obligation, assuming assumed: Set<Int>
  ) throws(CutoffRefusal) -> [Needs] {
    let walks = try walks(
      Key(rule: obligation.rule, isStart: obligation.isStart, assumed: assumed))
    switch obligation.promise {
    case .rule: return (walks.failing + walks.whole).map { Needs($0) }
    // What is undefined at the start may be so in some states at all: each place is seen at these sizes.
    case .definition:
      return walks.whole.flatMap { walk in
        places.map { place in
          var needs = Needs(walk)
          needs.counts.merge(place, uniquingKeysWith: +)
          return needs
        }
      }
    case .property(let number):
      let property = system.properties[number]
      var found: [Needs] = []
      for var broken in walks.whole {
        // That an assumption is false is nothing wrong; that something goes wrong in it is.
        try broken.walk(
          property, keeping: property.kind == .invariant ? .wrong : .value, isBroken: true)
        found.append(Needs(broken))
      }
      return found
    }
  }

  private mutating func walks(_ key: Key) throws(CutoffRefusal) -> Walks {
    if let walks = known[key] { return walks }
    // Nothing is defined before a start state.
    var first = key.isStart ? state : before
    for number in key.assumed.sorted() where !key.isStart {
      try first.walk(system.properties[number], keeping: .truth)
    }
    let rule = key.isStart ? system.startStates[key.rule] : system.rules[key.rule]
    let walks = try walks(rule, from: first, keeping: key.isStart ? .value : .truth)
    known[key] = walks
    return walks
  }

  private func walks(
    _ rule: Rule, from first: NeedsWalk, keeping preserved: Preserved
  ) throws(CutoffRefusal) -> Walks {
    var walks = Walks()
    for bindings in Self.combinations(of: rule) {
      var walk = first
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
        walks.failing.append(failing)
        try walk.walk(guardExpression, keeping: preserved)
      }
      try walk.walk(rule.body)
      for property in system.properties where property.kind == .assumption {
        try walk.walk(property, keeping: .truth)
      }
      walks.whole.append(walk)
    }
    return walks
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
  fileprivate mutating func needElements(ofVariable number: Int) throws(CutoffRefusal) {
    let variable = system.variables[number]
    try needElements(of: variable.type, in: number, along: [], variable.span)
  }

  private mutating func needElements(
    of type: ValueType, in variable: Int, along: [Int], times: Int = 1, isInMultiset: Bool = false,
    _ span: SourceSpan
  ) throws(CutoffRefusal) {
    switch type {
    case .scalar(let type) where !isInMultiset && loose.contains(variable, type): break
    case .scalar(let type):
      for set in type.scalarsets {
        add(ElementNeed(set.identity, along: along), times: times, at: span)
      }
    case .array(let index, let element):
      if case .scalarset = index.kind {
        if isInMultiset { throw CutoffRefusal(.mixedIndex, at: span) }
        try needElements(
          of: element, in: variable, along: along + [index.identity], times: times, span)
      } else {
        guard index.scalarsets.isEmpty else { throw CutoffRefusal(.mixedIndex, at: span) }
        try needElements(
          of: element, in: variable, along: along, times: times * (index.valueCount ?? 0),
          isInMultiset: isInMultiset, span)
      }
    case .record(let fields):
      for field in fields {
        try needElements(
          of: field.type, in: variable, along: along, times: times, isInMultiset: isInMultiset, span
        )
      }
    case .multiset(let capacity, let element):
      try needElements(
        of: element, in: variable, along: along, times: times * capacity, isInMultiset: true, span)
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
