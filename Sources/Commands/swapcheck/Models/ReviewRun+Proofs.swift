import Certificates
import Checking
import Comparison
import Diagnostics
import Exploration
import Report

extension ReviewRun {
  /// What becomes of the proofs of a model: each is tried on the model after the change. None where there is
  /// no proof of the model before it.
  ///
  /// - Parameters:
  ///   - reviewed: What there is to say of the model.
  ///   - found: Proofs of the model before; not asked for where nobody wants to know.
  func proofEntries(
    _ reviewed: ReviewReport.Entry, _ found: @autoclosure () -> [ProofFinder],
    _ before: SourceText, _ after: SourceText
  ) -> [ReviewReport.Entry] {
    // Where something goes wrong, nobody asks whether it is proved that it does not.
    guard case .reviewed(let review) = reviewed else { return [] }
    if case .worse = review.conclusion { return [] }
    var entries: [ReviewReport.Entry] = []
    for proof in found() where entries.count < Self.mostProofs {
      if let entry = proofEntry(proof, before, after) { entries.append(entry) }
    }
    return entries
  }

  private func proofEntry(
    _ found: ProofFinder, _ before: SourceText, _ after: SourceText
  ) -> ReviewReport.Entry? {
    if UserInterrupt.isRequested { return nil }
    let left = whole.seconds.map { max(0, $0 - whole.elapsed) } ?? Self.proofSeconds
    func inModel(_ text: SourceText, _ stop: StopCondition) throws -> ProofInModel {
      try ProofInModel(found.proof, found.source, text, stop)
    }
    let stop = StopCondition.forCommand(seconds: min(left, Self.proofSeconds))
    guard case .same? = try? inModel(before, stop).match else { return nil }
    let (summary, lines, conclusion): (DisplayText, [DisplayText], String)
    do {
      let changed = try inModel(after, stop)
      if case .same = changed.match { return nil }
      switch try changed.attempt.outcome() {
      case .proved:
        (summary, conclusion) = (
          "it still holds, for \(changed.scope); verify-proof says how to write it anew",
          "unchanged"
        )
        lines = []
      case .open(let sizes, let reasons):
        let at: DisplayText = sizes.isEmpty ? "" : " for \(AnySizeReport.words(sizes))"
        (summary, lines, conclusion) = (
          "it does not hold any more\(at), which says nothing of the model itself", reasons,
          "changed"
        )
      case .undecided:
        (summary, lines, conclusion) = (
          "it is not known whether it still holds: not decided within \(Int(Self.proofSeconds)) s",
          [],
          "undecided"
        )
      }
    } catch let failure as CommandFailure {
      (summary, lines, conclusion) = (
        "it is none of the model as it is now", failure.text.lines, "changed"
      )
    } catch {
      return nil
    }
    let wrapped = lines.flatMap { $0.wrapped(rest: "    ", Self.proofColumns) }
    return .noted(
      ReviewReport.Note(
        of: found.path, summary, .lines(wrapped), standing: .well, conclusion: conclusion))
  }

  /// Proofs of one model that are tried.
  private static let mostProofs = 4
  /// What may be spent on one of them.
  private static let proofSeconds = 5.0
  private static let proofColumns = 72
}
