import Checking
import Diagnostics
import Exploration
import Proving
import Report

/// What came of a proof for all sizes, as text.
struct AnySizeReport {
  private let lemmas: LemmaReport
  private let path: String

  init(_ lemmas: LemmaReport, path: String) {
    (self.lemmas, self.path) = (lemmas, path)
  }

  /// What is asked about, before it is.
  func cutoffs(_ cutoffs: AnySizeCheck.Sizes) -> DisplayText {
    "note: sizes up to \(words(cutoffs)) stand for all\n"
  }

  func proved(
    _ cutoffs: AnySizeCheck.Sizes, _ checked: Int, _ least: AnySizeCheck.Sizes
  ) -> DisplayText {
    let sizes = cutoffs.keys.sorted().map { "\($0)>=\(least[$0] ?? 1)" }.joined(separator: " ")
    return lemmas.lines([
      "\(path): proved for all sizes, \(sizes): invariants, and that no rule goes wrong, by induction"
        + " over \(lemmas.counts) together, at \(checked) sizes up to \(words(cutoffs))"
    ])
  }

  func undecided(_ sizes: AnySizeCheck.Sizes, _ limit: ExplorationLimit) -> DisplayText {
    lemmas.lines(["\(path): \(Wording.inconclusive(limit)), for \(words(sizes))"])
  }

  private func words(_ sizes: AnySizeCheck.Sizes) -> DisplayText {
    DisplayText(
      sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
  }
}
