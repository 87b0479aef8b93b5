import Checking
import Diagnostics
import Evaluation
import Exploration
import PathConditions
import SMT
import TransitionSystem

/// What the commands do before they look at a model with symbolic constants.
enum SymbolicModel {
  /// Whether anything in a model is an address.
  static func isSymbolic(_ system: TransitionSystem) -> Bool { system.pathSlot != nil }

  static func failure(_ error: AssumptionError, _ source: SourceText) -> CommandFailure {
    switch error {
    case .contradictory(let core, let isMinimal):
      let renderer = DiagnosticRenderer()
      var text = "\(source.path): error: no layout keeps to "
      text += core.count == 1 ? "this assumption" : "these \(core.count) assumptions together"
      if isMinimal, core.count > 1 { text += "; each of them is needed for that" }
      let places = core.map { assumption in
        let place = assumption.span.map { renderer.location(of: $0, in: source) + ": " } ?? ""
        return "  \(place)\"\(assumption.text)\""
      }
      return CommandFailure(lines: [text] + places)
    case .undecided(let reason): return undecided(reason, source)
    case .interrupted(let interruption):
      let place = DiagnosticRenderer().location(of: interruption.span, in: source)
      return CommandFailure(
        "\(place): error: this assumption has no value: \(words(interruption.cause))")
    case .solver(let error):
      return CommandFailure("\(source.path): error: the model has symbolic constants. \(error)")
    }
  }

  static func undecided(_ reason: Undecided, _ source: SourceText) -> CommandFailure {
    CommandFailure(
      "\(source.path): error: whether a layout keeps to the assumptions was not found out: "
        + reason.message)
  }

  /// That the assumptions leave no start state for any layout: whatever the model says would hold.
  static func noState(of system: TransitionSystem, _ source: SourceText) -> CommandFailure {
    let renderer = DiagnosticRenderer()
    let assumptions = system.properties.filter { $0.kind == .assumption }
    let sentence =
      "\(source.path): error[\(DiagnosticCode.noStartStateLeft.rawValue)]: no start state keeps "
      + "to the assumptions, for any layout: nothing was checked"
    return CommandFailure(
      lines: [sentence]
        + assumptions.map { "  \(renderer.location(of: $0.span, in: source)): \"\($0.name)\"" })
  }
}

extension SymbolicModel {
  private static func words(_ cause: Interruption.Cause) -> String {
    switch cause {
    case .runtimeError(let error): error.message
    case .undecided(let reason): reason.message
    case .assertionFailed(let message), .errorStatement(let message): message
    case .assumptionFailed: "an assumption within it fails"
    }
  }
}
