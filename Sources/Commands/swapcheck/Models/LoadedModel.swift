import Diagnostics
import Murphi
import Report
import TransitionSystem

/// A model without errors, its text, and whose meaning it has.
struct LoadedModel {
  let system: TransitionSystem
  let source: SourceText
  let meaning: Meaning
  /// Names of rules that the text has, and the system has not.
  var absentRules: [String] = []

  /// The model without some of its rules.
  ///
  /// - Throws: Where it has no rule of such a name.
  func without(_ names: [String]) throws(CommandFailure) -> LoadedModel {
    let known = Set(system.rules.map(\.name))
    for name in names where !known.contains(name) {
      let error =
        "\(source.path): error: there is no rule \"\(name)\" that it could be checked without"
      throw CommandFailure(
        lines: [error] + (didYouMean(name, among: known).map { ["hint: \($0)"] } ?? []))
    }
    return LoadedModel(
      system: system.without(rulesNamed: Set(names)), source: source, meaning: meaning,
      absentRules: absentRules + names)
  }

  /// Whose meaning it has, as a report says it.
  var meaningText: MeaningText {
    MeaningText(dialect: meaning.dialect.rawValue, sentence: sentence)
  }

  /// Nil where Rumur reads the model, and nobody asked for anything else.
  private var sentence: String? {
    let whose = "meaning: \(meaning.dialect.toolName)'s"
    switch meaning.reason {
    case .asked: return "\(whose), as --dialect asks"
    case .readByRumur: return nil
    case .notReadByRumur(let refusal):
      return "\(whose) (\(clause(refusal)))"
    case .readByNeither(let rumur, let cmurphi):
      return "\(whose), though neither reads it (\(clause(rumur)); \(clause(cmurphi)))"
    }
  }

  /// The place, line and column, and what is there.
  private func clause(_ refusal: Diagnostic) -> String {
    let place = source.position(of: refusal.span.start)
    return "\(place.line):\(place.column): \(refusal.message)"
  }

  /// What the remarks that a run has met mean for a reader: nothing unless CMurphi reads the model
  /// too, and gives it another meaning there.
  func warnings(for remarks: [Remark]) -> [Diagnostic] {
    guard meaning.dialect == .rumur, !remarks.isEmpty,
      MurphiModel.isRead(by: .cmurphi, source, system)
    else { return [] }
    return remarks.map { remark in
      let message =
        switch remark.kind {
        case .loopCountsDown: "this loop counts down, and has no round in CMurphi"
        case .resultOutOfRange: "a value out of the result's range is returned, an error in CMurphi"
        case .undefinedIsTaken: "the undefined value is an error, and is taken as it is in CMurphi"
        case .parameterIsCopy:
          "the parameter is a copy, and in CMurphi the variable, which has changed since the call"
        case .choiceComputesAhead:
          "this is not evaluated here; CMurphi evaluates it ahead, and it would be an error"
        }
      return Diagnostic(
        .otherwiseInCMurphi, message, at: remark.span, severity: .warning,
        hint: "--dialect cmurphi gives the model CMurphi's meaning")
    }
  }
}
