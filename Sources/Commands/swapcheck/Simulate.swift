import ArgumentParser
import Diagnostics
import Exploration
import Report
import Trace

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walks through a model at random.",
    discussion: """
      Examples:
        swapcheck simulate Models/hotswap.m --seed 7 --steps 40
        swapcheck simulate Models/hotswap.m --set CPUS=3 --format json

      Exit codes: 0 where the walk ends well, 1 where it ends in a violation, 2 error,
      3 where the next step is not decided or the time is up, 130 interrupted.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions

  @Option(help: "The same seed gives the same walk.")
  var seed: UInt64 = 1

  @Option(help: "The most steps behind the start state.")
  var steps = 100

  @Option(help: "Stops after this many seconds, and shows the steps up to there.")
  var timeout: Double?

  @Option(help: "What counts as a deadlock: stuttering, stuck or off.")
  var deadlock = DeadlockMode.stuttering

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    if steps < 0 { throw ValidationError("--steps cannot be negative") }
    if let timeout, !(timeout > 0) { throw ValidationError("--timeout has to be above 0") }
  }

  func run() throws {
    let overrides = try model.overrides()
    let stop = StopCondition.forCommand(seconds: timeout)
    UserInterrupt.listen()
    MemoryReserve.set(noWalk(.noMemory))
    try LargeStack.run {
      do {
        try Watchdog.watch(stop, noWalk) { try walk(overrides, stop) }
      } catch is ReadingStopped {
        noWalk(.ended(stop)).say()
      }
    }
  }

  private func walk(_ overrides: [String: Int64], _ stop: StopCondition) throws {
    guard
      let loaded = try ModelFile.load(
        path, patches: model.patching.patches, overrides: overrides, dialect: model.dialect,
        .named(timeoutSeconds: timeout), stop: stop)
    else { throw Exit.error }
    let (system, source) = (loaded.system, loaded.source)
    let valuation = try SymbolicModel.valuation(of: system, source, seed: seed, stop)
    let space = SearchSpace(system, symmetry: .off, domain: .numbers(valuation), stop: stop)
    guard
      let (execution, end) = RandomWalk.walk(
        space, seed: seed, maximumStepCount: steps, deadlock: deadlock)
    else {
      let loss = StartStateLoss(in: system, valuation: valuation, stop: stop)
      let refusal = ModelCheck.noStartState(loss, system, source)
      Console.error(refusal.text)
      throw Exit.error
    }
    let report = WalkReport(
      wording: Wording(system: system, source: source), execution: execution, end: end,
      seed: seed, meaning: loaded.meaningText)
    switch format {
    case .text: Console.write(report.text)
    case .json: Console.write(program: report.json.text + "\n")
    }
    switch end {
    case .violated: throw Exit.violated
    case .ended(.cancelled): throw Exit.interrupted
    case .undecided, .ended: throw Exit.inconclusive
    case .steps, .stuck: break
    }
  }

  /// That the end was wanted before there was a state.
  private func noWalk(_ limit: ExplorationLimit) -> LastWords {
    let unread = UnreadModel(path: path, limit)
    let code = limit == .cancelled ? Exit.interrupted : Exit.inconclusive
    return switch format {
    case .text: LastWords(unread.text, code: code)
    case .json:
      LastWords(
        program: WalkReport.json(of: path, seed, unread.headline).text + "\n", code: code)
    }
  }
}
