import Checking
import Comparison
import Diagnostics
import Exploration
import Murphi
import Options
import Report
import Scenarios
import Settings
import TransitionSystem

/// Reviews changes of models, each at the sizes that a file of scenarios has for it.
struct ReviewRun {
  let settings: CheckSettings
  let observed: ObservedSteps
  let renamed: [String: String]
  /// Path of the file of scenarios; nil is `swapcheck.yml`, which need not be there.
  var scenarios: String?
  let tag: String?
  /// Whether several models are reviewed, of which names given mean some.
  var isOfRange = false
  /// What all of it may take.
  let whole: StopCondition

  typealias Side = (text: SourceText, constants: [String: Int64])

  /// Reviews one model.
  ///
  /// - Parameters:
  ///   - path: What the model is called.
  ///   - place: Where it lies, if that is somewhere else: scenarios know it by that.
  ///   - sizes: What it is looked at with; nil for its sizes among the scenarios.
  func review(
    _ path: String, at place: String? = nil, _ base: Side, _ head: Side, sizes given: [Size]? = nil
  ) throws -> ReviewReport.Entry {
    let hasSameText = Self.words(of: base.text) == Self.words(of: head.text)
    if hasSameText, base.constants == head.constants {
      return .onlyComments(model: path)
    }
    var sizes: [SizeReview] = []
    var texts: ModelPair?
    for size in try given ?? distinct(self.sizes(of: place ?? path, head.text), base, head) {
      let stop = whole.again()
      // What is read is named, and what was found of the others is kept, where the time is up meanwhile.
      let reading = StopCondition.forCommand(
        seconds: whole.seconds.map { max(Self.readingSeconds, $0 - whole.elapsed) })
      Console.status("\(path) \(size.name)")
      func pair(_ resized: [String: Int64], without absent: [String]) throws -> ModelPair {
        let constants = size.constants.merging(resized) { own, _ in own }
        // Both are read first: that both are wrong is no change for the worse.
        let first = load(base, constants, isHead: false, reading)
        let second = load(head, size.constants, isHead: true, reading)
        if reading.reason != nil { throw ReadingStopped() }
        // Of one text a change is one of constants, and a wrong name is a mistake of who asks.
        if case .failure(let failure) = first, hasSameText || second.isFailure {
          throw CommandFailure(failure.message)
        }
        if case .failure(let failure) = second, hasSameText {
          throw CommandFailure(failure.message)
        }
        return ModelPair(
          base: try first.get().without(absent), head: try second.get().without(absent),
          renamed: renamed, plainText: Self.plainText)
      }
      do {
        let whole = try pair([:], without: [])
        if texts == nil, !isOfRange { try checkNames(whole) }
        texts = texts ?? whole
        let asRead = size.without.isEmpty ? whole : try pair([:], without: size.without)
        // What somebody gives the model before the change, it has.
        let resized = DeclarationChange.resized(asRead).filter { base.constants[$0.key] == nil }
        let atHead = resized.isEmpty ? nil : try? pair(resized, without: size.without)
        let compared = atHead ?? asRead
        let baseConstants = size.constants.merging(atHead == nil ? [:] : resized) { own, _ in own }
        func source(_ side: Side, _ constants: [String: Int64]) -> ObservedSteps.Reading {
          (side.text, constants.merging(side.constants) { $1 }, settings.dialect.dialect)
        }
        let observation = try observed.observation(
          of: compared, source(base, baseConstants), source(head, size.constants))
        let request = size.settings.request(compared.base.system, stop: stop)
        sizes.append(
          SizeReview.make(
            name(of: size, compared, base, head), compared, request, observing: observation,
            allowing: size.allowance,
            CommandWatch()))
      } catch let unreadable as Unreadable {
        return .unreadable(
          model: path, headIsBroken: unreadable.isHead, message: unreadable.message)
      }
      if UserInterrupt.isRequested { break }
    }
    guard let texts else { throw ReadingStopped() }
    return .reviewed(ModelReview(model: path, sizes: sizes, texts: texts))
  }

  /// At least, for each size.
  private static let readingSeconds = 2.0

  /// Whether names that are ignored or renamed are those of rules.
  private func checkNames(_ pair: ModelPair) throws(CommandFailure) {
    let before = Set(pair.base.system.rules.map(\.name))
    let after = Set(pair.head.system.rules.map(\.name))
    for name in observed.hidden.sorted() where !before.union(after).contains(name) {
      throw CommandFailure("error: --ignore \(name): there is no rule of this name")
    }
    for (old, new) in renamed.sorted(by: { $0.key < $1.key }) {
      guard before.contains(old), after.contains(new) else {
        throw CommandFailure(
          "error: --rename \(old)=\(new): `\(old)` is to be a rule before the change, and `\(new)`"
            + " one after it")
      }
    }
  }

