import ArgumentParser
import Diagnostics
import Exploration
import Murphi
import Options
import Runs
import TransitionSystem

struct Instantiate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the plain Murphi model that a run of a model with symbolic constants is of.",
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
      let (constants, layout) = try readTrace()
      var overrides: [String: Int64] = [:]
      for constant in plain.system.constants {
        guard let text = constants[constant.name],
          text != constant.type.describe(constant.value),
          let value = text == "true" ? 1 : text == "false" ? 0 : Int64(text)
        else { continue }
        overrides[constant.name] = value
      }
      let system = try ModelFile.load(
        text, overrides: overrides, dialect: dialect, stop: .init()
      ).system
      var valuation: [Int128] = []
      for constant in system.symbolicConstants {
        for element in 0..<constant.elementCount {
          let name = constant.name(ofElement: element)
          guard let value = layout[name].flatMap({ Int128($0) }) else {
            throw failure("the trace has no value for `\(name)`")
          }
          valuation.append(value)
        }
      }
      guard
        let instance = MurphiModel.plain(
          of: text, overrides: overrides, dialect: plain.meaning.dialect,
          valuation: valuation)
      else { throw failure("the model and the trace do not go together") }
      Console.write(program: instance.text)
    }
  }

  private func readTrace() throws -> (
    constants: [String: String], layout: [String: String]
  ) {
    let runs = try RunFiles.read(from)
    let shown = runs.filter { !$0.layout.isEmpty }
    guard let run = shown.first(where: { $0.model == path }) ?? shown.first else {
      throw failure("no counterexample in it has values of symbolic constants")
    }
    return (
      Dictionary(
        run.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
      Dictionary(run.layout.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    )
  }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure("\(from): error: \(reason)")
  }
}
