import Diagnostics
import Evaluation
import Report
import Runs
import Trace
import TransitionSystem

/// A run of a file that a model still has to have.
struct KeptRun {
  private let path: String
  private let run: ShownRun

  init(_ path: String) throws(CommandFailure) {
    self.path = path
    run = try RunFiles.read(path, nil)
  }

  /// Why the model does not have the run any more, in sentences; none where it has.
  func loss(in loaded: LoadedModel) -> [String] {
    guard let valuation = RunFiles.valuation(of: run, in: loaded.system) else {
      return ["the run of \(path) has no values for the symbolic constants"]
    }
    let wording = Wording(system: loaded.system, source: loaded.source)
    let replay = RunReplay(run, in: wording, valuation: valuation)
    let told = RunReplayText(replay, wording)
    let lost = (told.isComplete ? [] : [told.message]) + [told.difference].compactMap { $0 }
    guard lost.isEmpty else { return lost.map { "the run of \(path): \($0)" } }
    guard run.finding?.kind == "invariant", let name = run.finding?.name,
      let last = replay.execution.steps.last?.slots
    else { return [] }
    return isViolated(name, in: last, loaded.system, valuation)
      ? [] : ["the run of \(path) goes through, and invariant \"\(name)\" holds at its end"]
  }

  private func isViolated(
    _ name: String, in state: [Int64], _ system: TransitionSystem, _ valuation: [Int128]
  ) -> Bool {
    let interpreter = Interpreter(system: system, valuation: valuation)
    for slot in state.indices { interpreter.slots[slot] = state[slot] }
    return system.properties.contains { property in
      property.kind == .invariant && property.name == name
        && TransitionSystem.bindings(of: property.parameters).contains {
          (try? interpreter.evaluate(property, $0)) == 0
        }
    }
  }
}
