package import TransitionSystem

/// What an onlooker sees of two models.
package struct Observation: Sendable {
  private let what: What
  /// Names of rules that nobody sees.
  private let hidden: Set<String>

  private enum What {
    case rules
    case actors
  }

  /// Rules with their parameters, but for those of some names.
  package static func rules(except hidden: Set<String> = []) -> Observation {
    Observation(what: .rules, hidden: hidden)
  }

  /// Who acts: what stands before the colon of a rule's name. Rules without are not seen.
  package static func actors(except hidden: Set<String> = []) -> Observation {
    Observation(what: .actors, hidden: hidden)
  }

  /// Whether each step is seen for what it is, so that a product can tell.
  package var isOfAllRules: Bool { if case .rules = what { hidden.isEmpty } else { false } }

  /// Numbers for what is seen: the same in both models for what is the same.
  func labels(of pair: ModelPair, isHead: Bool) -> StateTable.Labelling {
    let system = isHead ? pair.head.system : pair.base.system
    let actors = Set((pair.base.system.rules + pair.head.system.rules).compactMap(\.actor)).sorted()
    let rules = keys(
      system.rules, isHead ? pair.rules.baseOfHead : nil, pair.base.system.rules, actors)
    let starts = keys(
      system.startStates, isHead ? pair.startStates.baseOfHead : nil, pair.base.system.startStates,
      actors)
    let seesBindings = if case .rules = what { true } else { false }
    return { isStart, instance, fails in
      guard let key = (isStart ? starts : rules)[instance.rule] else { return nil }
      return StepLabel(
        key: isStart ? -1 - key : key, bindings: seesBindings ? instance.bindings : [],
        fails: fails)
    }
  }

  /// - Parameters:
  ///   - partners: For rules of the head, those of the base.
  ///   - actors: All actors of both models.
  private func keys(
    _ rules: [Rule], _ partners: [Int?]?, _ base: [Rule], _ actors: [String]
  ) -> [Int?] {
    rules.enumerated().map { number, rule in
      let partner = partners.map { $0[number] } ?? number
      let name = partner.map { base[$0].name } ?? rule.name
      if hidden.contains(name) || hidden.contains(rule.name) { return nil }
      switch what {
      case .rules: return partner ?? base.count + number
      case .actors: return rule.actor.flatMap { actors.firstIndex(of: $0) }
      }
    }
  }
}
