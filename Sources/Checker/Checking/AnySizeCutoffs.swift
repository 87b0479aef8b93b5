package import Cutoffs
import Proving
package import TransitionSystem

/// The sizes up to which each thing has to be asked, said by the constants that the sizes are, and what is
/// assumed for it.
package struct AnySizeCutoffs: Sendable {
  private var cutoffs: Cutoffs
  private let constants: [(identity: Int, dimension: AnySizeCheck.Dimension)]
  /// The sizes up to which it is seen which variables may be without a value.
  private(set) var definition: AnySizeCheck.Sizes = [:]
  /// What is known of each obligation.
  private var states: [Cutoffs.Obligation: State] = [:]

  fileprivate struct State {
    var assumed: Set<Int> = []
    var sizes: AnySizeCheck.Sizes
    /// It is so at all sizes up to these.
    var isSettled = false
  }

  /// What is asked about some rules, or start states, at once.
  struct Question: Hashable {
    let obligation: LemmaProof.Obligation
    let isStart: Bool
    let assumed: Set<Int>
    /// The sizes up to which it is asked.
    let sizes: AnySizeCheck.Sizes

    /// Start states first, and properties as they stand in the model.
    fileprivate var order: [Int] {
      [isStart ? 0 : 1, obligation.order, assumed.count] + assumed.sorted()
        + sizes.sorted { $0.key < $1.key }.map { Int(clamping: $0.value) }
    }

    func obligation(of rule: Int) -> Cutoffs.Obligation {
      let promise: Cutoffs.Promise =
        switch obligation {
        case .property(let number): .property(number)
        case .rest: .rule
        }
      return Cutoffs.Obligation(rule: rule, isStart: isStart, promise: promise)
    }
  }

  /// - Throws: `CutoffRefusal` where no sizes stand for all.
  package init(
    _ cutoffs: Cutoffs, _ system: TransitionSystem, _ dimensions: [AnySizeCheck.Dimension]
  ) throws(CutoffRefusal) {
    self.cutoffs = cutoffs
    constants = system.scalarsets.compactMap { type in
      dimensions.first { $0.scalarset == type.name }.map { (type.identity, $0) }
    }
    for obligation in cutoffs.obligations {
      let sizes = try sizes(of: obligation, assuming: [])
      if obligation.promise == .definition {
        definition.merge(sizes, uniquingKeysWith: max)
      } else {
        states[obligation] = State(sizes: sizes)
      }
    }
  }

  private mutating func sizes(
    of obligation: Cutoffs.Obligation, assuming assumed: Set<Int>
  ) throws(CutoffRefusal) -> AnySizeCheck.Sizes {
    let elements = try cutoffs.sizes(
      of: obligation, assuming: assumed, atLeast: least.mapValues { Int(clamping: $0) })
    var found: AnySizeCheck.Sizes = [:]
    for (identity, dimension) in constants {
      found[dimension.constant] = max(dimension.least, Int64(elements[identity] ?? 1))
    }
    return found
  }

  /// The sizes up to which anything is asked.
  package var most: AnySizeCheck.Sizes {
    states.values.reduce(into: [:]) { $0.merge($1.sizes, uniquingKeysWith: max) }
  }

  /// Slots that may name elements which are not there.
  func looseSlots(of system: TransitionSystem) -> Set<Int> { cutoffs.loose.slots(of: system) }

  /// The sizes of the system that is asked about all sizes up to some: with one element more where places may
  /// name one that is not there.
  package func withOutsiders(_ sizes: AnySizeCheck.Sizes) -> AnySizeCheck.Sizes {
    var sizes = sizes
    for (identity, dimension) in constants where cutoffs.loose.sets.contains(identity) {
      sizes[dimension.constant, default: dimension.least] += 1
    }
    return sizes
  }

  /// Invariants that are assumed where a proof needs them, and not everywhere.
  var optional: Set<Int> { cutoffs.optional }

  /// What is asked of some rules.
  typealias Asked = (question: Question, rules: Set<Int>)

  /// What has to be asked, and of which rules; empty where nothing is.
  var questions: [Asked] {
    var found: [Question: Set<Int>] = [:]
    for (obligation, state) in states where !state.isSettled {
      guard let asked = obligation.promise.asked else { continue }
      let question = Question(
        obligation: asked, isStart: obligation.isStart, assumed: state.assumed,
        sizes: state.sizes)
      found[question, default: []].insert(obligation.rule)
    }
    return found.sorted { $0.key.order.lexicographicallyPrecedes($1.key.order) }
      .map { (question: $0.key, rules: $0.value) }
  }

  /// Assumes more for what is asked about a rule.
  ///
  /// - Returns: Whether it has to be asked up to larger sizes now.
  mutating func assume(
    _ assumed: Set<Int>, for question: Question, of rule: Int
  ) throws(CutoffRefusal) -> Bool {
    let obligation = question.obligation(of: rule)
    let all = assumed.union(states[obligation]?.assumed ?? [])
    let sizes = try sizes(of: obligation, assuming: all)
    states[obligation]?.assumed = all
    states[obligation]?.sizes = sizes
    return !sizes.isWithin(question.sizes)
  }

  /// Notes that something is so of some rules up to the sizes at which it was asked.
  mutating func settle(_ question: Question, of rules: Set<Int>) {
    for rule in rules {
      let obligation = question.obligation(of: rule)
      guard let sizes = states[obligation]?.sizes, sizes.isWithin(question.sizes) else { continue }
      states[obligation]?.isSettled = true
    }
  }

  /// The number of sizes at which anything is asked.
  var sizeCount: Int {
    let asked = Set(states.values.map(\.sizes))
    return Self.sizes(upTo: most, dimensions).count { sizes in
      asked.contains { sizes.isWithin($0) }
    }
  }

  /// All sizes up to some, the smallest first.
  static func sizes(
    upTo cutoffs: AnySizeCheck.Sizes, _ dimensions: [AnySizeCheck.Dimension]
  ) -> [AnySizeCheck.Sizes] {
    var found: [AnySizeCheck.Sizes] = [[:]]
    for dimension in dimensions {
      guard let most = cutoffs[dimension.constant], dimension.least <= most else { continue }
      found = found.flatMap { sizes in
        (dimension.least...most).map { sizes.merging([dimension.constant: $0]) { $1 } }
      }
    }
    return found.sorted { $0.values.reduce(0, +) < $1.values.reduce(0, +) }
  }

  // MARK: - Scalarsets

  var dimensions: [AnySizeCheck.Dimension] { constants.map(\.dimension) }

  /// By the identity of each scalarset, the smallest size that is asked about.
  private var least: [Int: Int64] {
    Dictionary(constants.map { ($0.identity, $0.dimension.least) }, uniquingKeysWith: max)
  }

  /// The same where all sizes up to some are asked about at once: of those that are numbers, the size
  /// alone.
  func least(at sizes: AnySizeCheck.Sizes) -> [Int: Int64] {
    Dictionary(
      constants.map { identity, dimension in
        let size = dimension.isNumber ? sizes[dimension.constant] : nil
        return (identity, size ?? dimension.least)
      }, uniquingKeysWith: max)
  }

  /// By the identity of each scalarset, all sizes up to some.
  func ranges(upTo sizes: AnySizeCheck.Sizes) -> [Int: ClosedRange<Int64>] {
    var found: [Int: ClosedRange<Int64>] = [:]
    for (identity, dimension) in constants where !dimension.isNumber {
      found[identity] =
        dimension.least...max(dimension.least, sizes[dimension.constant] ?? dimension.least)
    }
    return found
  }

  /// The sizes of which there are so many elements where all sizes up to some are asked about.
  func sizes(of counts: [Int: Int64], upTo sizes: AnySizeCheck.Sizes) -> AnySizeCheck.Sizes {
    Dictionary(
      constants.map { identity, dimension in
        let name = dimension.constant
        return (name, counts[identity] ?? sizes[name] ?? dimension.least)
      }, uniquingKeysWith: max)
  }
}

extension LemmaProof.Obligation {
  /// Properties first, as they stand in the model.
  var order: Int {
    switch self {
    case .property(let number): number
    case .rest: .max
    }
  }
}

extension Cutoffs.Promise {
  /// Nil where no solver is asked.
  fileprivate var asked: LemmaProof.Obligation? {
    switch self {
    case .property(let number): .property(number)
    case .rule: .rest
    case .definition: nil
    }
  }
}

extension AnySizeCheck.Sizes {
  /// Whether none of them is larger than another's.
  fileprivate func isWithin(_ other: Self) -> Bool {
    allSatisfy { $0.value <= other[$0.key] ?? $0.value }
  }
}
