/// Why a repository does not say what it is asked.
package enum RevisionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no program `git`.
  case noGit
  /// A folder is in no work tree; what git says of it.
  case noWorkTree(folder: String, said: String)
  /// A text that names no revision, whatever the repository has.
  case malformed(revision: String)
  /// The repository has no such commit.
  case unknown(revision: String, isShallow: Bool)
  /// Two commits have no commit before both of them.
  case unrelated(base: String, head: String, isShallow: Bool)
  /// What is at a path is no file that can be read.
  case unfit(path: String, what: String)
  case tooLarge(path: String, limit: Int)
  /// There is more to list than is read.
  case tooMuch
  /// Git took longer than is waited for.
  case tooLate(seconds: Int)
  /// Git failed, and says so.
  case failed(command: String, said: String)

  /// A sentence without its full stop.
  package var description: String {
    switch self {
    case .noGit: "git is needed to read revisions, and there is no such program on PATH"
    case .noWorkTree(let folder, let said):
      "\(folder) is in no git repository that can be read: \(said)"
    case .malformed(let revision): "`\(revision)` is no revision"
    case .unknown(let revision, _): "the repository has no commit `\(revision)`"
    case .unrelated(let base, let head, _):
      "no commit that the repository has comes before both `\(base)` and `\(head)`"
    case .unfit(let path, let what): "\(path) is \(what)"
    case .tooLarge(let path, let limit): "\(path) has more than \(limit) bytes"
    case .tooMuch: "git lists more files than can be looked at"
    case .tooLate(let seconds): "git has not ended within \(seconds) s"
    case .failed(let command, let said): "`git \(command)` failed: \(said)"
    }
  }

  /// What can be done about it.
  package var hint: String? {
    switch self {
    case .noGit: "install it, with `apt-get install git` for instance"
    case .noWorkTree(_, let said):
      said.contains("dubious ownership")
        ? "if you trust the repository: git config --global --add safe.directory FOLDER"
        : "call it where the repository is checked out"
    case .malformed: "name a branch, a tag, a commit, or such as HEAD~1"
    case .unknown(_, true), .unrelated(_, _, true):
      "the clone is shallow: fetch the rest with `git fetch --unshallow`, or by `fetch-depth: 0` "
        + "where a CI checks it out"
    case .unknown: "`git fetch` may bring it; `git branch --all` and `git tag` say what is there"
    case .unrelated: "compare the two themselves, as A..B"
    case .unfit, .tooLarge, .tooMuch: nil
    case .tooLate: "see whether `git status` ends"
    case .failed: nil
    }
  }
}