  private func load(
    _ side: Side, _ constants: [String: Int64], isHead: Bool, _ stop: StopCondition
  ) -> Result<ModelPair.Model, Unreadable> {
    let loaded = MurphiModel.load(
      side.text, overrides: constants.merging(side.constants) { $1 },
      dialect: settings.dialect.dialect, stop: stop)
    guard let system = loaded.system else {
      let errors = DiagnosticRenderer().render(
        loaded.diagnostics.filter { $0.severity == .error }, of: side.text)
      return .failure(Unreadable(isHead: isHead, message: errors))
    }
    return .success(ModelPair.Model(system: system, source: side.text))
  }

  private struct Unreadable: Error {
    let isHead: Bool
    let message: DisplayText
  }

  /// A text without comments and layout.
  private static func words(of text: SourceText) -> [String] {
    Lexer.lex(text).tokens.map { text.text(of: $0.span) }
  }

  private static let plainText: @Sendable (SourceText, SourceSpan) -> String = { source, span in
    let part = SourceText(path: "", text: source.text(of: span))
    var text = ""
    for word in Lexer.lex(part).tokens.map({ part.text(of: $0.span) }) where !word.isEmpty {
      let isTight =
        text.isEmpty || "[(.!".contains(text.last ?? " ")
        || (word != ":=" && "])[;,.:".contains(word.first ?? " "))
        || word == "(" && text.last?.isLetter == true
      text += isTight ? word : " " + word
    }
    return text
  }

  // MARK: - Sizes

  /// Values of constants that a model is looked at with, how it is checked then, and what a change may
  /// do.
  struct Size {
    var name = ""
    var constants: [String: Int64] = [:]
    /// Names of rules that both models are looked at without, where they have them.
    var without: [String] = []
    var settings: CheckSettings
    var allowance = Allowance()
  }

  /// The size's name, with what the command line says of constants and the scenario does not.
  private func name(of size: Size, _ pair: ModelPair, _ base: Side, _ head: Side) -> String {
    let given = Set(base.constants.keys).union(head.constants.keys).sorted()
    let words = given.compactMap { name -> String? in
      func value(_ model: ModelPair.Model) -> (number: Int64, text: String)? {
        model.system.constants.first { $0.name == name }.map {
          ($0.value, $0.type.describe($0.value))
        }
      }
      guard let before = value(pair.base), let after = value(pair.head) else { return nil }
      if before.number == after.number {
        return size.constants[name] == after.number ? nil : "\(name)=\(after.text)"
      }
      return "\(name)=\(before.text) > \(after.text)"
    }.joined(separator: ", ")
    if words.isEmpty || size.name.isEmpty { return size.name + words }
    return "\(size.name) with \(words)"
  }

  /// The sizes without those that ask the same since some constants were given: of these, one whose
  /// scenario says what the head has is kept, else the first.
  private func distinct(_ sizes: [Size], _ base: Side, _ head: Side) -> [Size] {
    if base.constants.isEmpty, head.constants.isEmpty { return sizes }
    var positions: [Question: Int] = [:]
    var kept: [Size] = []
    for size in sizes {
      let constants = size.constants.merging(head.constants) { $1 }
      let question = Question(
        base: size.constants.merging(base.constants) { $1 }, head: constants,
        without: Set(size.without), settings: size.settings)
      if let position = positions[question] {
        if size.constants == constants, kept[position].constants != constants {
          kept[position] = size
        }
      } else {
        positions[question] = kept.count
        kept.append(size)
      }
    }
    return kept
  }

  private struct Question: Hashable {
    let base: [String: Int64]
    let head: [String: Int64]
    let without: Set<String>
    let settings: CheckSettings
  }

  /// The model's sizes among the scenarios; the constants of its text where there is none.
  private func sizes(of path: String, _ source: SourceText) throws -> [Size] {
    let list = try ScenarioList(file: scenarios).scenarios(of: path, source)
    let sizes = list.chosen(tag: tag).map {
      size(of: $0, constants: $0.constants)
    }
    guard sizes.isEmpty else { return sizes }
    if let tag { throw CommandFailure("\(path): error: no scenario of it has the tag `\(tag)`") }
    return [Size(settings: settings)]
  }

  /// What a scenario asks, with some values of constants.
  func size(of scenario: Scenario, constants: [String: Int64]) -> Size {
    var settings = settings
    settings.deadlock = scenario.settings.deadlock
    settings.symmetry = scenario.settings.symmetry
    return Size(
      name: scenario.name, constants: constants, without: scenario.without, settings: settings,
      allowance: Allowance(
        deadRules: Set(scenario.deadRules),
        measures: scenario.measures.mapValues {
          Int64($0.least ?? .min)...Int64($0.greatest ?? .max)
        }))
  }
}

extension ModelPair.Model {
  fileprivate func without(_ rules: [String]) -> ModelPair.Model {
    ModelPair.Model(system: system.without(rulesNamed: Set(rules)), source: source)
  }
}

extension Result {
  fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
