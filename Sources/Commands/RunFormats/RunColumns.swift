import Runs

/// What stands beside the lanes: a column for each thing, with its bars.
struct RunColumns {
  /// A bar along the run: what a value means at it, as the lane that colours it.
  struct Stripe {
    let place: Int
    let meaning: Meaning
    /// Pixels from the left of the column.
    let x: Double
    let width: Double
    /// Of memory, the region that it is of; else nil.
    var region: String? = nil
  }

  enum Meaning: Equatable {
    /// The value names a lane, or none; it is written beside the bar.
    case owner
    /// The lane has the thing where the value is none of these.
    case has(lane: Int, absent: Set<String>)
    /// The lane believes that the thing is its own.
    case believes(lane: Int)
  }

  struct Column {
    let name: String
    let variable: String
    let stripes: [Stripe]
    let width: Double
    /// Where values may be written, from the left of the column.
    let labelX: Double
    let labelRoom: Double
  }

  let columns: [Column]
  /// How many things are left out, because nobody could tell so many apart.
  let omittedCount: Int

  static let limit = 48
  static let nameSize = 11.0
  static let labelSize = 10.0
  private static let gap = 14.0

  init(_ run: ShownRun, _ drawing: Drawing, _ holdings: [Holding]) {
    var labels: [Int: Double] = [:]
    let measure = TextMeasure(fontSize: Self.labelSize)
    for change in run.steps.lazy.flatMap(\.changes) {
      labels[change.place] = max(labels[change.place] ?? 0, measure.width(change.new))
    }
    let memory = MemoryRegions(run, drawing)
    let mapped = memory.places
    let held = mapped.union(holdings.flatMap(\.places.values))
    let tracks = drawing.tracks.filter { !held.contains($0.place) }.map { track in
      Self.column(track, label: min(90, labels[track.place] ?? 0))
    }
    let things = holdings.filter { mapped.isDisjoint(with: $0.places.values) }
    let all = tracks + things.map(Self.column)
    let shown = all.count <= Self.limit ? all : Self.telling(all, run)
    columns = shown + [memory.column].compactMap { $0 }
    omittedCount =
      all.count - shown.count + max(0, memory.regions.count - MemoryRegions.limit)
  }

  /// What is read at the end goes before what only changes, and that before the rest.
  private static func telling(_ all: [Column], _ run: ShownRun) -> [Column] {
    let reads = Set(run.finding?.reads ?? [])
    let changed = Set(run.steps.dropFirst().lazy.flatMap(\.changes).map(\.place))
    let ranked = all.enumerated().sorted { left, right in
      let ranks = [left, right].map { entry in
        let places = entry.element.stripes.map(\.place)
        return (places.contains(where: reads.contains) ? 0 : 2)
          + (places.contains(where: changed.contains) ? 0 : 1)
      }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }
    return ranked.prefix(limit).sorted { $0.offset < $1.offset }.map(\.element)
  }

  /// The places that are seen in some column.
  var places: Set<Int> {
    Set(
      columns.flatMap(\.stripes).filter {
        $0.meaning == .owner || $0.isBelief || $0.region != nil
      }.map(\.place))
  }

  private static func column(_ track: Drawing.Track, label: Double) -> Column {
    var stripes = [Stripe(place: track.place, meaning: .owner, x: 0, width: 14)]
    var x = 16.0
    for (lane, place) in track.beliefs.sorted(by: { $0.key < $1.key }) {
      stripes.append(Stripe(place: place, meaning: .believes(lane: lane), x: x, width: 5))
      x += 7
    }
    return column(track.name, track.variable, stripes, labelX: x + 2, labelRoom: label)
  }

  private static func column(_ holding: Holding) -> Column {
    var stripes: [Stripe] = []
    for (lane, place) in holding.places.sorted(by: { $0.key < $1.key }) {
      let meaning = Meaning.has(lane: lane, absent: holding.absent)
      let x = Double(stripes.count) * 12
      stripes.append(Stripe(place: place, meaning: meaning, x: x, width: 10))
    }
    let width = Double(stripes.count) * 12
    return column(holding.name, holding.variable, stripes, labelX: width, labelRoom: 0)
  }

  /// A column that is wide enough for its name.
  static func column(
    _ name: String, _ variable: String, _ stripes: [Stripe], labelX: Double, labelRoom: Double
  ) -> Column {
    let named = min(100, TextMeasure(fontSize: nameSize).width(name))
    return Column(
      name: name, variable: variable, stripes: stripes,
      width: max(labelX + labelRoom, named) + gap, labelX: labelX, labelRoom: labelRoom)
  }
}

extension RunColumns.Stripe {
  var isBelief: Bool {
    if case .believes = meaning { return true }
    return false
  }
}

extension RunColumns.Meaning {
  /// What the bars of it are called.
  var kind: String {
    switch self {
    case .owner: "owner"
    case .has: "has"
    case .believes: "believes"
    }
  }
}

extension Drawing {
  /// The lane whose colour a value gives to a stripe; nil for none.
  func lane(of value: String, _ meaning: RunColumns.Meaning) -> Int? {
    switch meaning {
    case .owner: owner(value)
    case .has(let lane, let absent): absent.contains(value) ? nil : lane
    case .believes(let lane): saysOwned(value, by: lane) ? lane : nil
    }
  }
}
