import ArgumentParser
import Exploration
import Report
import Trace

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walks through a model at random.",
    discussion: """
      Example:
        swapcheck simulate Models/hotswap.m --seed 7 --steps 40
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

  func validate() throws {
    if steps < 0 { throw ValidationError("--steps cannot be negative") }
  }

  func run() throws {
    let overrides = try model.overrides()
    try LargeStack.run {
      guard let (system, source) = ModelFile.load(path, overrides: overrides) else {
        throw Exit.error
      }
      guard
        let (execution, end) = RandomWalk.walk(
          SearchSpace(system), seed: seed, maximumStepCount: steps, deadlock: deadlock)
      else {
        Console.error("\(path): error: no start state is left by the assumptions")
        throw Exit.error
      }
      let report = WalkReport(
        wording: Wording(system: system, source: source), execution: execution, end: end)
      Console.write(report.text)
      if case .violated = end { throw Exit.violated }
    }
  }
}
