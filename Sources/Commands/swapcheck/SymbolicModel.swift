import Checking
import Diagnostics
import Evaluation
import Exploration
import PathConditions
import SMT
import TransitionSystem

/// What the commands do before they look at a model with symbolic constants.
enum SymbolicModel {
  /// Why such a model is not looked at.
  typealias Refusal = ModelCheck.Refusal

  /// Whether anything in a model is an address.
  static func isSymbolic(_ system: TransitionSystem) -> Bool { system.pathSlot != nil }

  static func refusal(_ error: LayoutError, _ source: SourceText) -> Refusal {
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
      return Refusal(lines: [text] + places)
    case .undecided(let reason): return undecided(reason, source)
    case .interrupted(let interruption):
      let place = DiagnosticRenderer().location(of: interruption.span, in: source)
      return Refusal("\(place): error: this assumption has no value: \(words(interruption.cause))")
    case .solver(let error):
      return Refusal("\(source.path): error: the model has symbolic constants. \(error)")
    }
  }

  static func undecided(_ reason: Undecided, _ source: SourceText) -> Refusal {
    Refusal(
      "\(source.path): error: whether a layout keeps to the assumptions was not found out: "
        + reason.message)
  }

  /// That the assumptions leave no start state for any layout: whatever the model says would hold.
  static func noState(of system: TransitionSystem, _ source: SourceText) -> Refusal {
    let renderer = DiagnosticRenderer()
    let assumptions = system.properties.filter { $0.kind == .assumption }
    let sentence =
      "\(source.path): error[\(DiagnosticCode.noStartStateLeft.rawValue)]: no start state keeps "
      + "to the assumptions, for any layout: nothing was checked"
    return Refusal(
      lines: [sentence]
        + assumptions.map { "  \(renderer.location(of: $0.span, in: source)): \"\($0.name)\"" })
  }

  /// Values of the symbolic constants that the assumptions allow; none for a model without them.
  ///
  /// - Parameters:
  ///   - seed: The same seed gives the same values.
  ///   - stop: When no more is wanted.
  /// - Throws: `Exit.error`, after a message; `ReadingStopped`.
  static func valuation(
    of system: TransitionSystem, _ source: SourceText, seed: UInt64, _ stop: StopCondition
  ) throws -> [Int128] {
    guard system.symbolicElementCount > 0 else { return [] }
    let paths = PathConditions(system, limits: CheckPlan.questionLimits(stop), stop: stop)
    let watch = CommandWatch()
    do throws(Objection) {
      try CheckPlan.assume(paths, watch)
    } catch {
      Console.error(ModelCheck.refusal(error, system, source).text)
      throw Exit.error
    }
    let interrupter = paths.interrupter
    let values = watch.listening({ interrupter.interrupt() }) {
      Result { () throws(Undecided) in try paths.values(0, seed: seed) }
    }
    do throws(Undecided) {
      return try values.get()
    } catch {
      if stop.reason != nil { throw ReadingStopped() }
      Console.error("\(source.path): inconclusive: \(error.message)")
      throw Exit.inconclusive
    }
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
