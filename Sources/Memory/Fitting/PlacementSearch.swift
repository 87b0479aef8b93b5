package import MemoryLayout
package import SMT

/// Whether there is a placement that keeps all constraints.
package enum FitAnswer: Hashable, Sendable {
  /// This one does, by plain arithmetic.
  case fits(Placement)
  /// There is none.
  case conflict(Conflict)
  /// It was not found out, and nothing follows from it.
  case inconclusive(UnknownReason)
}

/// Constraints that no placement keeps together.
package struct Conflict: Hashable, Sendable {
  /// In the order of the question.
  package let constraints: [PlacementConstraint]
  /// Whether it is known that without any one of them the others can be kept.
  package let isMinimal: Bool

  package init(_ constraints: [PlacementConstraint], isMinimal: Bool) {
    self.constraints = constraints
    self.isMinimal = isMinimal
  }
}

/// Looks for a placement by arithmetic and with Z3, and verifies what it finds by arithmetic alone.
///
/// Exact to the byte: every constraint is a formula over integers, so `conflict` means that there
/// is no placement at all. Where items may be divided, the answer is about one piece of each if
/// that fits; a placement of pieces has them under names such as `struct page 1/3`.
package struct PlacementSearch: Sendable {
  /// The names of what is to be placed; unique.
  package let items: [String]
  package let constraints: [PlacementConstraint]
  private let ownLimits: Limits
  /// When whoever waits wants no more: questions are given what is left of the time.
  private let deadline: ContinuousClock.Instant?
  /// What pieces of an item are multiples of, by the item's name: those that are named need not lie
  /// in one piece. Powers of two.
  package let granules: [String: UInt64]
  /// How a loader chooses the places of its segments; nil if they may lie anywhere.
  package let order: LoaderOrder?

  /// - Precondition: The items' names are unique.
  package init(
    items: [String], constraints: [PlacementConstraint], limits: Limits = .none,
    deadline: ContinuousClock.Instant? = nil, granules: [String: UInt64] = [:],
    order: LoaderOrder? = nil
  ) {
    precondition(Set(items).count == items.count, "items' names are unique")
    self.items = items
    self.constraints = constraints
    ownLimits = limits
    self.deadline = deadline
    self.granules = granules
    self.order = order
  }

  package init(_ question: PlacementQuestion, limits: Limits = .none) {
    self.init(
      items: question.items.map(\.name), constraints: question.constraints, limits: limits,
      granules: question.granules)
  }

  /// The same search with other constraints.
  func with(_ constraints: [PlacementConstraint]) -> PlacementSearch {
    with(items, constraints, granules: granules)
  }

  /// A search within the same limits.
  func with(
    _ items: [String], _ constraints: [PlacementConstraint], granules: [String: UInt64] = [:]
  ) -> PlacementSearch {
    PlacementSearch(
      items: items, constraints: constraints, limits: ownLimits, deadline: deadline,
      granules: granules, order: order)
  }

  /// The same search, with segments anywhere.
  func inAnyOrder(_ constraints: [PlacementConstraint]) -> PlacementSearch {
    PlacementSearch(
      items: items, constraints: constraints, limits: ownLimits, deadline: deadline,
      granules: granules)
  }

  /// Of each question to Z3.
  package var limits: Limits { bounded(ownLimits) }

  /// Limits of a question, with no more time than is left; a millisecond where there is none.
  func bounded(_ limits: Limits) -> Limits {
    guard let deadline else { return limits }
    let left = (deadline - .now).components
    let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
    var bounded = limits
    bounded.timeoutMilliseconds = min(
      limits.timeoutMilliseconds ?? .max, UInt32(clamping: max(1, milliseconds)))
    return bounded
  }

  var terms: PlacementTerms { PlacementTerms(items: items) }

  /// What a constraint's assertion is called.
  static func label(_ index: Int) -> String { "rule_\(index)" }

  /// The question for a solver. The name of a constraint's assertion is its position.
  func assertions(_ terms: PlacementTerms) -> [Assertion] {
    terms.bounds.map { Assertion($0) }
      + constraints.enumerated().map { index, constraint in
        let name = Self.label(index)
        return Assertion(
          terms.formula(of: constraint.demand, label: name), named: name,
          comment: "\(constraint.rule.rawValue): \(constraint.reason)")
      }
  }

  /// Looks for a placement in which each item is as small as its place lets it be.
  ///
  /// Where a loader has an order, a conflict in any order is named before one in the loader's.
  ///
  /// - Throws: `FittingError.solver` if Z3 is missing, too old or refuses a call; `.unverified`.
  package func find() throws(FittingError) -> FitAnswer {
    guard order != nil else { return try findAnywhere() }
    let loaded = loaded
    if case .fits(let placement) = try IncrementalQuery(loaded).find([]) {
      return .fits(placement)
    }
    let free = try inAnyOrder(constraints).find()
    if case .conflict = free { return free }
    return try loaded.findAnywhere()
  }

  private func findAnywhere() throws(FittingError) -> FitAnswer {
    let whole = try findWhole()
    if case .fits = whole { return whole }
    return try inPieces(whole)
  }

  /// The answer with each item in one piece; with pieces where Z3 does not decide soon.
  private func findWhole() throws(FittingError) -> FitAnswer {
    let query = IncrementalQuery(self)
    switch try query.findWhole([]) {
    case .fits(let placement): return .fits(try verified(placement))
    case .impossible(let ground): return .conflict(try query.conflict(ground))
    case .inconclusive(let reason): return .inconclusive(reason)
    }
  }

  /// Of a first question to Z3: some tenths of a second, counted by its work. What it has not found
  /// out by then is often found out by counting, or by trying orders, and not by itself.
  var firstLimits: Limits {
    Limits(
      timeoutMilliseconds: limits.timeoutMilliseconds,
      resourceUnits: min(limits.resourceUnits ?? .max, LayoutDescription.objectiveUnits))
  }

  /// Whether there are so many ranges that a formula of them is no longer a question of seconds.
  var isBeyondSolver: Bool { rangeCount > 200_000 }

  /// Whether there are so many that a solver is not left to find out that items are too many.
  var isToBeCounted: Bool { rangeCount > 1_000 }

  private var rangeCount: Int {
    constraints.reduce(0) { count, constraint in
      switch constraint.demand {
      case .within(_, let ranges), .apart(_, let ranges): count + ranges.count
      default: count
      }
    }
  }

  static let tooManyPieces = UnknownReason.other(
    "no placement was found, and the memory has too many pieces to prove that there is none")

  func conflict(of core: Core) -> Conflict {
    let names = Set(core.names)
    let members = constraints.indices.filter { names.contains(Self.label($0)) }
    return Conflict(members.map { constraints[$0] }, isMinimal: core.isMinimal)
  }

  /// Gives a placement back if it keeps all constraints by plain arithmetic.
  func verified(_ placement: Placement) throws(FittingError) -> Placement {
    let broken = placement.broken(of: divided(like: placement).constraints)
    guard broken.isEmpty else { throw .unverified(broken: broken) }
    return placement
  }
}

