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
  private let patches: [String]

  /// - Parameter patches: Of the model, by their files.
  init(_ lemmas: LemmaReport, path: String, patches: [String]) {
    (self.lemmas, self.path, self.patches) = (lemmas, path, patches)
  }

  /// What is asked about at first, before it is.
  func cutoffs(_ cutoffs: AnySizeCheck.Sizes) -> DisplayText {
    "note: begins with sizes up to \(Self.words(cutoffs))\n"
  }

  func proved(
    _ cutoffs: AnySizeCheck.Sizes, _ checked: Int, _ least: AnySizeCheck.Sizes,
    with constants: AnySizeCheck.Sizes
  ) -> ProofWords {
    var sizes = cutoffs.keys.sorted().map { "\($0)>=\(least[$0] ?? 1)" }.joined(separator: " ")
    let fixed = constants.filter { cutoffs[$0.key] == nil }
    if !fixed.isEmpty { sizes += ", with \(Self.words(fixed))" }
    return ProofWords(
      "proved for all sizes, \(DisplayText(sizes)): invariants, and that no rule goes wrong, by induction"
        + " over \(lemmas.counts) together, at \(checked) size\(checked == 1 ? "" : "s") up to \(Self.words(cutoffs))"
    )
  }

  /// - Parameter fixed: Constants that have been given values.
  func violated(
    _ sizes: AnySizeCheck.Sizes, _ fixed: AnySizeCheck.Sizes
  ) -> ProofWords {
    let flags =
      patches.map { "--patch \(shellWord($0))" as DisplayText }
      + sizes.merging(fixed) { $1 }.sorted { $0.key < $1.key }
      .map { "--set \($0.key)=\($0.value)" }
    return ProofWords(
      "violated for \(Self.words(sizes)): `swapcheck check \(shellWord(path)) "
        + flags.joined(separator: " ") + "` shows the run")
  }

  /// A proposed lemma does not hold in a state that is reached.
  func falseLemma(
    _ sizes: AnySizeCheck.Sizes, _ fixed: AnySizeCheck.Sizes
  ) -> ProofWords {
    ProofWords(
      "inconclusive: a lemma that was proposed does not hold in a state that is reached for"
        + " \(Self.words(sizes.merging(fixed) { $1 }))")
  }

  /// What keeps the lemmas from being inductive at a size.
  func open(
    _ sizes: AnySizeCheck.Sizes,
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)],
    _ model: LoadedModel
  ) -> ProofWords {
    var words = lemmas.at(model).open(obstacles)
    words.details.append("note: with \(Self.words(sizes))")
    return words
  }

  /// A state that no lemma excludes.
  func stuck(
    _ goal: LemmaSearch.Goal, _ state: [Int64], _ sizes: AnySizeCheck.Sizes, _ count: Int,
    _ model: LoadedModel
  ) -> ProofWords {
    let what: DisplayText =
      switch goal {
      case .property(let number): lemmas.name(.property(number))
      case .rules: "that no rule goes wrong"
      case .lemma(let number): "lemma \(number + 1)"
      }
    return ProofWords(
      "inconclusive: of \(count) lemmas that were found none excludes a state from which"
        + " \(what) is broken, for \(Self.words(sizes))",
      ["  state:  \(lemmas.at(model).words(state))"])
  }

  /// What stands in the way, for programs.
  func json(
    _ obstacles: [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)],
    _ model: LoadedModel
  ) -> [JSONValue] { lemmas.at(model).json(obstacles) }

  /// The same of a state that no lemma excludes.
  func json(excluding state: [Int64], _ model: LoadedModel) -> [JSONValue] {
    [
      .object([
        ("of", .string("lemma")), ("name", .null),
        ("reason", .string("no lemma excludes this state")),
        ("before", lemmas.at(model).json(state)),
      ])
    ]
  }

  func undecided(_ sizes: AnySizeCheck.Sizes, _ limit: ExplorationLimit) -> ProofWords {
    ProofWords("\(Wording.inconclusive(limit)), for \(Self.words(sizes))")
  }

  static func words(_ sizes: AnySizeCheck.Sizes) -> DisplayText {
    DisplayText(
      sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
  }
}
