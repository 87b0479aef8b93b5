package import Diagnostics

/// A property of the whole model.
package final class Property: Sendable {
  package let kind: Kind
  /// The message in the text, or `invariant 2` counted from 1 where it has none.
  package let name: String
  /// What the rulesets around it bind; a property holds when it holds for all values (a cover: is
  /// hit when it is hit for one).
  package let parameters: [RuleParameter]
  package let expression: Expression
  /// Slots of the frame; parameters come first, one slot each.
  package let frameSlotCount: Int
  /// For a cover, its number in `TransitionSystem.covers`.
  package let cover: Int?
  /// Whether its value is an address: that of a measure can be.
  package let isAddress: Bool
  package let span: SourceSpan

  package enum Kind: String, Sendable, CaseIterable {
    /// Holds in every reachable state.
    case invariant
    /// States in which it does not hold are discarded.
    case assumption
    /// Holds in some reachable state.
    case cover
    /// From every reachable state one is reachable in which it holds (AG EF).
    case liveness
    /// Its least and greatest value over the reachable states are reported.
    case measure
  }

  package init(
    kind: Kind, name: String, parameters: [RuleParameter], expression: Expression,
    frameSlotCount: Int, cover: Int? = nil, isAddress: Bool = false,
    span: SourceSpan
  ) {
    self.kind = kind
    self.name = name
    self.parameters = parameters
    self.expression = expression
    self.frameSlotCount = frameSlotCount
    self.cover = cover
    self.isAddress = isAddress
    self.span = span
  }
}

/// Something that has to be reached: a `cover` beside the rules or within a body.
package struct Cover: Sendable {
  package let name: String
  package let span: SourceSpan

  package init(name: String, span: SourceSpan) {
    self.name = name
    self.span = span
  }
}
