import Diagnostics
import Murphi
import Patches
import Report
import Revisions
import Scenarios
import Settings

extension ReviewRun {
  /// Reviews all that a range changes: models, variants whose patches it changes, the file of
  /// scenarios with the sizes that it names, and the layouts that it asks about.
  func review(range: String, _ constants: [String: Int64]) throws -> ReviewReport {
    do {
      let repository = try GitRepository.open(containing: ".")
      let (base, head) = try repository.range(range)
      let changes = try repository.changedPaths(from: base, to: head).filter { !$0.isSubmodule }
      let history = History(repository, base, head, changes)
      var entries: [ReviewReport.Entry] = []
      for change in changes {
        if change.path.hasSuffix(".m") {
          entries.append(try entry(history, change, constants))
        } else if change.path.hasSuffix(".patch") {
          entries += try variant(history, change, constants).map { [$0] } ?? []
        }
        if UserInterrupt.isRequested { break }
      }
      if !UserInterrupt.isRequested { entries += try scenarioEntries(history) }
      return ReviewReport(of: range, entries)
    } catch let error as RevisionError {
      throw CommandFailure(
        lines: ["error: \(error)"] + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
  }

  /// Files before a change and after it. Paths are from the root of the repository.
  struct History {
    let repository: GitRepository
    let base: Commit
    /// Nil for the work tree.
    let head: Commit?
    let changes: [Change]

    init(_ repository: GitRepository, _ base: Commit, _ head: Commit?, _ changes: [Change]) {
      (self.repository, self.base, self.head, self.changes) = (repository, base, head, changes)
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
      if changes.contains(where: { $0.kind == .removed && $0.path == path }) { return nil }
      let text = try ModelFile.read(place(path), limit: limit)
      return SourceText(path: path, bytes: text.bytes)
    }

    /// Where a file lies.
    func place(_ path: String) -> String { repository.root + "/" + path }

    /// Whether a file is another one after the change.
    func isChanged(_ path: String) -> Bool {
      changes.contains { $0.path == path || $0.oldPath == path }
    }
  }

  private func entry(
    _ history: History, _ change: Change, _ constants: [String: Int64]
  ) throws -> ReviewReport.Entry {
    let (path, limit) = (change.path, Parser.maximumByteCount)
    guard let after = try history.after(path, limit: limit) else { return .removed(model: path) }
    guard let before = try history.before(change.oldPath ?? path, limit: limit) else {
      return .added(model: path)
    }
    return try review(path, at: history.place(path), (before, constants), (after, constants))
  }

  /// Nil for a patch of something else than a model, before as after.
  private func variant(
    _ history: History, _ change: Change, _ constants: [String: Int64]
  ) throws -> ReviewReport.Entry? {
    let path = change.path
    let limit = Patch.maximumByteCount
    func patch(_ text: SourceText?) -> Patch? {
      text.flatMap { try? Patch($0) }.flatMap { $0.path.hasSuffix(".m") ? $0 : nil }
    }
    let old = patch(try history.before(change.oldPath ?? path, limit: limit))
    let new = patch(try history.after(path, limit: limit))
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, _?):
      return .noted(
        ReviewReport.Note(of: path, "a new variant", standing: .well, conclusion: "new"))
    case (_?, nil):
      return .noted(
        ReviewReport.Note(
          of: path, "worse, the variant is gone: nothing shows any more that it is noticed",
          standing: .worse, conclusion: "worse"))
    case (let first?, let second?):
      guard let before = try history.before(first.path, limit: Parser.maximumByteCount),
        let after = try history.after(second.path, limit: Parser.maximumByteCount)
      else { return nil }
      let texts = (
        try ModelFile.applied([first], to: before), try ModelFile.applied([second], to: after)
      )
      return try review(
        path, at: history.place(second.path), (texts.0, constants), (texts.1, constants))
    }
  }
}
