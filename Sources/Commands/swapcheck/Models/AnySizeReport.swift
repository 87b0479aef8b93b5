import Checking
import Diagnostics
import Exploration
import LemmaSearch
import Proving
import Report

/// What came of a proof for all sizes, as text.
struct AnySizeReport {
  private let lemmas: LemmaReport
  private let path: String

  init(_ lemmas: LemmaReport, path: String) {
    (self.lemmas, self.path) = (lemmas, path)
  }

  /// What is asked about at first, before it is.
  func cutoffs(_ cutoffs: AnySizeCheck.Sizes) -> DisplayText {
    "note: begins with sizes up to \(Self.words(cutoffs))\n"
  }

  func proved(
    _ cutoffs: AnySizeCheck.Sizes, _ checked: Int, _ least: AnySizeCheck.Sizes,
    with constants: AnySizeCheck.Sizes
  ) -> DisplayText {
    var sizes = cutoffs.keys.sorted().map { "\($0)>=\(least[$0] ?? 1)" }.joined(separator: " ")
    let fixed = constants.filter { cutoffs[$0.key] == nil }
    if !fixed.isEmpty { sizes += ", with \(Self.words(fixed))" }
    return lemmas.lines([
      "\(path): proved for all sizes, \(sizes): invariants, and that no rule goes wrong, by induction"
        + " over \(lemmas.counts) together, at \(checked) size\(checked == 1 ? "" : "s") up to \(Self.words(cutoffs))"
    ])
  }

  /// - Parameter fixed: Constants that have been given values.
  func violated(
    _ sizes: AnySizeCheck.Sizes, _ fixed: AnySizeCheck.Sizes
  ) -> DisplayText {
    let flags = sizes.merging(fixed) { $1 }.sorted { $0.key < $1.key }
      .map { "--set \($0.key)=\($0.value)" }
    return lemmas.lines([
      "\(path): violated for \(Self.words(sizes)): `swapcheck check \(path)"
        + " \(DisplayText(flags.joined(separator: " ")))` shows the run"
    ])
  }

  /// A proposed lemma does not hold in a state that is reached.
  func falseLemma(
    _ sizes: AnySizeCheck.Sizes, _ fixed: AnySizeCheck.Sizes
  ) -> DisplayText {
    lemmas.lines([
      "\(path): inconclusive: a lemma that was proposed does not hold in a state that is reached for"
        + " \(Self.words(sizes.merging(fixed) { $1 }))"
    ])
  }

  /// What keeps the lemmas from being inductive at a size.
  func open(
    _ sizes: AnySizeCheck.Sizes,
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)],
    _ model: LoadedModel
  ) -> DisplayText {
    lemmas.at(model).open(obstacles) + "note: with \(Self.words(sizes))\n"
  }

  /// A state that no lemma excludes.
  func stuck(
    _ goal: LemmaSearch.Goal, _ state: [Int64], _ sizes: AnySizeCheck.Sizes, _ count: Int,
    _ model: LoadedModel
  ) -> DisplayText {
    let what: DisplayText =
      switch goal {
      case .property(let number): lemmas.name(.property(number))
      case .rules: "that no rule goes wrong"
      case .lemma(let number): "lemma \(number + 1)"
      }
    return lemmas.lines([
      "\(path): inconclusive: of \(count) lemmas that were found none excludes a state from which"
        + " \(what) is broken, for \(Self.words(sizes))",
      "  state:  \(lemmas.at(model).words(state))",
    ])
  }

  func undecided(_ sizes: AnySizeCheck.Sizes, _ limit: ExplorationLimit) -> DisplayText {
    lemmas.lines(["\(path): \(Wording.inconclusive(limit)), for \(Self.words(sizes))"])
  }

  static func words(_ sizes: AnySizeCheck.Sizes) -> DisplayText {
    DisplayText(
      sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
  }
}
