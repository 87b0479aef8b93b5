import ArgumentParser
import Exploration
import NativeCode

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
      guard let (system, _) = ModelFile.load(path, overrides: overrides) else { throw Exit.error }
      guard !SymbolicModel.isSymbolic(system) else {
        Console.error(
          "\(path): error: a model with symbolic constants is interpreted: there is no C for it")
        throw Exit.error
      }
      guard let source = SearchSpace(system).nativeSource else {
        Console.error("\(path): error: \(NativeCodeError.tooLarge)")
        throw Exit.error
      }
      Console.write(source)
    }
  }
}
