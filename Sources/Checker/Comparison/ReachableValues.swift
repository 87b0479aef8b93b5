import Checking
import Diagnostics
import Exploration
import Trace
import TransitionSystem

/// A value that a variable, or an element or field of one, can have in one of two models alone.
package struct ValueChange: Sendable, Hashable {
  /// `view[*][*]`, `queue[*].word`: whatever the indices.
  package let place: String
  package let value: String
  /// Whether it is the head that reaches it.
  package let isGained: Bool
}

/// Which values the places of a model can have, found by a search of the model with a cover for each
/// of them.
struct ReachableValues {
  /// Types with more values are numbers rather than states of something.
  private static let mostValues = 16
  /// Covers that are looked for at once.
  private static let mostCovers = 600

  private let request: CheckRequest

  init(_ request: CheckRequest) { self.request = request }

  /// What changed; nil where that was not found out.
  func changes(_ pair: ModelPair, _ watch: some CheckWatch) -> [ValueChange]? {
    if pair.isSymbolic { return nil }
    guard let before = values(of: pair.base.system, watch),
      let after = values(of: pair.head.system, watch)
    else { return nil }
    // A place that one model does not have is a change of its text.
    let places = Set(before.all.map(\.place)).intersection(after.all.map(\.place))
    func changes(_ one: Reached, _ other: Reached, isGained: Bool) -> [ValueChange] {
      let known = Set(other.reached)
      return one.reached.filter { places.contains($0.place) && !known.contains($0) }.map {
        ValueChange(place: $0.place, value: $0.value, isGained: isGained)
      }
    }
    return changes(after, before, isGained: true) + changes(before, after, isGained: false)
  }

  private struct Valued: Hashable {
    let place: String
    let value: String
  }

  private struct Reached {
    let all: [Valued]
    let reached: [Valued]
  }

  private func values(of system: TransitionSystem, _ watch: some CheckWatch) -> Reached? {
    var valued: [Valued] = []
    var properties = system.properties.filter { $0.kind == .assumption }
    for leaf in system.variables.filter({ !$0.isHidden }).flatMap(Leaf.all) {
      guard let count = leaf.type.valueCount, count <= Self.mostValues,
        valued.count + count <= Self.mostCovers
      else { continue }
      for value in leaf.type.lower...max(leaf.type.lower, leaf.type.upper) where count > 0 {
        properties.append(leaf.cover(of: value, number: valued.count))
        valued.append(Valued(place: leaf.name, value: leaf.type.describe(value)))
      }
    }
    guard !valued.isEmpty else { return Reached(all: [], reached: []) }
    var request = request
    let covers = valued.map { Cover(name: $0.place, span: .none) }
    request.system = system.watched(by: properties, covers)
    request.options.deadlock = .off
    request.stop = request.stop.again()
    guard let finding = try? Checking.check(request, watch).finding, finding.scope == .allStates,
      let hits = finding.coverage?.coverHits
    else { return nil }
    return Reached(all: valued, reached: zip(valued, hits).filter { $1 > 0 }.map(\.0))
  }
}

/// A scalar place of a variable, whatever its indices.
private struct Leaf {
  let name: String
  let type: ScalarType
  let offset: Int
  let indices: [(type: ScalarType, stride: Int)]

  static func all(of variable: StateVariable) -> [Leaf] {
    all(variable.type, variable.name, variable.slot, [])
  }

  private static func all(
    _ type: ValueType, _ name: String, _ offset: Int, _ indices: [(type: ScalarType, stride: Int)]
  ) -> [Leaf] {
    switch type {
    case .scalar(let scalar):
      return scalar.kind == .scalarset
        ? [] : [Leaf(name: name, type: scalar, offset: offset, indices: indices)]
    case .array(let index, let element):
      return all(element, name + "[*]", offset, indices + [(index, element.slotCount)])
    case .record(let fields):
      var start = offset
      return fields.flatMap { field in
        defer { start += field.type.slotCount }
        return all(field.type, name + "." + field.name, start, indices)
      }
    // A place of a multiset is no place of its own.
    case .multiset: return []
    }
  }

  /// That the place has a value for some indices.
  func cover(of value: Int64, number: Int) -> Property {
    let place = Place(
      base: .state, offset: offset,
      indices: indices.enumerated().map { position, index in
        let parameter = Place(
          base: .frame, offset: position, type: .scalar(index.type), span: .none)
        return Place.Index(
          value: Expression(.load(parameter), at: .none), lower: index.type.lower,
          count: index.type.valueCount ?? 0, stride: index.stride, span: .none)
      }, type: .scalar(type), span: .none)
    let isDefined = Expression(.not(Expression(.isUndefined(place), at: .none)), at: .none)
    let isEqual = Expression(
      .compare(
        .equal, Expression(.load(place), at: .none), Expression(.literal(value), at: .none)),
      at: .none)
    return Property(
      kind: .cover, name: name,
      parameters: indices.enumerated().map { position, index in
        RuleParameter(
          name: "i\(position)", type: index.type, values: .all(index.type.lower, index.type.upper))
      }, expression: Expression(.and(isDefined, isEqual), at: .none),
      frameSlotCount: indices.count, cover: number, span: .none)
  }
}

extension TransitionSystem {
  /// The same steps, with other properties and covers.
  func watched(
    by properties: [Property], _ covers: [Cover], functions added: [Function] = [],
    mixes: [ScalarsetMix] = []
  ) -> TransitionSystem {
    let bare = Relocation(slotCount: 0, functionCount: 0, types: TypeIdentities())
    return TransitionSystem(
      variables: variables, functions: functions.map(bare.moved) + added,
      startStates: startStates.map(bare.moved), rules: rules.map(bare.moved),
      properties: properties, covers: covers, constants: constants,
      scalarsetMixes: scalarsetMixes + mixes)
  }
}

extension Relocation {
  /// A rule without its covers.
  func moved(_ rule: Rule) -> Rule {
    Rule(
      name: rule.name, parameters: rule.parameters.map(moved),
      guardExpression: rule.guardExpression.map(moved), frameSlotCount: rule.frameSlotCount,
      body: moved(rule.body), priority: rule.priority, span: rule.span)
  }
}
