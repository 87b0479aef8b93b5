package import Diagnostics

/// Something of which a reader has to be told if a run meets it, though nothing is wrong with it:
/// the text has another meaning for another checker.
package struct Remark: Sendable, Hashable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable, Hashable {
    /// A loop without a step begins above its end, and counts down.
    case loopCountsDown
    /// A function returns a number that is out of the range of its result.
    case resultOutOfRange
    /// An undefined value is read, which is an error, where another checker would take it.
    case undefinedIsTaken
    /// A parameter is read that is a copy, and the variable that it is a copy of has changed since.
    case parameterIsCopy
    /// Of `c ? a : b` a part is not evaluated that would be an error.
    case choiceComputesAhead
  }

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}
