import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Report
import RunFormats
import Runs

/// The forms in which results of many checks are written for other programs.
enum ResultFormat {
  case junit
  case sarif

  func text(_ entries: [ResultList.Entry]) -> String {
    switch self {
    case .junit: ResultList(entries).junit
    case .sarif: ResultList(entries).sarif(version: Swapcheck.configuration.version)
    }
  }
}

/// One document of results of all models.
struct CheckResultsWriter: CheckWriter {
  let format: ResultFormat
  private var entries: [ResultList.Entry] = []

  init(format: ResultFormat) { self.format = format }

  mutating func write(_ report: CheckReport) {
    entries.append(report.result(named: report.wording.source.path))
  }

  mutating func write(_ model: UnreadModel) { entries.append(Self.entry(model)) }

  mutating func write(_ model: RefusedModel) { entries.append(model.result(named: model.path)) }

  func finish() { Console.write(program: format.text(entries)) }

  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords {
    LastWords(program: format.text(entries + [Self.entry(model)]), code: code)
  }

  private static func entry(_ model: UnreadModel) -> ResultList.Entry {
    ResultList.Entry(
      name: model.path, model: model.path, outcome: .error, verdict: "inconclusive",
      message: model.headline)
  }
}

/// The run of each model for a mailing list, and a line of those that have none.
struct CheckMailWriter: CheckWriter {
  func write(_ report: CheckReport) {
    let runs = report.counterexampleRuns
    guard !runs.isEmpty else {
      return Console.write("\(report.wording.source.path): \(report.headline)\n")
    }
    for run in runs { Console.write(program: RunFormat.mail.write(run)) }
  }

  func write(_ model: UnreadModel) { Console.write(model.text) }

  func write(_ model: RefusedModel) {}

  func finish() {}

  func lastWords(_ model: UnreadModel, code: ExitCode) -> LastWords {
    LastWords(model.text, code: code)
  }
}

extension CheckReport {
  /// The result of a check by itself: what is violated has failed.
  func result(named name: String) -> ResultList.Entry {
    let run = counterexampleRun
    let outcome: ResultList.Outcome =
      switch self.outcome.verdict {
      case .holds: .passed
      case .violated: .failed
      case .inconclusive: .error
      }
    return ResultList.Entry(
      name: name, model: wording.source.path, outcome: outcome, verdict: verdictWord,
      message: headline, location: run?.finding?.location, run: run)
  }
}
