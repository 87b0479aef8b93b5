package import Conformance
package import Diagnostics
import Evaluation
package import Exploration
import Report
package import Trace
import TransitionSystem

/// What has come of following a log through a model.
package struct LogFinding {
  package let meaning: MapInModel
  package let sets: StateSets
  let alignment: LogAlignment?
  let elements: ElementNames
  package let figures: LogFigures
  private let recent: RecentLines
  private let limit: ExplorationLimit?
  /// Why rules were to be compiled and are not.
  package let compilationFailure: String?
  package let verdict: Verdict

  package enum Verdict {
    case conforms
    /// No run of the model is what the log shows: the event behind which there is none, and those that could
    /// have come in its place.
    case refused(LogAlignment.Misfit)
    /// It fits, and what is to hold at the end of a log holds in no state that is possible there.
    case endsInTheMiddle(StateSets.Node)
    /// It fits, and in all states that are possible behind an event something is violated.
    case violated(Violation.Kind, event: TimedEvent)
    /// No event of the log is one that the map knows.
    case empty
    case inconclusive(ExplorationLimit)
  }

  init(
    meaning: MapInModel, sets: StateSets, alignment: LogAlignment?, elements: ElementNames,
    figures: LogFigures, recent: RecentLines, limit: ExplorationLimit?, compilationFailure: String?
  ) {
    self.meaning = meaning
    self.sets = sets
    self.alignment = alignment
    self.elements = elements
    self.figures = figures
    self.recent = recent
    self.limit = limit
    self.compilationFailure = compilationFailure
    do throws(Undecided) {
      verdict = try Self.verdict(meaning, sets, alignment, figures, limit)
    } catch {
      verdict = .inconclusive(.undecided(error))
    }
  }

  private static func verdict(
    _ meaning: MapInModel, _ sets: StateSets, _ alignment: LogAlignment?, _ figures: LogFigures,
    _ limit: ExplorationLimit?
  ) throws(Undecided) -> Verdict {
    if let misfit = alignment?.misfit { return .refused(misfit) }
    if let (event, node) = alignment?.firstViolatedEvent, let kind = sets.violation(in: node) {
      return .violated(kind, event: event)
    }
    if let limit { return .inconclusive(limit) }
    guard let alignment else { return .inconclusive(.undecided(.unasked)) }
    if figures.eventCount == 0 { return .empty }
    guard let end = meaning.end, let last = alignment.cuts.values.first else { return .conforms }
    let condition = BoundCondition(condition: end, bindings: [])
    for node in alignment.cuts.values {
      let possible = try sets.closure(node)
      if try !sets.holding([condition], in: possible).isEmpty { return .conforms }
    }
    return .endsInTheMiddle(last)
  }

  /// Why what is to hold at the end does not hold in the first of the states that are possible there.
  var endExplanation: Explanation? {
    guard case .endsInTheMiddle(let node) = verdict, let end = meaning.end,
      let state = sets.states(of: node).first
    else { return nil }
    let judge = Interpreter(system: meaning.judge)
    judge.load(sets.states.slots(of: state))
    return judge.explain(meaning.conditions[end], [])
  }

  /// The text of one of the last lines of the log.
  package func text(ofLine line: Int) -> String? { recent[line] }

  /// Events that fit.
  package var fittingCount: Int { alignment?.eventCount ?? 0 }

  /// A run that the log, as far as it fits, is a record of; nil where none was kept.
  package func explainingRun(stop: StopCondition) -> ExplainingRun? {
    guard let history = alignment?.history else { return nil }
    return try? ExplainingRun(history, sets, stop: stop)
  }

  /// The states that are possible at the end of what fits, without what unseen rules do.
  package var lastStates: [[Int64]] {
    var numbers: Set<MetStates.Number> = []
    for node in Set(alignment?.cuts.values.map { $0 } ?? []) {
      numbers.formUnion(sets.states(of: node))
    }
    return numbers.sorted().prefix(Self.mostShownStates).map { sets.states.slots(of: $0) }
  }

  /// How many these are.
  package var lastStateCount: Int {
    var numbers: Set<MetStates.Number> = []
    for node in alignment?.cuts.values.map({ $0 }) ?? [] {
      numbers.formUnion(sets.states(of: node))
    }
    return numbers.count
  }

  /// States that are looked at for what they have in common.
  private static let mostShownStates = 1_024

  /// What the elements of scalarsets are called in the log: `cpu_t_1` and `32`.
  package var elementNames: [(element: String, name: String)] {
    var types: [ScalarType] = []
    for rule in meaning.model.system.rules {
      for parameter in rule.parameters {
        if case .scalarset = parameter.type.kind,
          !types.contains(where: { $0.identity == parameter.type.identity })
        {
          types.append(parameter.type)
        }
      }
    }
    return types.flatMap { type in
      elements.names(of: type).map { (type.describe($0.element), $0.name) }
    }
  }
}
