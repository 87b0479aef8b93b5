import ArgumentParser
import Checking
import Diagnostics
import EventLogs
import Exploration
import LogConformance
import MemoryLayout
import Murphi
import Options
import Report
import Settings

/// Reads a map and a log, and follows the log through a model.
struct LogCheck {
  /// Paths; `-` is standard input.
  let log: String
  let map: String
  /// For fields, files that say what their numbers are called; those that the map names otherwise.
  var names: [String: String] = [:]
  /// Whether a run is looked for that explains the log.
  var findsRun = true

  /// A table of names that people look at.
  private static let maximumNamesByteCount = 1 << 20

  func report(
    _ loaded: LoadedModel, overrides: [String: Int64], _ settings: CheckSettings,
    stop: StopCondition
  ) throws(CommandFailure) -> ConformanceReport {
    let events = try Self.readMap(map)
    let names = try readNames(events)
    var run: LogRun
    do throws(MapError) {
      let model = ModelText(
        loaded.system, loaded.source, overrides: overrides, dialect: loaded.meaning.dialect)
      run = try LogRun(
        try MapInModel(events, in: model), names: names,
        settings.request(loaded.system, stop: stop).options, stop: stop, table: readTable)
    } catch {
      throw CommandFailure(
        lines: ["\(map)\(error.line.map { ":\($0)" } ?? ""): error: \(error.message)"]
          + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
    let finding = try follow(&run, settings, stop)
    if let failure = finding.compilationFailure {
      Console.error("note: rules are interpreted: \(failure)")
    }
    if case .empty = finding.verdict {
      throw CommandFailure(
        lines: [
          "\(log): error: no event of the log is one that the map gives a meaning to"
            + " (\(finding.figures.lineCount) lines, \(finding.figures.ignoredCount) events that"
            + " do not matter)",
          "hint: docs/logs.md says which forms of logs are known",
        ])
    }
    return ConformanceReport(
      finding, log: log == "-" ? "<stdin>" : log, findsRun: findsRun, stop: stop)
  }

  /// Reads a map.
  static func readMap(_ map: String) throws(CommandFailure) -> EventMap {
    let text = try ModelFile.read(map, limit: EventMapFile.maximumByteCount)
    do throws(SettingError) {
      return try EventMapFile.read(String(decoding: text.bytes, as: UTF8.self))
    } catch {
      throw CommandFailure("\(map)\(error.place): error: \(error.message)")
    }
  }

  private func readNames(_ events: EventMap) throws(CommandFailure) -> [String: FieldNames] {
    let folder = map.lastIndex(of: "/").map { String(map[...$0]) } ?? ""
    var files = events.names.mapValues { $0.hasPrefix("/") ? $0 : folder + $0 }
    files.merge(names) { _, given in given }
    var read: [String: FieldNames] = [:]
    for (field, path) in files.sorted(by: { $0.key < $1.key }) {
      read[field] = try Self.readTable(ofFile: path)
    }
    return read
  }

  private static func readTable(ofFile path: String) throws(CommandFailure) -> FieldNames {
    let text = try ModelFile.read(path, limit: maximumNamesByteCount)
    let table = FieldNames(table: String(decoding: text.bytes, as: UTF8.self))
    guard !table.isEmpty else {
      throw CommandFailure(
        lines: [
          "\(path): error: no line says what a number is called",
          "hint: a line is such as `168: sched:active`",
        ])
    }
    return table
  }

  /// A table that the head of the log names: it stands beside the log, and nowhere else.
  private func readTable(_ file: String, _ line: Int) throws(LogError) -> FieldNames {
    guard log != "-", !file.isEmpty, !file.contains("/"), file != ".." else {
      throw LogError(
        line: line, "`\(file)` is no file beside the log",
        hint: "--names FIELD=FILE says what the numbers of a field are called")
    }
    let folder = log.lastIndex(of: "/").map { String(log[...$0]) } ?? ""
    do throws(CommandFailure) {
      return try Self.readTable(ofFile: folder + file)
    } catch {
      throw LogError(
        line: line, "the names of numbers are not read: \(error.lines.joined(separator: "; "))",
        hint: "--names FIELD=FILE says where they are")
    }
  }

  private func follow(
    _ run: inout LogRun, _ settings: CheckSettings, _ stop: StopCondition
  ) throws(CommandFailure) -> LogFinding {
    let isInput = log == "-"
    let patience = InputFile.Patience(seconds: settings.timeoutSeconds) {
      UserInterrupt.isRequested
    }
    var followed = run
    var wrong: LogError?
    var isComplete = true
    do throws(InputFileError) {
      try InputFile.forEachBlock(
        ofFile: isInput ? "/dev/stdin" : log, kinds: isInput ? .all : .filesAndPipes,
        patience: patience
      ) { block in
        do throws(LogError) {
          isComplete = try followed.read(block) && !followed.isOver
          return isComplete
        } catch {
          wrong = error
          return false
        }
      }
    } catch {
      guard stop.isDue() else {
        throw CommandFailure("\(log): error: the file cannot be read: \(error)")
      }
      isComplete = false
    }
    run = followed
    do throws(LogError) {
      if let wrong { throw wrong }
      return try run.finish(isComplete: isComplete)
    } catch {
      throw CommandFailure(
        lines: ["\(log):\(error.line): error: \(error.message)"]
          + (error.hint.map { ["hint: \($0)"] } ?? []))
    }
  }

  static func exitCode(of report: ConformanceReport) -> ExitCode {
    switch report.finding.verdict {
    case .conforms: Exit.verified
    case .refused, .endsInTheMiddle, .violated: Exit.violated
    case .empty: Exit.error
    case .inconclusive:
      UserInterrupt.isRequested ? Exit.interrupted : Exit.inconclusive
    }
  }
}
