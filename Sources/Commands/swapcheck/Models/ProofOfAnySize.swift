import Checking
import Cutoffs
import Diagnostics
import Exploration
import Murphi
import Report
import TransitionSystem

/// A proof for all sizes of a model's scalarsets.
struct ProofOfAnySize {
  let proposed: Lemmas
  let path: String
  let overrides: [String: Int64]
  /// For each constant that says a size, the smallest that is asked about.
  let least: [String: Int64]
  let stop: StopCondition
  let memoryByteCount: Int?

  private var model: LoadedModel { proposed.model }

  /// - Throws: `CommandFailure` where sizes cannot be left open, `Exit`.
  func run() throws {
    let check = AnySizeCheck(
      try dimensions(), stop: stop, memoryByteCount: memoryByteCount)
    let small = try system(at: atLeastTwo())
    let cutoffs: AnySizeCheck.Sizes
    do throws(CutoffRefusal) {
      cutoffs = try check.cutoffs(small)
    } catch {
      throw refusal(error)
    }
    let report = AnySizeReport(LemmaReport(proposed, path: path), path: path)
    Console.error(report.cutoffs(cutoffs))
    let outcome = try check.prove(upTo: cutoffs, CommandWatch(seconds: stop.seconds)) {
      try system(at: $0)
    }
    switch outcome {
    case .proved(let cutoffs, let checked): Console.write(report.proved(cutoffs, checked, least))
    case .open(let sizes, let obstacles):
      Console.write(report.open(sizes, obstacles, try lemmas(at: sizes)))
      throw Exit.inconclusive
    case .undecided(let sizes, let limit):
      Console.write(report.undecided(sizes, limit))
      throw UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive
    }
  }

  // MARK: - Sizes

  private func dimensions() throws(CommandFailure) -> [AnySizeCheck.Dimension] {
    let constants = SizeConstants(model.source, dialect: model.meaning.dialect)
    var found: [AnySizeCheck.Dimension] = []
    for type in model.system.scalarsets {
      guard let name = type.name, let constant = constants.constants[name] else {
        throw CommandFailure(
          "\(path): error: the scalarset \(DisplayText(type.name ?? "without a name")) has no constant"
            + " for its size, which could be left open")
      }
      if let use = constants.otherUses[constant] {
        throw failure(
          "\(constant) says more than how many elements \(name) has, so that nothing is known of other"
            + " sizes", at: use)
      }
      if found.contains(where: { $0.constant == constant }) {
        throw CommandFailure(
          "\(path): error: \(DisplayText(constant)) is the size of two scalarsets; with a constant for"
            + " each of them, their sizes can be left open")
      }
      found.append(
        AnySizeCheck.Dimension(scalarset: name, constant: constant, least: least[constant] ?? 1))
    }
    for name in least.keys where !found.contains(where: { $0.constant == name }) {
      throw CommandFailure(
        "\(path): error: --least \(DisplayText(name)): this is not the size of a scalarset")
    }
    guard !found.isEmpty else {
      throw CommandFailure(
        "\(path): error: the model has no scalarset, whose size could be left open")
    }
    return found
  }

  /// Sizes at which all scalarsets have two elements: of one alone nothing is told apart.
  private func atLeastTwo() throws(CommandFailure) -> AnySizeCheck.Sizes {
    var sizes: AnySizeCheck.Sizes = [:]
    for dimension in try dimensions() { sizes[dimension.constant] = max(2, dimension.least) }
    return sizes
  }

  private func lemmas(at sizes: AnySizeCheck.Sizes) throws -> LoadedModel {
    let loaded = MurphiModel.load(
      model.source, overrides: overrides.merging(sizes) { $1 }, dialect: model.meaning.dialect,
      stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    guard let system = loaded.system else {
      let words = sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      throw CommandFailure(
        lines: ["\(path): error: with \(words.joined(separator: " ")) the model has errors:"]
          + loaded.diagnostics.prefix(1).map(\.message))
    }
    return LoadedModel(system: system, source: model.source, meaning: model.meaning)
  }

  private func system(at sizes: AnySizeCheck.Sizes) throws -> TransitionSystem {
    try lemmas(at: sizes).system
  }

  // MARK: - Refusals

  private func failure(_ words: String, at span: SourceSpan) -> CommandFailure {
    let place = model.source.position(of: span.start)
    return CommandFailure("\(path):\(place.line):\(place.column): error: \(DisplayText(words))")
  }

  private func refusal(_ refusal: CutoffRefusal) -> CommandFailure {
    let words =
      switch refusal.reason {
      case .chain(let name):
        "no size of \(name) stands for all larger ones: an element of it leads to one of the same, and so"
          + " on"
      case .sharedByRounds:
        "what a round of a loop over elements leaves here is not of its element alone, so that no size"
          + " stands for all larger ones"
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
    return failure(words, at: refusal.span)
  }
}
