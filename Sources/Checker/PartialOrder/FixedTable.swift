/// An array that does not change, behind a pointer: to read it costs neither a check nor a count of
/// references.
///
/// `@unchecked Sendable`: it is written when it is made, and only read from then on.
final class FixedTable<Element: Sendable>: @unchecked Sendable {
  let count: Int
  private let elements: UnsafeMutablePointer<Element>

  init(_ array: [Element]) {
    count = array.count
    elements = .allocate(capacity: max(1, array.count))
    for (position, element) in array.enumerated() {
      (elements + position).initialize(to: element)
    }
  }

  deinit {
    elements.deinitialize(count: count)
    elements.deallocate()
  }

  /// Valid as long as the table lives.
  var start: UnsafePointer<Element> { UnsafePointer(elements) }
}
