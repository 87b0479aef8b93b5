package import Checkpoints
package import Exploration
package import PathConditions
package import Symbolic
package import Trace

/// Why a model is not checked, or there is no verdict although it was.
package enum Objection: Error {
  /// Partial-order reduction needs the depth of states, which a bit table does not know,
  /// and a store on disk not at once.
  case reductionNeedsDepth
  /// The folder of a store on disk cannot be used.
  case disk(DiskFailure)
  /// The engine, by its name, does not do what was asked for.
  case engineLacks(engine: String, Feature)
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
  /// What other stores keep of a state is no state, which is what a checkpoint has.
  case checkpointsNeedExactStore
  /// Path conditions and their numbers are those of one process.
  case checkpointsOfSymbolicModel
  /// What several processes do not do together.
  case clusterLacks(ClusterLack)
  /// A checkpoint cannot be begun, or not be gone on from.
  case checkpoint(CheckpointError)
  /// The reference interpreter does not confirm what was found: a mistake of ours.
  case notConfirmed(ReplayError)

  /// What may be asked of a check, and not every engine does.
  package enum Feature: Sendable, Hashable {
    case partialOrderReduction
    /// A store other than the exact one, in memory.
    case lossyStore
    case stateLimit
    case depthLimit
    /// More than one violation is wanted.
    case severalViolations
    case symbolicConstants
    /// There are such properties, and safety alone was not asked for.
    case liveness
    case covers
    /// All properties are looked at.
    case safetyAlone
    /// The model has something that is not said to a solver.
    case terms(NotSymbolic)
    case checkpoints
  }
}
