package import Evaluation
import Report
import Trace
package import TransitionSystem

/// A rule instance that is enabled in a state, and what comes of it.
package struct Choice: Sendable, Equatable {
  /// Of a start state where there is no state yet.
  package let instance: RuleInstance
  package let consequence: Consequence

  package enum Consequence: Sendable, Equatable {
    /// It can be taken. Whether it leads to another state than this one.
    case leads(changesState: Bool)
    /// A rule of a higher priority is enabled, so this one does not fire.
    case outranked
    /// An assumption discards what it leads to.
    case discarded
    case fails(Interruption.Cause)
  }

  /// Whether a walk can go on with it.
  package var canBeTaken: Bool { if case .leads = consequence { true } else { false } }
}

/// The rule instances that are enabled in a state.
package struct Choices: Sendable {
  package let list: [Choice]
  /// Whether all instances have been tried.
  package let isComplete: Bool
}

extension Choices {
  /// Choices that are listed. Nobody reads more.
  private static let maximumCount = 4_096

  /// What is enabled in a state.
  init(in state: [Int64], _ moves: Moves) {
    var list: [Choice] = []
    isComplete = moves.forEachMove(from: state) { instance, outcome in
      if let choice = Choice(instance, outcome, from: state) { list.append(choice) }
      return list.count < Self.maximumCount
    }
    self.list = list
  }

  /// The start states.
  init(startsOf moves: Moves) {
    let instances = TransitionSystem.instances(of: moves.system.startStates)
    list = instances.prefix(Self.maximumCount).compactMap {
      Choice($0, moves.fire($0, from: nil), from: nil)
    }
    isComplete = instances.count <= Self.maximumCount
  }
}

extension Choice {
  /// Nil for what is not enabled.
  fileprivate init?(_ instance: RuleInstance, _ outcome: Moves.Outcome, from state: [Int64]?) {
    self.instance = instance
    switch outcome {
    case .leads(let step): consequence = .leads(changesState: step.slots != state)
    case .outranked: consequence = .outranked
    case .discarded: consequence = .discarded
    case .fails(let cause): consequence = .fails(cause)
    case .notEnabled: return nil
    }
  }
}
