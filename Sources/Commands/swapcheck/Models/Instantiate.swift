import ArgumentParser
import Diagnostics
import Exploration
import Murphi
import Options
import Runs
import TransitionSystem

struct Instantiate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the plain model of a run with symbolic constants.",
    usage: "swapcheck instantiate <path> --from <TRACE> [<options>]",
    discussion: """
      Examples:
        swapcheck check memory.m --format json > trace.json
        swapcheck instantiate memory.m --from trace.json > instance.m
        rumur instance.m

      The values are those of the counterexample.
      """)

  @ArgumentParser.Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Option(
    help: ArgumentHelp("What `swapcheck check --format json` wrote.", valueName: "TRACE"),
    completion: .file(extensions: ["json"]))
  var from: String

  @OptionGroup var patching: PatchOptions
  @OptionGroup var colors: ColorOptions

  @Option(.dialect) var dialect: String?

  func validate() throws { try Given.check([(.dialect, dialect)]) }

  func run() throws {
    MemoryReserve.set(.error)
    try LargeStack.run {
      var settings = CheckSettings()
      try Given.apply([(.dialect, dialect)], to: &settings)
      let dialect = settings.dialect.dialect
      let text = try ModelFile.read(path, patches: patching.patches)
      let plain = try ModelFile.load(text, overrides: [:], dialect: dialect, stop: .init())
      let run = try runWithLayout()
      let overrides = RunFiles.overrides(of: run, in: plain.system)
      let system = try ModelFile.load(
        text, overrides: overrides, dialect: dialect, stop: .init()
      ).system
      guard let valuation = RunFiles.valuation(of: run, in: system) else {
        throw failure("the trace lacks values of the model's symbolic constants")
      }
      guard
        let instance = MurphiModel.plain(
          of: text, overrides: overrides, dialect: plain.meaning.dialect,
          valuation: valuation)
      else { throw failure("the model and the trace do not go together") }
      Console.write(program: instance.text)
    }
  }

  private func runWithLayout() throws -> ShownRun {
    let runs = try RunFiles.read(from).filter { !$0.layout.isEmpty }
    guard let run = runs.first(where: { $0.model == path }) ?? runs.first else {
      throw failure("no counterexample in it has values of symbolic constants")
    }
    return run
  }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure("\(from): error: \(reason)")
  }
}
