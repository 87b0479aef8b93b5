import Exploration
import TransitionSystem

/// What may be asked of a search, and is not done by several processes together.
package enum ClusterLack: Sendable, Hashable {
  /// Another engine than a search among all states, by its name.
  case engine(String)
  /// Another store than the exact one in memory, by its name.
  case store(String)
  /// What is left out depends on the depths of states that other processes have.
  case partialOrderReduction
  /// Path conditions are one process's.
  case symbolicConstants
  case severalViolations

  /// Nil where all of a request can be done, or one process does it alone.
  init?(_ request: CheckRequest) {
    guard request.cluster != nil else { return nil }
    if request.engine != .breadthFirst {
      self = .engine(request.engine.rawValue)
    } else if request.options.store != .exact {
      self = .store(request.options.store.rawValue)
    } else if request.reduction == .por {
      self = .partialOrderReduction
    } else if request.system.pathSlot != nil {
      self = .symbolicConstants
    } else if request.maximumErrorCount > 1 {
      self = .severalViolations
    } else {
      return nil
    }
  }
}
