package import Runs

/// A thing that actors have or have not, such as a process: its parts of an array by owner and thing.
///
/// That it moves is a value that goes away at one owner and comes at another.
package struct Holding: Sendable, Hashable {
  /// The thing, such as `proc_t_1`.
  package let name: String
  package let variable: String
  /// By lane of the owner, the place.
  package let places: [Int: Int]
  /// The values which say that the owner has it not.
  package let absent: Set<String>

  /// The things of a run: of the arrays that its picture names as tracks, or of all arrays of two
  /// indices of which the first names a lane and that are drawn as nothing else. What nobody ever has is
  /// left out.
  package static func all(of run: ShownRun, _ drawing: Drawing) -> [Holding] {
    let picture = run.picture ?? Picture()
    let taken = Set(drawing.tracks.flatMap(\.beliefs.values))
    var order: [Thing] = []
    var places: [Thing: [Int: Int]] = [:]
    for (number, place) in run.places.enumerated() where !taken.contains(number) {
      let (variable, path) = (place.variable, place.path)
      guard picture.tracks.isEmpty || picture.tracks.contains(variable), place.kind != .number,
        path.count == 2, case .index(let owner) = path[0], case .index(let name) = path[1],
        let lane = drawing.owner(owner)
      else { continue }
      let thing = Thing(variable: variable, name: name)
      if places[thing] == nil { order.append(thing) }
      places[thing, default: [:]][lane] = number
    }
    var absent: [String: Set<String>] = [:]
    let variables = run.places.map(\.variable)
    for variable in Set(order.map(\.variable)) {
      let all = places.filter { $0.key.variable == variable }.flatMap(\.value.values)
      absent[variable] = absentValues(of: Set(all), in: run)
    }
    let had = Set(
      run.steps.lazy.flatMap(\.changes).filter { change in
        absent[variables[change.place]]?.contains(change.new) == false
      }.map(\.place))
    return order.compactMap { thing in
      guard let owners = places[thing], owners.count > 1,
        owners.values.contains(where: had.contains)
      else { return nil }
      return Holding(
        name: thing.name, variable: thing.variable, places: owners,
        absent: absent[thing.variable] ?? [])
    }
  }

  private struct Thing: Hashable {
    let variable: String
    let name: String
  }

  /// What says in words that nothing is there; where no value does, what most places begin with.
  private static func absentValues(of places: Set<Int>, in run: ShownRun) -> Set<String> {
    var values: Set<String> = [ShownRun.undefined]
    for change in run.steps.lazy.flatMap(\.changes) where places.contains(change.place) {
      values.insert(change.new)
    }
    let silent = values.filter { value in
      Drawing.parts(value).contains { nothing.contains($0) }
    }
    if silent.count > 1 { return silent }
    var counts: [String: Int] = [:]
    for change in run.steps.first?.changes ?? [] where places.contains(change.place) {
      counts[change.new, default: 0] += 1
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return silent.union(most.map { [$0.key] } ?? [])
  }

  private static let nothing: Set<String> = [
    "undefined", "none", "nothing", "no", "absent", "empty", "free", "gone", "false",
  ]
}

extension Drawing {
  /// Whether a value of what an owner believes of a thing says that it is the owner's.
  package func saysOwned(_ value: String, by lane: Int) -> Bool {
    if owner(value) == lane { return true }
    return Self.parts(value).contains { ["mine", "own", "owned", "owns", "true"].contains($0) }
  }
}
