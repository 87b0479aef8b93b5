import ArgumentParser
import Diagnostics
import Exploration
import Murphi

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lays models out, in place.",
    discussion: """
      Examples:
        swapcheck format Models/hotswap.m
        swapcheck format --check Models/*.m
      """)

  @Argument(
    help: "Murphi models; - is standard input, which is written to standard output.",
    completion: .file(extensions: ["m"]))
  var paths: [String]

  @Flag(help: "Changes nothing; exit code 1 if something would change.")
  var check = false

  @OptionGroup var colors: ColorOptions

  func run() throws {
    var worst = Exit.verified
    MemoryReserve.set(.error)
    try LargeStack.run {
      for path in paths {
        do throws(CommandFailure) {
          if try format(path), check { worst = Exit.worse(worst, Exit.violated) }
        } catch {
          error.say()
          worst = Exit.worse(worst, error.code)
        }
      }
    }
    try Exit.end(with: worst)
  }

  /// Whether the text changes.
  private func format(_ path: String) throws(CommandFailure) -> Bool {
    let source = try ModelFile.read(path, .named())
    let (text, diagnostics) = Formatter.format(source)
    guard let text else {
      let renderer = Console.errorRenderer
      throw CommandFailure(renderer.render(diagnostics, of: source))
    }
    let changes = Array(text.utf8) != source.bytes
    if path == "-", !check { Console.write(program: text) }
    guard changes else { return false }
    if check {
      Console.write("\(source.path): would change\n")
    } else if path != "-" {
      try OutputFile.write(text, to: path)
    }
    return true
  }
}
