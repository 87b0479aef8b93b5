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
    /// It was asked at all sizes up to these.
    var settled: AnySizeCheck.Sizes?
  }

  /// What is asked about some rules, or start states, at once.
  struct Question: Hashable {
    let obligation: LemmaProof.Obligation
    let isStart: Bool
    let assumed: Set<Int>

    /// Start states first, and properties as they stand in the model.
    fileprivate var order: [Int] { [isStart ? 0 : 1, obligation.order] + assumed.sorted() }
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
    let least = Dictionary(
      constants.map { ($0.identity, Int(clamping: $0.dimension.least)) }, uniquingKeysWith: max)
    let elements = try cutoffs.sizes(of: obligation, assuming: assumed, atLeast: least)
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

  /// Invariants that are assumed where a proof needs them, and not everywhere.
  var optional: Set<Int> { cutoffs.optional }

  /// What has to be asked at a size, and of which rules; empty where nothing new is.
  func questions(at sizes: AnySizeCheck.Sizes) -> [(question: Question, rules: Set<Int>)] {
    var found: [Question: Set<Int>] = [:]
    for (obligation, state) in states where state.isOpen(at: sizes) {
      let question = Question(
        obligation: obligation.promise.asked, isStart: obligation.isStart, assumed: state.assumed)
      found[question, default: []].insert(obligation.rule)
    }
    return found.sorted { $0.key.order.lexicographicallyPrecedes($1.key.order) }
      .map { (question: $0.key, rules: $0.value) }
  }

  /// Assumes more for what is asked about a rule.
  mutating func assume(
    _ assumed: Set<Int>, for question: Question, of rule: Int
  ) throws(CutoffRefusal) {
    let promise: Cutoffs.Promise
    switch question.obligation {
    case .property(let number): promise = .property(number)
    case .rest: promise = .rule
    }
    let obligation = Cutoffs.Obligation(
      rule: rule, isStart: question.isStart, promise: promise)
    let sizes = try sizes(of: obligation, assuming: assumed)
    states[obligation]?.assumed = assumed
    states[obligation]?.sizes = sizes
  }

  /// The sizes up to which each thing is asked now, of which `settle` is told when it was.
  var asked: [Cutoffs.Obligation: AnySizeCheck.Sizes] { states.mapValues(\.sizes) }

  /// Notes that all was asked up to these sizes.
  ///
  /// - Returns: Whether that is all there is to ask.
  mutating func settle(_ asked: [Cutoffs.Obligation: AnySizeCheck.Sizes]) -> Bool {
    var isAll = true
    for (obligation, sizes) in asked {
      states[obligation]?.settled = sizes
      if states[obligation]?.sizes != sizes { isAll = false }
    }
    return isAll
  }
}

extension AnySizeCutoffs.State {
  fileprivate func isOpen(at sizes: AnySizeCheck.Sizes) -> Bool {
    sizes.isWithin(self.sizes) && settled.map { !sizes.isWithin($0) } ?? true
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
  fileprivate var asked: LemmaProof.Obligation {
    switch self {
    case .property(let number): .property(number)
    case .rule, .definition: .rest
    }
  }
}

extension AnySizeCheck.Sizes {
  /// Whether none of them is larger than another's.
  fileprivate func isWithin(_ other: Self) -> Bool {
    allSatisfy { $0.value <= other[$0.key] ?? $0.value }
  }
}
