import FileSystem

/// Why a checkpoint is not written, or a search does not go on from one. Where one is thrown, nothing
/// that was there before has changed.
package struct CheckpointError: Error, Hashable {
  /// As the user has named it.
  package let folder: String
  package let reason: Reason

  package enum Reason: Sendable, Hashable {
    /// The system's word for it: a number of `errno`, of a file of the folder or of the folder itself.
    case system(file: String?, code: Int32)
    /// Another process has it.
    case inUse
    /// There is a checkpoint already, and a new search would be another one.
    case taken
    /// There is something that no checkpoint has.
    case foreign(name: String)
    /// There is no checkpoint.
    case missing
    /// Some file is not what was written.
    case broken(file: String, Damage)
    /// What the files have is laid out otherwise than this program does it.
    case otherFormat(UInt32)
    /// The version of the program that has written it.
    case otherVersion(String)
    /// A process of the search has written a file that the first one does not see.
    case notShared(file: String)
    /// One of the processes of a search cannot do what the others do, for this reason.
    case elsewhere(process: Int, reason: String)
    /// A search has ended within a step that it cannot be gone on from.
    case undecided
    /// The store of the search could not write or read a part of its states.
    case storeFailed
    /// What was found does not fit the model as this program reads it.
    case otherSearch
  }

  /// What a file shows that is not as it was written.
  package enum Damage: Sendable, Hashable {
    case isMissing
    case isTruncated
    case hasOtherBytes
    case isOfAnotherSearch
  }

  package init(_ folder: String, _ reason: Reason) {
    self.folder = folder
    self.reason = reason
  }

  /// The reason, and a way out, as one sentence behind the folder's name.
  package var message: String {
    switch reason {
    case .system(let file, let code):
      "\(file.map { "\($0): " } ?? "")\(SystemReason(code))"
    case .inUse:
      "another process writes checkpoints there: wait for its end, or name another folder"
    case .taken:
      "there is a checkpoint already: go on from it with --resume, or name another folder"
    case .foreign(let name):
      "there is \(name), which is no part of a checkpoint: name an empty or a new folder"
    case .missing: "there is no checkpoint: begin with --checkpoint"
    case .broken(let file, let damage):
      "\(file) \(damage.words): begin anew, with --checkpoint and another folder"
    case .otherFormat(let format):
      "the checkpoint has the form \(format), which this version does not read: go on with the"
        + " version that has written it, or begin anew"
    case .otherVersion(let version):
      "the checkpoint is of swapcheck \(version): go on with that version, or begin anew"
    case .notShared(let file):
      "\(file), which another process has written, is not there: all machines need the same folder"
    case .elsewhere(let process, let reason): "rank \(process): \(reason)"
    case .undecided:
      "it was not decided in some state whether a property holds: go on from the last checkpoint"
    case .storeFailed:
      "not all states of the search could be written or read: a checkpoint from before stays as it is"
    case .otherSearch:
      "what was found is not of this model as this program reads it: go on with the program that has"
        + " written it, or begin anew"
    }
  }
}

extension CheckpointError.Damage {
  fileprivate var words: String {
    switch self {
    case .isMissing: "is missing"
    case .isTruncated: "is truncated"
    case .hasOtherBytes: "has other bytes than were written"
    case .isOfAnotherSearch: "is of another search"
    }
  }
}

/// Why a file cannot be read or written, for who knows of which folder it is.
package enum BlockFileError: Error, Hashable {
  case system(Int32)
  case damage(CheckpointError.Damage)
  case otherFormat(UInt32)
}
