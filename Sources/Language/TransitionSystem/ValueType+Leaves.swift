extension ValueType {
  /// Calls `body` with the name and type of each slot, in order: `queue[2].kind`.
  ///
  /// - Parameter name: What the whole value is called.
  package func forEachLeaf(named name: String, _ body: (String, ScalarType) -> Void) {
    switch self {
    case .scalar(let type):
      body(name, type)
    case .array(let index, let element):
      for position in 0..<(index.valueCount ?? 0) {
        let key = index.describe(index.lower + Int64(position))
        element.forEachLeaf(named: "\(name)[\(key)]", body)
      }
    case .record(let fields):
      for field in fields { field.type.forEachLeaf(named: "\(name).\(field.name)", body) }
    case .multiset(let capacity, let element):
      for position in 0..<capacity {
        body("\(name){\(position)}.occupied", .boolean)
        element.forEachLeaf(named: "\(name){\(position)}", body)
      }
    }
  }

  /// Calls `body` with the number, the name and the type of some slots, in order.
  ///
  /// - Parameters:
  ///   - name: What the whole value is called.
  ///   - slots: Ascending; all of them the value's own.
  ///   - first: The value's first slot.
  package func forEachLeaf(
    named name: String, at slots: ArraySlice<Int>, from first: Int,
    _ body: (Int, String, ScalarType) -> Void
  ) {
    switch self {
    case .scalar(let type):
      for slot in slots { body(slot, name, type) }
    case .array(let index, let element):
      Self.forEachPart(of: slots, from: first, stride: element.slotCount) { position, start, part in
        let key = index.describe(index.lower + Int64(position))
        element.forEachLeaf(named: "\(name)[\(key)]", at: part, from: start, body)
      }
    case .record(let fields):
      var rest = slots
      var start = first
      for field in fields {
        let end = start + field.type.slotCount
        let part = rest.prefix { $0 < end }
        if !part.isEmpty {
          field.type.forEachLeaf(named: "\(name).\(field.name)", at: part, from: start, body)
        }
        rest = rest[part.endIndex...]
        start = end
      }
    case .multiset(_, let element):
      let stride = element.slotCount + 1
      Self.forEachPart(of: slots, from: first, stride: stride) { position, start, part in
        if part.first == start { body(start, "\(name){\(position)}.occupied", .boolean) }
        element.forEachLeaf(
          named: "\(name){\(position)}", at: part.drop { $0 == start }, from: start + 1, body)
      }
    }
  }

  /// Divides slots by the elements that they belong to.
  private static func forEachPart(
    of slots: ArraySlice<Int>, from first: Int, stride: Int,
    _ body: (_ position: Int, _ start: Int, _ part: ArraySlice<Int>) -> Void
  ) {
    var rest = slots
    while let slot = rest.first {
      let position = (slot - first) / stride
      let start = first + position * stride
      let part = rest.prefix { $0 < start + stride }
      body(position, start, part)
      rest = rest[part.endIndex...]
    }
  }
}
