package import Checking
package import Diagnostics
import Exploration
package import Murphi
import Mutation
package import Options
import Scenarios
import Synchronization
package import TransitionSystem
import UserCache

/// Tries all mutants of a model.
package struct MutationRun: Sendable {
  let source: SourceText
  let plan: MutationPlan
  /// The smallest first.
  let sizes: [ModelSize]
  let lexicalRules: LexicalRules
  private let mutants: [Mutant]
  /// For each mutant, what it changes, whatever the rest of the model is.
  private let changes: [String]
  private let runs: KeptRuns

  /// What the model itself has come to at a size.
  package enum SizeFailure: Error, Sendable {
    /// At this size it does not hold, or that was not found out.
    case notVerified(size: String)
    case objection(Objection, TransitionSystem)
    /// The end was wanted.
    case stopped
  }

  /// Checks the model itself at all sizes, of which those that ask the same are one.
  ///
  /// - Parameter load: Reads the model with values for constants.
  package init<Failure: Error>(
    _ source: SourceText, _ sizes: [MutationSize], _ plan: MutationPlan,
    load: ([String: Int64], DialectChoice) throws(Failure) -> (TransitionSystem, Dialect)
  ) throws {
    (self.source, self.plan) = (source, plan)
    var questions: [Question] = []
    var asked: [Question: Asked] = [:]
    for size in sizes {
      let (system, dialect) = try load(size.constants, size.settings.dialect)
      let question = Question(system.constants, size.settings)
      if asked[question] == nil {
        questions.append(question)
        asked[question] = Asked(size: size, system: system, dialect: dialect)
      }
      asked[question]?.expectations += size.expectation.map { [$0] } ?? []
    }
    var tried: [ModelSize] = []
    for question in questions {
      if let asked = asked[question] { tried.append(try Self.model(asked, plan)) }
    }
    self.sizes = tried.sorted { ($0.stateCount, $0.size.name) < ($1.stateCount, $1.size.name) }
    lexicalRules = (tried.first?.dialect ?? .rumur).lexicalRules
    mutants = Mutator.mutants(
      of: Parser.parse(source, rules: lexicalRules).model, source, rules: lexicalRules)
    changes = Self.changes(mutants, source)
    runs = KeptRuns(plan.usesCache ? ResultCache().text(Self.runsKey(source)) ?? [] : [])
  }

  /// What makes two sizes one.
  private struct Question: Hashable {
    let constants: [TransitionSystem.Constant]
    let settings: CheckSettings

    init(_ constants: [TransitionSystem.Constant], _ settings: CheckSettings) {
      self.constants = constants
      self.settings = settings
    }
  }

  /// A question, with what scenarios that ask it expect beside the verdict.
  private struct Asked {
    let size: MutationSize
    let system: TransitionSystem
    let dialect: Dialect
    var expectations: [Scenario] = []
  }

  private static func model(
    _ asked: Asked, _ plan: MutationPlan
  ) throws(SizeFailure) -> ModelSize {
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(
        asked.size.settings.request(asked.system, stop: plan.stopOfSearch()))
    } catch {
      throw .objection(error, asked.system)
    }
    guard case .holds = outcome.verdict else {
      throw plan.stop.isDue() ? .stopped : .notVerified(size: asked.size.name)
    }
    return ModelSize(
      asked.size, asked.system, asked.dialect, outcome.finding, expectations: asked.expectations,
      plan)
  }

  // MARK: -

  /// Tries all mutants, several at a time.
  ///
  /// - Parameter progress: Told how far it is; by any thread.
  /// - Throws: `Objection`.
  package func report(
    _ progress: @escaping @Sendable (DisplayText) -> Void
  ) throws(Objection) -> MutationReport {
    let cache = ResultCache()
    let key = cacheKey
    let table = OutcomeTable(
      KnownOutcomes(plan.usesCache ? cache.text(key) ?? [] : []), plan.stop)
    let results = results(table, progress)
    let needs = NeedSearch(run: self, results: results, table: table).needs(progress)
    let suggestions = plan.suggests ? suggestions(results, table, progress) : [:]
    if let failure = table.failure { throw failure }
    if plan.usesCache {
      if let news = table.news { cache.keep(news.bytes, key) }
      if let news = runs.news(of: changes) { cache.keep(news, Self.runsKey(source)) }
    }
    return MutationReport(
      source: source, system: sizes.first?.system,
      sizes: sizes.map { ($0.size.name, $0.stateCount) },
      expectedMeasures: Set(sizes.flatMap(\.expectations).flatMap(\.measures.keys)),
      results: results, needs: needs, suggestions: suggestions, seconds: plan.stop.elapsed)
  }

  private func results(
    _ table: OutcomeTable, _ progress: @escaping @Sendable (DisplayText) -> Void
  ) -> [MutationReport.Result] {
    let found = Findings(mutants.count)
    Workers.run(mutants.count, threadCount: plan.threadCount) { number in
      let attempt = trial(number)
      let entry = table.outcome(attempt.key, attempt.outcome)
      guard entry.outcome != nil else { return }
      let count = found.note(entry, number)
      progress("\(count) of \(mutants.count) changes")
    }
    return zip(mutants, found.entries).map { mutant, entry in
      MutationReport.Result(
        mutant: mutant, outcome: entry?.outcome, isFromCache: entry?.isFromCache ?? false)
    }
  }

  private final class Findings: Sendable {
    private let found: Mutex<(entries: [OutcomeTable.Entry?], count: Int)>

    init(_ count: Int) { found = Mutex((entries: Array(repeating: nil, count: count), count: 0)) }

    var entries: [OutcomeTable.Entry?] { found.withLock { $0.entries } }

    /// - Returns: How many have been noted.
    func note(_ entry: OutcomeTable.Entry, _ number: Int) -> Int {
      found.withLock { found in
        found.entries[number] = entry
        found.count += 1
        return found.count
      }
    }
  }

  /// How a mutant is tried, by its number.
  ///
  /// - Parameters:
  ///   - missing: What it is tried without, at the sizes from one on.
  func trial(
    _ number: Int, without missing: Witness? = nil, from size: Int = 0
  ) -> MutantTrial {
    let mutant = mutants[number]
    let text = mutant.text(of: source)
    let key = ResultCache.key(Self.words(of: text, lexicalRules))
    return MutantTrial(
      mutant: mutant, text: text, modelText: source,
      key: key + (missing.map { " without \($0.kind.word) \($0.name ?? "")" } ?? ""),
      sizes: Array(sizes[size...]), plan: plan, missing: missing,
      change: changes[number], runs: runs)
  }
}
