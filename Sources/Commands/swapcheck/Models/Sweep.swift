import ArgumentParser
import Diagnostics
import Exploration
import Options
import Report

/// Looks at a model at several sizes, one after the other.
struct Sweep {
  let path: String
  let patches: [String]
  /// Values of constants that are the same at all sizes.
  let constants: [String: Int64]
  let without: [String]
  let plan: SweepPlan
  let settings: CheckSettings
  /// What all of it may take.
  let budgetSeconds: Double?
  let format: CheckFormat
  let style: ReportStyle

  func run() throws {
    UserInterrupt.listen()
    let from = ModelFile.Source.named(timeoutSeconds: settings.timeoutSeconds)
    let text = try ModelFile.read(path, patches: patches, from)
    let whole = StopCondition.forCommand(seconds: budgetSeconds)
    var report = SweepReport(path: text.path, names: plan.names)
    var worst = Exit.verified
    /// Sizes that a limit ended: what is larger in all would not end either.
    var unfinished: [[Int64]] = []
    var notRun: [[Int64]] = []
    if format == .text { Console.write("\(text.path)\n\(report.head)\n") }
    for (number, size) in plan.sizes.enumerated() {
      if UserInterrupt.isRequested || whole.isDue() {
        notRun += plan.sizes[number...]
        break
      }
      if let smaller = unfinished.first(where: { SweepPlan.isAtLeast(size, $0) }) {
        report.add(size, without: "not run: \(report.size(smaller)) was not searched to its end")
        notRun.append(size)
      } else {
        let before = (report, notRun + plan.sizes[number...])
        let stop = StopCondition.forCommand(seconds: seconds(left: whole))
        let code = try Watchdog.watch(stop, { lastWords(before.0, before.1, $0) }) {
          try check(text, size, stop, "\(number + 1)/\(plan.sizes.count) ", &report)
        }
        if UserInterrupt.isRequested, code == Exit.inconclusive {
          notRun += plan.sizes[(number + 1)...]
          worst = Exit.interrupted
          if format == .text { show(report) }
          break
        }
        if code == Exit.inconclusive { unfinished.append(size) }
        worst = Exit.worse(worst, code)
      }
      if format == .text { show(report) }
    }
    if !notRun.isEmpty { worst = Exit.worse(worst, Exit.inconclusive) }
    if UserInterrupt.isRequested { worst = Exit.interrupted }
    Console.write(conclusion(report, notRun, code: worst))
    try Exit.end(with: worst)
  }

  /// Shows the last row.
  private func show(_ report: SweepReport) {
    Console.write(report.lastLines(style.width).map { $0 + "\n" }.joined())
  }

  /// For one size.
  private func seconds(left whole: StopCondition) -> Double? {
    let left = whole.seconds.map { max(0, $0 - whole.elapsed) }
    guard let own = settings.timeoutSeconds else { return left }
    return min(own, left ?? own)
  }

  /// Notes what is found at a size.
  private func check(
    _ text: SourceText, _ size: [Int64], _ stop: StopCondition, _ number: DisplayText,
    _ report: inout SweepReport
  ) throws -> ExitCode {
    let values = zip(plan.names, size).map { ($0, $1) }
    do {
      let loaded = try ModelFile.load(
        text, overrides: constants.merging(values) { $1 }, dialect: settings.dialect.dialect,
        stop: stop
      ).without(without)
      let found = try ModelCheck.check(
        loaded, settings.request(loaded.system, stop: stop),
        subject: number + DisplayText(report.size(size)))
      report.add(size, found, seconds: stop.elapsed)
      return ModelCheck.exitCode(of: found)
    } catch is ReadingStopped {
      report.add(size, without: UnreadModel(path: path, .ended(stop)).headline)
      return Exit.inconclusive
    } catch let failure as CommandFailure {
      // A model may be none at the smallest size; which it is stands in the table.
      failure.say()
      report.add(size, without: "error")
      return failure.code
    }
  }

  /// Behind the rows.
  private func conclusion(
    _ report: SweepReport, _ notRun: [[Int64]], code: ExitCode
  ) -> LastWords {
    switch format {
    case .text, .mail, .junit, .sarif:
      let lines = report.conclusion(notRun: notRun.count)
      return LastWords(lines.map { $0 + "\n" }.joined(), code: code)
    case .markdown: return LastWords(report.markdown(notRun: notRun.count), code: code)
    case .json: return LastWords(program: report.json(notRun: notRun).text + "\n", code: code)
    }
  }

  private func lastWords(
    _ report: SweepReport, _ notRun: [[Int64]], _ limit: ExplorationLimit
  ) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    return conclusion(report, notRun, code: code)
  }
}
