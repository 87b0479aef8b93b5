import Checking
import Cutoffs
import Diagnostics
import Exploration
import LemmaSearch
import Murphi
import Options
import Proving
import Report
import Symbolic
import Trace
import TransitionSystem

/// A proof for all sizes of a model's scalarsets.
struct ProofOfAnySize {
  let proposed: Lemmas
  let path: String
  let overrides: [String: Int64]
  /// For each constant that says a size, the smallest that is asked about.
  let least: [String: Int64]
  let settings: CheckSettings
  let stop: StopCondition
  /// Where found lemmas are written to.
  let written: String?
  /// Where the proof is written to, with the smallest size of each constant that is left open.
  var proof: ([String: Int64]) -> ProofWriting? = { _ in nil }

  private var model: LoadedModel { proposed.model }

  /// The values of the model's constants.
  private var constants: AnySizeCheck.Sizes {
    Dictionary(
      model.system.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `CommandFailure` where sizes cannot be left open, `Exit`.
  func run() throws {
    let check = AnySizeCheck(
      try dimensions(), stop: stop, memoryByteCount: nil)
    let search = LemmaSearch(stop: stop)
    var proposed = proposed
    var isSearching = false
    var last: String?
    while true {
      let report = AnySizeReport(LemmaReport(proposed, path: path), path: path)
      let cutoffs = try cutoffs(check, proposed)
      Console.error(report.cutoffs(cutoffs.most))
      let outcome = try prove(check, cutoffs, proposed)
      switch outcome {
      case .proved(let cutoffs, let checked):
        if isSearching { try keep(search) }
        try proof(try atLeast(1))?.write(
          proposed, sizes: "\(checked), up to \(AnySizeReport.words(cutoffs))")
        return Console.write(report.proved(cutoffs, checked, least, with: constants))
      case .undecided(let sizes, let limit):
        // They are a beginning for another time.
        if isSearching { try keep(search) }
        throw undecided(report.undecided(sizes, limit))
      case .notSymbolic(_, let reason): throw ModelCheck.failure(reason, model.source)
      case .noStartState(let sizes, let loss): throw try noStartState(loss, sizes)
      case .open(let sizes, let obstacles):
        if !isSearching {
          isSearching = true
          try begin(search, check, report)
          try close(search, at: atLeast(Self.learntSize), report)
        }
        try close(search, at: sizes, report)
        guard last != search.neededText else {
          let system = try system(of: proposed.model.source, at: sizes)
          try keep(search)
          throw undecided(
            report.open(
              sizes, obstacles,
              LoadedModel(
                system: system, source: proposed.model.source, meaning: model.meaning)))
        }
        last = search.neededText
        proposed = try self.proposed.with(search.neededText) {
          try system(of: $0, at: atLeast(2))
        }
      }
    }
  }

  /// Elements of each scalarset, up to which all states are looked at.
  private static let learntSize: Int64 = 3

  func cutoffs(
    _ check: AnySizeCheck, _ proposed: Lemmas
  ) throws -> AnySizeCutoffs {
    // Of one element alone nothing is told apart.
    let small = try system(of: proposed.model.source, at: atLeast(2))
    let counts = try counts(proposed.model.source, small)
    do throws(CutoffRefusal) {
      return try check.cutoffs(small, counts)
    } catch {
      throw refusal(error, in: proposed)
    }
  }

  private func sizeConstants(_ source: SourceText) -> SizeConstants {
    SizeConstants(
      source, dialect: model.meaning.dialect, values: constants, fixed: Set(overrides.keys))
  }

  /// What a model says about how many elements there are.
  private func counts(
    _ source: SourceText, _ system: TransitionSystem
  ) throws(CommandFailure) -> ElementCounts {
    let constants = sizeConstants(source)
    return ElementCounts(
      system,
      sizes: Dictionary(
        try dimensions().map { ($0.constant, $0.scalarset) }, uniquingKeysWith: { $1 }),
      uses: constants.otherUses,
      bounds: constants.bounds.bounds.mapValues { ($0.constant, $0.factors) },
      inTypes: constants.bounds.uses)
  }

  /// - Parameter record: Told what is asked at each size.
  func prove(
    _ check: AnySizeCheck, _ cutoffs: AnySizeCutoffs, _ proposed: Lemmas,
    recording record: (@Sendable (AnySizeCheck.Sizes, InductionObligations) -> Void)? = nil
  ) throws -> AnySizeCheck.Outcome {
    do {
      return try check.prove(
        cutoffs, CommandWatch(seconds: stop.seconds), recording: record
      ) {
        try system(of: proposed.model.source, at: $0)
      }
    } catch let error as CutoffRefusal {
      throw refusal(error, in: proposed)
    }
  }

  // MARK: - Lemmas

  /// Looks at all states of small sizes, as far as there are not too many.
  private func begin(
    _ search: LemmaSearch, _ check: AnySizeCheck, _ report: AnySizeReport
  ) throws {
    var hasLearnt = false
    for sizes in check.sizes(upTo: try atLeast(Self.learntSize)).reversed() {
      switch search.learn(from: try system(of: model.source, at: sizes)) {
      case nil: hasLearnt = true
      case .tooManyStates?: continue
      case .violated?:
        guard case .violated? = LemmaSearch(stop: stop).learn(from: try own(at: sizes)) else {
          throw undecided(report.falseLemma(sizes, overrides))
        }
        Console.write(report.violated(sizes, overrides))
        throw Exit.violated
      case .some: throw undecided(report.undecided(sizes, .ended(stop)))
      }
    }
    guard hasLearnt else {
      throw CommandFailure("\(path): error: there are too many states to learn lemmas from")
    }
  }

  /// The model at some sizes, without the lemmas that are proposed.
  private func own(at sizes: AnySizeCheck.Sizes) throws -> TransitionSystem {
    let system = try system(of: model.source, at: sizes)
    return system.silencing(Set(proposed.ownCount..<system.properties.count))
  }

  /// Finds lemmas with which nothing is broken at a size.
  private func close(
    _ search: LemmaSearch, at sizes: AnySizeCheck.Sizes, _ report: AnySizeReport
  ) throws {
    let system = try system(of: model.source, at: sizes)
    switch search.close(system) {
    case .closed: return
    case .stuck(let goal, let state):
      try showViolation(near: sizes)
      let model = LoadedModel(system: system, source: model.source, meaning: model.meaning)
      Console.write(report.stuck(goal, state, sizes, search.count, model))
      throw Exit.inconclusive
    case .notSymbolic(let reason): throw ModelCheck.failure(reason, model.source)
    case .violated, .tooManyStates, .stopped:
      try keep(search)
      throw undecided(report.undecided(sizes, .ended(stop)))
    }
  }

  func noStartState(
    _ loss: StartStateLoss, _ sizes: AnySizeCheck.Sizes
  ) throws -> CommandFailure {
    ModelCheck.noStartState(
      loss, try system(of: proposed.model.source, at: sizes), proposed.model.source)
  }

  /// What is not excluded may be reached, at this size or a larger one.
  private func showViolation(near sizes: AnySizeCheck.Sizes) throws {
    var settings = settings
    settings.deadlock = .off
    for more in 0...Self.largerSizes {
      let larger = sizes.mapValues { $0 + more }
      let model = LoadedModel(
        system: try own(at: larger), source: model.source, meaning: model.meaning)
      guard let violation = try ShortRuns.violation(of: model, settings, stop) else { continue }
      Console.error("note: with \(AnySizeReport.words(larger))\n")
      Console.write(violation.text(Console.reportStyle))
      throw Exit.violated
    }
  }

  /// Elements more than at which a lemma is missing, up to which runs are looked at.
  private static let largerSizes: Int64 = 3

  private func keep(_ search: LemmaSearch) throws {
    guard search.neededCount > 0 else { return }
    if let written {
      try OutputFile.write(search.neededText, to: written)
    } else {
      Console.error("note: --write FILE writes the \(search.neededCount) lemmas to a file\n")
    }
  }

  private func undecided(_ text: DisplayText) -> any Error {
    Console.write(text)
    return UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive
  }

  // MARK: - Sizes

  func dimensions() throws(CommandFailure) -> [AnySizeCheck.Dimension] {
    let constants = sizeConstants(model.source)
    var found: [AnySizeCheck.Dimension] = []
    for type in model.system.scalarsets {
      guard let name = type.name, let constant = constants.constants[name] else {
        throw CommandFailure(
          "\(path): error: the scalarset \(DisplayText(type.name ?? "without a name")) has no constant"
            + " for its size, which could be left open")
      }
      // It has one size.
      if overrides[constant] != nil { continue }
      if found.contains(where: { $0.constant == constant }) {
        throw CommandFailure(
          "\(path): error: \(DisplayText(constant)) is the size of two scalarsets; with a constant for"
            + " each of them, their sizes can be left open")
      }
      if let least = least[constant], least < 1 {
        throw CommandFailure(
          "\(path): error: --least \(DisplayText(constant)): a size is at least 1")
      }
      found.append(
        AnySizeCheck.Dimension(
          scalarset: name, constant: constant, least: least[constant] ?? 1))
    }
    for name in least.keys where !found.contains(where: { $0.constant == name }) {
      throw CommandFailure(
        "\(path): error: --least \(DisplayText(name)): this is not the size of a scalarset")
    }
    guard !found.isEmpty else {
      throw CommandFailure(
        "\(path): error: the model has no scalarset"
          + (overrides.isEmpty ? "" : " without a size that --set gives")
          + ", whose size could be left open")
    }
    return found
  }

  /// Sizes at which all scalarsets have so many elements.
  func atLeast(_ size: Int64) throws(CommandFailure) -> AnySizeCheck.Sizes {
    var sizes: AnySizeCheck.Sizes = [:]
    for dimension in try dimensions() { sizes[dimension.constant] = max(size, dimension.least) }
    return sizes
  }

  func system(
    of source: SourceText, at sizes: AnySizeCheck.Sizes
  ) throws -> TransitionSystem {
    let loaded = MurphiModel.load(
      source, overrides: overrides.merging(sizes) { $1 }, dialect: model.meaning.dialect,
      stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    guard let system = loaded.system else {
      let words = sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      throw CommandFailure(
        lines: ["\(path): error: with \(words.joined(separator: " ")) the model has errors:"]
          + loaded.diagnostics.prefix(1).map(\.message))
    }
    return system
  }

  // MARK: - Refusals

  private func failure(
    _ words: String, at span: SourceSpan, in lemmas: Lemmas
  ) -> CommandFailure {
    CommandFailure("\(lemmas.place(of: span)): error: \(DisplayText(words))")
  }

  /// - Parameter lemmas: What the sizes were counted of: the lemmas that were proposed, or more.
  private func refusal(_ refusal: CutoffRefusal, in lemmas: Lemmas) -> CommandFailure {
    let words =
      switch refusal.reason {
      case .chain(let name):
        "no size of \(name) stands for all larger ones: here each element of it leads to another one, and so"
          + " on; where it is not the only scalarset, --set gives it a size, and others are left open"
      case .sharedByRounds:
        "what a round of a loop over elements leaves here is not of its element alone, so that no size"
          + " stands for all larger ones; a round may write to what is of its element, or add to one number"
          + " and do nothing else"
      case .sizeIsUsed(let constant):
        "\(constant) says more here than how many elements there are, so that nothing is known of other"
          + " sizes; it may be compared with, and be the last value of a local variable that counts"
      case .sumIsUsed:
        "how many elements there are is known at each size alone; it may be compared with numbers that do"
          + " not grow with sizes, added up, and assigned to a variable of fixed range"
      case .sumsAreCompared:
        "numbers of elements are compared with each other here, so that no size stands for all larger ones"
      case .countHasNoRoom:
        "that there is room for what is counted here is not seen for all sizes; a range up to the size of"
          + " the scalarset has it"
      case .unboundedRepetition:
        "this is repeated, nobody knows how often, and asks about all elements"
      case .mixedIndex: "a union with a scalarset in it is run over here, or a multiset of arrays"
      case .priorities: "rules have priorities: that none goes before is asked of all elements"
      case .symbolicConstants:
        "the model has symbolic constants; `swapcheck instantiate` gives them values"
      case .notInterchangeable(let name): "elements of \(name) are told apart here"
      case .tooManyElements(let name, let count):
        "\(count) elements of \(name) stand for all larger sizes, which are too many to ask about"
      case .tooLarge: "there are too many ways through this"
      }
    if refusal.span == .none { return CommandFailure("\(path): error: \(DisplayText(words))") }
    return failure(words, at: refusal.span, in: lemmas)
  }
}
