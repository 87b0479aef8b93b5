import Diagnostics
import Report
import Runs
import Trace

/// A run of a file that a model still has to have.
struct KeptRun {
  private let path: String
  private let run: ShownRun

  init(_ path: String) throws(CommandFailure) {
    self.path = path
    run = try RunFiles.read(path, nil)
  }

  /// Why the model does not have the run any more, in sentences; none where it has.
  ///
  /// - Parameter deadlock: What counts as a deadlock.
  func loss(in loaded: LoadedModel, deadlock: DeadlockMode) -> [String] {
    guard let valuation = RunFiles.valuation(of: run, in: loaded.system) else {
      return ["the run of \(path) has no values for the symbolic constants"]
    }
    let wording = Wording(system: loaded.system, source: loaded.source)
    let replay = RunReplay(run, in: wording, valuation: valuation, deadlock: deadlock)
    let told = RunReplayText(replay, wording)
    let lost = (told.isComplete ? [] : [told.message]) + [told.difference].compactMap { $0 }
    return lost.map { "the run of \(path): \($0)" }
  }
}
