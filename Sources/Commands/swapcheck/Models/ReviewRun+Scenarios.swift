import Diagnostics
import Glibc
import Murphi
import Report
import Revisions
import Runs
import Scenarios
import Settings

extension ReviewRun {
  /// The files of scenarios that are looked at, by their paths from the root of the repository: that
  /// which is in use here, and those of other folders that have changed.
  func scenarioFiles(_ history: History) -> [String] {
    let own = history.repository.path(of: scenarios ?? "swapcheck.yml")
    let name = "swapcheck.yml"
    let others = history.changes.map(\.path).filter {
      ($0 == name || $0.hasSuffix("/" + name)) && $0 != own
    }
    return [own].compactMap { $0 } + others
  }

  /// What a change of the file of scenarios does, the sizes that it gives other constants, and the
  /// layouts that are other ones.
  ///
  /// - Parameter file: Its path from the root of the repository.
  func scenarioEntries(_ history: History, _ file: String) throws -> [ReviewReport.Entry] {
    var entries: [ReviewReport.Entry] = []
    let limit = ScenarioFile.maximumByteCount
    let before = read(try history.found { try history.before(file, limit: limit) })
    let isThere = try history.isThere(file)
    let after = read(
      try history.found { isThere ? try history.after(file, limit: limit) : nil })
    switch (before, after) {
    case (.failure(let failure)?, .failure?), (nil, .failure(let failure)?):
      throw CommandFailure("\(file)\(failure.place): error: \(failure.message)")
    case (_, .failure(let failure)?):
      let message: DisplayText = "\(file)\(failure.place): error: \(failure.message)"
      return [
        .noted(
          ReviewReport.Note(
            of: file, "worse, it cannot be read any more", .sentences([message]), standing: .worse,
            conclusion: "worse"))
      ]
    case (.success?, nil): entries.append(.removed(model: file))
    default: break
    }
    let (old, new) = (before.scenarios, after.scenarios)
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    if case .success(let contents)? = after {
      let earlier = (try? before?.get()) ?? ScenarioFile.Contents()
      let difference = ScenarioDifference(
        earlier, contents, runBefore: history.runs(folder, history.before),
        runAfter: history.runs(folder, history.after))
      // Runs that it names may be others, too.
      if history.isChanged(file) || !difference.changes.isEmpty {
        entries.append(Self.note(file, difference))
      }
    }
    for scenario in new where isLookedAt(scenario) {
      guard let twin = old.first(where: { $0.name == scenario.name }),
        let entry = try sizes(from: twin, to: scenario, folder, history)
      else { continue }
      entries.append(entry)
      if UserInterrupt.isRequested { return entries }
    }
    return entries + (try layouts(old, new, folder, history))
  }

  private typealias Read = Result<ScenarioFile.Contents, SettingError>?

  private func read(_ found: Result<SourceText?, RevisionError>) -> Read {
    guard case .success(let text) = found else {
      if case .failure(let error) = found { return .failure(SettingError(line: nil, "\(error)")) }
      return nil
    }
    return text.map { text in
      do throws(SettingError) {
        return .success(try ScenarioFile.contents(String(decoding: text.bytes, as: UTF8.self)))
      } catch {
        return .failure(error)
      }
    }
  }

  /// A review with what the head of the model, or the message of the patch, asks for otherwise.
  static func entries(
    _ review: ReviewReport.Entry, _ path: String, _ before: StatedExpectation?,
    _ after: StatedExpectation?
  ) -> [ReviewReport.Entry] {
    let difference = ScenarioDifference(head: path, before, after)
    if difference.changes.isEmpty { return [review] }
    let stated = note("the head of \(path)", difference)
    if case .onlyComments = review { return [stated] }
    return [review, stated]
  }

