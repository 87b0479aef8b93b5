import Checking
import Diagnostics
import Exploration
import Murphi
import Mutation
import Synchronization
import Trace
import TransitionSystem

/// Looks for a property over the conditions of a model that holds in it, and that a mutant which nothing
/// notices violates: an invariant of up to three conditions, or a cover.
///
/// What is looked at are the reachable states of both. That is the idea of dynamic detection of
/// invariants (Ernst and others, "Dynamically discovering likely program invariants to support program
/// evolution", 2001), but that all states are there, so that nothing is likely only.
struct SuggestionSearch: Sendable {
  private let run: MutationRun
  private let table: ConditionTable
  /// What the conditions are in the model, at each size; nil where that was not found out.
  private let models: [ConditionSamples?]
  /// For each signature, what its conditions are at any size.
  private let known: [Set<ConditionVector>]
  private let sets: [LiteralSets]

  /// States of the model at a size beyond which its mutants are not looked at. One may have twice as many.
  private static let mostStates = 2_000

  /// Looks at the model, at several sizes at once.
  init(_ run: MutationRun, _ conditions: [Condition], _ smallest: ModelSize) {
    let table = ConditionTable(conditions, of: run.source, at: smallest, run.plan.stopOfSearch())
    let samples = Samples(run.sizes.count)
    Workers.run(run.sizes.count, threadCount: run.plan.threadCount) { number in
      let size = run.sizes[number]
      let stop = run.plan.stopOfSearch()
      guard let states = size.states.all(stop),
        let reading = table.reading(run.source, at: size, stop)
      else { return }
      samples.set(ConditionSamples(reading, table, states, stop), number)
    }
    (self.run, self.table) = (run, table)
    let models = samples.all
    self.models = models
    known = table.signatures.indices.map { position in
      models.reduce(into: []) { known, samples in
        if let samples { known.formUnion(samples.vectors[position]) }
      }
    }
    sets = zip(known, table.signatures).map { LiteralSets($0, columns: $1.columns.count) }
  }

  private final class Samples: Sendable {
    private let found: Mutex<[ConditionSamples?]>

    init(_ count: Int) { found = Mutex(Array(repeating: nil, count: count)) }

    var all: [ConditionSamples?] { found.withLock { $0 } }

    func set(_ samples: ConditionSamples?, _ number: Int) {
      found.withLock { $0[number] = samples }
    }
  }

  /// A property that would notice a mutant, at the first size at which one is found. It holds in the
  /// model as far as its states are known.
  func suggestion(for trial: MutantTrial) -> Suggestion? {
    for (number, size) in run.sizes.enumerated() where size.stateCount <= Self.mostStates {
      let stop = run.plan.stopOfSearch(seconds: run.plan.suggestionSeconds)
      guard let own = models[number], !stop.isDue(),
        let reading = table.reading(trial.text, at: size, stop),
        let states = ReachableStates(reading.system, mostStates: 2 * Self.mostStates).all(stop),
        let samples = ConditionSamples(reading, table, states, stop)
      else { continue }
      for suggestion in candidates(samples, own) where isNoticed(trial, by: suggestion, at: size) {
        return suggestion
      }
    }
    return nil
  }

  // MARK: -

  /// For each signature one at most: the ones with the fewest conditions first, invariants before covers.
  private func candidates(_ mutant: ConditionSamples, _ own: ConditionSamples) -> [Suggestion] {
    var invariants: [(count: Int, suggestion: Suggestion)] = []
    var covers: [(count: Int, suggestion: Suggestion)] = []
    for (position, signature) in table.signatures.enumerated() {
      let lengths = signature.columns.map { column in
        let condition = table.conditions[column.condition]
        return condition.text(condition.names).count
      }
      func search(
        _ vectors: Set<ConditionVector>, _ outside: LiteralSets, _ isKept: ([Literal]) -> Bool
      )
        -> [Literal]?
      {
        LiteralSearch(outside: outside, lengths: lengths).shortest(of: Self.ordered(vectors)) {
          // Not even in the model could it be evaluated.
          sets[position].canBeEvaluated(Suggestion.inOrder($0)) && isKept($0)
        }
      }
      let new = mutant.vectors[position].subtracting(known[position])
      if let never = search(new, sets[position], { _ in true }) {
        invariants.append(
          (never.count, Suggestion(.invariant, never, signature, table.conditions)))
      }
      let gone = own.vectors[position].subtracting(mutant.vectors[position])
      let left = LiteralSets(mutant.vectors[position], columns: signature.columns.count)
      // A cover is to be hit at all sizes.
      let met = search(gone, left) { literals in
        models.allSatisfy { samples in
          samples.map { $0.vectors[position].contains { $0.holds(literals) } } ?? true
        }
      }
      if let met {
        covers.append((met.count, Suggestion(.cover, met, signature, table.conditions)))
      }
    }
    return (invariants.sorted { $0.count < $1.count } + covers.sorted { $0.count < $1.count })
      .map(\.suggestion)
  }

  /// In an order that is the same in every run.
  private static func ordered(_ vectors: Set<ConditionVector>) -> [ConditionVector] {
    vectors.sorted { $0.words.lexicographicallyPrecedes($1.words) }
  }

  // MARK: - What a check says

  private static let name = "suggestion"

  private func isNoticed(
    _ trial: MutantTrial, by suggestion: Suggestion, at size: ModelSize
  ) -> Bool {
    let text = trial.text.appending(["\(suggestion.property(named: Self.name))"])
    return violated(text, at: size)?.name == Self.name
  }

  /// Those that the model keeps to at all sizes, with all that is expected of it beside.
  func kept(_ suggestions: Set<Suggestion>) -> Set<Suggestion> {
    var left = suggestions.sorted { $0.text < $1.text }
    while !left.isEmpty {
      let lines = left.enumerated().map { $1.property(named: "\(Self.name) \($0)") }
      let text = run.source.appending(lines)
      guard let witness = run.sizes.lazy.compactMap({ self.violated(text, at: $0) }).first else {
        return run.plan.stop.isDue() ? [] : Set(left)
      }
      // What cannot be evaluated has no name, and then none is known to be kept to.
      guard let name = witness.name, name.hasPrefix(Self.name),
        let number = Int(name.dropFirst(Self.name.count + 1)), left.indices.contains(number)
      else { return [] }
      left.remove(at: number)
    }
    return []
  }

  /// What of a text is violated at a size; nil where it holds. What is not found out is violated.
  private func violated(_ text: SourceText, at size: ModelSize) -> Witness? {
    let stop = run.plan.stopOfTrial()
    let unknown = Witness(.violation(.error))
    guard let system = size.load(text, stop).system,
      let outcome = try? Checking.check(size.request(system, stop: stop))
    else { return unknown }
    switch outcome.verdict {
    case .holds: return nil
    case .violated(let counterexample):
      let violation = counterexample.violation
      return Witness(.violation(violation.category), name: violation.name(in: system))
    case .inconclusive: return unknown
    }
  }
}

extension SourceText {
  /// The text with lines behind it.
  fileprivate func appending(_ lines: [String]) -> SourceText {
    SourceText(
      path: path, bytes: bytes + Array(("\n" + lines.joined(separator: "\n") + "\n").utf8))
  }
}
