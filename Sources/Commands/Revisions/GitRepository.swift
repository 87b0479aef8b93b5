import Glibc

/// A git repository that is checked out: its commits, and its work tree. Nothing in it is changed, and
/// nothing is fetched.
///
/// Paths are from the root of the work tree. Values are those of when they are asked for; any thread
/// may ask. Each question is one or two calls of git, some milliseconds each.
package struct GitRepository: Sendable {
  /// The root of the work tree, without links in it.
  package let root: String
  let git: Git

  /// Of one list of git; some 400,000 files.
  private static let maximumListByteCount = 64 << 20

  /// The repository that a file or folder is in.
  package static func open(containing path: String) throws(RevisionError) -> GitRepository {
    let folder = isFolder(path) ? path : parent(of: path)
    let git = try Git(in: folder)
    let (isDone, output, said) = try git.run(["rev-parse", "--show-toplevel"])
    let root = text(output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...])
    guard isDone, !root.isEmpty else { throw .noWorkTree(folder: folder, said: said) }
    return GitRepository(root: root, git: try Git(in: root))
  }

  private init(root: String, git: Git) { (self.root, self.git) = (root, git) }

  // MARK: - Revisions

  /// The commit that a revision names: a branch, a tag, a hash or its beginning, `HEAD~1` and such.
  package func resolve(_ revision: String) throws(RevisionError) -> Commit {
    // What begins with `-` would be an option.
    guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.contains(".."),
      revision.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { throw .malformed(revision: revision) }
    let (isDone, output, _) = try git.run(["rev-parse", "--verify", revision + "^{commit}"])
    let hash = Self.text(output.prefix { $0 != UInt8(ascii: "\n") })
    guard isDone, hash.count >= 40, hash.allSatisfy(\.isHexDigit) else {
      throw .unknown(revision: revision, isShallow: try isShallow)
    }
    return Commit(hash: hash)
  }

  /// What is compared, as `git diff` means it: `A..B` is A and B, `A...B` is B and the last commit
  /// before both, an end that is left out is `HEAD`; `A` alone is A and the work tree.
  ///
  /// - Returns: `head` is nil for the work tree.
  package func range(_ text: String) throws(RevisionError) -> (base: Commit, head: Commit?) {
    // No branch and no tag has two dots in its name (git-check-ref-format(1)).
    guard let dots = text.firstRange(of: "..") else { return (try resolve(text), nil) }
    let isFromFork = text[dots.upperBound...].hasPrefix(".")
    let left = String(text[..<dots.lowerBound])
    let right = String(text[dots.upperBound...].dropFirst(isFromFork ? 1 : 0))
    guard !left.isEmpty || !right.isEmpty else { throw .malformed(revision: text) }
    let base = try resolve(left.isEmpty ? "HEAD" : left)
    let head = try resolve(right.isEmpty ? "HEAD" : right)
    guard isFromFork else { return (base, head) }
    let (isDone, output, _) = try git.run(["merge-base", base.hash, head.hash])
    let hash = Self.text(output.prefix { $0 != UInt8(ascii: "\n") })
    guard isDone, !hash.isEmpty else {
      throw .unrelated(base: left, head: right, isShallow: try isShallow)
    }
    return (Commit(hash: hash), head)
  }

  private var isShallow: Bool {
    get throws(RevisionError) {
      try git.run(["rev-parse", "--is-shallow-repository"]).output.starts(with: "true".utf8)
    }
  }

  // MARK: - Files

  /// What is not the same in two commits, in order of the paths.
  ///
  /// - Parameter head: Nil for the work tree, whose new files belong to it unless they are ignored.
  package func changedPaths(
    from base: Commit, to head: Commit?
  ) throws(RevisionError) -> [Change] {
    let command = [
      "diff", "--raw", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color",
      "--no-relative", "--ignore-submodules=dirty", base.hash,
    ]
    let listed = try git.output(
      command + (head.map { [$0.hash] } ?? []) + ["--"], limit: Self.maximumListByteCount)
    var changes = try Self.changes(listed)
    if head == nil {
      let others = try git.output(
        ["ls-files", "-z", "--others", "--exclude-standard", "--full-name"],
        limit: Self.maximumListByteCount)
      changes += Self.records(others).map {
        Change(path: Self.text($0), oldPath: nil, kind: .added, isSubmodule: false)
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// Reads records of `:MODE MODE HASH HASH STATUS`, a path, and another one of what was renamed
  /// (git-diff(1), "Raw output format").
  private static func changes(_ bytes: [UInt8]) throws(RevisionError) -> [Change] {
    var changes: [Change] = []
    var records = records(bytes)[...]
    while let head = records.popFirst() {
      let fields = text(head).split(separator: " ")
      guard fields.count == 5, let status = fields[4].first, let path = records.popFirst() else {
        throw .failed(command: "diff", said: "its output cannot be read")
      }
      let isSubmodule = fields[0] == ":160000" || fields[1] == "160000"
      var names = (old: String?.none, new: text(path))
      if status == "R" || status == "C" {
        guard let new = records.popFirst() else {
          throw .failed(command: "diff", said: "its output cannot be read")
        }
        names = (status == "R" ? names.new : nil, text(new))
      }
      let kind: Change.Kind =
        switch status {
        case "A", "C": .added
        case "D": .removed
        case "R": .renamed
        case "T": .retyped
        default: .modified
        }
      changes.append(
        Change(path: names.new, oldPath: names.old, kind: kind, isSubmodule: isSubmodule))
    }
    return changes
  }

  /// The paths of all files that a commit has in a folder and those below it, in order; links are
  /// among them, and submodules are not.
  ///
  /// - Parameter folder: Empty for all of the work tree.
  package func paths(at commit: Commit, under folder: String) throws(RevisionError) -> [String] {
    var command = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit.hash, "--"]
    if !folder.isEmpty {
      guard let folder = Self.normal(folder) else {
        throw .unfit(path: folder, what: "no path within the repository")
      }
      command.append(folder + "/")
    }
    let listed = try git.output(command, limit: Self.maximumListByteCount)
    return Self.entries(listed).filter { $0.mode != "160000" }.map(\.path).sorted()
  }

  /// A path from the root of the work tree; nil for what is outside of it. Links in the folders above
  /// the file are followed; the file may be gone.
  package func path(of file: String) -> String? {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    let isPlain = !name.isEmpty && name != "." && name != ".."
    let folder = isPlain ? Self.parent(of: file) : file
    guard !file.utf8.contains(0), let real = realpath(folder, nil) else { return nil }
    defer { free(real) }
    let found = String(cString: real) + (isPlain ? "/\(name)" : "")
    let start = root == "/" ? "/" : root + "/"
    return found.hasPrefix(start) ? String(found.dropFirst(start.count)) : nil
  }

  /// Where git looks for a hook, whatever folder is configured for them.
  package func hookPath(_ name: String) throws(RevisionError) -> String {
    let output = try git.output(["rev-parse", "--git-path", "hooks/" + name])
    let path = Self.text(output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...])
    return path.hasPrefix("/") ? path : root + "/" + path
  }

  // MARK: - Lists

  struct Entry {
    let mode: String
    let hash: String
    /// Nil of what is no file.
    let byteCount: Int?
    let path: String

    /// What stands in the way of reading it; nil of a file.
    var whatIsNoFile: String? {
      switch mode {
      case GitRepository.folderMode: "a folder"
      case "160000": "a submodule"
      default: nil
      }
    }
  }

  /// Reads records of `MODE TYPE HASH SIZE`, a tabulator and a path (git-ls-tree(1)).
  static func entries(_ bytes: [UInt8]) -> [Entry] {
    records(bytes).compactMap { record in
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let fields = text(record[..<tab]).split(separator: " ")
      guard fields.count == 4 else { return nil }
      return Entry(
        mode: String(fields[0]), hash: String(fields[2]), byteCount: Int(fields[3]),
        path: text(record[(tab + 1)...]))
    }
  }

  private static func records(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.split(separator: 0) }

  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Paths

  /// A path without `.`, doubled slashes and one at its end; nil for one that leads out of the root,
  /// or to the root itself.
  static func normal(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !path.utf8.contains(0), !parts.isEmpty, !parts.contains("..")
    else { return nil }
    return parts.joined(separator: "/")
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
