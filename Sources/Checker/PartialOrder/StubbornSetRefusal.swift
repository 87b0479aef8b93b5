package import Diagnostics

/// Why partial-order reduction cannot be used on a system.
package struct StubbornSetRefusal: Sendable, Hashable {
  package let reason: Reason
  /// What there is against it in the model; nil where it is the model as a whole.
  package let span: SourceSpan?

  package enum Reason: Sendable, Hashable {
    /// Evaluating a property changes the state, so which state is looked at depends on the order.
    case propertyChangesState
    /// Whether a rule fires depends on whether another one is enabled.
    case rulesHavePriorities
    /// More instances of rules than tables are made for.
    case tooManyInstances(count: Int, limit: Int)
    /// The tables would take more bytes than allowed.
    case tooManyBytes(limit: Int)
  }
}
