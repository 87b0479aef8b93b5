import TransitionSystem

/// What an onlooker sees of two models.
package struct Observation: Sendable {
  package let what: What
  /// Names of rules that nobody sees.
  private let hidden: Set<String>

  package enum What: Sendable {
    /// Rules with their parameters.
    case rules
    /// Who acts: what stands before the colon of a rule's name. Rules without are not seen.
    case actors
    /// What values become. A step that changes none of them is not seen.
    case values(ObservedValues)
  }

  /// - Parameter hidden: Names of rules whose steps nobody sees.
  package init(of what: What = .rules, except hidden: Set<String> = []) {
    (self.what, self.hidden) = (what, hidden)
  }

  /// Whether each step is seen for what it is, so that a product can tell.
  package var isOfAllRules: Bool { if case .rules = what { hidden.isEmpty } else { false } }

  /// Labels for what is seen: the same in both models for what is the same.
  func labels(of pair: ModelPair, isHead: Bool) -> StateTable.Labelling {
    let system = isHead ? pair.head.system : pair.base.system
    let actors = Set((pair.base.system.rules + pair.head.system.rules).compactMap(\.actor)).sorted()
    let rules = keys(
      system.rules, isHead ? pair.rules.baseOfHead : nil, pair.base.system.rules, actors)
    let starts = keys(
      system.startStates, isHead ? pair.startStates.baseOfHead : nil, pair.base.system.startStates,
      actors)
    switch what {
    case .rules, .actors:
      let seesBindings = if case .rules = what { true } else { false }
      return { taken in
        guard let key = (taken.isStart ? starts : rules)[taken.instance.rule] else { return nil }
        return StepLabel(
          key: taken.isStart ? -1 - key : key,
          values: seesBindings ? taken.instance.bindings : [], fails: taken.after == nil)
      }
    case .values(let observed):
      let reading = observed.reading(of: system, isHead: isHead)
      return { taken in
        guard (taken.isStart ? starts : rules)[taken.instance.rule] != nil else { return nil }
        guard let after = taken.after else { return StepLabel(key: 0, values: [], fails: true) }
        let values = reading(after)
        if !taken.isStart, values == reading(taken.before) { return nil }
        return StepLabel(key: taken.isStart ? -1 : 0, values: values, fails: false)
      }
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
      case .rules, .values: return partner ?? base.count + number
      case .actors: return rule.actor.flatMap { actors.firstIndex(of: $0) }
      }
    }
  }
}
