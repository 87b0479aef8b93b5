package import FileSystem

/// What went wrong with the folder that a search keeps its states in. Nothing that was found before is
/// wrong for it, and nothing follows of what was not.
package struct DiskFailure: Error, Hashable, Sendable {
  package let kind: Kind
  /// The folder, as it was named.
  package let folder: String

  package enum Kind: Hashable, Sendable {
    /// There is something in it already.
    case notEmpty
    /// It cannot be made or used, for the system's reason.
    case unusable(SystemReason)
    /// No more can be written, for its reason: no room on the disk, or a limit of the user's
    /// or of the process's.
    case full(SystemReason)
    /// What was written cannot be read, for its reason.
    case unreadable(SystemReason)
    /// What is read is not what was written.
    case changed
    /// A store on disk was asked for, and no folder was named.
    case notNamed
  }

  package init(_ kind: Kind, folder: String) {
    self.kind = kind
    self.folder = folder
  }
}
