/// A number that grows with how many elements there are: what elements add to it each, times something,
/// numbers of elements, and a rest that is the same among fewer elements.
struct ElementSum {
  var parts: [Part] = []
  /// For each scalarset by its identity, how often the number of its elements counts.
  var sizes: [Int: Int64] = [:]
  /// Values that the rest may have.
  var rest: ClosedRange<Int64> = 0...0

  struct Part {
    /// The number of the tally.
    let tally: Int
    /// The scalarset of the elements.
    let set: Int
    /// The most that an element adds; the least is 0.
    let most: Int64
    var times: Int64
  }

  /// Beyond that nobody counts.
  private static let most: Int64 = 1 << 20

  /// Nil where numbers are so large that it could overflow.
  private var limited: Self? {
    let numbers =
      parts.flatMap { [$0.times, $0.times.multipliedReportingOverflow(by: $0.most).partialValue] }
      + sizes.values + [rest.lowerBound, rest.upperBound]
    return numbers.allSatisfy { (-Self.most...Self.most).contains($0) } ? self : nil
  }

  /// The sum with another one, so many times; nil where numbers are too large.
  func adding(_ other: ElementSum, times: Int64) -> ElementSum? {
    guard limited != nil, let other = other.scaled(by: times) else { return nil }
    var sum = self
    for part in other.parts {
      if let position = sum.parts.firstIndex(where: { $0.tally == part.tally }) {
        sum.parts[position].times += part.times
      } else {
        sum.parts.append(part)
      }
    }
    sum.sizes.merge(other.sizes, uniquingKeysWith: +)
    sum.rest =
      rest.lowerBound + other.rest.lowerBound...rest.upperBound + other.rest.upperBound
    return sum.limited
  }

  private func scaled(by times: Int64) -> ElementSum? {
    guard (-Self.most...Self.most).contains(times), var sum = limited else { return nil }
    for position in sum.parts.indices { sum.parts[position].times *= times }
    sum.sizes = sum.sizes.mapValues { $0 * times }
    let ends = [rest.lowerBound * times, rest.upperBound * times]
    sum.rest = min(ends[0], ends[1])...max(ends[0], ends[1])
    return sum.limited
  }

  /// Whether it lies between a number and a greatest value, whatever the sizes, which are at least 1.
  func isAlways(from least: Int64, to bound: ElementCounts.Bound) -> Bool {
    var (room, above) = (bound.factors, sizes)
    for (set, count) in sizes { room[set, default: 0] -= count }
    for part in parts {
      let all = part.times * part.most
      if all > 0 { room[part.set, default: 0] -= all } else { above[part.set, default: 0] += all }
    }
    // Each grows with sizes, so the smallest ones count.
    guard room.values.allSatisfy({ $0 >= 0 }), above.values.allSatisfy({ $0 >= 0 }) else {
      return false
    }
    return room.values.reduce(bound.constant - rest.upperBound, +) >= 0
      && above.values.reduce(rest.lowerBound - least, +) >= 0
  }

  /// What a sum, or its negation, grows with.
  struct Growth {
    /// Elements that add something; or, where that is taken away, those that do not add all they could.
    var parts: [(tally: Int, set: Int, isMissing: Bool)] = []
    /// Scalarsets of which all elements count.
    var sets: [Int] = []
  }

  /// What it grows with, if nothing makes it smaller: each of these elements counts at least 1.
  ///
  /// - Parameter sign: -1 for the negation.
  /// - Returns: Nil where more of some elements makes it larger and more of others makes it smaller.
  func growing(_ sign: Int64) -> Growth? {
    var sizes = sizes.mapValues { $0 * sign }
    var found = Growth()
    for part in parts where part.times != 0 && part.most > 0 {
      found.parts.append((part.tally, part.set, part.times * sign < 0))
      // What is taken away is what is missing of the most that there could be, less that most.
      if part.times * sign < 0 { sizes[part.set, default: 0] += part.times * sign * part.most }
    }
    guard sizes.values.allSatisfy({ $0 >= 0 }) else { return nil }
    found.sets = sizes.filter { $0.value > 0 }.map(\.key)
    return found
  }
}
