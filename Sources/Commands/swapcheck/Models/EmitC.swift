import ArgumentParser
import Checking
import Diagnostics
import Exploration
import NativeCode
import Options
import PathConditions

struct EmitC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emit-c", abstract: "Prints a model's rules as the C that `check` compiles.",
    usage: "swapcheck emit-c <path> [<options>]",
    discussion: """
      Example:
        swapcheck emit-c Models/hotswap.m --set CPUS=4
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions
  @OptionGroup var colors: ColorOptions

  func run() throws {
    let overrides = try model.overrides()
    MemoryReserve.set(.error)
    try LargeStack.run {
      var settings = CheckSettings()
      try Given.apply([(.dialect, model.dialect)], to: &settings)
      let loaded = try ModelFile.load(
        path, patches: model.patching.patches, overrides: overrides,
        dialect: settings.dialect.dialect, stop: .init())
      let (system, text) = (loaded.system, loaded.source)
      let plan: CheckPlan
      do throws(Objection) {
        plan = try CheckPlan.make(CheckRequest(system), CommandWatch())
      } catch {
        throw ModelCheck.failure(error, system, text)
      }
      if let reason = plan.paths?.undecided {
        throw SymbolicModel.undecided(reason, text)
      }
      do throws(NativeCodeError) {
        Console.write(program: try plan.space().emittedRules().text)
      } catch {
        throw CommandFailure("\(path): error: \(error)")
      }
    }
  }
}