extension Placement {
  /// The placement with the same starts and as few bytes as the constraints ask for.
  ///
  /// If this placement keeps the constraints, so does that one: all demands but `atLeast` and
  /// `endAligned`, which are computed here, let an item be shorter.
  ///
  /// - Parameter kept: The names of items that stay as they are.
  func shrunk(by constraints: [PlacementConstraint], except kept: Set<String> = []) -> Placement {
    var least: [String: UInt128] = [:]
    var units: [String: UInt128] = [:]
    for constraint in constraints {
      switch constraint.demand {
      case .atLeast(let item, let count):
        least[item] = Swift.max(least[item] ?? 1, UInt128(count))
      case .endAligned(let item, let unit):
        // Powers of two: a multiple of the largest is one of all.
        units[item] = Swift.max(units[item] ?? 1, UInt128(unit))
      default: break
      }
    }
    var shrunk = self
    for (name, range) in self where !kept.contains(name) {
      let unit = units[name] ?? 1
      let end = (UInt128(range.start) + (least[name] ?? 1) + unit - 1) / unit * unit
      guard end <= range.end, let last = UInt64(exactly: end - 1),
        let shorter = AddressRange(start: range.start, last: last)
      else { continue }
      shrunk[name] = shorter
    }
    return shrunk
  }
}
