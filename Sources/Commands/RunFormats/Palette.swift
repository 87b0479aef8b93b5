import Runs

/// The colours of lanes, which people who see red and green alike tell from each other as well.
///
/// Source: M. Okabe, K. Ito: Color Universal Design, 2008. Their vermilion is for what is violated, and
/// their black is no colour on a dark page.
struct Palette {
  static let colors = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442"]
  static let violation = "#D55E00"
  /// Of what belongs to no lane.
  static let nobody = "#9AA0A6"

  /// By lane, its number among the colours.
  let numbers: [Int]

  /// Lanes that own something come first, so that kernels differ most.
  init(_ run: ShownRun, _ drawing: Drawing, _ holdings: [Holding]) {
    let places = Set(drawing.tracks.map(\.place))
    let values = run.steps.lazy.flatMap(\.changes).filter { places.contains($0.place) }.map(\.new)
    let owners = Set(Set(values).compactMap(drawing.owner))
      .union(drawing.tracks.flatMap(\.beliefs.keys)).union(holdings.flatMap(\.places.keys))
      .union(MemoryRegions(run, drawing).owners(run, drawing))
    let order = owners.sorted() + drawing.lanes.indices.filter { !owners.contains($0) }
    var numbers = [Int](repeating: 0, count: order.count)
    for (position, lane) in order.enumerated() { numbers[lane] = position % Self.colors.count }
    self.numbers = numbers
  }

  func color(_ lane: Int?) -> String {
    guard let lane else { return Self.nobody }
    return Self.colors[numbers[lane]]
  }
}
