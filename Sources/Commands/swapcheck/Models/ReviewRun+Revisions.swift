import Diagnostics
import Murphi
import Patches
import Report
import Revisions

extension ReviewRun {
  /// Reviews all models that a range changes, and the variants whose patches it changes.
  func review(range: String, _ constants: [String: Int64]) throws -> ReviewReport {
    do {
      let repository = try GitRepository.open(containing: ".")
      let (base, head) = try repository.range(range)
      var entries: [ReviewReport.Entry] = []
      for change in try repository.changedPaths(from: base, to: head) where !change.isSubmodule {
        let history = History(repository, base, head, change)
        if change.path.hasSuffix(".m") {
          entries.append(try entry(history, constants))
        } else if change.path.hasSuffix(".patch"),
          let entry = try variant(history, constants)
        {
          entries.append(entry)
        }
        if UserInterrupt.isRequested { break }
      }
      return ReviewReport(of: range, entries)
    } catch let error as RevisionError {
      throw CommandFailure(
        lines: ["error: \(error)"] + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
  }

  /// A file before a change and after it.
  private struct History {
    let repository: GitRepository
    let base: Commit
    let head: Commit?
    let change: Change

    init(_ repository: GitRepository, _ base: Commit, _ head: Commit?, _ change: Change) {
      (self.repository, self.base, self.head, self.change) = (repository, base, head, change)
    }

    /// The text before; nil where the file was not there.
    func before(_ path: String, limit: Int) throws -> SourceText? {
      try repository.bytes(of: path, at: base, limit: limit).map {
        SourceText(path: path, bytes: $0)
      }
    }

    /// The text after; nil where the file is gone.
    func after(_ path: String, limit: Int) throws -> SourceText? {
      if let head {
        return try repository.bytes(of: path, at: head, limit: limit).map {
          SourceText(path: path, bytes: $0)
        }
      }
      if change.kind == .removed, change.path == path { return nil }
      let text = try ModelFile.read(place(path), limit: limit)
      return SourceText(path: path, bytes: text.bytes)
    }

    /// Where a file lies.
    func place(_ path: String) -> String { repository.root + "/" + path }
  }

  private func entry(
    _ history: History, _ constants: [String: Int64]
  ) throws -> ReviewReport.Entry {
    let (path, limit) = (history.change.path, Parser.maximumByteCount)
    guard let after = try history.after(path, limit: limit) else { return .removed(model: path) }
    guard let before = try history.before(history.change.oldPath ?? path, limit: limit) else {
      return .added(model: path)
    }
    return try review(path, at: history.place(path), (before, constants), (after, constants))
  }

  /// Nil for a patch that is new or gone, or changes no model.
  private func variant(
    _ history: History, _ constants: [String: Int64]
  ) throws -> ReviewReport.Entry? {
    let path = history.change.path
    let limit = Patch.maximumByteCount
    guard let old = try history.before(history.change.oldPath ?? path, limit: limit),
      let new = try history.after(path, limit: limit),
      let first = try? Patch(old), let second = try? Patch(new),
      let before = try history.before(first.path, limit: Parser.maximumByteCount),
      let after = try history.after(second.path, limit: Parser.maximumByteCount)
    else { return nil }
    let texts = (
      try ModelFile.applied([first], to: before), try ModelFile.applied([second], to: after)
    )
    return try review(
      path, at: history.place(second.path), (texts.0, constants), (texts.1, constants))
  }
}
