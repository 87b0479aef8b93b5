import Analysis
import Diagnostics
import Exploration
import TransitionSystem

/// What the constants of a model switch off: rules that can never fire, covers that are hit in every
/// state, and invariants whose left side is never true. That they do so says nothing of the protocol.
package struct NotAsked: Sendable {
  /// By the number of the rule, the names of the constants that see to it, in the order of the model;
  /// none where it is so whatever they are.
  package let rules: [Int: [String]]
  /// By the number of the cover.
  package let covers: [Int: [String]]
  /// By the number of the property.
  package let invariants: [Int: [String]]

  init(_ wording: Wording) {
    let system = wording.system
    var rules: [Int: [String]] = [:]
    var (covers, invariants): ([Int: [String]], [Int: [String]]) = ([:], [:])
    for (number, rule) in system.rules.enumerated() {
      if let truth = rule.guardExpression?.decidedTruth(in: system) {
        if !truth.isTrue { rules[number] = wording.constants(deciding: truth.parts) }
      } else if rule.isSwitchedOff(in: system) {
        rules[number] = []
      }
    }
    for property in system.properties {
      guard let cover = property.cover, let truth = property.expression.decidedTruth(in: system),
        truth.isTrue
      else { continue }
      covers[cover] = wording.constants(deciding: truth.parts)
    }
    for (number, antecedent) in Antecedents(system).properties {
      guard let truth = antecedent.expression.decidedTruth(in: system), !truth.isTrue else {
        continue
      }
      invariants[number] = wording.constants(deciding: truth.parts)
    }
    (self.rules, self.covers, self.invariants) = (rules, covers, invariants)
  }
}

extension Wording {
  /// The constants that are named in parts of the model, and those that say what values the variables
  /// in them may have.
  fileprivate func constants(deciding parts: [Expression]) -> [String] {
    var names: Set<String> = []
    var functions: Set<Int> = []
    for part in parts { note(part, &names, &functions) }
    return system.constants.map(\.name).filter(names.contains)
  }

  private func note(
    _ expression: Expression, _ names: inout Set<String>, _ functions: inout Set<Int>
  ) {
    var called: [Int] = []
    expression.forEachPart { part in
      switch part {
      case .expression(let expression):
        // A constant is a number by now, which stands where its name does.
        if case .literal = expression.kind { names.insert(source.text(of: expression.span)) }
      case .place(let place, _):
        guard place.base == .state, let variable = system.variable(ofSlot: place.offset) else {
          return
        }
        names.formUnion(variable.boundingConstants)
      case .call(let function): if functions.insert(function).inserted { called.append(function) }
      case .statement: break
      }
    }
    for function in called {
      guard case .result(.scalar(let result)) = system.functions[function].body.first?.kind else {
        continue
      }
      note(result, &names, &functions)
    }
  }

  /// `FAULTS = 0`, or several with commas; empty for none.
  func values(ofConstants names: [String]) -> String {
    system.constants.filter { names.contains($0.name) }
      .map { "\($0.name) = \($0.type.describe($0.value))" }.joined(separator: ", ")
  }
}
