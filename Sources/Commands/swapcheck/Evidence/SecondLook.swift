import Checking
import Diagnostics
import Exploration
import Options
import Report
import Trace
import TransitionSystem

/// Looks at what a solver says of a proof by other ways: a search evaluates the lemmas in all states that it
/// reaches, and the interpreter takes all steps from all states that the types allow, at small sizes.
struct SecondLook {
  private let attempt: ProofAttempt
  private let stop: StopCondition

  init(_ attempt: ProofAttempt, stop: StopCondition) {
    (self.attempt, self.stop) = (attempt, stop)
  }

  /// Seconds of each of both ways, at one size.
  private static let seconds = 2.0
  private static let mostStates = 2_000_000
  private static let mostTypedStates = 500_000

  /// What came of it.
  struct Looks {
    var lines: [DisplayText] = []
    /// What is not as the solver says.
    var contradiction: DisplayText?
  }

  func looks() throws -> Looks {
    var looks = Looks()
    let small = try sizes()
    for (size, system) in small where looks.contradiction == nil {
      try search(system, size, &looks)
    }
    var typed: DisplayText?
    for (size, system) in try smallest() where looks.contradiction == nil {
      switch TypedInduction.check(system, most: Self.mostTypedStates, stop: budget) {
      case .inductive(let count, let good):
        typed =
          ("the interpreter agrees: \(size)of \(Wording.grouped(count)) typed states"
          + " \(Wording.grouped(good)) have all lemmas, and no step from these breaks one")
          as DisplayText
      case .broken:
        looks.contradiction = "\(size)the interpreter finds a step that breaks a lemma"
      case .tooMany:
        typed =
          typed
          ?? "the interpreter did not look at all typed states: \(size)there are more than \(Wording.grouped(Self.mostTypedStates))"
      case .unsuitable:
        typed = typed ?? "the interpreter did not look at all typed states: there are multisets"
      case .stopped:
        typed =
          typed
          ?? "the interpreter did not look at all typed states: \(size)there was no time left"
      }
    }
    if let typed { looks.lines.append(typed) }
    return looks
  }

  private var budget: StopCondition {
    let left = stop.seconds.map { max(0, $0 - stop.elapsed) } ?? Self.seconds
    return StopCondition.forCommand(seconds: min(Self.seconds, left))
  }

  /// Holds invariants and lemmas against the states that are reached.
  private func search(
    _ system: TransitionSystem, _ size: DisplayText, _ looks: inout Looks
  ) throws {
    var settings = CheckSettings()
    settings.deadlock = .off
    var request = settings.request(system.askingSafetyAlone, stop: budget)
    request.options.maximumStateCount = Self.mostStates
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request)
    } catch {
      throw ModelCheck.failure(error, system, attempt.own.source)
    }
    let count = Wording.grouped(outcome.finding[.states] ?? 0)
    switch outcome.verdict {
    case .holds:
      looks.lines.append("a search agrees: \(size)all hold in all \(count) states that are reached")
    case .inconclusive:
      looks.lines.append(
        "a search agrees as far as it came: \(size)all hold in the first \(count) states that are"
          + " reached")
    case .violated:
      looks.contradiction = "\(size)a search reaches a state in which something is wrong"
    }
  }

  /// Sizes that are searched: 2 and 3, or what the constants say.
  private func sizes() throws -> [(DisplayText, TransitionSystem)] {
    guard attempt.least != nil else { return [("", attempt.lemmas.model.system)] }
    return try at([2, 3])
  }

  /// Sizes at which the interpreter looks at all typed states.
  private func smallest() throws -> [(DisplayText, TransitionSystem)] {
    guard attempt.least != nil else { return [("", attempt.lemmas.model.system)] }
    return try at([1, 2])
  }

  /// The model with its lemmas where all scalarsets have so many elements, or as many as they have at
  /// least.
  private func at(_ sizes: [Int64]) throws -> [(DisplayText, TransitionSystem)] {
    var known: [AnySizeCheck.Sizes] = []
    for size in sizes {
      let sizes = (attempt.least ?? [:]).mapValues { max(size, $0) }
      if !known.contains(sizes) { known.append(sizes) }
    }
    return try known.map { ("for \(AnySizeReport.words($0)) ", try attempt.system(at: $0)) }
  }
}
