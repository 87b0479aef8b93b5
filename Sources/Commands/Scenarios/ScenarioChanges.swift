import Glibc
package import Revisions
import Settings

/// Which scenarios have changed since a revision: by their entries in the file, as both texts are
/// read, or by a file that they name. The work tree counts, with what is not committed.
package struct ScenarioChanges {
  private let repository: GitRepository
  private let base: Commit
  /// The folder of the file of scenarios, with a `/` at the end, or empty.
  private let folder: String
  /// Paths of files that are not the same, old paths of renamed ones among them.
  private let changed: Set<String>
  /// Paths that the revision has.
  private let known: Set<String>
  /// The entries as they were; none where the file was not there or cannot be read.
  private let entries: Set<Scenario>
  private let limit: Int

  /// - Parameters:
  ///   - revision: A revision, or `A...` for where the current commit left A.
  ///   - file: The file of scenarios.
  ///   - limit: The most bytes that it may have.
  package init(
    since revision: String, file: String, limit: Int
  ) throws(RevisionError) {
    self.limit = limit
    repository = try GitRepository.open(containing: file)
    folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let (base, head) = try repository.range(revision)
    self.base = base
    if let head, try repository.resolve("HEAD") != head {
      throw .malformed(revision: revision)
    }
    let changes = try repository.changedPaths(from: base, to: nil)
    changed = Set(changes.flatMap { [$0.path] + ($0.oldPath.map { [$0] } ?? []) })
    known = Set(try repository.paths(at: base, under: ""))
    guard let path = repository.path(of: file),
      let bytes = try repository.bytes(of: path, at: base, limit: limit),
      let read = try? ScenarioFile.read(String(decoding: bytes, as: UTF8.self))
    else {
      entries = []
      return
    }
    entries = Set(read)
  }

  /// Whether a scenario is to be run.
  ///
  /// - Parameter entry: What it is of: the scenario itself, or the one with a folder of variants.
  package func concern(_ scenario: Scenario, of entry: Scenario) -> Bool {
    if !entries.contains(entry) || scenario.patches.contains(where: isOther) { return true }
    if let log = scenario.log, isOther(log.path) || isOther(log.map) { return true }
    switch scenario.subject {
    case .model(let path): return isOther(path)
    case .layout(let path): return isOther(path) || isOtherAround(path)
    }
  }

  /// Whether a file is another one, or may be: what the repository does not know may have changed.
  private func isOther(_ path: String) -> Bool {
    let resolved = ScenarioPath.resolved(path, in: folder)
    var paths = [repository.path(of: resolved)]
    // A link may be the same, and what it leads to another.
    if let real = realpath(resolved, nil) {
      paths.append(repository.path(of: String(cString: real)))
      free(real)
    }
    return !paths.allSatisfy { path in
      guard let path else { return false }
      return known.contains(path) && !changed.contains(path)
    }
  }

  /// A layout names files of its folder: whether anything there is another one. Whatever it names
  /// elsewhere is taken to be one.
  private func isOtherAround(_ path: String) -> Bool {
    let resolved = ScenarioPath.resolved(path, in: folder)
    guard let inside = repository.path(of: resolved) else { return true }
    let around = inside.lastIndex(of: "/").map { String(inside[...$0]) } ?? ""
    if changed.contains(where: { $0.hasPrefix(around) }) { return true }
    let bytes = try? repository.bytes(of: inside, at: base, limit: limit)
    return bytes.flatMap { $0 }?.contains(UInt8(ascii: "/")) ?? true
  }
}
