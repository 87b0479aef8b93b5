package import Diagnostics
import Exploration
package import Mutation
import Scenarios
import Trace
import TransitionSystem

/// What came of all mutants of a model, ready to be shown.
package struct MutationReport: Sendable {
  package let source: SourceText
  /// The model at its smallest size.
  let system: TransitionSystem?
  /// The smallest first, with the number of states of the model.
  let sizes: [(name: String, stateCount: Int)]
  /// Names of measures of which a scenario expects something.
  let expectedMeasures: Set<String>
  package let results: [Result]
  /// Of what was the first to notice something, and could be left out.
  let needs: [Witness: Need]
  /// Properties that hold in the model and would notice a mutant that nothing notices, by its position
  /// among the results.
  package let suggestions: [Int: Suggestion]
  /// Why not all were tried; nil where all were.
  let limit: ExplorationLimit?
  let seconds: Double

  init(
    _ known: MutationProgress.Known, needs: [Witness: Need] = [:],
    suggestions: [Int: Suggestion] = [:], limit: ExplorationLimit?, seconds: Double
  ) {
    source = known.source
    system = known.system
    sizes = known.sizes.map { ($0.size.name, $0.stateCount) }
    expectedMeasures = Set(known.sizes.flatMap(\.expectations).flatMap(\.measures.keys))
    results = known.results
    (self.needs, self.suggestions) = (needs, suggestions)
    (self.limit, self.seconds) = (limit, seconds)
  }

  package struct Result: Sendable {
    package let mutant: Mutant
    /// Nil where it was not tried.
    package let outcome: MutantOutcome?
    package let isFromCache: Bool
  }

  /// How many mutants have come to what.
  package struct Score: Sendable, Hashable {
    package var killed = 0
    package var survived = 0
    package var equivalent = 0
    package var invalid = 0
    package var undecided = 0
    package var untried = 0

    /// That of several models together.
    package init(_ reports: [MutationReport]) { self.init(reports.flatMap(\.results)) }

    init(_ results: [Result]) {
      for result in results {
        switch result.outcome {
        case .killed: killed += 1
        case .survived: survived += 1
        case .equivalent: equivalent += 1
        case .invalid: invalid += 1
        case .undecided: undecided += 1
        case nil: untried += 1
        }
      }
    }

    /// Of those that are other models, and of which it is known.
    package var decided: Int { killed + survived }

    /// Of 100 that are other models, how many were noticed, rounded down: 100 is all. Nil where there
    /// are none.
    package var percent: Int? { decided == 0 ? nil : killed * 100 / decided }

    /// Whether the score is below so many of 100. What is not decided counts as noticed by nothing.
    package func isBelow(percent: Double) -> Bool {
      let all = decided + undecided
      return all > 0 && Double(killed) * 100 < percent * Double(all)
    }
  }

  package var score: Score { Score(results) }

  package var survivors: [Result] { survivingPositions.map { results[$0] } }

  var survivingPositions: [Int] {
    results.indices.filter { if case .survived = results[$0].outcome { true } else { false } }
  }

  /// Rules and functions in the order of the text, each with its mutants.
  var declarations: [(declaration: MutatedDeclaration, score: Score)] {
    var order: [MutatedDeclaration] = []
    var grouped: [MutatedDeclaration: [Result]] = [:]
    for result in results {
      if grouped[result.mutant.declaration] == nil { order.append(result.mutant.declaration) }
      grouped[result.mutant.declaration, default: []].append(result)
    }
    return order.map { ($0, Score(grouped[$0] ?? [])) }
  }

  /// What could notice a mutant in the order of the text, and what else has noticed one, each with the
  /// number of mutants that it was the first to notice.
  package var witnesses: [(witness: Witness, count: Int)] {
    var counts: [Witness: Int] = [:]
    for result in results {
      guard case .killed(let notice) = result.outcome else { continue }
      counts[notice.witness, default: 0] += 1
    }
    let named = self.named
    let others = counts.keys.filter { !named.contains($0) }
      .sorted { ($0.kind.word, $0.name ?? "") < ($1.kind.word, $1.name ?? "") }
    return (named + others).map { ($0, counts[$0] ?? 0) }
  }

  /// Whether something is needed to notice a mutant; nil where that is not asked.
  package func need(of witness: Witness) -> Need? {
    guard witness.canBeMissing else { return nil }
    // What is the first for none notices nothing that others do not, once all have been tried.
    return needs[witness] ?? (score.untried > 0 ? .unknown : .notNeeded)
  }

  /// What the model says that can be violated, and the measures of which scenarios expect something.
  private var named: [Witness] {
    guard let system else { return [] }
    let properties = system.properties.compactMap { property -> Witness? in
      switch property.kind {
      case .invariant: Witness(.violation(.invariant), name: property.name)
      case .liveness: Witness(.violation(.liveness), name: property.name)
      case .measure:
        expectedMeasures.contains(property.name) ? Witness(.measure, name: property.name) : nil
      case .assumption, .cover: nil
      }
    }
    var seen: Set<Witness> = []
    return (properties + system.covers.map { Witness(.violation(.cover), name: $0.name) })
      .filter { seen.insert($0).inserted }
  }
}
