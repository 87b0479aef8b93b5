/// Files of a commit, and where the links lead that stand in their place.
extension GitRepository {
  /// The bytes of a file as a commit has it. Links are followed as far as they lead to what the commit
  /// has, those of folders on the way, too.
  ///
  /// - Parameter limit: The most bytes that it may have.
  /// - Returns: Nil where the commit has nothing at this path.
  /// - Throws: Also where there is a folder, a submodule, or a link to no file of the commit.
  package func bytes(
    of path: String, at commit: Commit, limit: Int
  ) throws(RevisionError) -> [UInt8]? {
    guard let entry = try file(path, at: commit) else { return nil }
    guard let byteCount = entry.byteCount, byteCount <= limit else {
      throw .tooLarge(path: path, limit: limit)
    }
    return try git.output(["cat-file", "blob", entry.hash], limit: limit)
  }

  /// The path of a file as a commit has it, where links on the way have been followed.
  ///
  /// - Returns: Nil where the commit has nothing at this path.
  /// - Throws: As for its bytes.
  package func target(of path: String, at commit: Commit) throws(RevisionError) -> String? {
    try file(path, at: commit)?.path
  }

  private func file(_ path: String, at commit: Commit) throws(RevisionError) -> Entry? {
    guard let plain = Self.normal(path) else {
      throw .unfit(path: path, what: "no path within the repository")
    }
    if let entry = try entry(plain, at: commit), entry.mode != Self.linkMode {
      if let what = entry.whatIsNoFile { throw .unfit(path: path, what: what) }
      return entry
    }
    return try linkedFile(path, plain.split(separator: "/").map(String.init), at: commit)
  }

  /// The entry at a path, part for part: each may be a link.
  private func linkedFile(
    _ path: String, _ parts: [String], at commit: Commit
  ) throws(RevisionError) -> Entry? {
    var (done, rest) = ([String](), parts[...])
    // How many of the parts are yet to come, behind those of links.
    var ownCount = parts.count
    var linkCount = 0
    func leads(_ where: String) -> RevisionError {
      .unfit(path: path, what: "a link that leads \(`where`)")
    }
    while let part = rest.popFirst() {
      let isOwn = rest.count < ownCount
      if isOwn { ownCount = rest.count }
      if part == ".." {
        guard done.popLast() != nil else { throw leads("out of the repository") }
        continue
      }
      let found = try entry((done + [part]).joined(separator: "/"), at: commit)
      guard let found, rest.isEmpty || found.mode == Self.linkMode || found.mode == Self.folderMode
      else {
        if isOwn { return nil }
        throw leads("to nothing")
      }
      guard found.mode == Self.linkMode else {
        done.append(part)
        if !rest.isEmpty { continue }
        guard let what = found.whatIsNoFile else { return found }
        throw linkCount == 0 ? .unfit(path: path, what: what) : leads("to " + what)
      }
      linkCount += 1
      guard linkCount <= Self.mostLinks else { throw leads("in a circle") }
      guard let byteCount = found.byteCount, byteCount <= Self.maximumLinkByteCount else {
        throw leads("to nothing")
      }
      let target = Self.text(try git.output(["cat-file", "blob", found.hash])[...])
      guard !target.hasPrefix("/") else { throw leads("out of the repository") }
      rest = target.split(separator: "/").filter { $0 != "." }.map(String.init) + rest
    }
    throw leads("to a folder")
  }

  /// What a commit has at a path without `..`; nil where that is nothing.
  private func entry(_ path: String, at commit: Commit) throws(RevisionError) -> Entry? {
    let listed = try git.output(["ls-tree", "-z", "-l", "--full-tree", commit.hash, "--", path])
    return Self.entries(listed).first { $0.path == path }
  }

  private static let linkMode = "120000"
  static let folderMode = "040000"
  /// As many as Linux follows, and as long as one may be there.
  private static let mostLinks = 40
  private static let maximumLinkByteCount = 4_096
}
