import Diagnostics
import Glibc
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
      var run = self
      run.isOfRange = true
      // Called from a folder below, the scenarios are still those of the repository.
      if scenarios == nil, access("swapcheck.yml", F_OK) != 0 {
        let file = repository.root + "/swapcheck.yml"
        run.scenarios = access(file, F_OK) == 0 ? file : nil
      }
      let (base, head) = try repository.range(range)
      let changes = try repository.changedPaths(from: base, to: head).filter { !$0.isSubmodule }
      let history = History(repository, base, head, changes)
      var entries: [ReviewReport.Entry] = []
      for change in changes {
        do {
          if change.path.hasSuffix(".m") {
            entries += try run.entries(history, change, constants)
            entries += try run.leftBehind(history, change)
          } else if change.path.hasSuffix(".patch") {
            entries += try run.variant(history, change, constants)
          }
        } catch RevisionError.unfit(let path, let what) {
          entries.append(Self.skipped(change.path, because: path, is: what))
        }
        if UserInterrupt.isRequested { break }
      }
      for file in run.scenarioFiles(history) where !UserInterrupt.isRequested {
        entries += try run.scenarioEntries(history, file)
      }
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

    /// A text, or what is there in its place: a link that leads elsewhere, or a folder.
    func found(
      _ read: () throws -> SourceText?
    ) throws -> Result<SourceText?, RevisionError> {
      do {
        return .success(try read())
      } catch let error as RevisionError {
        guard case .unfit = error else { throw error }
        return .failure(error)
      }
    }

    /// Where a file lies.
    func place(_ path: String) -> String { repository.root + "/" + path }

    /// Whether a file is another one after the change, or what a link there leads to.
    func isChanged(_ path: String) -> Bool {
      var paths = [path]
      for commit in [base, head] {
        if let commit, let target = (try? repository.target(of: path, at: commit)).flatMap({ $0 }) {
          paths.append(target)
        }
      }
      return changes.contains { change in
        paths.contains(change.path) || change.oldPath.map(paths.contains) == true
      }
    }
  }

  private func entries(
    _ history: History, _ change: Change, _ constants: [String: Int64]
  ) throws -> [ReviewReport.Entry] {
    let (path, limit) = (change.path, Parser.maximumByteCount)
    let old = try history.found { try history.before(change.oldPath ?? path, limit: limit) }
    let new = try history.found { try history.after(path, limit: limit) }
    if case .success(_?) = old, case .failure(let error) = new {
      return [.unreadable(model: path, headIsBroken: true, message: "\(error)")]
    }
    guard let after = try new.get() else { return [.removed(model: path)] }
    if case .failure(let error) = old, MurphiModel.load(after).system != nil {
      return [.unreadable(model: path, headIsBroken: false, message: "\(error)")]
    }
    guard let before = (try? old.get()).flatMap({ $0 }) else {
      // It is checked by its scenarios, but has to be one.
      let loaded = MurphiModel.load(after)
      guard loaded.system == nil else { return [.added(model: path)] }
      let errors = loaded.diagnostics.filter { $0.severity == .error }
      return [
        .unreadable(
          model: path, headIsBroken: true, message: DiagnosticRenderer().render(errors, of: after))
      ]
    }
    let reviewed = try review(
      path, at: history.place(path), (before, constants), (after, constants))
    func proofs() -> [ProofFinder] {
      ProofFinder.all(
        forModelAt: change.oldPath ?? path,
        listing: { folder in
          let paths = (try? history.repository.paths(at: history.base, under: folder)) ?? []
          return paths.filter { !$0.dropFirst(folder.utf8.count + 1).contains("/") }
        },
        { name, limit in
          (try? history.found { try history.before(name, limit: limit) }.get()).flatMap { $0 }
        })
    }
    return Self.entries(
      reviewed, path, try? StatedExpectation(before), try? StatedExpectation(after))
      + proofEntries(reviewed, proofs(), before, after)
  }

  /// What is no file that can be read, neither before the change nor after it.
  private static func skipped(
    _ path: String, because file: String, is what: String
  ) -> ReviewReport.Entry {
    let reason: DisplayText = file == path ? "\(what)" : "\(file) is \(what)"
    return .noted(
      ReviewReport.Note(
        of: path, "not looked at: " + reason, standing: .well, conclusion: "not compared"))
  }

  /// Variants that go with a model before the change, and no longer with it as it is.
  private func leftBehind(
    _ history: History, _ change: Change
  ) throws -> [ReviewReport.Entry] {
    let (path, limit) = (change.path, Parser.maximumByteCount)
    func text(_ read: () throws -> SourceText?) throws -> SourceText? {
      if case .success(let text) = try history.found(read) { text } else { nil }
    }
    guard let after = try text({ try history.after(path, limit: limit) }),
      let before = try text({ try history.before(change.oldPath ?? path, limit: limit) })
    else { return [] }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    let patches = try history.repository.paths(at: history.base, under: folder).filter {
      $0.hasSuffix(".patch") && !history.isChanged($0)
    }
    return try patches.compactMap { name in
      guard let text = try text({ try history.before(name, limit: Patch.maximumByteCount) }),
        let patch = try? Patch(text), patch.path == path,
        (try? patch.applied(to: before)) != nil, (try? patch.applied(to: after)) == nil
      else { return nil }
      return .noted(
        ReviewReport.Note(
          of: name, "worse, the variant does not fit the model any more", standing: .worse,
          conclusion: "worse"))
    }
  }

  /// None for a patch of something else than a model, before as after.
  private func variant(
    _ history: History, _ change: Change, _ constants: [String: Int64]
  ) throws -> [ReviewReport.Entry] {
    let path = change.path
    let limit = Patch.maximumByteCount
    func patch(_ text: SourceText?) -> Patch? {
      text.flatMap { try? Patch($0) }.flatMap { $0.path.hasSuffix(".m") ? $0 : nil }
    }
    let old = patch(try history.before(change.oldPath ?? path, limit: limit))
    let text = try history.found { try history.after(path, limit: limit) }
    if old != nil, case .failure(let error) = text {
      return [.unreadable(model: path, headIsBroken: true, message: "\(error)")]
    }
    let new = patch(try text.get())
    switch (old, new) {
    case (nil, nil): return []
    case (nil, let new?):
      let model = try history.after(new.path, limit: Parser.maximumByteCount)
      guard let model, (try? new.applied(to: model)) != nil else {
        return [
          .noted(
            ReviewReport.Note(
              of: path, "worse, a new variant that does not fit its model", standing: .worse,
              conclusion: "worse"))
        ]
      }
      return [
        .noted(ReviewReport.Note(of: path, "a new variant", standing: .well, conclusion: "new"))
      ]
    case (_?, nil):
      return [
        .noted(
          ReviewReport.Note(
            of: path, "worse, the variant is gone: nothing shows any more that it is noticed",
            standing: .worse, conclusion: "worse"))
      ]
    case (let first?, let second?):
      guard let before = try history.before(first.path, limit: Parser.maximumByteCount),
        let after = try history.after(second.path, limit: Parser.maximumByteCount)
      else { return [] }
      let texts = (
        try ModelFile.applied([first], to: before), try ModelFile.applied([second], to: after)
      )
      let reviewed = try review(
        path, at: history.place(second.path), (texts.0, constants), (texts.1, constants))
      return Self.entries(
        reviewed, path, try? StatedExpectation(first), try? StatedExpectation(second))
    }
  }
}
