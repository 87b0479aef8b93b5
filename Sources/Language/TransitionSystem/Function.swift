package import Diagnostics

/// A function or procedure.
///
/// A call gets a frame of `frameSlotCount` slots, all undefined; then parameters are filled in: the
/// value's slots, or for a `var` parameter one slot that holds where the caller's place is.
package final class Function: Sendable {
  package let name: String
  package let parameters: [Parameter]
  /// The type of the result; nil for a procedure. To end without a `return` is then a run-time
  /// error.
  package let result: ValueType?
  /// Slots of the result; 0 for a procedure.
  package let resultSlotCount: Int
  /// The remark that is met where a number is returned that is out of the result's range.
  package let resultRemark: Int?
  package let frameSlotCount: Int
  package let body: [Statement]
  /// How deep the tree of the body is: what one call needs of the machine's stack.
  package let height: Int
  package let span: SourceSpan

  package struct Parameter: Sendable {
    package let name: String
    package let type: ValueType
    package let isReference: Bool
    /// The first slot of the frame that is the parameter's.
    package let frameSlot: Int
    /// The values of a scalar parameter, or all numbers.
    package let bounds: ClosedRange<Int64>

    package init(name: String, type: ValueType, isReference: Bool, frameSlot: Int) {
      self.name = name
      self.type = type
      self.isReference = isReference
      self.frameSlot = frameSlot
      bounds = type.bounds
    }
  }

  package init(
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
