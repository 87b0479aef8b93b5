extension ValueType {
  /// Calls `body` with the name and type of each slot, in order: `queue[2].kind`.
  ///
  /// - Parameter name: What the whole value is called.
  public func forEachLeaf(named name: String, _ body: (String, ScalarType) -> Void) {
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
}
