package import Checking
package import Diagnostics
import Exploration
package import Murphi
import Mutation
package import Options
import Scenarios
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
  private let progress: MutationProgress

  /// What the model itself has come to at a size.
  package enum SizeFailure: Error, Sendable {
    /// At this size it does not hold, or that was not found out.
    case notVerified(size: String)
    /// The size goes without a rule that there is not.
    case noRule(named: String, size: String)
    case objection(Objection, TransitionSystem)
    /// The end was wanted.
    case stopped
  }

  /// Checks the model itself at all sizes, of which those that ask the same are one.
  ///
  /// - Parameters:
  ///   - progress: Told what is found, as soon as it is.
  ///   - load: Reads the model with values for constants.
  package init<Failure: Error>(
    _ source: SourceText, _ sizes: [MutationSize], _ plan: MutationPlan,
    telling progress: MutationProgress = MutationProgress(),
    load: ([String: Int64], DialectChoice) throws(Failure) -> (TransitionSystem, Dialect)
  ) throws {
    (self.source, self.plan, self.progress) = (source, plan, progress)
    var questions: [Question] = []
    var asked: [Question: Asked] = [:]
    for size in sizes {
      let (system, dialect) = try load(size.constants, size.settings.dialect)
      let names = Set(system.rules.map(\.name))
      if let name = size.without.first(where: { !names.contains($0) }) {
        throw SizeFailure.noRule(named: name, size: size.name)
      }
      let question = Question(system.constants, Set(size.without), size.settings)
      if asked[question] == nil {
        questions.append(question)
        asked[question] = Asked(size: size, system: system, dialect: dialect)
      }
      asked[question]?.expectations += size.expectation.map { [$0] } ?? []
    }
    let first = questions.first.flatMap { asked[$0] }
    lexicalRules = (first?.dialect ?? .rumur).lexicalRules
    mutants = Mutator.mutants(
      of: Parser.parse(source, rules: lexicalRules).model, source, rules: lexicalRules)
    progress.begin(MutationProgress.Known(source, first?.system, mutants))
    var tried: [ModelSize] = []
    for question in questions {
      if let asked = asked[question] { tried.append(try Self.model(asked, plan)) }
    }
    self.sizes = tried.sorted { ($0.stateCount, $0.size.name) < ($1.stateCount, $1.size.name) }
    changes = Self.changes(mutants, source)
    runs = KeptRuns(plan.usesCache ? ResultCache().text(Self.runsKey(source)) ?? [] : [])
  }

  /// What makes two sizes one.
  private struct Question: Hashable {
    let constants: [TransitionSystem.Constant]
    let without: Set<String>
    let settings: CheckSettings

    init(
      _ constants: [TransitionSystem.Constant], _ without: Set<String>, _ settings: CheckSettings
    ) {
      (self.constants, self.without, self.settings) = (constants, without, settings)
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
    let system = asked.system.without(rulesNamed: Set(asked.size.without))
    do throws(Objection) {
      outcome = try Checking.check(
        asked.size.settings.request(system, stop: plan.stopOfSearch()))
    } catch {
      throw .objection(error, system)
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
  /// - Parameter told: Told how far it is; by any thread.
  /// - Throws: `Objection`.
  package func report(
    _ told: @escaping @Sendable (DisplayText) -> Void
  ) throws(Objection) -> MutationReport {
    let cache = ResultCache()
    let key = cacheKey
    let table = OutcomeTable(
      KnownOutcomes(plan.usesCache ? cache.text(key) ?? [] : []), plan.stop)
    let known = known(table, told)
    let results = known.results
    let needs = NeedSearch(run: self, results: results, table: table).needs(told)
    let suggestions = plan.suggests ? suggestions(results, table, told) : [:]
    if let failure = table.failure { throw failure }
    if plan.usesCache {
      if let news = table.news { cache.keep(news.bytes, key) }
      if let news = runs.news(of: changes) { cache.keep(news, Self.runsKey(source)) }
    }
    return MutationReport(
      known, needs: needs, suggestions: suggestions,
      limit: results.contains { $0.outcome == nil } ? .ended(plan.stop) : nil,
      seconds: plan.stop.elapsed)
  }

  private func known(
    _ table: OutcomeTable, _ told: @escaping @Sendable (DisplayText) -> Void
  ) -> MutationProgress.Known {
    let progress = progress
    let begun = MutationProgress.Known(source, sizes.first?.system, mutants, sizes: sizes)
    progress.begin(begun)
    Workers.run(mutants.count, threadCount: plan.threadCount) { number in
      let attempt = trial(number)
      let entry = table.outcome(attempt.key, attempt.outcome)
      guard entry.outcome != nil else { return }
      let count = progress.note(entry, number)
      told("\(count) of \(mutants.count) changes")
    }
    return progress.known ?? begun
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
