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
      3 where the next step is not decided.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions

  @Option(help: "The same seed gives the same walk.")
  var seed: UInt64 = 1

  @Option(help: "The most steps behind the start state.")
  var steps = 100

  @Option(help: "What counts as a deadlock: stuttering, stuck or off.")
  var deadlock = DeadlockMode.stuttering

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func validate() throws {
    if steps < 0 { throw ValidationError("--steps cannot be negative") }
  }

  func run() throws {
    let overrides = try model.overrides()
    MemoryReserve.set(LastWords(error: "\(path): inconclusive: \(Wording.limit(.noMemory))\n"))
    try LargeStack.run {
      guard
        let loaded = ModelFile.load(path, overrides: overrides, dialect: model.dialect)
      else { throw Exit.error }
      let (system, source) = (loaded.system, loaded.source)
      let valuation = try SymbolicModel.valuation(of: system, source, seed: seed)
      guard
        let (execution, end) = RandomWalk.walk(
          SearchSpace(system, symmetry: .off, valuation: valuation), seed: seed,
          maximumStepCount: steps, deadlock: deadlock)
      else {
        let refusal = ModelCheck.noStartState(of: system, source, valuation: valuation)
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
      case .undecided: throw Exit.inconclusive
      case .steps, .stuck: break
      }
    }
  }
}
