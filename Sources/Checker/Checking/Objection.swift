package import Exploration
package import PathConditions
package import Trace

/// Why a model is not checked, or there is no verdict although it was.
package enum Objection: Error {
  /// Partial-order reduction needs the depth of states, which a bit table does not know.
  case reductionNeedsDepth
  /// Path conditions of states are told apart by an exact store alone.
  case symbolicNeedsExactStore
  /// A layout was named, and the model has no symbolic constants.
  case noSymbolicConstants
  /// What the model assumes of its layout, and what is known beside it.
  case assumptions(AssumptionError)
  /// The assumptions leave no start state: whatever the model says would hold.
  case noStartState(StartStateLoss)
  /// The same, for any layout.
  case noStartStateForAnyLayout
  /// The reference interpreter does not confirm what was found: a mistake of ours.
  case notConfirmed(ReplayError)
}
