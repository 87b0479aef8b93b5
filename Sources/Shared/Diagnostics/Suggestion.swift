/// A hint that names the known name closest to a wrong one, if one is close.
///
/// Two names are close when at most a third of the letters have to change, two that changed places
/// being one change (Damerau's distance, each letter changed once); a name that differs in case alone
/// or in an ending `_t` is always close.
///
/// Complexity: O(number of names * square of their length); names beyond 64 bytes are passed over.
package func didYouMean(_ name: String, among known: Set<String>) -> String? {
  closestName(to: name, among: known).map { "did you mean `\($0)`?" }
}

/// The known name closest to a wrong one, if one is close, as `didYouMean` has it.
package func closestName(to name: String, among known: Set<String>) -> String? {
  let wanted = Array(name.utf8)
  guard wanted.count <= 64 else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in known.sorted() where candidate.utf8.count <= 64 && candidate != name {
    let distance =
      isAlike(name, candidate)
      ? 0 : editDistance(wanted, Array(candidate.utf8))
    if distance < best?.distance ?? Int.max { best = (distance, candidate) }
  }
  guard let best, best.distance <= max(1, wanted.count / 3), best.distance < wanted.count else {
    return nil
  }
  return best.name
}

/// Whether two names differ in case alone, or in an ending such as `_t`.
private func isAlike(_ name: String, _ candidate: String) -> Bool {
  let left = name.lowercased()
  let right = candidate.lowercased()
  return left == right || right == left + "_t" || left == right + "_t"
}

/// Bytes to insert, leave out or replace, and neighbours to exchange (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = previous[column] + (byte == other ? 0 : 1)
      var least = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, byte == right[column - 1], other == left[row - 1] {
        least = min(least, beforePrevious[column - 1] + 1)
      }
      current.append(least)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
