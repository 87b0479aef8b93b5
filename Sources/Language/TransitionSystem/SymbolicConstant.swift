package import Diagnostics

/// A constant that the model leaves open: a mathematical integer, or an array of them. The model
/// stands for its instances with all values that its layout assumptions allow.
package struct SymbolicConstant: Sendable {
  package let name: String
  /// The types of its indices, outermost first; none for a single value.
  package let indices: [ScalarType]
  /// The number of its first element, all elements of all symbolic constants being counted in
  /// order.
  package let first: Int
  package let span: SourceSpan

  package init(name: String, indices: [ScalarType], first: Int, span: SourceSpan) {
    self.name = name
    self.indices = indices
    self.first = first
    self.span = span
  }

  package var elementCount: Int { indices.reduce(1) { $0 * ($1.valueCount ?? 0) } }

  /// The indices of an element, by its position among those of the constant; the last one varies
  /// fastest.
  package func indices(ofElement position: Int) -> [Int64] {
    var rest = position
    var values: [Int64] = []
    for type in indices.reversed() {
      let count = max(1, type.valueCount ?? 1)
      values.append(type.lower + Int64(rest % count))
      rest /= count
    }
    return values.reversed()
  }

  /// An element as the model writes it: `need[shell]`.
  package func name(ofElement position: Int) -> String {
    zip(indices, indices(ofElement: position)).reduce(name) {
      $0 + "[\($1.0.describe($1.1))]"
    }
  }
}
