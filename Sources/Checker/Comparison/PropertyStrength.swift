import Checking
import Diagnostics
import Exploration
import Trace
import TransitionSystem

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

extension Relocation {
  /// Whether two systems have the same variables, in the same order.
  func givesSameVariables(_ other: TransitionSystem, as own: TransitionSystem) -> Bool {
    own.variables.count == other.variables.count
      && zip(own.variables, other.variables).allSatisfy { first, second in
        first.name == second.name && first.type == moved(second.type)
      }
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
    guard relocation.givesSameVariables(other, as: own) else { return nil }
    functions = other.functions.map(relocation.moved)
    mixes = other.scalarsetMixes.map {
      .init(
        first: types.identity($0.first), second: $0.second.map(types.identity), span: $0.span)
    }
  }

  func moved(_ expression: Expression) -> Expression { relocation.moved(expression) }
}
