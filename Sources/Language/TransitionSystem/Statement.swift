package import Diagnostics

/// A statement with all names resolved and all types checked.
package final class Statement: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, at span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// Small, for the interpreter's sake: no case holds more than three words.
  package enum Kind: Sendable {
    /// A value outside of the place's type is a run-time error.
    case assign(Place, Expression)
    /// Copies all slots, undefined ones included.
    case copy(Place, Aggregate)
    /// Gives every slot the least value of its type, and empties multisets.
    case clear(Place)
    /// Makes every slot undefined, and empties multisets.
    case undefine(Place)
    /// Lets a slot of the frame stand for a place, as a `var` parameter does: an alias of a place
    /// whose indices are evaluated once, where the alias is declared.
    case bindReference(frameSlot: Int, Place)
    case conditional([(condition: Expression, body: [Statement])], otherwise: [Statement])
    /// Bounded by the interpreter; past the bound it is a run-time error.
    case whileLoop(Expression, [Statement])
    case forLoop(Loop, [Statement])
    case call(function: Int, [Argument])
    case result(ReturnedValue?)
    /// False is a violation.
    case assertion(Expression, message: String)
    /// False discards what the rule was about to reach.
    case assumption(Expression)
    /// True counts as a hit of the cover of this number in `TransitionSystem.covers`.
    case cover(Expression, cover: Int)
    /// A violation when it is executed.
    case error(message: String)
    case putText(String)
    indirect case put(Expression, ScalarType)
    case putPlace(Place, label: String)
    /// Puts a member into the first free place; a full multiset is a run-time error.
    case multisetAdd(Argument, to: Place)
    /// Removes the member at a position; none there is a run-time error.
    case multisetRemove(position: Expression, from: Place)
    /// Removes the members for which the predicate holds; `frameSlot` runs over their positions.
    case multisetRemoveWhere(Place, frameSlot: Int, predicate: Expression)
  }

  /// What `return` hands back.
  package enum ReturnedValue: Sendable {
    /// Not checked against the function's result type: as in Rumur, only what the value is then
    /// assigned to bounds it.
    case scalar(Expression)
    case aggregate(Aggregate)
  }
}
