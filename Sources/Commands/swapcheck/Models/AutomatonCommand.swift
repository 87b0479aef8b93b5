import ArgumentParser
import Automata
import AutomatonReports
import Checking
import Conformance
import Diagnostics
import Evaluation
import EventLogs
import Exploration
import LogConformance
import Options
import Report

struct AutomatonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "automaton",
    abstract: "Makes the smallest automaton of what can be observed of a model.",
    discussion: """
      Examples:
        swapcheck automaton Models/cpuhp.m --observe events.yml --for cpu
        swapcheck automaton MODEL.m --observe events.yml --output monitor.dot
        swapcheck automaton Models/kexec.m --observe actors --output kexec.svg

      The form dot is read by the kernel's generator of monitors, rvgen:
      docs/automata.md.

      Exit codes: 0 here it is; 2 error; 3 too large, or not found within the limits;
      130 interrupted.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Option(
    help: ArgumentHelp(
      "What is observed: a map of events, as conform has it; rules, with their parameters; or"
        + " actors, who acts.", valueName: "MAP|rules|actors"),
    completion: .file(extensions: ["yml"]))
  var observe: String

  @Option(
    help: ArgumentHelp(
      "A rule, or an event of the map, that nobody sees; may be repeated.", valueName: "NAME"))
  var hide: [String] = []

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "The view of one element, such as of one CPU: where this field, or this parameter of a rule,"
        + " is another one, nothing is seen.", valueName: "FIELD[=VALUE]"))
  var view: String?

  @Flag(help: "Events of a map have the values of their fields, and are told apart by them.")
  var values = false

  @OptionGroup var model: ModelOptions

  @Option(
    help: ArgumentHelp(
      "The most states of the automaton, before it is made smaller.", valueName: "N"))
  var maxStates = 65_536

  @Option(.timeout) var timeout: String?
  @Option(.memory) var memory: String?
  @Option(.executor) var executor: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Writes it to a file whose ending says the form: .dot, .svg, .json or .txt.",
      valueName: "FILE"), completion: .file())
  var output: String?

  @Flag(name: .shortAndLong, help: "All states, in place of what fits on some screens.")
  var verbose = false

  @Option(help: "text, dot, svg or json.")
  var format: AutomatonFormat?

  private var given: [(CheckOption, String?)] {
    [(.timeout, timeout), (.memory, memory), (.executor, executor)]
  }

  func validate() throws {
    try Given.check(given)
    if maxStates < 1 { throw ValidationError("--max-states is a number from 1 on") }
    if let output, AutomatonFormat(ending: output) == nil {
      throw ValidationError(
        "--output ends in .dot, .gv, .svg, .json or .txt: \(DisplayText(output).description)")
    }
    if output != nil, format != nil {
      throw ValidationError("--output says the form by its ending, and --format is left out")
    }
    if let view, view.isEmpty || view.hasPrefix("=") {
      throw ValidationError("--for takes a field, or FIELD=VALUE: \(DisplayText(view).description)")
    }
  }

  private var fieldView: MapAlphabet.FieldView? {
    view.map { view in
      let equals = view.firstIndex(of: "=")
      return MapAlphabet.FieldView(
        field: String(view[..<(equals ?? view.endIndex)]),
        value: equals.map { String(view[view.index(after: $0)...]) })
    }
  }

  func run() throws {
    let overrides = try model.overrides()
    var chosen = CheckSettings()
    try Given.apply(given + [(.dialect, model.dialect)], to: &chosen)
    let settings = chosen
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    try WatchedRun.run(stop, { self.noReport($0) }) { try make(overrides, settings, stop) }
  }

  private func make(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ stop: StopCondition
  ) throws {
    let loaded = try ModelFile.load(
      path, patches: model.patching.patches, overrides: overrides,
      dialect: settings.dialect.dialect, .named(timeoutSeconds: settings.timeoutSeconds), stop: stop
    )
    let options = settings.request(loaded.system, stop: stop).options
    let question = try ObservedEvents(
      observed: observe, hidden: hide, keepsValues: values, view: fieldView
    ).question(loaded, overrides: overrides, options, stop: stop)
    let shown = try automaton(question, loaded, options, stop)
    Console.clearStatus()
    let form = output.flatMap { AutomatonFormat(ending: $0) } ?? format ?? .text
    guard let text = form.text(shown, isWhole: verbose || output != nil) else {
      throw CommandFailure(
        lines: [
          "error: the automaton has \(shown.states.count) states, and \(ShownAutomaton.pictureLimit)",
          "hint: --format dot is drawn by Graphviz; or hide events: --hide NAME, --for FIELD",
        ])
    }
    if let output {
      try OutputFile.write(text.description, to: output)
    } else if form == .text {
      Console.write(text)
    } else {
      Console.write(program: text.description)
    }
    if form != .text { for remark in shown.remarks { Console.error("note: \(remark)") } }
    try Exit.end(with: Exit.verified)
  }

  private func automaton(
    _ question: ObservedEvents.Question, _ loaded: LoadedModel, _ options: ExplorationOptions,
    _ stop: StopCondition
  ) throws -> ShownAutomaton {
    let sets = question.sets
    var determinisation = Determinisation(
      sets, question.alphabet, end: question.end,
      limits: .init(setCount: maxStates, byteCount: options.memoryByteCount ?? .max))
    let outcome = try outcome(&determinisation, question, options, stop)
    if let failure = sets.states.source.compilationFailure {
      Console.error("note: rules are interpreted: \(failure)")
    }
    switch outcome {
    case .automaton(let automaton):
      guard let minimal = automaton.minimal(while: { !stop.isDue() }) else {
        throw tooLarge(.ended(stop), determinisation.figures)
      }
      return question.shown(minimal, of: loaded, determinisation.figures)
    case .tooManySets: throw tooLarge(nil, determinisation.figures)
    case .limited(let limit): throw tooLarge(limit, determinisation.figures)
    }
  }

  private func outcome(
    _ determinisation: inout Determinisation, _ question: ObservedEvents.Question,
    _ options: ExplorationOptions, _ stop: StopCondition
  ) throws(CommandFailure) -> Determinisation.Outcome {
    let start: StateSets.Node?
    let byteCount = options.memoryByteCount ?? .max
    do throws(Undecided) {
      start =
        switch question.among {
        case .startStates: try question.sets.start(question.start)
        case .reachableStates:
          try question.sets.reachable(
            question.start,
            while: { !stop.isDue() && question.sets.byteCount <= byteCount })
        }
    } catch {
      return .limited(stop.isDue() ? .ended(stop) : .undecided(error))
    }
    guard let start else {
      if stop.isDue() { return .limited(.ended(stop)) }
      if question.sets.byteCount > byteCount { return .limited(.bytes(byteCount)) }
      throw CommandFailure("error: no state of the model is one that a run may begin in")
    }
    return determinisation.run(from: start) { figures in
      Console.status(
        "\(Wording.grouped(figures.setCount)) sets of states,"
          + " \(Wording.grouped(figures.setCount - figures.doneCount)) to go,"
          + " \(Wording.grouped(figures.stateCount)) states of the model")
    }
  }

  /// How far it came, and what makes it smaller.
  ///
  /// - Parameter limit: Nil for that of sets.
  private func tooLarge(
    _ limit: ExplorationLimit?, _ figures: Determinisation.Figures
  ) -> CommandFailure {
    let what =
      limit.map(Wording.limit) ?? "there are more than \(Wording.grouped(maxStates)) sets of states"
    return CommandFailure(
      lines: [
        "\(path): inconclusive: \(what)",
        "There were \(Wording.grouped(figures.setCount)) sets of"
          + " \(Wording.grouped(figures.stateCount)) states of the model, and what follows was known"
          + " of \(Wording.grouped(figures.doneCount)).",
        "hint: the view of one element (--for FIELD), fewer events (--hide NAME) or fewer elements"
          + " (--set) make it smaller; --max-states, --timeout and --memory are the limits",
      ], code: limit == .cancelled ? Exit.interrupted : Exit.inconclusive)
  }

  private func noReport(_ limit: ExplorationLimit) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    return LastWords("\(path): \(Wording.inconclusive(limit))\n", code: code)
  }
}

/// A form of automata.
enum AutomatonFormat: String, CaseIterable, ExpressibleByArgument {
  case text, dot, svg, json

  /// By the ending of a file's name.
  init?(ending path: String) {
    switch path.split(separator: "/").last?.split(separator: ".").last {
    case "dot", "gv": self = .dot
    case "svg": self = .svg
    case "json": self = .json
    case "txt": self = .text
    default: return nil
    }
  }

  /// Nil where it is too large for a picture.
  func text(_ automaton: ShownAutomaton, isWhole: Bool) -> DisplayText? {
    switch self {
    case .text: automaton.text(isWhole: isWhole)
    case .dot: DisplayText(document: automaton.dot)
    case .svg: automaton.svg.map { DisplayText(document: $0) }
    case .json: DisplayText(document: automaton.json.text + "\n")
    }
  }
}
