import ArgumentParser
import Diagnostics

struct PatchModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patch", abstract: "Prints a model with patches applied.",
    discussion: """
      Example:
        swapcheck patch Models/hotswap.m Models/hotswap/early-free.patch > early.m

      A patch is what `git diff` writes. All lines of a hunk have to be in the
      model, at the place that the hunk names or at one other place alone: nothing
      is guessed.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Argument(
    help: "Patches, applied one after the other.", completion: .file(extensions: ["patch", "diff"]))
  var patches: [String]

  @OptionGroup var colors: ColorOptions

  func run() throws {
    MemoryReserve.set(.error)
    Console.write(program: try ModelFile.read(path, patches: patches).bytes)
  }
}
