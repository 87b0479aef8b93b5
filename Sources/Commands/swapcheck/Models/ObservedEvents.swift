import Automata
import AutomatonReports
import Checking
import Conformance
import Diagnostics
import Evaluation
import EventLogs
import Exploration
import LogConformance
import Murphi
import Options
import Report
import Settings
import Symmetry
import TransitionSystem

/// What `automaton --observe` asks for, in a model.
struct ObservedEvents {
  /// `rules`, `actors`, or the path of a map.
  let observed: String
  /// Names of rules, or of events of the map, that nobody sees.
  let hidden: [String]
  let keepsValues: Bool
  let view: MapAlphabet.FieldView?

  /// A system that is observed.
  struct Question {
    let sets: StateSets
    let alphabet: Alphabet
    let start: [BoundCondition]
    var among = EventMap.Start.Among.startStates
    let end: BoundCondition?
    /// In words.
    let observed: [String]
  }

  func question(
    _ loaded: LoadedModel, overrides: [String: Int64], _ options: ExplorationOptions,
    stop: StopCondition
  ) throws(CommandFailure) -> Question {
    switch observed {
    case "rules": try question(.rules, loaded.system, options, stop)
    case "actors": try question(.actors, loaded.system, options, stop)
    default: try question(loaded, overrides, options, stop)
    }
  }

  // MARK: - By a map

  private func question(
    _ loaded: LoadedModel, _ overrides: [String: Int64], _ options: ExplorationOptions,
    _ stop: StopCondition
  ) throws(CommandFailure) -> Question {
    let map = try LogCheck.readMap(observed)
    let meaning: MapInModel
    let alphabet: MapAlphabet
    do throws(MapError) {
      meaning = try MapInModel(
        map,
        in: ModelText(
          loaded.system, loaded.source, overrides: overrides, dialect: loaded.meaning.dialect))
      alphabet = try MapAlphabet(
        meaning, keepsValues: keepsValues, view: view, hiding: Set(hidden))
    } catch {
      throw CommandFailure(
        lines: ["\(observed)\(error.line.map { ":\($0)" } ?? ""): error: \(error.message)"]
          + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
    let space = SearchSpace(loaded.system, exceptNamed: alphabet.alphabet.named, stop: stop)
    try check(space)
    return Question(
      sets: meaning.stateSets(alphabet, options, space), alphabet: alphabet.alphabet,
      start: alphabet.start, among: map.start.among, end: alphabet.end,
      observed: words("events of \(observed)", viewed: alphabet.viewed))
  }

  private func words(_ first: String, viewed: String?) -> [String] {
    var words = [first + (keepsValues ? ", with values" : "")]
    if let view, let viewed { words.append("view of \(view.field) = \(viewed)") }
    if !hidden.isEmpty { words.append("unseen: \(hidden.joined(separator: ", "))") }
    return words
  }

  private func check(_ space: SearchSpace) throws(CommandFailure) {
    guard space.instances.count <= StateSets.maximumInstanceCount else {
      throw CommandFailure(
        "error: the model has \(space.instances.count) rule instances, and steps are observed of at"
          + " most \(StateSets.maximumInstanceCount)")
    }
  }

  // MARK: - By rules

  private func question(
    _ sight: Alphabet.Sight, _ system: TransitionSystem, _ options: ExplorationOptions,
    _ stop: StopCondition
  ) throws(CommandFailure) -> Question {
    guard system.pathSlot == nil, system.symbolicConstants.isEmpty else {
      throw CommandFailure(
        lines: [
          "error: the model leaves constants open, and an automaton is of one machine",
          "hint: swapcheck instantiate makes a model of some values for them",
        ])
    }
    let known = Set(system.rules.map(\.name))
    for name in hidden where !known.contains(name) {
      throw CommandFailure(
        lines: ["error: there is no rule \"\(name)\" that could be hidden"]
          + (didYouMean(name, among: known).map { ["hint: \($0)"] } ?? []))
    }
    if keepsValues {
      throw CommandFailure(
        lines: [
          "error: --values is about events of a map",
          "hint: --observe rules has the values of parameters, and --observe actors none",
        ])
    }
    let viewed = try viewedElement(system)
    guard let alphabet = Alphabet(of: sight, in: system, hiding: Set(hidden), view: viewed?.view)
    else {
      throw CommandFailure(
        lines: [
          "error: the model has more than \(Alphabet.mostInstances) rule instances, each an event",
          "hint: a map says which events there are: docs/automata.md",
        ])
    }
    let space = SearchSpace(system, exceptNamed: alphabet.named, stop: stop)
    try check(space)
    return Question(
      sets: StateSets(
        StepSource(space, options), judge: system, conditions: [], unseen: alphabet.unseen),
      alphabet: alphabet, start: [], end: nil,
      observed: words(observed == "rules" ? "rules" : "who acts", viewed: viewed?.word))
  }

  /// The element whose steps are seen, where rules have a parameter of that name.
  private func viewedElement(
    _ system: TransitionSystem
  ) throws(CommandFailure) -> (view: Alphabet.View, word: String)? {
    guard let view else { return nil }
    let parameters = system.rules.flatMap(\.parameters)
    guard let type = parameters.first(where: { $0.name == view.field })?.type else {
      throw CommandFailure(
        lines: ["error: --for \(view.field): no rule has such a parameter"]
          + (didYouMean(view.field, among: Set(parameters.map(\.name))).map { ["hint: \($0)"] }
            ?? []))
    }
    if let word = view.value {
      let count = type.valueCount ?? 0
      guard count > 0, count <= Alphabet.mostInstances,
        let value = (type.lower...type.upper).first(where: { type.describe($0) == word })
      else {
        throw CommandFailure(
          "error: --for \(view.field)=\(word): the parameter has no such value")
      }
      return (Self.view(view.field, type, value), word)
    }
    let all = Array(repeating: true, count: system.slotCount)
    let refused = SymmetryPlan(system, mayBeUndefined: all).refusals
    guard case .scalarset = type.kind,
      !refused.contains(where: { $0.type.identity == type.identity })
    else {
      throw CommandFailure(
        lines: [
          "error: --for \(view.field): its values are not interchangeable, so it matters whose view"
            + " it is",
          "hint: --for \(view.field)=\(type.describe(type.lower))",
        ])
    }
    return (Self.view(view.field, type, type.lower), type.describe(type.lower))
  }

  private static func view(_ name: String, _ type: ScalarType, _ value: Int64) -> Alphabet.View {
    var scalarset: Int?
    if case .scalarset = type.kind { scalarset = type.identity }
    return Alphabet.View(parameter: name, value: value, scalarset: scalarset)
  }
}

extension ObservedEvents.Question {
  /// What is shown of the automaton that has come of it.
  func shown(
    _ automaton: DeterministicAutomaton, of loaded: LoadedModel,
    _ figures: Determinisation.Figures
  ) -> ShownAutomaton {
    let wording = Wording(system: loaded.system, source: loaded.source)
    return ShownAutomaton(
      automaton, names: alphabet.symbols.map(\.name),
      origin: .init(
        model: loaded.source.path,
        constants: loaded.system.constants.map { ($0.name, $0.type.describe($0.value)) },
        observed: observed, setCount: figures.setCount, modelStateCount: figures.stateCount,
        violation: sets.firstViolation.map { wording.violation($0) }))
  }
}
