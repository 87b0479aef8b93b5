import ArgumentParser
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
    try LargeStack.run {
      guard let (system, text) = ModelFile.load(path, overrides: overrides) else {
        throw Exit.error
      }
      let paths: PathConditions?
      do {
        paths = try SymbolicModel.pathConditions(of: system, text, ExplorationOptions())
      } catch let refusal as SymbolicModel.Refusal {
        Console.error(refusal.text)
        throw Exit.error
      }
      if let reason = paths?.failure {
        Console.error(SymbolicModel.undecided(reason, text).text)
        throw Exit.error
      }
      guard let source = SearchSpace(system, paths: paths).nativeSource else {
        Console.error("\(path): error: \(NativeCodeError.tooLarge)")
        throw Exit.error
      }
      Console.write(program: source)
    }
  }
}
