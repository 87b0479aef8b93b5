import ArgumentParser
import Checking
import Checkpoints
import Cluster
import Diagnostics
import Exploration

/// A check as it was asked for, or as the checkpoint has it that it goes on from; and how it is kept.
struct KeptCheck {
  /// The model, and what of it and of the command line the result depends on.
  private(set) var check: SavedCheck
  private let options: CheckpointOptions
  /// The checkpoint that is gone on from.
  private let resumed: CheckpointFolder?
  /// Says what becomes of checkpoints; nil where none are kept.
  let report: CheckpointReport?

  /// The processes that search together; nil for one alone.
  private let ranks: (any Communicator)?

  /// - Parameters:
  ///   - given: What is said on the command line.
  ///   - ranks: The processes that search together.
  init(
    _ given: SavedCheck, _ options: CheckpointOptions, _ ranks: (any Communicator)? = nil
  ) throws(CommandFailure) {
    self.options = options
    self.ranks = ranks
    report = (options.resume ?? options.checkpoint).map {
      CheckpointReport($0, isResumed: options.resume != nil, rankCount: ranks?.size)
    }
    guard let path = options.resume else {
      (check, resumed) = (given, nil)
      return
    }
    let folder: CheckpointFolder
    do throws(CheckpointError) {
      let version = Swapcheck.configuration.version
      folder = try Self.open(path, ranks) { () throws(CheckpointError) in
        try CheckpointFolder.open(path, version: version)
      }
    } catch {
      throw CommandFailure("\(error.folder): error: \(error.message)")
    }
    var saved = try SavedCheck(folder)
    try saved.compare(with: given, path)
    // It may have another name now; where it is another model, what is wrong with it speaks of constants and rules
    // that nobody has asked for.
    if !given.model.isEmpty,
      given.model.split(separator: "/").last != saved.model.split(separator: "/").last
    {
      Console.error("note: \(path): the checkpoint is of a search of \(saved.model)")
    }
    saved.model = given.model.isEmpty ? saved.path(saved.model) : given.model
    saved.patches = saved.patches.map { saved.path($0) }
    (check, resumed) = (saved, folder)
  }

  /// Opens a folder; of several ranks the first does.
  private static func open(
    _ path: String, _ ranks: (any Communicator)?,
    _ open: () throws(CheckpointError) -> CheckpointFolder
  ) throws(CheckpointError) -> CheckpointFolder {
    guard let ranks else { return try open() }
    return try CheckpointFolder.open(
      path, version: Swapcheck.configuration.version, as: ranks, open)
  }

  /// Options that hold whatever is given, because the search has begun with them: by their names.
  var settledOptions: [String: String] { resumed == nil ? [:] : check.options }

  /// Has a request keep checkpoints, if that is wanted.
  func keep(_ loaded: LoadedModel, by request: inout CheckRequest) throws(CommandFailure) {
    guard let report else { return }
    let words = SavedCheck.words(of: loaded)
    let every = options.every
    if let resumed {
      guard words == check.words else {
        throw CommandFailure(
          "\(loaded.source.path): error: the model has changed since the checkpoint in "
            + "\(resumed.path): bring it back, or begin anew with --checkpoint and another folder")
      }
      request.checkpoints = { () throws(CheckpointError) in
        SearchCheckpoints(resumed, every: every, report: report.note)
      }
    } else if let path = options.checkpoint {
      var saved = check
      saved.words = words
      guard let description = saved.bytes else {
        throw CommandFailure("error: there is no memory for a checkpoint")
      }
      let ranks = ranks
      request.checkpoints = { () throws(CheckpointError) in
        let folder = try Self.open(path, ranks) { () throws(CheckpointError) in
          try CheckpointFolder.make(
            path, version: Swapcheck.configuration.version, description: description)
        }
        return SearchCheckpoints(folder, every: every, report: report.note)
      }
    }
  }
}
