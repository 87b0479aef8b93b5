import SAT
import SMT
package import TransitionSystem

/// What has to be so for invariants to be inductive together, each as a question whose answer has to be
/// no: in a system of some size, as one circuit.
package struct InductionObligations: Sendable {
  /// The parts of a proof by induction.
  package enum Part: String, Sendable, CaseIterable {
    /// All hold in start states.
    case initiation
    /// No step leads from a state in which all hold to one in which one of them does not.
    case consecution
    /// Where all hold, nothing else goes wrong.
    case safety

    package var sentence: String {
      switch self {
      case .initiation: "every start state has all invariants and lemmas"
      case .consecution:
        "every step from a state in which all invariants and lemmas hold leads to such a state"
      case .safety: "where all invariants and lemmas hold, nothing goes wrong in a step"
      }
    }
  }

  /// What must not be so.
  package struct Question: Sendable {
    let part: Part
    /// The property that is broken; nil for what is said in words.
    let property: Int?
    let words: String
    /// All of them together are the case.
    let wires: [Wire]
  }

  private let finite: FiniteSystem
  private let circuit: Circuit
  private let questions: [Question]

  init(_ questions: [Question], _ circuit: Circuit, of finite: FiniteSystem) {
    (self.questions, self.circuit, self.finite) = (questions, circuit, finite)
  }

  package var system: TransitionSystem { finite.system }

  /// A part as SMT-LIB, whose answer is `unsat` where it is so.
  ///
  /// - Parameter comment: Stands above all.
  package func script(_ part: Part, comment: String) -> String {
    let cases = questions.filter { $0.part == part }.map { question in
      CircuitScript.Case(words(question), question.wires)
    }
    return CircuitScript.text(
      cases, of: circuit, comment: comment, inputs: finite.inputNames)
  }

  private func words(_ question: Question) -> String {
    guard let number = question.property else { return question.words }
    let property = system.properties[number]
    return "\(property.kind.rawValue) \(property.name.debugDescription) \(question.words)"
  }
}

extension FiniteSystem {
  /// What inputs of the circuit are, by their nodes: bits of values, the least first.
  fileprivate var inputNames: [Int: String] {
    var names: [Int: String] = [:]
    func note(_ wires: [Wire], _ name: String) {
      for (bit, wire) in wires.enumerated() where wire.constant == nil {
        names[wire.node] = wires.count == 1 ? name : "\(name), bit \(bit)"
      }
    }
    var slot = 0
    for variable in system.variables {
      variable.type.forEachLeaf(named: variable.name) { name, _ in
        if slots.indices.contains(slot) {
          note(slots[slot].value, name)
          if let isDefined = slots[slot].isDefined { note([isDefined], "\(name) is defined") }
        }
        slot += 1
      }
    }
    for size in sizes {
      let name = system.scalarsets.first { $0.identity == size.identity }?.name ?? "scalarset"
      for (number, input) in size.inputs.enumerated() {
        let count = size.least + Int64(number) + 1
        names[input.node] = "whether \(name) has \(count) elements, if it has \(count - 1)"
      }
    }
    for (choice, what) in [(start.choice, "start state"), (step.choice, "rule")] {
      note(choice.rule, "number of the \(what)")
      for (position, parameter) in choice.parameters.enumerated() {
        note(parameter.wires, "parameter \(position + 1) of the \(what)")
      }
    }
    return names
  }
}
