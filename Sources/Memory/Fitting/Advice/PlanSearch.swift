internal import MemoryLayout

/// Looks for plans: settings that a user changes so that it fits.
///
/// Each that is named was asked about as a whole, so that whoever follows it finds that it fits. It
/// has as few steps as there are: at most two beside those that every plan has, and where no two do,
/// some of which none can be left out.
struct PlanSearch {
  private let description: LayoutDescription
  private let trial: LayoutTrial
  private let levers: [Lever]

  init(_ description: LayoutDescription, _ inputs: LayoutInputs, _ layout: LayoutQuestion) {
    self.description = description
    trial = LayoutTrial(inputs)
    levers = description.levers(inputs, layout)
  }

  /// - Parameters:
  ///   - names: Of the kernels and regions that have no room.
  ///   - isWithin: Whether what has none is in a kernel's own memory.
  init(
    _ description: LayoutDescription, _ inputs: LayoutInputs, several names: Set<String>,
    isWithin: Bool
  ) {
    self.description = description
    trial = LayoutTrial(inputs)
    levers = description.leversOfSeveral(names, isWithin: isWithin)
  }

  /// Plans that are named at most.
  private static let most = 3

  /// Where one setting does not do, those without which all others do not are part of every plan, so
  /// that others are tried beside them.
  ///
  /// - Complexity: A question for each setting, for each few of them that are not in every plan, and
  ///   for each bit of a number.
  func plans() throws(LayoutError) -> Plans {
    guard !levers.isEmpty else { return Plans(all: [], lack: .nothingToSet) }
    var halvings = 0
    while try far(levers, halvings: halvings...halvings) == nil {
      halvings += 1
      guard halvings < Self.mostHalvings(levers) else {
        return Plans(all: [], lack: Plans.Lack.none)
      }
    }
    let single = try plans(of: levers.map { [$0] }, halvings: 0...63)
    guard single.isEmpty else { return Plans(all: single, lack: nil) }
    // With fewer settings no less does, and what is too much stays too much.
    let range = halvings...(halvings + 1)
    var needed: [Lever] = []
    for lever in levers
    where try far(levers.filter { $0.name != lever.name }, halvings: range) == nil {
      needed.append(lever)
    }
    let others = levers.filter { lever in !needed.contains { $0.name == lever.name } }
    for count in 0...min(2, others.count) where count + needed.count > 1 {
      let sets = Self.subsets(others, count).map { needed + $0 }
      let found = try plans(of: sets, halvings: range)
      if !found.isEmpty { return Plans(all: found, lack: nil) }
    }
    // Of more, those that can be left out one after the other.
    var set = levers
    for lever in others {
      let rest = set.filter { $0.name != lever.name }
      if try far(rest, halvings: range) != nil { set = rest }
    }
    guard let pulled = try far(set, halvings: range) else {
      return Plans(all: [], lack: Plans.Lack.none)
    }
    return Plans(all: [try closest(pulled).plan], lack: nil)
  }

  /// How far settings may go together so that it fits, which may be farther than is needed; nil if
  /// that was not found.
  ///
  /// - Parameters:
  ///   - halvings: How often what can be too much is halved.
  ///   - cost: Of each setting no more than that.
  private func far(
    _ set: [Lever], halvings: ClosedRange<Int>, below cost: Double? = nil
  ) throws(LayoutError) -> [(lever: Lever, step: UInt64)]? {
    var most = set.map(\.stepCount)
    if let cost {
      most = set.map { $0.steps(below: cost) }
      guard most.allSatisfy({ $0 > 0 }) else { return nil }
    }
    for count in halvings where count < Self.mostHalvings(set) {
      let pulled = zip(set, most).map { ($0, $0.far($1, count)) }
      if try fits(pulled) { return pulled }
    }
    return nil
  }

  /// How often what can be too much is halved until nothing is left; once is asked in any case.
  private static func mostHalvings(_ set: [Lever]) -> Int {
    set.lazy.filter(\.canBeTooMuch).map { 64 - $0.stepCount.leadingZeroBitCount }.max() ?? 1
  }

  private func fits(_ pulled: [(lever: Lever, step: UInt64)]) throws(LayoutError) -> Bool {
    guard let changed = try followed(pulled) else { return false }
    return try trial.fits(changed)
  }

  /// Nil where settings refuse a value.
  private func followed(
    _ pulled: [(lever: Lever, step: UInt64)]
  ) throws(LayoutError) -> LayoutDescription? {
    let plan = Plan(pulled.map { $0.lever.make($0.step) })
    do {
      return try plan.followed(by: description)
    } catch {
      guard case .invalid = error else { throw error }
      return nil
    }
  }

  /// The plans of these sets of settings, the least drastic first.
  private func plans(
    of sets: [[Lever]], halvings: ClosedRange<Int>
  ) throws(LayoutError) -> [Plan] {
    var found: [(plan: Plan, cost: Double)] = []
    for set in sets {
      // What is no better than those that are named already is not looked for.
      let costs = found.map(\.cost).sorted()
      let limit = costs.count < Self.most ? nil : costs[Self.most - 1]
      guard
        let pulled = try far(
          set, halvings: halvings, below: set.count == 1 ? limit : nil)
      else { continue }
      found.append(try closest(pulled))
      // Of many settings, each plan is many questions.
      if set.count > 1, found.count == Self.most { break }
    }
    let order = found.indices.sorted { (found[$0].cost, $0) < (found[$1].cost, $1) }
    return order.prefix(Self.most).map { found[$0].plan }
  }

  /// How far each setting of a set has to go, all by about the same share of what they can.
  ///
  /// - Parameter far: As far as it fits.
  private func closest(
    _ far: [(lever: Lever, step: UInt64)]
  ) throws(LayoutError) -> (plan: Plan, cost: Double) {
    // The number of steps of one setting, and shares of several.
    let most = far.map(\.step).max() ?? 1
    let parts = far.count == 1 ? most : min(most, 64)
    func steps(_ part: UInt64) -> [(lever: Lever, step: UInt64)] {
      far.map { lever, most in
        let step = (UInt128(most) * UInt128(part) + UInt128(parts) - 1) / UInt128(parts)
        return (lever, max(1, step.clamped))
      }
    }
    var fitting = parts
    var failing: UInt64 = 0
    while fitting - failing > 1 {
      let middle = failing + (fitting - failing) / 2
      if try fits(steps(middle)) { fitting = middle } else { failing = middle }
    }
    let pulled = steps(fitting)
    return (
      Plan(pulled.map { $0.lever.make($0.step) }),
      pulled.map { $0.lever.cost($0.step) }.reduce(0, +)
    )
  }

  private static func subsets(_ levers: [Lever], _ count: Int) -> [[Lever]] {
    guard count > 0 else { return [[]] }
    return levers.indices.flatMap { index in
      subsets(Array(levers[(index + 1)...]), count - 1).map { [levers[index]] + $0 }
    }
  }
}
