import ArgumentParser
import Diagnostics
import Exploration
import MutationTesting
import Options
import Report

/// Finds out what becomes of the wrong changes of all models of a file of scenarios, one model after the
/// other, each in a line.
struct MutationOfAll {
  /// Nil for `swapcheck.yml`.
  let scenarios: String?
  let tag: String?
  let settings: CheckSettings
  let usesCache: Bool
  /// Nil for what the file says.
  let leastScore: Double?
  let format: OutputFormat

  /// What one model has come to.
  private struct Entry {
    let path: String
    /// Nil where it cannot be looked at.
    let report: MutationReport?
    var failure: DisplayText?
    var leastScore: Double?
    let seconds: Double

    /// Of those that were not tried, some may be noticed.
    var isBelow: Bool {
      guard let report, let leastScore, report.score.untried == 0 else { return false }
      return report.score.isBelow(percent: leastScore)
    }
  }

  func run() throws {
    let list = try ScenarioList(file: scenarios ?? "swapcheck.yml")
    let whole = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    var models: [(source: SourceText, sizes: [MutationSize])] = []
    for path in list.models {
      let source = try ModelFile.read(path)
      let sizes = list.scenarios(of: path, source).chosen(tag: tag).map(MutationSize.init)
      if !sizes.isEmpty { models.append((source, sizes)) }
    }
    guard !models.isEmpty else {
      let which = tag.map { " with the tag `\($0)`" } ?? ""
      throw CommandFailure("\(list.path): error: no scenario\(which) expects that a model holds")
    }
    var entries: [Entry] = []
    for (number, model) in models.enumerated() where !UserInterrupt.isRequested {
      let left = whole.seconds.map { $0 - whole.elapsed }
      if let left, left <= 0 { break }
      Console.status("\(number + 1)/\(models.count) \(model.source.path)")
      let stop = StopCondition.forCommand(seconds: left)
      let (before, count, progress) = (entries, models.count, MutationProgress())
      let path = model.source.path
      let least = leastScore(of: path, list)
      @Sendable func partial(_ limit: ExplorationLimit) -> Entry? {
        progress.report(limit, seconds: stop.elapsed).map {
          Entry(path: path, report: $0, leastScore: least, seconds: stop.elapsed)
        }
      }
      let entry = Watchdog.watch(stop, { lastWords(before, partial($0), of: count) }) {
        tried(model.source, model.sizes, least, stop, progress) ?? partial(.ended(stop))
      }
      guard let entry else { break }
      if format == .text {
        Console.clearStatus()
        Console.write(lines(of: entry, isFirst: entries.isEmpty))
      }
      entries.append(entry)
    }
    let words = conclusion(entries, of: models.count)
    Console.clearStatus()
    Console.write(words)
    try Exit.end(with: words.code)
  }

  /// Nil where the end was wanted before anything was known.
  private func tried(
    _ source: SourceText, _ sizes: [MutationSize], _ least: Double?, _ stop: StopCondition,
    _ progress: MutationProgress
  ) -> Entry? {
    do {
      let report = try ModelMutation(
        source: source, sizes: sizes, settings: settings, usesCache: usesCache, stop: stop,
        progress: progress
      ).report()
      return Entry(path: source.path, report: report, leastScore: least, seconds: stop.elapsed)
    } catch is ReadingStopped {
      return nil
    } catch {
      let failure = error as? CommandFailure
      return Entry(
        path: source.path, report: nil,
        failure: failure?.text ?? DisplayText(String(describing: error)), seconds: stop.elapsed)
    }
  }

  /// Of other sizes than those that are chosen without a word, the file says nothing.
  private func leastScore(of path: String, _ list: ScenarioList) -> Double? {
    leastScore ?? (tag == nil ? list.leastScore(of: path) : nil)
  }

  // MARK: - What is written

  private func lines(of entry: Entry, isFirst: Bool) -> DisplayText {
    let head = isFirst ? MutationTable.head : ""
    guard let report = entry.report else {
      return head + "\(entry.path): cannot be looked at\n"
    }
    return head + MutationTable.line(report.score, seconds: entry.seconds, entry.path)
  }

  /// What is known where the rest of a model is not waited for, whose line has not been written.
  private func lastWords(_ before: [Entry], _ entry: Entry?, of count: Int) -> LastWords {
    guard let entry else { return conclusion(before, of: count) }
    let line = format == .text ? lines(of: entry, isFirst: before.isEmpty) : ""
    return conclusion(before + [entry], of: count, behind: line)
  }

  private func conclusion(
    _ entries: [Entry], of count: Int, behind lines: DisplayText = ""
  ) -> LastWords {
    let reports = entries.compactMap(\.report)
    var code = Exit.verified
    if entries.count < count || reports.contains(where: { $0.score.untried > 0 }) {
      code = Exit.inconclusive
    }
    if entries.contains(where: \.isBelow) { code = Exit.violated }
    if entries.contains(where: { $0.report == nil }) { code = Exit.error }
    if UserInterrupt.isRequested { code = Exit.interrupted }
    let seconds = entries.reduce(0) { $0 + $1.seconds }
    guard format == .text else {
      let document = JSONValue.document(
        "mutation-scores", version: MutationReport.formatVersion,
        [
          ("models", .array(entries.map(json))), ("notTried", .number(count - entries.count)),
          ("seconds", .decimal(seconds)),
        ])
      return LastWords(program: document.text + "\n", code: code)
    }
    var text = lines
    text += MutationTable.line(
      MutationReport.Score(reports), seconds: seconds, counted(entries.count, of: count))
    for entry in entries {
      if let failure = entry.failure { text += "\n\(failure)\n" }
      if entry.isBelow, let report = entry.report, let least = entry.leastScore {
        text += report.shortfall(least) + "\n"
      }
    }
    return LastWords(text, code: code)
  }

  private func counted(_ count: Int, of all: Int) -> String {
    count == all ? "all models" : "\(count) of \(all) models"
  }

  private func json(_ entry: Entry) -> JSONValue {
    .object([
      ("model", .string(entry.path)),
      ("leastScore", entry.leastScore.map { .decimal($0) } ?? .null),
      ("isBelow", .bool(entry.isBelow)),
      ("error", entry.failure.map { .string($0.description) } ?? .null),
      ("result", entry.report?.json ?? .null),
    ])
  }
}

/// A line for each model, of at most 80 columns.
private enum MutationTable {
  private static let titles = [
    "score", "killed", "survived", "same", "undecided", "untried", "seconds",
  ]
  private static let pathWidth = 20

  static var head: DisplayText { row(titles.map { DisplayText($0) }, "model") }

  static func line(
    _ score: MutationReport.Score, seconds: Double, _ path: String
  ) -> DisplayText {
    let numbers = [
      score.killed, score.survived, score.equivalent, score.undecided, score.untried,
    ]
    let percent = score.percent.map { "\($0) %" } ?? "none"
    return row(
      [DisplayText(percent)] + numbers.map { DisplayText(Wording.grouped($0)) }
        + [DisplayText(Wording.decimal(seconds))], DisplayText(path))
  }

  /// Of a path that is too long, its end.
  private static func row(_ fields: [DisplayText], _ name: DisplayText) -> DisplayText {
    var row = name.count > pathWidth ? "…" + name.suffix(pathWidth - 1) : name.padded(to: pathWidth)
    for (field, title) in zip(fields, titles) {
      let blanks = String(repeating: " ", count: max(0, title.count - field.count))
      row += "  \(blanks)" + field
    }
    return row + "\n"
  }
}
