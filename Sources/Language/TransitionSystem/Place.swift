package import Diagnostics

/// Where a value lives: the slots of a state variable, of a local variable, or of what a `var`
/// parameter stands for, narrowed by fields (already in `offset`) and indices.
///
/// The address is `base + offset + sum over indices of (value - lower) * stride`.
package final class Place: Sendable {
  package let base: Base
  /// Slots from the base.
  package let offset: Int
  /// Indices that are known only at run time, outermost first.
  package let indices: [Index]
  /// The type of what lives here.
  package let type: ValueType
  package let span: SourceSpan

  // Kept rather than derived, because the interpreter needs them at every step.

  /// Expressions in the indices; saturating.
  package let partCount: Int
  /// The number of slots that live here.
  package let slotCount: Int
  /// The values of a scalar place, or all numbers.
  package let bounds: ClosedRange<Int64>

  package enum Base: Sendable, Hashable {
    /// The state's slots.
    case state
    /// The frame of the rule or function that is being executed.
    case frame
    /// What the `var` parameter in this slot of the frame stands for.
    case reference(frameSlot: Int)
  }

  /// One run-time index. Below `lower` or from `lower + count` on it is a run-time error.
  package final class Index: Sendable {
    package let value: Expression
    package let lower: Int64
    package let count: Int
    /// Slots from one element to the next.
    package let stride: Int
    package let span: SourceSpan

    package init(value: Expression, lower: Int64, count: Int, stride: Int, span: SourceSpan) {
      self.value = value
      self.lower = lower
      self.count = count
      self.stride = stride
      self.span = span
    }
  }

  package init(
    base: Base, offset: Int, indices: [Index] = [], type: ValueType, span: SourceSpan
  ) {
    self.base = base
    self.offset = offset
    self.indices = indices
    self.type = type
    self.span = span
    partCount = indices.partCount
    slotCount = type.slotCount
    bounds = type.bounds
  }

  /// The same place, quoted from somewhere else.
  package func at(_ span: SourceSpan) -> Place { Place(self, at: span) }

  /// Counts no slots again: that takes time in proportion to the fields of a record.
  private init(_ place: Place, at span: SourceSpan) {
    base = place.base
    offset = place.offset
    indices = place.indices
    type = place.type
    self.span = span
    partCount = place.partCount
    slotCount = place.slotCount
    bounds = place.bounds
  }
}
