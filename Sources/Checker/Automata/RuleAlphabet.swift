import Conformance
import Exploration
package import TransitionSystem

extension Alphabet {
  /// What is seen of each step.
  package enum Sight: Sendable {
    /// The rule with its parameters.
    case rules
    /// Who acts: what stands before the colon of a rule's name. Rules without are not seen.
    case actors
  }

  /// The view of one element: where a parameter of this name has another value, nothing is seen.
  package struct View: Sendable {
    package let parameter: String
    package let value: Int64
    /// Identity of the scalarset; nil for another type.
    package let scalarset: Int?

    package init(parameter: String, value: Int64, scalarset: Int?) {
      (self.parameter, self.value, self.scalarset) = (parameter, value, scalarset)
    }
  }

  /// Rule instances that an alphabet is made of at most.
  package static let mostInstances = 1 << 16

  /// What is seen of the steps of a system.
  ///
  /// - Parameters:
  ///   - hiding: Names of rules that nobody sees.
  /// - Returns: Nil where the system has more than `mostInstances`.
  package init?(
    of sight: Sight, in system: TransitionSystem, hiding names: Set<String>, view: View? = nil
  ) {
    let instances = TransitionSystem.instances(of: system.rules)
    guard instances.count <= Self.mostInstances else { return nil }
    self.init(named: Self.named(sight, system, names, view))
    for (number, rule) in system.rules.enumerated() {
      if names.contains(rule.name) {
        hide(rule: number)
        continue
      }
      let actor = rule.actor
      if case .actors = sight, actor == nil {
        hide(rule: number)
        continue
      }
      let viewed = view.flatMap { view in
        rule.parameters.firstIndex { $0.name == view.parameter }
      }
      for position in instances.range(ofRule: number) {
        let bindings = instances[position].bindings
        let event = ObservedEvent(
          rules: [
            RulePattern(
              rule: number,
              bindings: bindings.enumerated().map { .init(parameter: $0.offset, value: $0.element) }
            )
          ])
        if let viewed, bindings[viewed] != view?.value {
          hide(event)
          continue
        }
        switch sight {
        case .rules:
          let values = rule.parameters.indices.filter { $0 != viewed }
            .map { rule.parameters[$0].type.describe(bindings[$0]) }
          add(([rule.name] + values).joined(separator: " "), event)
        case .actors: add(actor ?? rule.name, event)
        }
      }
    }
  }

  private static func named(
    _ sight: Sight, _ system: TransitionSystem, _ hidden: Set<String>, _ view: View?
  ) -> Set<Int> {
    var named: Set<Int> = []
    func note(_ type: ScalarType) { named.formUnion(type.scalarsets.map(\.identity)) }
    if let scalarset = view?.scalarset { named.insert(scalarset) }
    guard case .rules = sight else { return named }
    for rule in system.rules where !hidden.contains(rule.name) {
      for parameter in rule.parameters where parameter.name != view?.parameter {
        note(parameter.type)
      }
    }
    return named
  }
}
