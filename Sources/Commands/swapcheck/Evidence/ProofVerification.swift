import ArgumentParser
import Certificates
import Checking
import Diagnostics
import Exploration
import Murphi
import Proving
import Report
import Synchronization

/// Checks a file of a proof from itself and a model, and believes nothing that it says: its questions are
/// put together and asked anew, and its lemmas are held against the states that a search reaches.
struct ProofVerification {
  /// The file.
  let source: SourceText
  /// What it is held against in place of the model that it names.
  let model: String?
  /// A folder that what is asked is written to.
  let scripts: String?
  let stop: StopCondition

  private var path: String { source.path }

  /// - Throws: `CommandFailure`, `ReadingStopped`.
  func verify() throws -> ExitCode {
    let proof: ProofFile
    do throws(ProofFileError) {
      proof = try ProofFile.read(source.bytes)
    } catch {
      throw CommandFailure("\(path):\(error.line): error: \(error.message)")
    }
    let found = try ProofInModel(proof, source, try text(of: proof), stop)
    let recorder = try scripts.map { try ScriptFolder($0, found.describe) }
    let outcome = try found.attempt.outcome(recorder?.record)
    Console.clearStatus()
    if let failure = recorder?.failure { throw failure }
    switch outcome {
    case .open(let sizes, let reasons):
      let at: DisplayText = sizes.isEmpty ? "" : " for \(AnySizeReport.words(sizes))"
      let changed: [DisplayText] =
        if case .changed = found.match {
          ["  its hash is not that of \(found.attempt.path), so it was written of another text"]
        } else {
          []
        }
      write(
        ["\(path): refuted\(at): not inductive together: \(found.counts)"] + changed + reasons)
      return Exit.violated
    case .undecided(let sizes, let limit):
      let at: DisplayText = sizes.isEmpty ? "" : ", for \(AnySizeReport.words(sizes))"
      write(["\(path): \(Wording.inconclusive(limit))\(at)"])
      return UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive
    case .proved(let count, let cutoffs):
      if case .same = found.match { try compareSizes(of: proof, count, cutoffs) }
      return try proved(found, count, cutoffs)
    }
  }

  /// What was asked about is counted anew: a file that says something else of it says what is not so.
  private func compareSizes(
    of proof: ProofFile, _ count: Int, _ cutoffs: AnySizeCheck.Sizes?
  ) throws(CommandFailure) {
    let sizes = ProofFile.words(
      ofSizes: count, upTo: cutoffs.map { AnySizeReport.words($0).description })
    guard sizes == proof.sizes else {
      throw CommandFailure(
        lines: [
          "\(path): error: it says of sizes `\(proof.sizes)`, and this proof takes `\(sizes)`",
          "hint: `swapcheck prove --proof` writes it anew",
        ])
    }
  }

  /// The solver agrees; a search and the interpreter have to, too.
  private func proved(
    _ found: ProofInModel, _ count: Int, _ cutoffs: AnySizeCheck.Sizes?
  ) throws -> ExitCode {
    let second = SecondLook(found.attempt, stop: stop)
    let looks = try second.looks()
    if let reason = looks.contradiction {
      write([
        "\(path): refuted: \(reason), though Z3 confirms the proof: one of"
          + " the two is wrong, which is a mistake of swapcheck's; please report it"
      ])
      return Exit.violated
    }
    var lines = [DisplayText]()
    let sizes = cutoffs.map {
      ", at \(count) size\(count == 1 ? "" : "s") up to \(AnySizeReport.words($0)), which stand for all"
    }
    let scope = found.scope
    let what: DisplayText =
      "\(found.attempt.path) for \(scope): \(found.claimWords), by induction over \(found.counts)"
      + " together\(sizes ?? ""), says Z3"
    switch found.match {
    case .same: lines.append("\(path): confirmed: \(what)")
    case .changed(let notes):
      lines.append(
        "\(path): inconclusive: its hash is not that of \(found.attempt.path), so it was written of"
          + " another text or other constants; it holds for this one: \(what)")
      lines += notes.map { "  \($0)" }
      lines.append(
        "  `swapcheck prove \(found.attempt.path)\(found.options) --with \(path) --proof \(path)`"
          + " writes it of this one")
    }
    write(lines + looks.lines.map { "  \($0)" })
    if case .changed = found.match { return Exit.inconclusive }
    return Exit.verified
  }

  /// The model that the proof is held against.
  private func text(of proof: ProofFile) throws(CommandFailure) -> SourceText {
    if let model { return try ModelFile.read(model, .named()) }
    let named = PathFromFolder.place(of: proof.model, inFile: path)
    return SourceText(
      path: PathFromFolder.shown(named), bytes: try ModelFile.read(named).bytes)
  }

  private func write(_ lines: [DisplayText]) {
    let wrapped = lines.flatMap { $0.wrapped(rest: "      ", 80) }
    Console.write(wrapped.joined(separator: "\n") + "\n")
  }
}

/// A folder that takes what is asked of a solver, three scripts each time.
private final class ScriptFolder: Sendable {
  private let path: String
  private let describe: @Sendable (AnySizeCheck.Sizes, InductionObligations.Part) -> String
  private let failed = Mutex<CommandFailure?>(nil)
  /// How often something was asked up to the same sizes.
  private let counts = Mutex<[AnySizeCheck.Sizes: Int]>([:])

  init(
    _ path: String,
    _ describe: @escaping @Sendable (AnySizeCheck.Sizes, InductionObligations.Part) -> String
  ) throws(CommandFailure) {
    (self.path, self.describe) = (path, describe)
    try OutputFile.makeFolder(path)
  }

  var failure: CommandFailure? { failed.withLock { $0 } }

  @Sendable func record(_ sizes: AnySizeCheck.Sizes, _ obligations: InductionObligations) {
    guard failure == nil else { return }
    let count = counts.withLock { counts in
      counts[sizes, default: 0] += 1
      return counts[sizes] ?? 1
    }
    let size =
      sizes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)." }.joined()
      + (count == 1 ? "" : "\(count).")
    do throws(CommandFailure) {
      for part in InductionObligations.Part.allCases {
        let script = obligations.script(part, comment: describe(sizes, part))
        try OutputFile.write(script, to: "\(path)/\(size)\(part.rawValue).smt2", .inFolder)
      }
    } catch {
      failed.withLock { $0 = error }
    }
  }
}
