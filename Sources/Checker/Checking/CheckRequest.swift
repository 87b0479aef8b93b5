package import Cluster
package import Diagnostics
package import Exploration
package import PathConditions
package import SMT
package import TransitionSystem

/// What is to be found out of a model, and how: what the command line, scenarios and tests fill in.
///
/// Whether it can be done is not looked at before `CheckPlan.make`.
package struct CheckRequest {
  package var system: TransitionSystem
  package var engine = EngineName.breadthFirst
  package var options = ExplorationOptions()
  /// Of a random walk: the same seed gives the same walk.
  package var seed: UInt64 = 1
  /// Of a random walk: steps behind the start state.
  package var maximumStepCount = 100
  /// Of engines that ask a solver: the steps that are looked ahead; nil for what the engine takes.
  package var solverDepth: Int?
  /// Whether nothing is asked about but what can go wrong in a state or a step.
  package var asksSafetyAlone = false
  package var symmetry = SearchSpace.Symmetry.exact
  package var reduction = SearchSpace.Reduction.none
  /// What is known of the symbolic constants from outside of the model; nil where nothing was said.
  package var facts: [LayoutFact]?
  /// Takes each question that is put to Z3.
  package var record: ((Query) -> Void)?
  /// Whether somebody reads the run to a violation: then it takes a while to make it easy to read.
  package var isRunRead = false
  /// How many violations are wanted, where there are so many that differ.
  package var maximumErrorCount = 1
  /// Where checkpoints are kept, and what is gone on from; nil for none. Asked for when it is known that
  /// the request can be carried out.
  package var checkpoints: SearchCheckpoints.Opening?
  /// The processes that are to search together, of which this is one; nil where it is alone.
  package var cluster: (any Communicator)?
  /// When no more is wanted.
  package var stop = StopCondition()

  package init(_ system: TransitionSystem) { self.system = system }
}

/// Who waits for an outcome.
package protocol CheckWatch {
  /// Told now and then where a search stands.
  func note(_ progress: ExplorationProgress)

  /// Does something of which a wish to end has to be told at once: a question to Z3 may take half a
  /// minute.
  ///
  /// - Parameter interrupt: Called on another thread, at most once.
  func listening<Result>(
    _ interrupt: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result
}

/// Nobody in particular, such as a test.
package struct NoWatch: CheckWatch {
  package init() {}

  package func note(_ progress: ExplorationProgress) {}

  package func listening<Result>(
    _ interrupt: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    try body()
  }
}
