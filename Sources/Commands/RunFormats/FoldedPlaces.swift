package import Runs

/// Says of many places at once what they have: `table[*][*] = NONE but [OLD][proc_t_1] = READY`.
///
/// Places of one variable that differ in indices alone are one group. A group is said by what most of
/// its places have and the exceptions, or row by row, whichever is shorter.
package struct FoldedPlaces {
  /// Places that differ in indices alone.
  private struct Group {
    let variable: String
    /// The parts of the names; nil where an index stands.
    let pattern: [ShownPlace.Part?]
    var places: [Int] = []
    /// For each place, the indices.
    var indices: [[ShownPlace.Part]] = []
  }

  private struct Shape: Hashable {
    let variable: String
    let pattern: [ShownPlace.Part?]
  }

  private var groups: [Group] = []
  private var groupOfPlace: [Int] = []

  package init(_ places: [ShownPlace]) {
    var numbers: [Shape: Int] = [:]
    for (number, place) in places.enumerated() {
      let path = place.path
      let pattern = path.map { part -> ShownPlace.Part? in
        if case .field = part { return part }
        return nil
      }
      let shape = Shape(variable: place.variable, pattern: pattern)
      let group = numbers[shape] ?? groups.count
      if group == groups.count {
        numbers[shape] = group
        groups.append(Group(variable: shape.variable, pattern: pattern))
      }
      groups[group].places.append(number)
      groups[group].indices.append(zip(path, pattern).filter { $1 == nil }.map(\.0))
      groupOfPlace.append(group)
    }
  }

  /// What some places have, in the order of the places.
  ///
  /// - Parameters:
  ///   - values: By place; what is not in it is not spoken of.
  ///   - joint: What stands between a place and its value, such as ` = `.
  package func sentences(_ values: [Int: String], joint: String) -> [(places: [Int], text: String)]
  {
    let touched = Set(values.keys.map { groupOfPlace[$0] }).sorted()
    return touched.flatMap { number in
      let group = groups[number]
      let entries = group.places.indices.map { position in
        Entry(
          place: group.places[position], open: group.indices[position][...],
          value: values[group.places[position]])
      }
      return sentences(group, fixed: [], entries, joint)
    }
  }

  private struct Entry {
    let place: Int
    /// The indices that are not fixed.
    var open: ArraySlice<ShownPlace.Part>
    let value: String?
  }

  private func sentences(
    _ group: Group, fixed: [ShownPlace.Part], _ entries: [Entry], _ joint: String
  ) -> [(places: [Int], text: String)] {
    guard let first = entries.first else { return [] }
    if entries.allSatisfy({ $0.value == first.value }) {
      guard let value = first.value else { return [] }
      if entries.count == 1 {
        return [([first.place], name(group, fixed + first.open) + joint + value)]
      }
      return [(entries.map(\.place), name(group, fixed) + joint + value)]
    }
    let rows = self.rows(entries).flatMap { key, row in
      sentences(group, fixed: fixed + [key], row, joint)
    }
    guard let whole = exceptions(group, fixed, entries, joint) else { return rows }
    let length = rows.reduce(0) { $0 + $1.text.count + 2 }
    return whole.count <= length ? [(entries.map(\.place), whole)] : rows
  }

  /// The entries by their first open index, which is fixed then.
  private func rows(_ entries: [Entry]) -> [(ShownPlace.Part, [Entry])] {
    var rows: [(ShownPlace.Part, [Entry])] = []
    for var entry in entries {
      guard let key = entry.open.popFirst() else { continue }
      if rows.last?.0 == key {
        rows[rows.count - 1].1.append(entry)
      } else {
        rows.append((key, [entry]))
      }
    }
    return rows
  }

  /// What most have, and who has something else; nil where not all are spoken of.
  private func exceptions(
    _ group: Group, _ fixed: [ShownPlace.Part], _ entries: [Entry], _ joint: String
  ) -> String? {
    var counts: [String: Int] = [:]
    for entry in entries {
      guard let value = entry.value else { return nil }
      counts[value, default: 0] += 1
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let most, most.value * 2 > entries.count else { return nil }
    var order: [String] = []
    var others: [String: [String]] = [:]
    for entry in entries {
      guard let value = entry.value, value != most.key else { continue }
      if others[value] == nil { order.append(value) }
      others[value, default: []].append(entry.open.map(\.text).joined())
    }
    let list = order.map { value in
      (others[value] ?? []).joined(separator: " ") + joint + value
    }
    return name(group, fixed) + joint + most.key + " but "
      + list.joined(separator: ", ")
  }

  /// The name of a group, with a star for each index that is open.
  private func name(_ group: Group, _ fixed: [ShownPlace.Part]) -> String {
    var given = fixed[...]
    var indices = (group.indices.first ?? [])[...]
    return group.pattern.reduce(into: group.variable) { name, part in
      if let part {
        name += part.text
        return
      }
      let star: ShownPlace.Part =
        if case .member = indices.popFirst() { .member("*") } else { .index("*") }
      name += (given.popFirst() ?? star).text
    }
  }
}
