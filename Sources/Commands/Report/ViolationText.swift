package import Diagnostics
import Evaluation
package import Trace
import TransitionSystem

/// A violation in words, with the part of the text that it is about.
package struct ViolationText: Sendable {
  package let category: Violation.Category
  /// What is violated, by its name in the text.
  package let name: String?
  /// The whole in one sentence.
  package let title: String
  /// What to underline; `none` for a deadlock.
  package let span: SourceSpan
  /// Values that matter: what stands in the text, and what it is in the last state.
  package let values: [(text: String, value: String)]
  /// Why nothing leads on from the last state, or not to where it should; nil where that is not the
  /// question.
  package let obstacles: ObstacleText?
  /// Other places that help to understand it: calls that led there, a value that was forgotten.
  package let notes: [Diagnostic.Label]

  package init(_ counterexample: Counterexample, _ wording: Wording) {
    let system = wording.system
    obstacles = ObstacleText(counterexample, wording)
    category = counterexample.violation.category
    notes = Self.notes(of: counterexample.violation, wording)
    name = counterexample.violation.name(in: system)
    switch counterexample.violation.kind {
    case .invariant(let property, let bindings):
      title = "invariant \"\(wording.property(property, bindings))\" does not hold"
      let explanation = Self.explain(counterexample, property, bindings, system)
      span = explanation?.span ?? system.properties[property].span
      var seen: Set<String> = []
      values =
        ((explanation?.bindings ?? []) + (explanation?.values ?? [])).map {
          (wording.source.text(of: $0.span), $0.value)
        }.filter { seen.insert($0.0).inserted }
        // What is the same in each case has been said.
        + Self.cases(explanation?.cases ?? [], besides: seen, wording)
    case .liveness(let property, let bindings):
      title =
        "liveness \"\(wording.property(property, bindings))\": from the last state it can never "
        + "hold again"
      span = system.properties[property].span
      values = []
    case .deadlock:
      title = "deadlock: \(obstacles?.deadlock ?? "no rule leads on from the last state")"
      span = .none
      values = []
    case .uncovered(let cover):
      title = "cover \"\(system.covers[cover].name)\" is never hit"
      span = system.covers[cover].span
      values = []
    case .interruption(let failure):
      title = Self.title(
        of: failure, counterexample.violation.failedStep,
        isStart: counterexample.execution.steps.isEmpty, wording)
      span = failure.span
      values = []
    }
  }

  private static func notes(of violation: Violation, _ wording: Wording) -> [Diagnostic.Label] {
    guard case .interruption(let failure) = violation.kind else { return [] }
    var notes: [Diagnostic.Label] = []
    if let variable = failure.variableWithoutStartValue(in: wording.system) {
      let read = wording.source.text(of: failure.span)
      notes.append(.init(variable.span, "no start state gives `\(read)` a value"))
    }
    for call in failure.calls {
      let name = wording.system.functions[call.function].name
      notes.append(.init(call.span, "`\(name)` is called from here"))
    }
    return notes
  }

  /// The notes with the text that they are about.
  func notesText(in source: SourceText, _ style: ReportStyle) -> DisplayText {
    let renderer = DiagnosticRenderer(usesColor: style.usesColor)
    return notes.map { note in
      renderer.excerpt(
        of: note.span, in: source, mark: "-", note: note.text, width: style.width)
    }.joined()
  }

  /// What interrupted, and where, in one sentence.
  ///
  /// - Parameters:
  ///   - failedStep: The step that it is of, for what goes wrong in an action.
  ///   - isStart: Whether that is one of the start states.
  static func title(
    of failure: Violation.Failure, _ failedStep: RuleInstance?, isStart: Bool, _ wording: Wording
  ) -> String {
    title(of: failure.cause) + place(of: failure, failedStep, isStart: isStart, wording)
  }

  private static func title(of cause: Violation.Failure.Cause) -> String {
    switch cause {
    case .assertion(let message): "assertion \"\(message)\" does not hold"
    case .errorStatement(let message): "error \"\(message)\""
    case .runtimeError(let message): "run-time error: \(message)"
    }
  }

  private static func place(
    of failure: Violation.Failure, _ failedStep: RuleInstance?, isStart: Bool, _ wording: Wording
  ) -> String {
    switch failure.place {
    case .action:
      guard let step = failedStep else { return "" }
      return " in \"\(wording.rule(step, isStart: isStart))\""
    case .guardExpression(let instance):
      return " in the guard of \"\(wording.rule(instance, isStart: false))\""
    case .property(let property, let bindings):
      let kind = wording.system.properties[property].kind.rawValue
      return " in \(kind) \"\(wording.property(property, bindings))\""
    }
  }

  /// `cpus[c].owner where c = 1` with its value, for each value of the variable, once each.
  private static func cases(
    _ cases: [Explanation.Case], besides known: Set<String>, _ wording: Wording
  ) -> [(text: String, value: String)] {
    cases.flatMap { each in
      let name = wording.source.text(of: each.variable.span)
      var seen = known.union([name])
      return each.values.map { value in (wording.source.text(of: value.span), value.value) }
        .filter { seen.insert($0.0).inserted }
        .map { ("\($0.0) where \(name) = \(each.variable.value)", $0.1) }
    }
  }

  private static func explain(
    _ counterexample: Counterexample, _ property: Int, _ bindings: [Int64],
    _ system: TransitionSystem
  ) -> Explanation? {
    guard let last = counterexample.execution.steps.last else { return nil }
    let interpreter = Interpreter(
      system: system, valuation: counterexample.execution.valuation)
    for (slot, value) in last.slots.enumerated() { interpreter.slots[slot] = value }
    return interpreter.explain(system.properties[property], bindings)
  }
}
