package import TransitionSystem

/// What a way to prove something has come to.
package enum ProofOutcome: Sendable {
  /// A start state and what follows, behind which something goes wrong: as steps that the reference
  /// interpreter can take.
  case run([RuleInstance])
  /// Nothing goes wrong in any reachable state.
  case proved(ProofMethod)
  /// Nothing goes wrong within so many steps.
  case none(depth: Int)
  case noStartState
  /// It was told to end, or a judge was; nothing goes wrong within so many steps.
  case stopped(depth: Int)
  /// It has taken all the memory that it may.
  case outOfMemory(depth: Int)
  /// What was found could not be confirmed by another solver, for this reason.
  case unconfirmed(String)
}

/// Why nothing can go wrong.
package enum ProofMethod: Sendable, Hashable {
  /// Of so many states one after another in which nothing is wrong, all different, none is followed by
  /// one in which something is; and nothing is wrong within as many steps.
  case induction(states: Int)
  /// There is an invariant of so many clauses, which no step leaves and in which nothing is wrong.
  case invariant(clauses: Int)
}

/// What a way to prove something may take, and whom it tells where it stands.
package struct ProofLimits: Sendable {
  package let isStopped: @Sendable () -> Bool
  /// Bytes that clauses and circuits may take; nil for no limit.
  package let mostBytes: Int?
  /// Told the depth up to which nothing goes wrong.
  package let note: @Sendable (Int) -> Void

  package init(
    isStopped: @escaping @Sendable () -> Bool = { false }, mostBytes: Int? = nil,
    note: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    (self.isStopped, self.mostBytes, self.note) = (isStopped, mostBytes, note)
  }
}
