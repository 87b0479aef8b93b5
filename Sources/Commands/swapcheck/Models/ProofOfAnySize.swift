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
  /// Patches of the model, by their files.
  var patches: [String] = []
  /// Where found lemmas are written to, behind those that were proposed.
  let written: String?
  /// Where the proof is written to, with the smallest size of each constant that is left open.
  var proof: ([String: Int64]) -> ProofWriting? = { _ in nil }

  private var model: LoadedModel { proposed.model }

  /// The values of the model's constants.
  private var constants: AnySizeCheck.Sizes {
    Dictionary(
      model.system.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `CommandFailure` where sizes cannot be left open, `ReadingStopped`.
  func run() throws -> ProofResult {
    do {
      return try proved()
    } catch let ended as Ended {
      return ended.result
    }
  }

  /// Nothing is proved, and this came of it.
  private struct Ended: Error { let result: ProofResult }

  private func ended(
    _ verdict: ProofResult.Verdict, _ words: ProofWords, _ lemmas: Lemmas,
    at sizes: AnySizeCheck.Sizes, obstacles: [JSONValue] = [], _ violation: CheckReport? = nil
  ) throws -> Ended {
    var result = ProofResult(verdict, words, lemmas, least: try atLeast(1))
    (result.sizes, result.obstacles, result.violation) = (sizes, obstacles, violation)
    return Ended(result: result)
  }

  private func proved() throws -> ProofResult {
    let check = AnySizeCheck(
      try dimensions(), stop: stop, memoryByteCount: nil)
    let search = LemmaSearch(stop: stop) { Console.status("\(path): \(Self.words($0))") }
    var proposed = proposed
    var isSearching = false
    var last: String?
    // What is proved with all lemmas that were found.
    var whole: (result: ProofResult, text: String, count: Int)?
    while true {
      let report = AnySizeReport(
        LemmaReport(proposed, path: path), path: path, patches: patches)
      let cutoffs = try cutoffs(check, proposed)
      Console.error(report.cutoffs(cutoffs.most))
      switch try prove(check, cutoffs, proposed) {
      case .proved(let cutoffs, let checked):
        var result = ProofResult(
          .proved, report.proved(cutoffs, checked, least, with: constants), proposed,
          least: try atLeast(1))
        result.asked = (checked, cutoffs)
        guard isSearching else { return try kept(result) }
        let text = search.neededText
        if whole == nil {
          // Fewer are easier to read, and may be enough.
          whole = (result, text, search.neededCount)
          search.leaveOut(
            try ((1...Self.learntSize).map { try atLeast($0) } + [cutoffs]).map {
              try system(of: model.source, at: $0)
            })
          if search.neededText != text {
            proposed = try withFound(search.neededText)
            continue
          }
        }
        try keep(text, search.neededCount)
        return try kept(result)
      case .undecided(let sizes, let limit):
        // They are a beginning for another time.
        if let whole {
          try keep(whole.text, whole.count)
          return try kept(whole.result)
        }
        if isSearching { try keep(search) }
        throw try ended(.inconclusive, report.undecided(sizes, limit), proposed, at: sizes)
      case .notSymbolic(_, let reason): throw ModelCheck.failure(reason, model.source)
      case .noStartState(let sizes, let loss): throw try noStartState(loss, sizes)
      case .open(let sizes, let obstacles):
        if let whole {
          try keep(whole.text, whole.count)
          return try kept(whole.result)
        }
        if !isSearching {
          isSearching = true
          try begin(search, check, report)
          try close(search, at: atLeast(Self.learntSize), report)
        }
        try close(search, at: sizes, report)
        if last == search.neededText {
          // Elements may name one that is there at a larger size alone.
          let larger = cutoffs.withOutsiders(sizes)
          if larger != sizes { try close(search, at: larger, report) }
        }
        guard last != search.neededText else {
          let there = try loaded(proposed.model.source, at: sizes)
          try keep(search)
          throw try ended(
            .inconclusive, report.open(sizes, obstacles, there), proposed, at: sizes,
            obstacles: report.json(obstacles, there))
        }
        last = search.neededText
        proposed = try withFound(search.neededText)
      }
    }
  }

  /// The lemmas that were proposed, and those that were found.
  private func withFound(_ text: String) throws -> Lemmas {
    try proposed.with(text) { try system(of: $0, at: atLeast(2)) }
  }

  /// What is proved, written where that is wanted.
  private func kept(_ result: ProofResult) throws -> ProofResult {
    if let asked = result.asked {
      try proof(try atLeast(1))?.write(result.lemmas, asked.count, upTo: asked.most)
    }
    return result
  }

  private func loaded(
    _ source: SourceText, at sizes: AnySizeCheck.Sizes
  ) throws -> LoadedModel {
    LoadedModel(
      system: try system(of: source, at: sizes), source: source, meaning: model.meaning)
  }

  private static func words(_ progress: LemmaSearch.Progress) -> DisplayText {
    "\(progress.lemmas) lemma\(progress.lemmas == 1 ? "" : "s") found, \(progress.shown) of"
      + " \(progress.goals) shown"
  }

  private static func words(_ progress: AnySizeCheck.Progress) -> DisplayText {
    "asking about sizes up to \(AnySizeReport.words(progress.sizes)): \(progress.answered) of"
      + " \(progress.questions) answered"
      + (progress.answered == progress.questions ? ", Z3 has to agree" : "")
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
        cutoffs, CommandWatch(seconds: stop.seconds), recording: record,
        noting: { Console.status("\(path): \(Self.words($0))") }
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
          throw try ended(.inconclusive, report.falseLemma(sizes, overrides), proposed, at: sizes)
        }
        throw try ended(.violated, report.violated(sizes, overrides), proposed, at: sizes)
      case .some:
        throw try ended(.inconclusive, report.undecided(sizes, .ended(stop)), proposed, at: sizes)
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
    let there = try loaded(model.source, at: sizes)
    switch search.close(there.system) {
    case .closed: return
    case .stuck(let goal, let state):
      try showViolation(near: sizes)
      throw try ended(
        .inconclusive, report.stuck(goal, state, sizes, search.count, there), proposed, at: sizes,
        obstacles: report.json(excluding: state, there))
    case .notSymbolic(let reason): throw ModelCheck.failure(reason, model.source)
    case .violated, .tooManyStates, .stopped:
      try keep(search)
      throw try ended(.inconclusive, report.undecided(sizes, .ended(stop)), proposed, at: sizes)
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
      throw try ended(
        .violated, ProofWords("\(violation.headline)"), proposed, at: larger, violation)
    }
  }

  /// Elements more than at which a lemma is missing, up to which runs are looked at.
  private static let largerSizes: Int64 = 3

  private func keep(_ search: LemmaSearch) throws {
    try keep(search.neededText, search.neededCount)
  }

  private func keep(_ text: String, _ count: Int) throws {
    guard count > 0 else { return }
    if let written {
      // Whoever goes on from it gives one file.
      try OutputFile.write(proposed.proposedText + text, to: written)
    } else {
      Console.error("note: --write FILE writes the \(count) lemmas to a file\n")
    }
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
          + ", whose size could be left open: one is declared by `type cpu_t: scalarset(CPUS)`")
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
