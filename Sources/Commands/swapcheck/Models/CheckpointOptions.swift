import ArgumentParser
import Checkpoints
import Diagnostics
import Exploration
import Synchronization

/// How a search is kept, so that it can go on after its end.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keeps the search in this folder, also when it is interrupted or comes to a limit.",
      valueName: "FOLDER"),
    completion: .directory)
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Goes on with the search that is kept in this folder, and keeps it there.",
      valueName: "FOLDER"),
    completion: .directory)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Seconds between two checkpoints (default: \(Int(SearchCheckpoints.defaultSeconds)), and "
        + "more where writing takes longer than a twentieth of that).",
      valueName: "SECONDS"))
  var every: Double?

  func validate() throws {
    if let every, !(every > 0 && every.isFinite && every < 1e9) {
      throw ValidationError("--every is a number of seconds above 0")
    }
    if every != nil, checkpoint == nil, resume == nil {
      throw ValidationError("--every goes with --checkpoint or --resume")
    }
    if checkpoint != nil, resume != nil {
      throw ValidationError(
        "--resume goes on in its own folder, and --checkpoint begins in another: give one of them")
    }
    for (flag, folder) in [("--checkpoint", checkpoint), ("--resume", resume)]
    where folder?.isEmpty == true {
      throw ValidationError("\(flag) takes the name of a folder")
    }
  }

  var isWanted: Bool { checkpoint != nil || resume != nil }
}

/// Says what becomes of the checkpoints of a search.
final class CheckpointReport: Sendable {
  private let folder: String
  /// How many processes search together; nil for one alone.
  private let rankCount: Int?
  private let state: Mutex<State>

  private struct State {
    /// Whether there is a checkpoint to go on from.
    var isKept: Bool
    /// Why the last one was not written.
    var failure: CheckpointError?
  }

  /// - Parameter isResumed: Whether there is a checkpoint from the beginning.
  init(_ folder: String, isResumed: Bool, rankCount: Int?) {
    self.folder = folder
    self.rankCount = rankCount
    state = Mutex(State(isKept: isResumed))
  }

  func note(_ note: CheckpointNote) {
    switch note {
    case .reading: Console.status("reading the checkpoint")
    case .unread:
      Console.error("note: \(folder): the search has ended before all of the checkpoint was read")
    case .written, .kept:
      let isFirst = state.withLock { state in
        defer { state = State(isKept: true) }
        return !state.isKept
      }
      // A rank that dies ends the others before they can say it.
      if isFirst, rankCount != nil {
        Console.error("note: from here on the search is kept: \(howToGoOn)")
      }
    case .failed(let error):
      // Said once, and again where it is for another reason.
      let isKnown = state.withLock { state in
        defer { state.failure = error }
        return state.failure == error
      }
      if isKnown { return }
      Console.error(
        "warning: \(folder): the checkpoint could not be written, and the search goes on: "
          + "\(error.message)")
    }
  }

  /// Says how a search goes on that has ended without a verdict.
  func sayHowToGoOn() {
    let (isKept, isWhole) = state.withLock { ($0.isKept, $0.failure == nil) }
    guard isKept else { return }
    let what: DisplayText = isWhole ? "the search is kept" : "the last checkpoint is kept"
    Console.error("note: \(what): \(howToGoOn)")
  }

  private var howToGoOn: DisplayText {
    let command: DisplayText = "swapcheck check --resume \(shellWord(folder))"
    return rankCount.map { "mpirun -np \($0) \(command) --cluster" } ?? command
  }
}