  /// What two files of scenarios, each beside its model, ask for otherwise of these models; nil where
  /// there is but one, or none.
  static func note(beside base: String, _ head: String) throws -> ReviewReport.Entry? {
    func folder(_ path: String) -> String {
      path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
    let folders = [folder(base), folder(head)]
    let files = folders.map { $0 + "swapcheck.yml" }
    guard !OutputFile.isSame(files[0], files[1]),
      files.allSatisfy({ access($0, F_OK) == 0 })
    else { return nil }
    let contents = try zip(files, [base, head]).map { try ScenarioList(file: $0).contents(of: $1) }
    func runs(_ folder: String) -> ScenarioDifference.RunReader {
      { try? RunFiles.read(ScenarioPath.resolved($0, in: folder), nil) }
    }
    let difference = ScenarioDifference(
      contents[0], contents[1], runBefore: runs(folders[0]), runAfter: runs(folders[1]))
    return difference.changes.isEmpty ? nil : note(files[1], difference)
  }

  private static func note(
    _ file: String, _ difference: ScenarioDifference
  ) -> ReviewReport.Entry {
    let changes = difference.changes
    let worse = changes.count(where: \.isWorse)
    let summary: DisplayText =
      changes.isEmpty
      ? "the same scenarios"
      : worse == 0
        ? "\(changes.count) change\(changes.count == 1 ? "" : "s"), none of which asks less"
        : "worse, \(worse) of \(changes.count) change\(changes.count == 1 ? "" : "s") ask"
          + "\(worse == 1 ? "s" : "") less"
    let items = changes.map {
      ReviewReport.Note.Change(of: $0.scenario, "\($0.words)", isWorse: $0.isWorse)
    }
    return .noted(
      ReviewReport.Note(
        of: file, summary, .changes(items), standing: worse > 0 ? .worse : .well,
        conclusion: worse > 0 ? "worse" : changes.isEmpty ? "unchanged" : "changed"))
  }

  private func isLookedAt(_ scenario: Scenario) -> Bool {
    tag.map(scenario.tags.contains) ?? !scenario.tags.contains("nightly")
  }

  /// The model of a scenario that has other constants than before; nil for any other.
  private func sizes(
    from old: Scenario, to new: Scenario, _ folder: String, _ history: History
  ) throws -> ReviewReport.Entry? {
    guard old.subject == new.subject, let model = new.model, old.constants != new.constants,
      new.variants == nil, new.patches.isEmpty, !model.hasPrefix("/"),
      case let path = LayoutChange.normal(folder + model),
      let before = try history.before(path, limit: Parser.maximumByteCount),
      let after = try history.after(path, limit: Parser.maximumByteCount)
    else { return nil }
    return try review(
      "\(path), scenario `\(new.name)`", (before, old.constants), (after, new.constants),
      sizes: [size(of: new, constants: [:])])
  }

  /// The layouts that a scenario asks about, where they or what they name have changed.
  private func layouts(
    _ old: [Scenario], _ new: [Scenario], _ folder: String, _ history: History
  ) throws -> [ReviewReport.Entry] {
    func paths(_ scenarios: [Scenario]) -> [String] {
      scenarios.compactMap { scenario in
        guard case .layout(let path) = scenario.subject, isLookedAt(scenario),
          !path.hasPrefix("/")
        else { return nil }
        return LayoutChange.normal(folder + path)
      }
    }
    let change = LayoutChange(history.repository, from: history.base, to: history.head)
    var entries: [ReviewReport.Entry] = []
    var seen: Set<String> = []
    for path in paths(new) + paths(old) where seen.insert(path).inserted {
      let files = [
        try change.files(of: path, isHead: false), try change.files(of: path, isHead: true),
      ]
      guard ([path] + files.compactMap { $0 }.joined()).contains(where: history.isChanged) else {
        continue
      }
      Console.status("\(path)")
      if try !history.isThere(path) {
        entries.append(.removed(model: path))
      } else if try !history.wasThere(path) {
        entries.append(.added(model: path))
      } else {
        let asked = new.first {
          $0.subject.path == path || LayoutChange.normal(folder + $0.subject.path) == path
        }
        entries.append(.noted(try change.note(path, expecting: asked?.expectation)))
      }
      if UserInterrupt.isRequested { break }
    }
    return entries
  }
}

extension ReviewRun.History {
  /// Reads kept runs that a file of scenarios names.
  ///
  /// - Parameters:
  ///   - folder: That of the file, with a `/` at the end, or empty.
  ///   - read: As they were, or as they are.
  fileprivate func runs(
    _ folder: String, _ read: @escaping (String, Int) throws -> SourceText?
  ) -> ScenarioDifference.RunReader {
    { path in
      guard !path.hasPrefix("/"),
        let text = try? read(LayoutChange.normal(folder + path), RunFiles.maximumByteCount),
        let runs = try? ShownRun.read(text.bytes), runs.count == 1
      else { return nil }
      return runs[0]
    }
  }

  /// Whether a file is there after the change.
  fileprivate func isThere(_ path: String) throws -> Bool {
    if head == nil { return access(place(path), F_OK) == 0 }
    return try isSomething { try after(path, limit: LayoutReading.maximumByteCount) }
  }

  /// Whether a file was there before the change.
  fileprivate func wasThere(_ path: String) throws -> Bool {
    try isSomething { try before(path, limit: LayoutReading.maximumByteCount) }
  }

  /// What cannot be read is something, too.
  private func isSomething(_ read: () throws -> SourceText?) throws -> Bool {
    if case .success(nil) = try found(read) { false } else { true }
  }
}

extension Result<ScenarioFile.Contents, SettingError>? {
  /// None where they cannot be read.
  fileprivate var scenarios: [Scenario] { self.flatMap { try? $0.get() }?.scenarios ?? [] }
}
