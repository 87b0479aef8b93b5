package import Diagnostics
package import Evaluation
package import SMT

/// Something that is known of the layout from outside of the model. The elements of symbolic
/// constants are the unknowns of their names, `new_base` or `need[shell]`; others may stand in it
/// too.
package struct LayoutFact: Sendable {
  package let formula: BoolTerm
  /// What it says, in a core's words.
  package let text: String

  package init(_ formula: BoolTerm, _ text: String) {
    self.formula = formula
    self.text = text
  }
}

/// Something that the layout keeps to, and what it says in Z3's words.
package struct LayoutAssumption: Sendable {
  package let formula: BoolTerm
  /// The text of the assumption, or what a fact says.
  package let text: String
  /// Where it stands in the model; nil for a fact.
  package let span: SourceSpan?
}

/// Why a model with symbolic constants cannot be checked at all.
package enum AssumptionError: Error, Sendable {
  /// No layout keeps to all of these; without any one of them, the others can be kept if the core
  /// is minimal.
  case contradictory([LayoutAssumption], isMinimal: Bool)
  /// It was not found out whether a layout keeps to the assumptions.
  case undecided(Undecided)
  /// An assumption has no value.
  case interrupted(Interruption)
  case solver(SMTError)
}
