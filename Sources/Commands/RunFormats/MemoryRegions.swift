import Runs

/// The memory of the machine, where the picture of a run names the arrays that say who has it: the
/// regions side by side in the order of their index, each with what says so.
///
/// An array by region says who has it by values that name lanes (`OF_OLD`) or, where its own name names
/// one (`old_has`), by values that say yes; an array by owner and region says it by such values.
struct MemoryRegions {
  struct Region {
    let name: String
    /// One for each place that speaks of it, in the order of the lanes.
    let parts: [Part]
  }

  struct Part {
    let place: Int
    let meaning: RunColumns.Meaning
  }

  let regions: [Region]

  init(_ run: ShownRun, _ drawing: Drawing) {
    let variables = Set(run.picture?.memory ?? [])
    guard !variables.isEmpty else {
      regions = []
      return
    }
    let values = Self.values(run, variables)
    var order: [String] = []
    var parts: [String: [Part]] = [:]
    for (number, place) in run.places.enumerated() where variables.contains(place.variable) {
      let indices = place.path.compactMap { part -> String? in
        if case .index(let index) = part { return index }
        return nil
      }
      guard let region = indices.last, indices.count == place.path.count,
        let meaning = Self.meaning(place, indices, drawing, values[place.variable] ?? [])
      else { continue }
      if parts[region] == nil { order.append(region) }
      parts[region, default: []].append(Part(place: number, meaning: meaning))
    }
    regions = order.map { Region(name: $0, parts: parts[$0] ?? []) }
  }

  /// The values that the elements of each array have in the run.
  private static func values(_ run: ShownRun, _ variables: Set<String>) -> [String: Set<String>] {
    let names = run.places.map(\.variable)
    var values: [String: Set<String>] = [:]
    for change in run.steps.lazy.flatMap(\.changes) where variables.contains(names[change.place]) {
      values[names[change.place], default: []].insert(change.new)
    }
    return values
  }

  private static func meaning(
    _ place: ShownPlace, _ indices: [String], _ drawing: Drawing, _ values: Set<String>
  ) -> RunColumns.Meaning? {
    func has(_ lane: Int) -> RunColumns.Meaning {
      let absent = values.union([ShownRun.undefined]).filter { !drawing.saysOwned($0, by: lane) }
      return .has(lane: lane, absent: absent)
    }
    switch indices.count {
    case 1: return drawing.owner(place.variable).map(has) ?? .owner
    case 2: return drawing.owner(indices[0]).map(has)
    default: return nil
    }
  }

  /// The places that say who has memory.
  var places: Set<Int> { Set(regions.flatMap { $0.parts.map(\.place) }) }

  /// The lanes that have memory in the run.
  func owners(_ run: ShownRun, _ drawing: Drawing) -> Set<Int> {
    var meanings: [Int: RunColumns.Meaning] = [:]
    for part in regions.flatMap(\.parts) { meanings[part.place] = part.meaning }
    return Set(
      run.steps.lazy.flatMap(\.changes).compactMap { change in
        meanings[change.place].flatMap { drawing.lane(of: change.new, $0) }
      })
  }

  // MARK: - Drawn

  /// More regions are none that anybody tells apart.
  static let limit = 96
  private static let room = 320.0

  /// One column, in which the regions touch each other; nil where there are none.
  var column: RunColumns.Column? {
    guard let first = regions.first, let last = regions.prefix(Self.limit).last else { return nil }
    let shown = regions.prefix(Self.limit)
    let cell = max(5, min(18, (Self.room / Double(shown.count)).rounded(.down)))
    let stripes = shown.enumerated().flatMap { position, region in
      let width = (cell - 1) / Double(region.parts.count)
      return region.parts.enumerated().map { number, part in
        RunColumns.Stripe(
          place: part.place, meaning: part.meaning,
          x: Double(position) * cell + Double(number) * width, width: width, region: region.name)
      }
    }
    let name = first.name == last.name ? first.name : "\(first.name) … \(last.name)"
    return RunColumns.column(
      name, "memory", stripes, labelX: Double(shown.count) * cell, labelRoom: 0)
  }
}
