public import Diagnostics

/// Where a value lives: the slots of a state variable, of a local variable, or of what a `var`
/// parameter stands for, narrowed by fields (already in `offset`) and indices.
///
/// The address is `base + offset + sum over indices of (value - lower) * stride`.
public final class Place: Sendable {
  public let base: Base
  /// Slots from the base.
  public let offset: Int
  /// Indices that are known only at run time, outermost first.
  public let indices: [Index]
  /// The type of what lives here.
  public let type: ValueType
  public let span: SourceSpan

  // Kept rather than derived, because the interpreter needs them at every step.

  /// Expressions in the indices; saturating.
  public let partCount: Int
  /// The number of slots that live here.
  public let slotCount: Int
  /// The values of a scalar place, or all numbers.
  public let bounds: ClosedRange<Int64>

  public enum Base: Sendable, Hashable {
    /// The state's slots.
    case state
    /// The frame of the rule or function that is being executed.
    case frame
    /// What the `var` parameter in this slot of the frame stands for.
    case reference(frameSlot: Int)
  }

  /// One run-time index. Below `lower` or from `lower + count` on it is a run-time error.
  public final class Index: Sendable {
    public let value: Expression
    public let lower: Int64
    public let count: Int
    /// Slots from one element to the next.
    public let stride: Int
    public let span: SourceSpan

    public init(value: Expression, lower: Int64, count: Int, stride: Int, span: SourceSpan) {
      self.value = value
      self.lower = lower
      self.count = count
      self.stride = stride
      self.span = span
    }
  }

  public init(
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
  public func at(_ span: SourceSpan) -> Place { Place(self, at: span) }

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
