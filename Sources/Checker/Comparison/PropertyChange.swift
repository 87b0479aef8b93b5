import Checking
import Diagnostics
import Exploration
import Trace
package import TransitionSystem

/// What has become of a property: an invariant, an assumption, a cover or a liveness property.
package struct PropertyChange: Sendable {
  package let kind: Property.Kind
  package let name: String
  package let change: Change

  package enum Change: Sendable, Hashable {
    case added
    case removed
    /// True where the base's is, and elsewhere, in states that one of the models reaches.
    case weaker
    case stronger
    /// Each is true where the other is not.
    case other
    /// Another text that is true in the same states of all that the models reach.
    case equal
    /// Another text; what it means for the states was not found out.
    case undecided
  }

  /// Whether the head checks less than the base.
  package var isWorse: Bool {
    switch (kind, change) {
    case (.measure, _): change == .removed
    // A stronger assumption looks at less.
    case (.assumption, .added), (.assumption, .stronger), (.assumption, .other): true
    case (.assumption, _): false
    case (_, .removed), (_, .weaker), (_, .other): true
    default: false
    }
  }

  static func all(
    _ pair: ModelPair, _ request: CheckRequest, _ watch: some CheckWatch
  ) -> [PropertyChange] {
    let (old, new) = (pair.base.system.properties, pair.head.system.properties)
    var changes: [PropertyChange] = []
    var partners: Set<Int> = []
    var changed: [(base: Int, head: Int)] = []
    for (number, property) in old.enumerated() {
      let twin = new.indices.first {
        new[$0].kind == property.kind && new[$0].name == property.name && !partners.contains($0)
      }
      guard let twin else {
        changes.append(.init(kind: property.kind, name: property.name, change: .removed))
        continue
      }
      partners.insert(twin)
      if pair.textsDiffer(property.span, new[twin].span) || pair.callsDiffer(property, new[twin]) {
        changed.append((number, twin))
      }
    }
    for (number, property) in new.enumerated() where !partners.contains(number) {
      changes.append(.init(kind: property.kind, name: property.name, change: .added))
    }
    let strengths = PropertyStrength(pair, request).strengths(of: changed, watch)
    for ((number, _), strength) in zip(changed, strengths) {
      changes.append(.init(kind: old[number].kind, name: old[number].name, change: strength))
    }
    return changes
  }
}

/// Which of two properties is the stronger one, in the states that either model reaches.
///
/// Both stand in one model, as covers of states in which one is true and the other is not: a search
/// of the base and one of the head say which of these there are.
struct PropertyStrength {
  private let pair: ModelPair
  private let request: CheckRequest

  init(_ pair: ModelPair, _ request: CheckRequest) {
    self.pair = pair
    self.request = request
  }

  func strengths(
    of changed: [(base: Int, head: Int)], _ watch: some CheckWatch
  ) -> [PropertyChange.Change] {
    guard !changed.isEmpty else { return [] }
    let comparable = changed.map { pair in
      let (first, second) = (
        self.pair.base.system.properties[pair.base], self.pair.head.system.properties[pair.head]
      )
      return first.kind != .measure && first.parameters.count == second.parameters.count
        && zip(first.parameters, second.parameters).allSatisfy { $0.count == $1.count }
    }
    guard !pair.isSymbolic,
      let inBase = hits(changed, comparable, isHead: false, watch),
      let inHead = hits(changed, comparable, isHead: true, watch)
    else { return changed.map { _ in .undecided } }
    return changed.indices.map { position in
      guard comparable[position] else { return .undecided }
      let oldAlone = inBase[2 * position] || inHead[2 * position]
      let newAlone = inBase[2 * position + 1] || inHead[2 * position + 1]
      return switch (oldAlone, newAlone) {
      case (false, false): .equal
      case (false, true): .weaker
      case (true, false): .stronger
      case (true, true): .other
      }
    }
  }

  /// For each pair, whether there is a state in which the first alone is true, and one in which the
  /// second alone is; nil where that was not found out.
  private func hits(
    _ changed: [(base: Int, head: Int)], _ comparable: [Bool], isHead: Bool,
    _ watch: some CheckWatch
  ) -> [Bool]? {
    let (own, other) = isHead ? (pair.head, pair.base) : (pair.base, pair.head)
    guard let embedding = Embedding(of: other.system, in: own.system) else { return nil }
    var properties = own.system.properties.filter { $0.kind == .assumption }
    var covers: [Cover] = []
    for (position, numbers) in changed.enumerated() {
      let ownProperty = own.system.properties[isHead ? numbers.head : numbers.base]
      let otherProperty = other.system.properties[isHead ? numbers.base : numbers.head]
      var pair = [ownProperty.expression, ownProperty.expression]
      if comparable[position] {
        pair[isHead ? 0 : 1] = embedding.moved(otherProperty.expression)
      }
      let frame = max(ownProperty.frameSlotCount, otherProperty.frameSlotCount)
      for (first, second) in [(pair[0], pair[1]), (pair[1], pair[0])] {
        let alone = Expression(
          .and(first, Expression(.not(second), at: second.span)), at: first.span)
        covers.append(Cover(name: ownProperty.name, span: ownProperty.span))
        properties.append(
          Property(
            kind: .cover, name: ownProperty.name, parameters: ownProperty.parameters,
            expression: alone, frameSlotCount: frame, cover: covers.count - 1,
            span: ownProperty.span))
      }
    }
    var request = request
    request.system = own.system.watched(
      by: properties, covers, functions: embedding.functions, mixes: embedding.mixes)
    request.options.deadlock = .off
    request.stop = request.stop.again()
    guard let finding = try? Checking.check(request, watch).finding, finding.scope == .allStates
    else { return nil }
    return finding.coverage?.coverHits.map { $0 > 0 }
  }
}

/// Expressions of one system over the state of another, which has its variables.
private struct Embedding {
  private let relocation: Relocation
  let functions: [Function]
  let mixes: [TransitionSystem.ScalarsetMix]

  /// - Returns: Nil unless the variables are the same, in the same order.
  init?(of other: TransitionSystem, in own: TransitionSystem) {
    let types = TypeIdentities(own, other)
    relocation = Relocation(slotCount: 0, functionCount: own.functions.count, types: types)
    guard own.variables.count == other.variables.count else { return nil }
    for (first, second) in zip(own.variables, other.variables) {
      let moved = relocation.moved(second.type)
      guard first.name == second.name, first.type == moved else { return nil }
    }
    functions = other.functions.map(relocation.moved)
    mixes = other.scalarsetMixes.map {
      .init(
        first: types.identity($0.first), second: $0.second.map(types.identity), span: $0.span)
    }
  }

  func moved(_ expression: Expression) -> Expression { relocation.moved(expression) }
}
