import Diagnostics
import Glibc
import Murphi
import Report
import Revisions
import Scenarios
import Settings

extension ReviewRun {
  /// What a change of the file of scenarios does, the sizes that it gives other constants, and the
  /// layouts that are other ones.
  func scenarioEntries(_ history: History) throws -> [ReviewReport.Entry] {
    guard let file = history.repository.path(of: scenarios ?? "swapcheck.yml") else { return [] }
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
    if history.isChanged(file), case .success(let contents)? = after {
      let earlier = (try? before?.get()) ?? ScenarioFile.Contents()
      entries.append(note(file, ScenarioDifference(earlier, contents)))
    }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
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

  private func note(_ file: String, _ difference: ScenarioDifference) -> ReviewReport.Entry {
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
