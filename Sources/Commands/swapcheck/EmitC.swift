import ArgumentParser
import Checking
import Diagnostics
import Exploration
import NativeCode
import PathConditions

struct EmitC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emit-c", abstract: "Prints a model's rules as the C that `check` compiles.",
    discussion: """
      Example:
        swapcheck emit-c Models/hotswap.m --set CPUS=4
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions

  func run() throws {
    let overrides = try model.overrides()
    MemoryReserve.set(.error)
    try LargeStack.run {
      guard
        let loaded = try ModelFile.load(
          path, patches: model.patching.patches, overrides: overrides, dialect: model.dialect,
          stop: .init())
      else { throw Exit.error }
      let (system, text) = (loaded.system, loaded.source)
      let plan: CheckPlan
      do throws(Objection) {
        plan = try CheckPlan.make(CheckRequest(system), CommandWatch())
      } catch {
        Console.error(ModelCheck.refusal(error, system, text).text)
        throw Exit.error
      }
      if let reason = plan.paths?.undecided {
        Console.error(SymbolicModel.undecided(reason, text).text)
        throw Exit.error
      }
      do throws(NativeCodeError) {
        Console.write(program: try plan.space().emittedRules().text)
      } catch {
        Console.error("\(path): error: \(error)")
        throw Exit.error
      }
    }
  }
}
