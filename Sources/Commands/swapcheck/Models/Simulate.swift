import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Options
import Report

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walks through a model at random.",
    usage: "swapcheck simulate <path> [<options>]",
    discussion: """
      Examples:
        swapcheck simulate Models/hotswap.m --seed 7 --steps 40
        swapcheck simulate Models/hotswap.m --set CPUS=3 --format json

      Exit codes: 0 where the walk ends well, 1 where it ends in a violation, 2
      error, 3 where the next step is not decided or the time is up, 130
      interrupted.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions
  @OptionGroup var colors: ColorOptions

  @Option(.seed) var seed: String?
  @Option(.steps) var steps: String?
  @Option(.timeout) var timeout: String?
  @Option(.deadlock) var deadlock: String?

  @Option(help: "text or json.")
  var format = OutputFormat.text

  private var given: [(CheckOption, String?)] {
    [(.seed, seed), (.steps, steps), (.timeout, timeout), (.deadlock, deadlock)]
  }

  func validate() throws { try Given.check(given) }

  func run() throws {
    let overrides = try model.overrides()
    var chosen = CheckSettings()
    try Given.apply(given + [(.dialect, model.dialect)], to: &chosen)
    chosen.engine = .randomWalk
    let settings = chosen
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    try WatchedRun.run(stop, { self.noWalk($0, settings) }) {
      try walk(overrides, settings, stop)
    }
  }

  private func walk(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ stop: StopCondition
  ) throws {
    let loaded = try ModelFile.load(
      path, patches: model.patching.patches, overrides: overrides,
      dialect: settings.dialect.dialect, .named(timeoutSeconds: settings.timeoutSeconds), stop: stop
    )
    var request = settings.request(loaded.system, stop: stop)
    request.isRunRead = true
    let check = try ModelCheck.check(loaded, request)
    let report = WalkReport(check, seed: settings.seed ?? 1)
    switch format {
    case .text: Console.write(report.text(Console.reportStyle))
    case .json: Console.write(program: report.json.text + "\n")
    }
    switch report.end {
    // A walk is one run: that it ends well is all that can be said.
    case .steps, .stuck: break
    case .limit where UserInterrupt.isRequested: throw Exit.interrupted
    case .violated, .undecided, .limit: throw ModelCheck.exitCode(of: check)
    }
  }

  /// That the end was wanted before there was a state.
  private func noWalk(_ limit: ExplorationLimit, _ settings: CheckSettings) -> LastWords {
    let unread = UnreadModel(path: path, limit)
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    return switch format {
    case .text: LastWords(unread.text, code: code)
    case .json:
      LastWords(
        program: WalkReport.json(of: path, settings.seed ?? 1, unread.headline).text + "\n",
        code: code)
    }
  }
}
