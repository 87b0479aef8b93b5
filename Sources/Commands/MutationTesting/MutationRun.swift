package import Checking
package import Diagnostics
import Exploration
import Glibc
package import Murphi
import Mutation
import NativeCode
package import Options
import Scenarios
import Synchronization
package import TransitionSystem
import UserCache

/// Tries all mutants of a model.
package struct MutationRun: Sendable {
  let source: SourceText
  let plan: MutationPlan
  private let sizes: [ModelSize]
  private let mutants: [Mutant]
  private let lexicalRules: LexicalRules

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
      asked.size, asked.system, asked.dialect, outcome.finding, expectations: asked.expectations)
  }

  // MARK: -

  /// Tries all mutants, several at a time.
  ///
  /// - Parameter progress: Told how many have been tried, of how many; by any thread.
  /// - Throws: `Objection`.
  package func report(
    _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(Objection) -> MutationReport {
    let key = cacheKey
    let known =
      plan.usesCache ? KnownOutcomes(ResultCache().text(key) ?? []) : KnownOutcomes([UInt8]())
    let trials = Trials(self, known, progress)
    trials.run(threadCount: plan.threadCount)
    if let failure = trials.failure { throw failure }
    let outcomes = trials.outcomes
    if plan.usesCache, outcomes.contains(where: { !$0.isFromCache && $0.outcome != nil }) {
      ResultCache().keep(KnownOutcomes(outcomes).bytes, key)
    }
    return MutationReport(
      source: source, system: sizes.first?.system,
      sizes: sizes.map { ($0.size.name, $0.stateCount) },
      expectedMeasures: Set(sizes.flatMap(\.expectations).flatMap(\.measures.keys)),
      results: zip(mutants, outcomes).map { mutant, result in
        MutationReport.Result(
          mutant: mutant, outcome: result.outcome, isFromCache: result.isFromCache)
      }, seconds: plan.stop.elapsed)
  }

  /// The words of the model, whatever its layout and comments say, and all that an outcome depends on
  /// beside them.
  private var cacheKey: String {
    let sizes = sizes.map { size in
      "\(size.size.name) \(size.system.constants) \(size.size.settings.words)"
        + size.expectations.map { " \($0.expectedWords)" }.joined()
    }
    let head = [
      plan.programVersion, "\(Self.revision)", "\(plan.trialSeconds)", "\(lexicalRules)",
    ]
    return ResultCache.key(
      Array((head + sizes).joined(separator: "\n").utf8) + Self.words(of: source, lexicalRules))
  }

  /// Grows when mutants or what becomes of them are found out in another way.
  private static let revision = 2

  /// The words of a text, each in a line.
  fileprivate static func words(of text: SourceText, _ rules: LexicalRules) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in Lexer.lex(text, rules: rules).tokens {
      bytes += text.bytes[token.span.start..<token.span.end]
      bytes.append(0x0A)
    }
    return bytes
  }

  fileprivate var count: Int { mutants.count }

  /// What becomes of a mutant, and its name in the cache.
  fileprivate func trial(_ position: Int) -> (trial: MutantTrial, key: String) {
    let mutant = mutants[position]
    let text = mutant.text(of: source)
    return (
      MutantTrial(mutant: mutant, text: text, sizes: sizes, plan: plan),
      ResultCache.key(Self.words(of: text, lexicalRules))
    )
  }
}

extension CheckSettings {
  /// All that a verdict may depend on.
  fileprivate var words: String {
    "\(engine) \(deadlock) \(symmetry) \(reduction) \(store)"
      + " \(String(describing: maximumStateCount)) \(String(describing: maximumDepth))"
  }
}

extension Scenario {
  /// What is expected beside the verdict.
  fileprivate var expectedWords: String {
    let measures = measures.sorted { $0.key < $1.key }.map {
      "\($0.key.debugDescription) \($0.value)"
    }
    return "\(states.map { "\($0)" } ?? "") \(measures) \(deadRules.sorted())"
  }
}

/// An outcome, and whence.
struct KeyedOutcome: Sendable {
  let key: String
  /// Nil where the mutant was not tried.
  let outcome: MutantOutcome?
  let isFromCache: Bool
}

/// Threads that take one mutant after the other.
private final class Trials: Sendable {
  private let run: MutationRun
  private let known: KnownOutcomes
  private let progress: @Sendable (Int, Int) -> Void
  private let next = Atomic<Int>(0)
  private let shared: Mutex<Shared>

  private struct Shared {
    var outcomes: [KeyedOutcome?]
    var count = 0
    var failure: Objection?
  }

  init(
    _ run: MutationRun, _ known: KnownOutcomes, _ progress: @escaping @Sendable (Int, Int) -> Void
  ) {
    self.run = run
    self.known = known
    self.progress = progress
    shared = Mutex(Shared(outcomes: Array(repeating: nil, count: run.count)))
  }

  var outcomes: [KeyedOutcome] {
    shared.withLock { shared in
      shared.outcomes.map { $0 ?? KeyedOutcome(key: "", outcome: nil, isFromCache: false) }
    }
  }

  var failure: Objection? { shared.withLock { $0.failure } }

  /// Takes mutants until there are no more, on this thread and on others beside it.
  func run(threadCount: Int) {
    var threads: [pthread_t] = []
    for _ in 1..<max(2, threadCount) where threads.count + 1 < threadCount {
      let owner = Unmanaged.passRetained(self)
      let thread = LargeStack.start(owner.toOpaque()) { argument in
        guard let argument else { return nil }
        Unmanaged<Trials>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }
      guard let thread else {
        owner.release()
        break
      }
      threads.append(thread)
    }
    work()
    for thread in threads { pthread_join(thread, nil) }
  }

  private func work() {
    while failure == nil {
      let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard position < run.count else { return }
      let (trial, key) = run.trial(position)
      if let outcome = known[key] {
        note(KeyedOutcome(key: key, outcome: outcome, isFromCache: true), position)
        continue
      }
      guard !run.plan.stop.isDue() else { continue }
      do throws(Objection) {
        let outcome = try trial.outcome()
        note(KeyedOutcome(key: key, outcome: outcome, isFromCache: false), position)
      } catch {
        let failure = error
        shared.withLock { $0.failure = failure }
      }
    }
  }

  private func note(_ outcome: KeyedOutcome, _ position: Int) {
    let count = shared.withLock { shared in
      shared.outcomes[position] = outcome
      shared.count += 1
      return shared.count
    }
    progress(count, run.count)
  }
}
