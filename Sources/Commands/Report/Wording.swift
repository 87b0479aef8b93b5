package import Diagnostics
import Evaluation
package import Exploration
package import Proving
package import TransitionSystem

/// How things are called, in text and in JSON alike.
package struct Wording: Sendable {
  package let system: TransitionSystem
  package let source: SourceText

  package init(system: TransitionSystem, source: SourceText) {
    self.system = system
    self.source = source
  }

  /// A rule with its parameters: `old: halt a CPU (c = cpu_t_1)`.
  package func rule(_ instance: RuleInstance, isStart: Bool) -> String {
    let rule = (isStart ? system.startStates : system.rules)[instance.rule]
    return rule.name + parameters(rule.parameters, instance.bindings)
  }

  /// A property with its parameters.
  package func property(_ number: Int, _ bindings: [Int64]) -> String {
    let property = system.properties[number]
    return property.name + parameters(property.parameters, bindings)
  }

  private func parameters(_ parameters: [RuleParameter], _ bindings: [Int64]) -> String {
    guard !parameters.isEmpty else { return "" }
    let bound = zip(parameters, bindings).map { parameter, value in
      "\(parameter.name) = \(parameter.type.describe(value))"
    }
    return " (\(bound.joined(separator: ", ")))"
  }

  /// The slots of a state whose values are others than before, with their names and values, in slot
  /// order.
  ///
  /// - Parameter previous: The state before; nil if all slots are wanted.
  package func changes(
    in slots: [Int64], since previous: [Int64]?
  ) -> [(name: String, value: String)] {
    let changed = slots.indices.filter { slot in
      previous.map { $0[slot] != slots[slot] } ?? true
    }
    var rest = changed[...]
    var changes: [(name: String, value: String)] = []
    for variable in system.variables where !variable.isHidden {
      let end = variable.slot + variable.type.slotCount
      let part = rest.prefix { $0 < end }
      rest = rest[part.endIndex...]
      variable.type.forEachLeaf(named: variable.name, at: part, from: variable.slot) {
        slot, name, type in
        let value = describe(slots[slot], type)
        if let previous, describe(previous[slot], type) == value { return }
        changes.append((name, value))
      }
    }
    return changes
  }

  func describe(_ value: Int64, _ type: ScalarType) -> String {
    value == Slot.undefined ? "undefined" : type.describe(value)
  }

  /// `file:line:column`.
  package func location(_ span: SourceSpan) -> String {
    DiagnosticRenderer().location(of: span, in: source)
  }

  /// The verdict of a search that a limit ended, with its reason.
  package static func inconclusive(_ limit: ExplorationLimit) -> String {
    "inconclusive: \(self.limit(limit))"
  }

  /// What a limit was, in words.
  package static func limit(_ limit: ExplorationLimit) -> String {
    switch limit {
    case .states(let count): "the limit of \(count) state\(count == 1 ? "" : "s") was reached"
    case .depth(let depth): "the limit of depth \(depth) was reached"
    case .seconds(let seconds): "the limit of \(decimal(seconds)) s was reached"
    case .bytes(let bytes): "the limit of \(byteCount(bytes)) of memory was reached"
    case .noMemory: "the system gave no more memory"
    case .omissions(let chance): omissions(chance)
    case .undecidedLiveness(let chance):
      "\(omissions(chance)); liveness needs --store exact or disk"
    case .undecided(let reason): reason.message
    case .disk(let failure): disk(failure)
    case .lostWords(let sent, let received):
      "of \(grouped(sent)) words that were sent between ranks \(grouped(received)) have arrived as "
        + "they were: this is a mistake in swapcheck or in what carries them, and there is no verdict"
    case .cancelled: "interrupted"
    case .steps(let count): "nothing goes wrong in \(count) step\(count == 1 ? "" : "s") of a walk"
    case .stuck: "nothing goes wrong, and no rule leads on"
    case .noStartState: "a walk has nowhere to begin"
    case .unconfirmed(let reason): "what was found is not confirmed: \(reason)"
    case .notCompiled(let error): "the rules could not be compiled: \(error)"
    }
  }

  /// What is said by a proof, and how it was proved.
  package static func proof(_ method: ProofMethod) -> DisplayText {
    switch method {
    case .induction(let states):
      "safety properties, by induction from \(states) state\(states == 1 ? "" : "s")"
    case .invariant(let clauses):
      "safety properties, by an invariant of \(grouped(clauses)) clause\(clauses == 1 ? "" : "s")"
    }
  }

  /// What went wrong with the folder of a store on disk, and what to do about it.
  package static func disk(_ failure: DiskFailure) -> String {
    let folder = failure.folder
    return switch failure.kind {
    case .notNamed:
      "--store disk keeps states in a folder, which `swapcheck check MODEL --disk FOLDER` names"
    case .notEmpty:
      "\(folder) is not empty: --disk takes an empty folder, or the name of one that is to be made"
    case .unusable(let reason): "\(folder) cannot hold states: \(reason)"
    case .full(let reason):
      "nothing more can be written to \(folder): \(reason); --disk with another folder, or "
        + "fewer states"
    case .unreadable(let reason):
      "states cannot be read again from \(folder): \(reason)"
    case .changed:
      "what is read from \(folder) is not what was written: the disk is not to be trusted, or somebody "
        + "has changed its files"
    }
  }

  private static func omissions(_ chance: Double) -> String {
    "all states found are well; the chance that one was missed is at most \(chance)"
  }

  /// `12.3 MiB`.
  package static func byteCount(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "KiB", "MiB", "GiB"] {
      if value < 1024 || unit == "GiB" {
        return unit == "bytes" ? "\(bytes) bytes" : "\(decimal(value)) \(unit)"
      }
      value /= 1024
    }
    return "\(bytes) bytes"
  }

  /// At most two digits behind the point: `0.03`, `12.5`, `340`.
  package static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    if value >= 100 || hundredths % 100 == 0 { return String(Int(value.rounded())) }
    let fraction = hundredths % 100
    let digits =
      fraction % 10 == 0 ? "\(fraction / 10)" : (fraction < 10 ? "0\(fraction)" : "\(fraction)")
    return "\(hundredths / 100).\(digits)"
  }

  /// With a comma between thousands: `1,595,524`.
  package static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }
}
