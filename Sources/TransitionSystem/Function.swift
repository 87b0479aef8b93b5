public import Diagnostics

/// A function or procedure.
///
/// A call gets a frame of `frameSlotCount` slots, all undefined; then parameters are filled in: the
/// value's slots, or for a `var` parameter one slot that holds where the caller's place is.
public final class Function: Sendable {
  public let name: String
  public let parameters: [Parameter]
  /// The type of the result; nil for a procedure. To end without a `return` is then a run-time
  /// error.
  public let result: ValueType?
  /// Slots of the result; 0 for a procedure.
  public let resultSlotCount: Int
  /// The remark that is met where a number is returned that is out of the result's range.
  public let resultRemark: Int?
  public let frameSlotCount: Int
  public let body: [Statement]
  /// How deep the tree of the body is: what one call needs of the machine's stack.
  public let height: Int
  public let span: SourceSpan

  public struct Parameter: Sendable {
    public let name: String
    public let type: ValueType
    public let isReference: Bool
    /// The first slot of the frame that is the parameter's.
    public let frameSlot: Int
    /// The values of a scalar parameter, or all numbers.
    public let bounds: ClosedRange<Int64>

    public init(name: String, type: ValueType, isReference: Bool, frameSlot: Int) {
      self.name = name
      self.type = type
      self.isReference = isReference
      self.frameSlot = frameSlot
      bounds = type.bounds
    }
  }

  public init(
    name: String, parameters: [Parameter], result: ValueType?, resultRemark: Int? = nil,
    frameSlotCount: Int, body: [Statement], span: SourceSpan
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    resultSlotCount = result?.slotCount ?? 0
    self.resultRemark = resultRemark
    self.frameSlotCount = frameSlotCount
    self.body = body
    height = body.height
    self.span = span
  }
}
