/// The sizes at which a model is looked at one after the other: all combinations of values of some
/// constants, the smallest first.
package struct SweepPlan: Sendable {
  /// Names of the constants, in the order in which they were given.
  package let names: [String]
  /// Values of all of them, each list in the order of the names.
  package let sizes: [[Int64]]

  /// More are a mistake, or take a day.
  package static let mostSizes = 1_000

  /// What is wrong with what was given, as a sentence without its full stop.
  package struct Failure: Error, Hashable {
    package let message: String
  }

  /// - Parameter texts: Each `NAME=1..8` or `NAME=1,2,8`.
  package init(_ texts: [String]) throws(Failure) {
    var dimensions: [(name: String, values: [Int64])] = []
    var count = 1
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw Failure(message: "--sweep takes NAME=1..8 or NAME=1,2,8, and not `\(text)`")
      }
      let name = String(text[..<equals])
      let values = try Self.values(text[text.index(after: equals)...], of: text)
      guard !dimensions.contains(where: { $0.name == name }) else {
        throw Failure(message: "--sweep names `\(name)` twice")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: values.count)
      guard !overflow, product <= Self.mostSizes else {
        throw Failure(message: "--sweep stands for more than \(Self.mostSizes) sizes")
      }
      count = product
      dimensions.append((name, values))
    }
    names = dimensions.map(\.name)
    // By their distance from the smallest: what is small in all is found first.
    let positions = dimensions.reduce([[]]) { partial, dimension in
      partial.flatMap { size in dimension.values.indices.map { size + [$0] } }
    }
    let sorted = positions.enumerated().sorted {
      ($0.element.reduce(0, +), $0.offset) < ($1.element.reduce(0, +), $1.offset)
    }
    sizes = sorted.map { _, size in
      zip(dimensions, size).map { $0.values[$1] }
    }
  }

  private static func values(
    _ text: Substring, of whole: String
  ) throws(Failure) -> [Int64] {
    let wrong = Failure(message: "--sweep takes NAME=1..8 or NAME=1,2,8, and not `\(whole)`")
    if let dots = text.firstRange(of: "..") {
      guard let low = Int64(text[..<dots.lowerBound]), let high = Int64(text[dots.upperBound...])
      else { throw wrong }
      guard low <= high else { throw Failure(message: "--sweep: `\(text)` is empty") }
      let (distance, overflow) = high.subtractingReportingOverflow(low)
      guard !overflow, distance < Int64(mostSizes) else {
        throw Failure(message: "--sweep stands for more than \(mostSizes) sizes")
      }
      return Array(low...high)
    }
    var values: [Int64] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Int64(part) else { throw wrong }
      guard !values.contains(value) else {
        throw Failure(message: "--sweep: `\(text)` has \(value) twice")
      }
      values.append(value)
    }
    return values
  }

  /// Whether a size is at least as large as another one in all of its constants.
  package static func isAtLeast(_ size: [Int64], _ other: [Int64]) -> Bool {
    zip(size, other).allSatisfy { $0 >= $1 }
  }
}
